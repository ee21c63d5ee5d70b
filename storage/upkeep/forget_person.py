"""Erase everything stored about a person, and export it."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import (
    access_asks,
    chats,
    inbox,
    inquiries,
    invites,
    lists,
    lookups,
    parts,
    people,
    tasks,
    usage,
)

NOBODY = 0
"""Replaces a person's id in rows that are kept for the counts."""


async def forget(connection: AsyncConnection, person_id: int) -> list[str]:
    """Erase a person; return the names of result files to delete.

    Running checks are dropped. Their cost stays, as a count without a person. The lookup cache
    stays: it has digests, and not who asked.
    """
    query = sa.select(tasks.c.result_name).where(
        tasks.c.person_id == person_id, tasks.c.result_name.is_not(None)
    )
    files = [str(name) for name in (await connection.execute(query)).scalars()]
    # ON DELETE CASCADE: parts, tasks, events, pieces and lookups, too.
    await connection.execute(sa.delete(lists).where(lists.c.person_id == person_id))
    await connection.execute(sa.delete(inquiries).where(inquiries.c.person_id == person_id))
    await connection.execute(sa.delete(chats).where(chats.c.chat_id == person_id))
    await connection.execute(  # the bot stays in groups that the person added it to
        sa.update(chats).where(chats.c.added_by == person_id).values(added_by=NOBODY)
    )
    await connection.execute(sa.delete(access_asks).where(access_asks.c.person_id == person_id))
    await connection.execute(sa.delete(people).where(people.c.person_id == person_id))
    await connection.execute(
        sa.delete(inbox).where(inbox.c.lane == person_id, inbox.c.handled_at.is_not(None))
    )
    await connection.execute(
        sa.update(invites).where(invites.c.used_by == person_id).values(used_by=NOBODY)
    )
    await connection.execute(
        sa.update(usage).where(usage.c.person_id == person_id).values(person_id=NOBODY, chat_id=0)
    )
    return files


async def running(connection: AsyncConnection, person_id: int, states: list[str]) -> int:
    """Count a person's checks in these states."""
    query = sa.select(sa.func.count()).where(
        tasks.c.person_id == person_id, tasks.c.state.in_(states)
    )
    return int((await connection.execute(query)).scalar_one())


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored about a person: rows by table, and what is sealed of them.

    sealed: For each blob its place in `rows` (table, row, name), and what it was sealed as.
    """

    rows: dict[str, list[dict[str, Any]]]
    sealed: list[tuple[tuple[str, int, str], bytes, str]]


async def kept(connection: AsyncConnection, person_id: int) -> Kept:
    """Return everything stored about a person, as values for JSON; blobs are still sealed."""
    own_lists = lists.c.person_id == person_id
    of_list = sa.select(lists.c.id).where(own_lists)
    of_inquiry = sa.select(inquiries.c.id).where(inquiries.c.person_id == person_id)
    wanted = {
        "person": (people, people.c.person_id == person_id),
        "chat": (chats, chats.c.chat_id == person_id),
        "access": (access_asks, access_asks.c.person_id == person_id),
        "lists": (lists, own_lists),
        "parts": (parts, parts.c.list_id.in_(of_list)),
        "checks": (tasks, tasks.c.person_id == person_id),
        "inquiries": (inquiries, inquiries.c.person_id == person_id),
        "lookups": (lookups, lookups.c.inquiry_id.in_(of_inquiry)),
        "usage": (usage, usage.c.person_id == person_id),
    }
    found = Kept({}, [])
    for name, (table, where) in wanted.items():
        rows = await connection.execute(sa.select(table).where(where))
        found.rows[name] = []
        for place, row in enumerate(rows.mappings()):
            values = {key: value for key, value in row.items() if value is not None}
            for key in [key for key in values if key.endswith("_sealed")]:
                plain = key.removesuffix("_sealed")
                blob = values.pop(key)
                found.sealed.append(((name, place, plain), blob, f"{table.name}.{plain}"))
            found.rows[name].append(values)
    return found
