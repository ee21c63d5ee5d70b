"""An index of the tasks whose card is to be edited: the courier asks for them at every turn."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    stale = sa.text(
        "tasks.state NOT IN ('draft', 'fetched')"
        " AND (tasks.shown IS NULL OR tasks.shown != tasks.state"
        " OR (tasks.state IN ('submitted', 'processing')"
        " AND tasks.shown_count != tasks.success + tasks.failure))"
    )
    op.create_index(
        "ix_tasks_stale", "tasks", ["shown_at"], sqlite_where=stale, postgresql_where=stale
    )
