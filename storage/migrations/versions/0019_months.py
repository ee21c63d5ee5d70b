"""How many lookups an instance has answered in a month."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("instances", sa.Column("month", sa.String(7)))
    op.add_column(
        "instances", sa.Column("lookups", sa.Integer(), server_default="0", nullable=False)
    )
