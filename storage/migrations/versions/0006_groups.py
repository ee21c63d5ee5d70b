"""Chosen languages, what groups decide, topics of forums, and results for one person alone."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("chats", sa.Column("language_chosen", sa.String(length=16), nullable=True))
    op.add_column("chats", sa.Column("added_by", sa.BigInteger(), nullable=True))
    op.add_column("chats", sa.Column("hand_in", sa.String(length=8), nullable=True))
    op.add_column("chats", sa.Column("checks_off", sa.String(length=400), nullable=True))
    op.add_column("chats", sa.Column("results", sa.String(length=8), nullable=True))
    op.add_column("lists", sa.Column("thread_id", sa.BigInteger(), nullable=True))
    op.add_column("tasks", sa.Column("result_chat_id", sa.BigInteger(), nullable=True))
    op.add_column("tasks", sa.Column("told_at", sa.Float(), nullable=True))
    op.add_column("inquiries", sa.Column("thread_id", sa.BigInteger(), nullable=True))
