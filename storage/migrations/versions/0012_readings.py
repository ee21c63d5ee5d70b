"""What the reading of a list told, and how the person wants it read."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("lists", sa.Column("reading_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("lists", sa.Column("wishes", sa.String(length=80), nullable=True))
