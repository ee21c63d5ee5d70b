"""Budgets, what was spent before somebody was forgotten, and what is told once."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "budgets",
        sa.Column("holder_digest", sa.String(64), nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=True),
        sa.Column("month", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("holder_digest", name=op.f("pk_budgets")),
    )
    op.create_table(
        "spent_before",
        sa.Column("person_digest", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("millionths", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_digest", "day", "currency", name=op.f("pk_spent_before")),
    )
    op.create_table(
        "done_once",
        sa.Column("what", sa.String(160), nullable=False),
        sa.Column("until", sa.String(10), nullable=True),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_done_once")),
    )
    op.create_index("ix_usage_chat_id_day", "usage", ["chat_id", "day"], unique=False)
