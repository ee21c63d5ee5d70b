"""What a check cost, exactly."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("usage", sa.Column("cost_millionths", sa.BigInteger()))
