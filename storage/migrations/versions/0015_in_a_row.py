"""How often in a row a task met the same trouble; what the account held around its POST."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("in_a_row", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tasks", sa.Column("balance_before", sa.String(32)))
    op.add_column("tasks", sa.Column("balance_after", sa.String(32)))
