"""The tables of single lookups."""

import sqlalchemy as sa

from storage.schema.metadata import metadata, row_id, where

# A question about one to ten numbers, answered by one message, the card.
inquiries = sa.Table(
    "inquiries",
    metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("person_id", sa.BigInteger, nullable=False),
    sa.Column("reply_to", sa.BigInteger, nullable=False),  # the message it was asked with
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("card_id", sa.BigInteger),  # message id of the card
    sa.Column("revision", sa.Integer, nullable=False, server_default="1"),  # grows at each change
    sa.Column("shown_revision", sa.Integer, nullable=False, server_default="0"),
    sa.Column("shown_digest", sa.String(64)),  # of the card's text: no edit without a change
    sa.Column("show_at", sa.Float, nullable=False),  # not before that time, while lookups wait
    sa.Column("thread_id", sa.BigInteger),  # the topic of a forum it was asked in
    sa.Column("cards_lost", sa.Integer, nullable=False, server_default="0"),  # how often deleted
    sa.UniqueConstraint("chat_id", "reply_to"),
    sa.Index("ix_inquiries_created_at", "created_at"),
)

lookups = sa.Table(
    "lookups",
    metadata,
    sa.Column("id", row_id, primary_key=True),
    sa.Column("inquiry_id", sa.ForeignKey("inquiries.id", ondelete="CASCADE"), nullable=False),
    sa.Column("person_id", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("number_sealed", sa.LargeBinary, nullable=False),  # or the text that is no number
    sa.Column("number_key", sa.String(64)),  # keyed digest of the number
    sa.Column("forced", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("turn", sa.BigInteger, nullable=False, server_default="0"),  # lowest first
    sa.Column("next_at", sa.Float, nullable=False, server_default="0"),  # not before that time
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("found", sa.Boolean),  # true: there is an account
    sa.Column("account_sealed", sa.LargeBinary),  # its chat id
    sa.Column("answered_at", sa.Float),  # when the service said so
    sa.Column("from_memory", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_lookups_inquiry_id", "inquiry_id"),
    sa.Index(
        "ix_lookups_waiting",
        "turn",
        "id",
        **where("state = 'waiting'"),
    ),
    sa.Index(
        "ix_lookups_number_key",
        "number_key",
        **where("state = 'waiting'"),
    ),
)

lookup_cache = sa.Table(
    "lookup_cache",
    metadata,
    sa.Column("number_key", sa.String(64), primary_key=True),  # keyed digest of the number
    sa.Column("found", sa.Boolean, nullable=False),
    sa.Column("account_sealed", sa.LargeBinary),
    sa.Column("answered_at", sa.Float, nullable=False),
    sa.Column("forget_at", sa.Float, nullable=False),
    sa.Column("forced_at", sa.Float),  # when it was last asked about in spite of a cached answer
    sa.Index("ix_lookup_cache_forget_at", "forget_at"),
)

# Instances of the lookup service, and why they may not be asked now.
instances = sa.Table(
    "instances",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("held", sa.Boolean, nullable=False, server_default=sa.false()),  # by an owner
    sa.Column("trouble", sa.String(20)),  # why it is paused
    sa.Column("since", sa.Float, nullable=False, server_default="0"),
    sa.Column(
        "seconds", sa.Float, nullable=False, server_default="0"
    ),  # length of the pause, from `since`
    sa.Column(
        "limits", sa.Integer, nullable=False, server_default="0"
    ),  # in a row, without an answer between
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),  # in a row
    sa.Column("told", sa.String(20)),  # the trouble that the owners were notified of
    sa.Column("asked_at", sa.Float, nullable=False, server_default="0"),
    sa.Column("eased_at", sa.Float, nullable=False, server_default="0"),  # when its pause ended
    sa.Column("answered_at", sa.Float),
    sa.Column("answer", sa.String(20)),  # the last one: the key of a text
    sa.Column("month", sa.String(7)),  # of the last answer, 2026-11
    sa.Column(
        "lookups", sa.Integer, nullable=False, server_default="0"
    ),  # answered in that month, and not from the service's cache
)

instance_asks = sa.Table(
    "instance_asks",
    metadata,
    sa.Column("instance_id", sa.String(32), primary_key=True),
    sa.Column("number_key", sa.String(64), primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("ix_instance_asks_at", "at"),
)
