"""The table of schedules: checks that begin anew every week, month or quarter."""

import sqlalchemy as sa

from storage.schema.metadata import metadata

schedules = sa.Table(
    "schedules",
    metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("thread_id", sa.BigInteger),  # the forum topic of its lists
    sa.Column("person_id", sa.BigInteger, nullable=False),  # whose day and budgets it counts for
    # The finished check that is begun anew. Who had its list erased ends the schedule, too.
    sa.Column("task_id", sa.ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False),
    sa.Column("check_key", sa.String(40), nullable=False),
    sa.Column("every", sa.String(8), nullable=False),  # week, month, quarter
    sa.Column("first_at", sa.Float, nullable=False),  # its due dates are counted from here
    sa.Column("due_at", sa.Float, nullable=False),
    sa.Column("told_at", sa.Float),  # when the card of the day before came
    sa.Column("next_at", sa.Float),  # none: not before that card is in the chat
    sa.Column("state", sa.String(8), nullable=False),  # see storage/records/schedules.py
    sa.Column("says", sa.String(12), nullable=False),  # the same
    sa.Column("shown", sa.String(12)),  # what the card says
    sa.Column("card_id", sa.BigInteger),  # message id of the card
    sa.Column("most_numbers", sa.Integer),  # null: every list waits for Start
    sa.Column("most_millionths", sa.BigInteger),
    sa.Column("most_currency", sa.String(3)),
    sa.Column("list_id", sa.String(12)),  # the list of the last due date
    sa.Column("is_open", sa.Boolean, nullable=False, server_default=sa.false()),  # is it undecided
    sa.Index("ix_schedules_next_at", "next_at"),
    sa.Index("ix_schedules_person_id", "person_id"),
    sa.Index("ix_schedules_task_id", "task_id"),
)
