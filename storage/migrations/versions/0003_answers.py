"""What a list asks its person, the summary of a result, its picture, and results in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "pieces",
        sa.Column("task_id", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.id"], name=op.f("fk_pieces_task_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", "number", name=op.f("pk_pieces")),
    )
    op.add_column("chats", sa.Column("region", sa.String(length=2), nullable=True))
    op.add_column("lists", sa.Column("root_id", sa.String(length=12), nullable=True))
    op.add_column("lists", sa.Column("asks", sa.String(length=12), nullable=True))
    op.add_column("lists", sa.Column("asked_sealed", sa.LargeBinary(), nullable=True))
    op.create_index("ix_lists_root_id", "lists", ["root_id"], unique=False)
    op.add_column("parts", sa.Column("column_no", sa.Integer(), nullable=True))
    op.add_column("tasks", sa.Column("summary_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("tasks", sa.Column("picture", sa.String(length=8), nullable=True))
    op.add_column("tasks", sa.Column("picture_notice_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_tasks_picture",
        "tasks",
        ["picture"],
        sqlite_where=sa.text("picture = 'due'"),
        postgresql_where=sa.text("picture = 'due'"),
    )
