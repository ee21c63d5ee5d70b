"""Who works on a database that several processes share. Both are empty where only one does."""

import sqlalchemy as sa

from storage.schema.metadata import metadata

replicas = sa.Table(
    "replicas",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),  # of its machine, and its process there
    sa.Column("until", sa.Float, nullable=False),  # its lease, by the database's clock
    sa.Column("since", sa.Float, nullable=False),
)

# What one replica alone works on. They go with it.
claims = sa.Table(
    "claims",
    metadata,
    sa.Column("kind", sa.String(12), primary_key=True),  # see storage/replicas/leases.py
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("owner", sa.ForeignKey("replicas.id", ondelete="CASCADE"), nullable=False),
    sa.Index("ix_claims_owner", "owner"),
)

# What Telegram counts by the minute, for whoever takes a group over.
group_sends = sa.Table(
    "group_sends",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("sent", sa.Integer, nullable=False),  # in the minute before
    sa.Column("at", sa.Float, nullable=False),  # by the database's clock
)
