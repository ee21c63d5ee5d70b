"""A strike of each life of the program: one that ends in order takes its own back."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.drop_table("strikes")  # an earlier version's: deadly work is found again after two deaths
    op.create_table(
        "strikes",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("life", sa.String(12), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "life", name="pk_strikes"),
    )
