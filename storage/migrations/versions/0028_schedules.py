"""Schedules: checks that begin anew every week, month or quarter."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.String(12), nullable=False),
        sa.Column("check_key", sa.String(40), nullable=False),
        sa.Column("every", sa.String(8), nullable=False),
        sa.Column("first_at", sa.Float(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("told_at", sa.Float()),
        sa.Column("next_at", sa.Float()),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("says", sa.String(12), nullable=False),
        sa.Column("shown", sa.String(12)),
        sa.Column("card_id", sa.BigInteger()),
        sa.Column("most_numbers", sa.Integer()),
        sa.Column("most_millionths", sa.BigInteger()),
        sa.Column("most_currency", sa.String(3)),
        sa.Column("list_id", sa.String(12)),
        sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name="fk_schedules_task_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_schedules_next_at", "schedules", ["next_at"])
    op.create_index("ix_schedules_person_id", "schedules", ["person_id"])
    op.create_index("ix_schedules_task_id", "schedules", ["task_id"])
