"""The tables of what is remembered under digests: answers, and numbers never to be checked."""

import sqlalchemy as sa

from storage.schema.metadata import metadata

# The answers to one task's numbers. It goes with its task, and that with its person: see /forget.
answer_blocks = sa.Table(
    "answer_blocks",
    metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("owner_id", sa.BigInteger, nullable=False),  # who may use it: a person, or a group
    sa.Column("check_key", sa.String(40), nullable=False),
    sa.Column("task_id", sa.ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False),
    sa.Column("answered_at", sa.Float, nullable=False),
    sa.Column("ends_at", sa.Float, nullable=False),  # erased then
    sa.Column("count", sa.Integer, nullable=False),  # of answers
    sa.Column("salt", sa.String(12), nullable=False),  # makes the key of its digests, with DATA_KEY
    sa.Column("body_sealed", sa.LargeBinary, nullable=False),  # see sheets/memory/blocks.py
    sa.UniqueConstraint("task_id"),
    sa.Index("ix_answer_blocks_owner_id_check_key", "owner_id", "check_key"),
    sa.Index("ix_answer_blocks_ends_at", "ends_at"),
)

# The numbers of one list that are never to be checked. It goes with its list, and that with its
# person: see /forget.
exclusions = sa.Table(
    "exclusions",
    metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("owner_id", sa.BigInteger, nullable=False),  # for whom: a person, or a group
    sa.Column("list_id", sa.ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    sa.Column("named_at", sa.Float, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),  # of numbers
    sa.Column("body_sealed", sa.LargeBinary, nullable=False),  # see sheets/memory/exclusions.py
    sa.UniqueConstraint("list_id"),
    sa.Index("ix_exclusions_owner_id", "owner_id"),
)
