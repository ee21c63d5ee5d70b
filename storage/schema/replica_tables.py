"""The tables of replicas that share a database; empty if one process works alone."""

import sqlalchemy as sa

from storage.schema.metadata import metadata

replicas = sa.Table(
    "replicas",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),  # host and process id
    sa.Column("until", sa.Float, nullable=False),  # when its lease expires, by the database's clock
    sa.Column("since", sa.Float, nullable=False),
)

# What one replica alone works on.
claims = sa.Table(
    "claims",
    metadata,
    sa.Column("kind", sa.String(12), primary_key=True),  # see storage/replicas/leases.py
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("owner", sa.ForeignKey("replicas.id", ondelete="CASCADE"), nullable=False),
    sa.Index("ix_claims_owner", "owner"),
)

# Sends to groups, for Telegram's limit per minute: read by a replica that takes a group over.
group_sends = sa.Table(
    "group_sends",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("sent", sa.Integer, nullable=False),  # in the minute before
    sa.Column("at", sa.Float, nullable=False),  # by the database's clock
)
