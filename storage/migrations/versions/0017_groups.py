"""What owners see of groups: the title, and since when the bot is in it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("chats", sa.Column("title_sealed", sa.LargeBinary()))
    op.add_column("chats", sa.Column("added_at", sa.Float()))
