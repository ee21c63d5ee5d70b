"""The country that a list's national numbers were read with."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("lists", sa.Column("region", sa.String(length=2), nullable=True))
    op.execute(
        "UPDATE lists SET region = "
        "(SELECT chats.region FROM chats WHERE chats.chat_id = lists.chat_id)"
    )
