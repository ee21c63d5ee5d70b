"""How much of the database one person's lists take."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("ix_lists_person_id", "lists", ["person_id"])
