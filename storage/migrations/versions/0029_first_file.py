"""Which file of a result comes first, and the person's own one; pictures come before both."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column("chats", sa.Column("first_file", sa.String(8)))
    op.add_column("tasks", sa.Column("own_id", sa.String(255)))
    op.drop_index("ix_tasks_picture", "tasks")
