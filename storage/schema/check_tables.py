"""The tables about checks: which ones owners turned on or off, and minimums that services told."""

import sqlalchemy as sa

from storage.schema.metadata import metadata

check_switches = sa.Table(
    "check_switches",
    metadata,
    sa.Column("check_key", sa.String(40), primary_key=True),
    sa.Column("is_on", sa.Boolean, nullable=False),
    sa.Column("by", sa.BigInteger, nullable=False),  # the owner
    sa.Column("at", sa.Float, nullable=False),
)

learnt_minimums = sa.Table(
    "learnt_minimums",
    metadata,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("task_type", sa.Text, primary_key=True),  # or the flavour, of a check without one
    sa.Column("minimum", sa.Integer, nullable=False),  # numbers
    sa.Column("at", sa.Float, nullable=False),
)
