"""Lists that were begun anew from a finished check, and what tells that two have much in common."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("lists", sa.Column("again_of", sa.String(12)))
    op.add_column("lists", sa.Column("sketch_sealed", sa.LargeBinary()))
    op.create_index("ix_lists_again_of", "lists", ["again_of"])
