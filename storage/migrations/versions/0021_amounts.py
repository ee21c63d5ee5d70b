"""What the services charge: amounts of tasks, true costs, learnt prices."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("estimated_millionths", sa.BigInteger()))
    op.add_column("tasks", sa.Column("actual_millionths", sa.BigInteger()))
    op.add_column("tasks", sa.Column("amount_currency", sa.String(3)))
    op.add_column("tasks", sa.Column("quoted_millionths", sa.BigInteger()))
    op.add_column("tasks", sa.Column("quoted_currency", sa.String(3)))
    op.add_column("usage", sa.Column("cost_kind", sa.String(10)))
    op.add_column("usage", sa.Column("true_millionths", sa.BigInteger()))
    op.add_column("usage", sa.Column("true_currency", sa.String(3)))
    op.add_column("usage", sa.Column("true_kind", sa.String(10)))
    op.create_table(
        "learnt_prices",
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("task_type", sa.String(100), nullable=False),
        sa.Column("amount_millionths", sa.BigInteger(), nullable=False),
        sa.Column("numbers", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("service", "task_type", name=op.f("pk_learnt_prices")),
    )
