"""The tables of updates, chats, lists and tasks; the others are in `*_tables`.

`migrations/` brings a database to exactly these.

Times are unix seconds (UTC). Columns that end in `_sealed` hold blobs of
`storage.sealing.vault.Vault`: what people send or get is never stored in clear.
"""

import sqlalchemy as sa

from storage.schema.check_tables import check_switches, learnt_minimums
from storage.schema.lookup_tables import (
    inquiries,
    instance_asks,
    instances,
    lookup_cache,
    lookups,
)
from storage.schema.memory_tables import answer_blocks, exclusions
from storage.schema.metadata import metadata, row_id, where
from storage.schema.people_tables import access_asks, asked_blocks, invites, people, usage
from storage.schema.price_tables import learnt_prices
from storage.schema.replica_tables import claims, group_sends, replicas
from storage.schema.schedule_tables import schedules

__all__ = [
    "access_asks",
    "answer_blocks",
    "asked_blocks",
    "canary",
    "chats",
    "check_switches",
    "claims",
    "done_once",
    "exclusions",
    "group_sends",
    "inbox",
    "inquiries",
    "instance_asks",
    "instances",
    "invites",
    "learnt_minimums",
    "learnt_prices",
    "lists",
    "lookup_cache",
    "lookups",
    "metadata",
    "owner_notes",
    "parts",
    "people",
    "pieces",
    "replicas",
    "schedules",
    "services",
    "splits",
    "task_events",
    "tasks",
    "usage",
]

# Tasks whose card shows another state or count than theirs. They have a partial index, which the
# planner uses only for a query with the same conditions in the same words.
_POLLED = "tasks.state IN ('submitted', 'processing')"
_UNSHOWN = "tasks.shown_count != tasks.success + tasks.failure"
STALE = (
    "tasks.state NOT IN ('draft', 'fetched')",
    f"(tasks.shown IS NULL OR tasks.shown != tasks.state OR ({_POLLED} AND {_UNSHOWN}))",
)


inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("lane", sa.BigInteger, nullable=False),  # the chat queue, which keeps the order
    sa.Column("update_sealed", sa.LargeBinary),  # erased when handled
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("handled_at", sa.Float),
    sa.Column("set_aside", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("owner", sa.String(16)),  # the replica that works on it: storage/replicas/
    sa.Index(
        "ix_inbox_open",
        "received_at",
        **where("handled_at IS NULL"),
    ),
    sa.Index("ix_inbox_handled_at", "handled_at"),
)

chats = sa.Table(
    "chats",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("language", sa.String(8)),
    sa.Column("blocked_at", sa.Float),  # since when the chat blocks the bot
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Column("region", sa.String(2)),  # of national numbers in this chat, such as DE
    sa.Column("language_chosen", sa.String(16)),  # by /language or in a group's settings
    sa.Column("added_by", sa.BigInteger),  # a group: the person with access who added the bot
    sa.Column("hand_in", sa.String(8)),  # a group: who may send lists; see storage/people/chats.py
    sa.Column("checks_off", sa.String(400)),  # a group: keys of checks that are not offered
    sa.Column("results", sa.String(8)),  # a group: where results go; see storage/people/chats.py
    sa.Column("title_sealed", sa.LargeBinary),  # a group: as last seen in Telegram
    sa.Column("added_at", sa.Float),  # a group: when `added_by` added the bot
    sa.Column("first_file", sa.String(8)),  # of a result; see storage/people/chats.py
)

strikes = sa.Table(
    "strikes",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),  # of work: read, fetch, …
    sa.Column("key", sa.String(40), primary_key=True),  # of the work
    sa.Column("life", sa.String(12), primary_key=True),  # the run of the program that began it
    sa.Column("at", sa.Float, nullable=False),  # when that was
)

lists = sa.Table(
    "lists",
    metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("person_id", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("settle_at", sa.Float, nullable=False),  # more parts may join until then
    sa.Column("try_at", sa.Float, nullable=False, server_default="0"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("title_sealed", sa.LargeBinary),
    sa.Column("ready", sa.Integer, nullable=False, server_default="0"),
    sa.Column("duplicates", sa.Integer, nullable=False, server_default="0"),
    sa.Column("rejected", sa.Integer, nullable=False, server_default="0"),
    sa.Column("national", sa.Integer, nullable=False, server_default="0"),
    sa.Column("trouble", sa.String(40)),  # why it can't be read: the key of a text
    sa.Column("trouble_detail", sa.String(80)),
    sa.Column("body_sealed", sa.LargeBinary),  # the E.164 numbers, one a line
    sa.Column("left_out_sealed", sa.LargeBinary),  # the rejected lines, as CSV
    sa.Column("fingerprint", sa.String(64)),  # keyed digest of the numbers
    sa.Column("card_id", sa.BigInteger),  # message id of the card
    sa.Column("reply_to", sa.BigInteger, nullable=False),  # the message that began it
    sa.Column("shown", sa.String(12)),  # the state that the card shows
    sa.Column("root_id", sa.String(12)),  # the list that was sent, if this one was made from it
    sa.Column("asks", sa.String(12)),  # what the person has to choose: column or country
    sa.Column("asked_sealed", sa.LargeBinary),  # the choices, as JSON
    sa.Column("region", sa.String(2)),  # of national numbers when it was read
    sa.Column("thread_id", sa.BigInteger),  # the forum topic it was sent in
    sa.Column("reading_sealed", sa.LargeBinary),  # what its reading told, as JSON
    sa.Column("wishes", sa.String(80)),  # how the person wants it read; see checking/wishes.py
    sa.Column("cards_lost", sa.Integer, nullable=False, server_default="0"),  # how often deleted
    sa.Column("blocks_sealed", sa.LargeBinary),  # of its numbers; see sheets/base/blocks.py
    sa.Column("kept_for", sa.String(40)),  # a basket: the check; empty: it takes no more
    sa.Column("basket_id", sa.String(12)),  # the basket that takes this list's numbers
    sa.Column("again_of", sa.String(12)),  # the finished task that this list was begun anew from
    sa.Column("sketch_sealed", sa.LargeBinary),  # of its numbers; see storage/lists/sketches.py
    sa.Index("ix_lists_chat_id_state", "chat_id", "state"),
    sa.Index("ix_lists_state_settle_at", "state", "settle_at"),
    sa.Index("ix_lists_fingerprint", "fingerprint"),
    sa.Index("ix_lists_root_id", "root_id"),
    sa.Index("ix_lists_person_id", "person_id"),
    sa.Index("ix_lists_basket_id", "basket_id"),
    sa.Index("ix_lists_again_of", "again_of"),
)

parts = sa.Table(
    "parts",
    metadata,
    sa.Column("id", row_id, primary_key=True),
    sa.Column("list_id", sa.ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("message_id", sa.BigInteger, nullable=False),
    sa.Column("file_id", sa.String(255)),  # a document of Telegram; else the text below
    sa.Column("size", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("name_sealed", sa.LargeBinary),
    sa.Column("text_sealed", sa.LargeBinary),
    sa.Column("column_no", sa.Integer),  # chosen by the person, from 0; -1: all that fit
    sa.UniqueConstraint("chat_id", "message_id"),
    sa.Index("ix_parts_list_id", "list_id"),
)

tasks = sa.Table(
    "tasks",
    metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("list_id", sa.ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("person_id", sa.BigInteger, nullable=False),
    sa.Column("check_key", sa.String(40), nullable=False),
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("remote_id", sa.String(128)),
    sa.Column("numbers", sa.Integer, nullable=False),  # how many we submit to the service
    sa.Column("total", sa.Integer, nullable=False, server_default="0"),  # all three: the service's
    sa.Column("success", sa.Integer, nullable=False, server_default="0"),
    sa.Column("failure", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("started_at", sa.Float),  # when the person tapped Start
    sa.Column("dropped_at", sa.Float),  # when the person dropped it while it was being posted
    sa.Column("submitted_at", sa.Float),
    sa.Column("progress_at", sa.Float),  # when the counts or the state last changed
    sa.Column("finished_at", sa.Float),
    sa.Column("next_at", sa.Float, nullable=False, server_default="0"),  # not before that time
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("reason", sa.String(40)),  # of its state: the key of a text
    sa.Column("reason_sealed", sa.LargeBinary),  # in the service's words
    sa.Column("result_url_sealed", sa.LargeBinary),
    sa.Column("result_name", sa.String(80)),  # of the file in DATA_DIR/results
    sa.Column("result_bytes", sa.BigInteger),
    sa.Column("notice_id", sa.BigInteger),  # the message that announces the result, then becomes it
    sa.Column("sending_since", sa.Float),  # a sendDocument began then: never begin a second
    sa.Column("document_id", sa.String(255)),  # file id of the service's file, once it is sent
    sa.Column("shown", sa.String(12)),  # the state that the card shows
    sa.Column("shown_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("shown_at", sa.Float, nullable=False, server_default="0"),
    sa.Column("summary_sealed", sa.LargeBinary),  # of the answers, as JSON
    sa.Column("picture", sa.String(8)),  # of the summary: due, sent or none
    sa.Column("picture_notice_id", sa.BigInteger),  # the message that becomes the picture
    sa.Column("result_chat_id", sa.BigInteger),  # where the result goes, once decided
    sa.Column("told_at", sa.Float),  # when the group was told why it doesn't come: task_messages.py
    sa.Column("posts", sa.Integer, nullable=False, server_default="0"),  # that may have cost
    sa.Column("in_a_row", sa.Integer, nullable=False, server_default="0"),  # 500s, or 404s
    sa.Column("balance_before", sa.String(32)),  # the last POST, as a decimal; null: unknown
    sa.Column("balance_after", sa.String(32)),  # of a POST that is unclear
    sa.Column("estimated_millionths", sa.BigInteger),  # all three: what the service says it costs
    sa.Column("actual_millionths", sa.BigInteger),
    sa.Column("amount_currency", sa.String(3)),
    sa.Column("quoted_millionths", sa.BigInteger),  # what its card said before Start
    sa.Column("quoted_currency", sa.String(3)),
    sa.Column("known", sa.Integer, nullable=False, server_default="0"),  # remembered, not submitted
    sa.Column("known_since", sa.Float),  # when the oldest of these answers was given
    sa.Column("own_id", sa.String(255)),  # file id of the person's own list with the answers
    sa.UniqueConstraint("service", "remote_id"),
    sa.Index("ix_tasks_state_next_at", "state", "next_at"),
    sa.Index("ix_tasks_chat_id_created_at", "chat_id", "created_at"),
    sa.Index("ix_tasks_list_id", "list_id"),
    sa.Index("ix_tasks_stale", "shown_at", **where(" AND ".join(STALE))),
)

task_events = sa.Table(
    "task_events",
    metadata,
    sa.Column("id", row_id, primary_key=True),
    sa.Column("task_id", sa.ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("was", sa.String(12)),
    sa.Column("became", sa.String(12), nullable=False),
    sa.Column("reason", sa.String(40)),
    sa.Index("ix_task_events_task_id", "task_id"),
)

# The parts of a result that is larger than one upload.
pieces = sa.Table(
    "pieces",
    metadata,
    sa.Column("task_id", sa.ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),  # from 1
    sa.Column("notice_id", sa.BigInteger, nullable=False),  # the message that becomes the part
    sa.Column("document_id", sa.String(255)),  # file id, once it is sent
)

# What of a list is remembered, for one check of it. Apart from the tasks, whose rows are rewritten
# at every poll.
splits = sa.Table(
    "splits",
    metadata,
    sa.Column("task_id", sa.ForeignKey("tasks.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("part_sealed", sa.LargeBinary),  # the upload of the other numbers; null: none is left
    sa.Column("known_sealed", sa.LargeBinary, nullable=False),  # the remembered answers
)

services = sa.Table(
    "services",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("paused_at", sa.Float),  # it refuses our key: send nothing but the probe
    sa.Column("probe_at", sa.Float, nullable=False, server_default="0"),
)

owner_notes = sa.Table(
    "owner_notes",
    metadata,
    sa.Column("id", row_id, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("owner_id", sa.BigInteger, nullable=False),
    sa.Column("key", sa.String(40), nullable=False),  # of a text
    sa.Column("values_sealed", sa.LargeBinary, nullable=False),  # JSON
)

# What is told or done once, by whichever replica is first; see storage/records/done_once.py.
done_once = sa.Table(
    "done_once",
    metadata,
    sa.Column("what", sa.String(160), primary_key=True),
    sa.Column("until", sa.String(10)),  # the last day (UTC) on which it matters; none: till undone
)

canary = sa.Table(
    "canary",
    metadata,
    sa.Column("id", row_id, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # detects a wrong DATA_KEY at the start
)
