"""Which stories run on PostgreSQL, too, and why the others needn't.

A story runs on both engines where they could differ: in what is stored, claimed, counted or paid.
It runs on SQLite alone if it is about what is read, shown or worded, and all that it has stored is
stored in the same way by stories that run on both. `pytest --thorough` runs all of them on both.
"""

from tests.support.databases.engines import BOTH

ON_BOTH = {
    "again": "lists that are begun anew, and when what they need is erased",
    "checks": "money, states and deliveries",
    "costs": "money, to the cent",
    "exclusions": "what is never checked, whose it is, and its erasing",
    "faults": "what is stored when something goes wrong",
    "groups": "rights, claims by chat, and moved chats",
    "lists": "parts, quotas and the states of lists",
    "lookups": "the line, budgets and remembered answers",
    "memory": "what is remembered, sent and erased",
    "messages": "the inbox, and what was answered",
    "operations": "what is counted",
    "people": "access, quotas and erasing",
    "schedules": "due dates, claims, and what starts by itself",
}
"""A folder of tests/conversations, and what the engine matters for there."""

ON_SQLITE_ALONE = {
    "checks/test_faults_results.py": "the bytes of result files",
    "checks/test_shapes.py": "the JSON of the services' answers",
    "checks/test_strange_results.py": "the bytes of result files",
    "lists/test_assumed.py": "how a list is read, and the words for it",
    "lists/test_bad_files.py": "files that are no lists, and the words for them",
    "lists/test_clean_list.py": "sheets made of a list; what is stored is a list like any other",
    "lists/test_faults_downloads.py": "Telegram's file server",
    "lists/test_faults_lists.py": "the bytes of lists",
    "lists/test_tables.py": "the bytes of lists",
    "lists/test_wishes.py": "how a list is read",
    "messages/test_not_for_us.py": "messages that leave no trace",
    "messages/test_places.py": "below which message an answer stands",
    "messages/test_shapes.py": "the JSON of messages and answers",
    "people/test_language.py": "words",
}
"""A file in one of these folders, and what it is about instead."""


def engines_of(place: str, *, thorough: bool) -> tuple[str, ...]:
    """Return the engines for a file of stories, named from tests/conversations on."""
    return BOTH[:1] if place in ON_SQLITE_ALONE and not thorough else BOTH
