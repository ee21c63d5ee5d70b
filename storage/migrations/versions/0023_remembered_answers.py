"""Remembered answers."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "answer_blocks",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("check_key", sa.String(length=40), nullable=False),
        sa.Column("task_id", sa.String(length=12), nullable=False),
        sa.Column("answered_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=12), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_answer_blocks_task_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_blocks")),
        sa.UniqueConstraint("task_id", name=op.f("uq_answer_blocks_task_id")),
    )
    op.create_index(
        "ix_answer_blocks_owner_id_check_key", "answer_blocks", ["owner_id", "check_key"]
    )
    op.create_index("ix_answer_blocks_ends_at", "answer_blocks", ["ends_at"])
