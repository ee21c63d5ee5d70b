"""Erase everything stored about a person, and export it."""

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
from storage.sealing.vault import Vault

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


async def kept(connection: AsyncConnection, vault: Vault, person_id: int) -> dict[str, Any]:
    """Return everything stored about a person, opened, as values for JSON.

    Blobs can be large: other users of the database wait meanwhile.
    """
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
    found = {}
    for name, (table, where) in wanted.items():
        rows = await connection.execute(sa.select(table).where(where))
        found[name] = [_opened(table, row, vault) for row in rows.mappings()]
    return found


def _opened(table: sa.Table, row: sa.RowMapping, vault: Vault) -> dict[str, Any]:
    """Return a row without empty values; sealed columns are opened, under their plain name."""
    values: dict[str, Any] = {}
    for name, value in row.items():
        if value is None:
            continue
        if name.endswith("_sealed"):
            plain = name.removesuffix("_sealed")
            values[plain] = vault.open(value, f"{table.name}.{plain}").decode("utf-8", "replace")
        else:
            values[name] = value
    return values
