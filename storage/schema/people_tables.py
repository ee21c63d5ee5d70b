"""The tables about people: access, invitations, usage and what they asked about."""

import sqlalchemy as sa

from storage.schema.metadata import metadata

# Access, requests for it, and consent to the terms. Owners are in the settings.
people = sa.Table(
    "people",
    metadata,
    sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name_sealed", sa.LargeBinary),  # as last seen in Telegram
    sa.Column("standing", sa.String(12), nullable=False),  # see storage/people/people.py
    sa.Column("since", sa.Float, nullable=False),  # of this standing
    sa.Column("decided_by", sa.BigInteger),  # the owner who admitted, refused or removed
    sa.Column("quota", sa.BigInteger),  # numbers a day; 0: no limit; none: the setting's
    sa.Column("consent_version", sa.Integer, nullable=False, server_default="0"),
    sa.Column("consent_at", sa.Float),
    sa.Index("ix_people_standing", "standing"),
)

# The messages about a request for access: one for each owner, one for the person.
access_asks = sa.Table(
    "access_asks",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.person_id", ondelete="CASCADE"), primary_key=True),
    sa.Column("reader_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("shown", sa.String(12)),  # the standing that the message shows
)

invites = sa.Table(
    "invites",
    metadata,
    sa.Column("code_digest", sa.String(64), primary_key=True),  # keyed; the code isn't stored
    sa.Column("made_by", sa.BigInteger, nullable=False),
    sa.Column("made_at", sa.Float, nullable=False),
    sa.Column("ends_at", sa.Float, nullable=False),
    sa.Column("used_by", sa.BigInteger),
    sa.Column("used_at", sa.Float),
    sa.Index("ix_invites_ends_at", "ends_at"),
)

# What each POST of a check takes from the daily quota of whoever asked for it. No foreign key: it
# outlives its task.
usage = sa.Table(
    "usage",
    metadata,
    sa.Column("task_id", sa.String(12), primary_key=True),  # of further POSTs: a name of its own
    sa.Column("person_id", sa.BigInteger, nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("day", sa.String(10), nullable=False),  # UTC, such as 2026-11-22
    sa.Column("check_key", sa.String(40), nullable=False),
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("numbers", sa.Integer, nullable=False),
    sa.Column("cost", sa.Float),  # as the version before wrote it
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),  # see storage/people/usage.py
    sa.Column("again_of", sa.String(12)),  # the task of a further POST
    sa.Column("post", sa.Integer, nullable=False, server_default="1"),
    sa.Column("cost_millionths", sa.BigInteger),  # what people see; null: no price was known
    sa.Column("cost_kind", sa.String(10)),  # how that is known: see storage/people/costs.py
    sa.Column("true_millionths", sa.BigInteger),  # what the service takes, for the owners alone
    sa.Column("true_currency", sa.String(3)),
    sa.Column("true_kind", sa.String(10)),
    sa.Index("ix_usage_person_id_day", "person_id", "day"),
    sa.Index("ix_usage_chat_id_day", "chat_id", "day"),
    sa.Index("ix_usage_day", "day"),
    sa.Index("ix_usage_again_of", "again_of"),
)

# What a person had in a day, without saying who: it stays when they are forgotten.
day_counts = sa.Table(
    "day_counts",
    metadata,
    sa.Column("person_digest", sa.String(64), primary_key=True),  # keyed
    sa.Column("day", sa.String(10), primary_key=True),  # UTC
    sa.Column("numbers", sa.Integer, nullable=False, server_default="0"),  # before being forgotten
    sa.Column("lookups", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_day_counts_day", "day"),
)

# People who had themselves forgotten: when, and the quota that an owner had set.
forgotten = sa.Table(
    "forgotten",
    metadata,
    sa.Column("person_digest", sa.String(64), primary_key=True),  # keyed
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("quota", sa.BigInteger),  # as in people
)

# What a person or a group may spend, as an owner set it, in millionths of the settings' currency.
budgets = sa.Table(
    "budgets",
    metadata,
    sa.Column("holder_digest", sa.String(64), primary_key=True),  # keyed
    sa.Column("day", sa.BigInteger),  # 0: no limit; none: the setting's
    sa.Column("month", sa.BigInteger),  # the same
)

# What people spent in this month before they were forgotten, without saying who.
spent_before = sa.Table(
    "spent_before",
    metadata,
    sa.Column("person_digest", sa.String(64), primary_key=True),  # keyed, as in budgets
    sa.Column("day", sa.String(10), primary_key=True),  # UTC
    sa.Column("currency", sa.String(3), primary_key=True),
    sa.Column("millionths", sa.BigInteger, nullable=False),
)

# Which numbers of a block a person asked about, day by day. It outlives /forget, so the digest
# tells neither the person nor the block.
asked_blocks = sa.Table(
    "asked_blocks",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),  # keyed, of both together
    sa.Column("day", sa.String(10), primary_key=True),  # UTC, such as 2026-11-22
    sa.Column("asked_sealed", sa.LargeBinary, nullable=False),  # see sheets/base/blocks.py
    sa.Index("ix_asked_blocks_day", "day"),
)
