"""How often each task was posted: which of its unclear posts a button asks about."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("posts", sa.Integer(), server_default="0", nullable=False))
