"""Usage of each POST; what a person had in a day, under a digest; who is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("usage", sa.Column("again_of", sa.String(12), nullable=True))
    op.add_column("usage", sa.Column("post", sa.Integer(), server_default="1", nullable=False))
    op.create_index("ix_usage_again_of", "usage", ["again_of"], unique=False)
    # A version before counted a task once, however often it was posted.
    op.execute(
        "UPDATE usage SET post = COALESCE("
        "(SELECT posts FROM tasks WHERE tasks.id = usage.task_id AND posts > 0), 1)"
    )
    op.execute(
        "UPDATE usage SET state = 'unclear' WHERE state = 'reserved' "
        "AND task_id IN (SELECT task_id FROM task_events WHERE became = 'unconfirmed')"
    )
    op.create_table(
        "day_counts",
        sa.Column("person_digest", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("numbers", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lookups", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("person_digest", "day", name=op.f("pk_day_counts")),
    )
    op.create_index("ix_day_counts_day", "day_counts", ["day"], unique=False)
    op.create_table(
        "forgotten",
        sa.Column("person_digest", sa.String(64), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("person_digest", name=op.f("pk_forgotten")),
    )
