"""Which numbers of a block a person asked about, day by day."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("lists", sa.Column("blocks_sealed", sa.LargeBinary()))
    op.create_table(
        "asked_blocks",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", "day", name="pk_asked_blocks"),
    )
    op.create_index("ix_asked_blocks_day", "asked_blocks", ["day"])
