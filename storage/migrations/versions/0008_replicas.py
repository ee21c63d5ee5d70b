"""Replicas, what each of them works on, and whose each stored update is."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "replicas",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replicas")),
    )
    op.create_table(
        "claims",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner"], ["replicas.id"], name=op.f("fk_claims_owner"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_claims")),
    )
    op.create_index("ix_claims_owner", "claims", ["owner"], unique=False)
    op.create_table(
        "group_sends",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_group_sends")),
    )
    op.add_column("inbox", sa.Column("owner", sa.String(length=16), nullable=True))
