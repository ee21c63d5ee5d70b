"""What is remembered of a list when a check of it is quoted."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("known", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tasks", sa.Column("known_since", sa.Float()))
    op.create_table(
        "splits",
        sa.Column("task_id", sa.String(12), nullable=False),
        sa.Column("part_sealed", sa.LargeBinary()),
        sa.Column("known_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_splits_task_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_splits")),
    )
