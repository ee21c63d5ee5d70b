"""Numbers that are never to be checked."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "exclusions",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("list_id", sa.String(12), nullable=False),
        sa.Column("named_at", sa.Float(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["lists.id"], name="fk_exclusions_list_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_exclusions"),
        sa.UniqueConstraint("list_id", name="uq_exclusions_list_id"),
    )
    op.create_index("ix_exclusions_owner_id", "exclusions", ["owner_id"])
