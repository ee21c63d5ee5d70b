"""How often the card of a list or an inquiry was deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    for table in ("lists", "inquiries"):
        column = sa.Column("cards_lost", sa.Integer(), nullable=False, server_default="0")
        op.add_column(table, column)
