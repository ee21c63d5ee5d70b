"""Checks turned on and off, minimums that services told, and lists kept for a check."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "check_switches",
        sa.Column("check_key", sa.String(40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("check_key", name="pk_check_switches"),
    )
    op.create_table(
        "learnt_minimums",
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("task_type", sa.Text(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("service", "task_type", name="pk_learnt_minimums"),
    )
    op.add_column("lists", sa.Column("kept_for", sa.String(40)))
    op.add_column("lists", sa.Column("basket_id", sa.String(12)))
    op.create_index("ix_lists_basket_id", "lists", ["basket_id"])
