"""The table of prices that were learnt."""

import sqlalchemy as sa

from storage.schema.metadata import metadata

MILLION = 1_000_000  # money is stored in millionths of its currency

# What a service charged last for a kind of check, from which the next quotes are made.
learnt_prices = sa.Table(
    "learnt_prices",
    metadata,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("task_type", sa.String(100), primary_key=True),  # the service's word for the check
    sa.Column("amount_millionths", sa.BigInteger, nullable=False),
    sa.Column("numbers", sa.Integer, nullable=False),  # that were checked for it
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
