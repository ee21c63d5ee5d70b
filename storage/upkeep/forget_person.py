"""Erase everything stored about a person, and export it."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people import budgets, day_counts
from storage.people import usage as usage_of
from storage.people.budgets import Holder
from storage.people.usage import UsageState
from storage.schema.people_tables import budgets as budgets_table
from storage.schema.tables import (
    access_asks,
    answer_blocks,
    chats,
    exclusions,
    inbox,
    inquiries,
    invites,
    lists,
    lookups,
    owner_notes,
    parts,
    people,
    schedules,
    splits,
    tasks,
    usage,
)
from storage.sealing.vault import Vault
from storage.tasks.task_states import TaskState
from storage.upkeep.reseal import purpose_of, row_of

_OWNERS = frozenset(
    {
        *(tasks.c.balance_before, tasks.c.balance_after, tasks.c.amount_currency),
        *(tasks.c.estimated_millionths, tasks.c.actual_millionths),
        *(usage.c.true_millionths, usage.c.true_currency, usage.c.true_kind),
    }
)
"""Columns about the owners' account at a service, not about the person."""
NOBODY = 0
"""Replaces a person's id in rows that are kept for the counts."""


async def forget(
    connection: AsyncConnection, vault: Vault, person_id: int, now: float
) -> list[str]:
    """Erase a person; return the names of result files to delete.

    Running checks are dropped. What was posted costs, as a count without a person, of its group if
    it was one's. What they used of their day, spent in this month, and the quota and budgets that
    an owner set, stay under a keyed digest. The lookup cache stays: it has digests, and not who
    asked.
    """
    today = usage_of.day_of(now)
    await _give_back(connection, person_id)
    used = await usage_of.used(connection, person_id, today)
    await day_counts.add(connection, vault, person_id, today, numbers=used)
    quota = sa.select(people.c.quota).where(people.c.person_id == person_id)
    found = (await connection.execute(quota)).scalar()
    if found is None:
        found = await day_counts.quota_before(connection, vault, person_id)
    await day_counts.forget(connection, vault, person_id, now=now, quota=found)
    await budgets.forget(connection, vault, person_id, today)
    query = sa.select(tasks.c.result_name).where(
        tasks.c.person_id == person_id, tasks.c.result_name.is_not(None)
    )
    files = [str(name) for name in (await connection.execute(query)).scalars()]
    # ON DELETE CASCADE: parts, tasks, events, splits, pieces, remembered answers, exclusions and
    # lookups, too.
    await connection.execute(sa.delete(schedules).where(schedules.c.person_id == person_id))
    await connection.execute(sa.delete(lists).where(lists.c.person_id == person_id))
    await connection.execute(sa.delete(inquiries).where(inquiries.c.person_id == person_id))
    await connection.execute(sa.delete(chats).where(chats.c.chat_id == person_id))
    await connection.execute(  # the bot stays in groups that the person added it to
        sa.update(chats).where(chats.c.added_by == person_id).values(added_by=NOBODY)
    )
    await connection.execute(sa.delete(access_asks).where(access_asks.c.person_id == person_id))
    await connection.execute(sa.delete(owner_notes).where(_own_notes(person_id)))
    await connection.execute(sa.delete(people).where(people.c.person_id == person_id))
    await connection.execute(
        sa.delete(inbox).where(inbox.c.lane == person_id, inbox.c.handled_at.is_not(None))
    )
    await connection.execute(
        sa.update(invites).where(invites.c.used_by == person_id).values(used_by=NOBODY)
    )
    group = sa.case((usage.c.chat_id < 0, usage.c.chat_id), else_=0)  # its budget goes on
    await connection.execute(
        sa.update(usage)
        .where(usage.c.person_id == person_id)
        .values(person_id=NOBODY, chat_id=group)
    )
    return files


async def _give_back(connection: AsyncConnection, person_id: int) -> None:
    """Free what was reserved for checks that were never posted: nothing can be charged for them."""
    waiting = sa.select(tasks.c.id).where(
        tasks.c.person_id == person_id, tasks.c.state == TaskState.CONFIRMED
    )
    whose = usage.c.task_id.in_(waiting) | usage.c.again_of.in_(waiting)
    await connection.execute(
        sa.update(usage)
        .where(whose, usage.c.state == UsageState.RESERVED)
        .values(state=UsageState.GIVEN_BACK)
    )


def _own_notes(person_id: int) -> sa.ColumnElement[bool]:
    """Notes about a person's own budget; the others are for owners, as owners."""
    return (owner_notes.c.owner_id == person_id) & owner_notes.c.key.startswith("budget-")


async def running(connection: AsyncConnection, person_id: int, states: list[str]) -> int:
    """Count a person's checks in these states."""
    query = sa.select(sa.func.count()).where(
        tasks.c.person_id == person_id, tasks.c.state.in_(states)
    )
    return int((await connection.execute(query)).scalar_one())


@dataclass(frozen=True, slots=True)
class Sealed:
    """A blob of a person: its place in `Kept.rows`, what it was sealed for, and where it stands."""

    place: tuple[str, int, str]
    sealed_as: tuple[str, str]
    query: sa.Select[bytes]


_NO_TEXTS = {
    ("lists", "blocks_sealed"),
    ("lists", "sketch_sealed"),
    ("answer_blocks", "body_sealed"),
    ("exclusions", "body_sealed"),
    ("splits", "known_sealed"),
}
"""Blobs that aren't for people to read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored about a person: rows by table, and where the blobs are that belong to them."""

    rows: dict[str, list[dict[str, Any]]]
    sealed: list[Sealed]


def _belongings(vault: Vault, person_id: int) -> dict[str, tuple[sa.Table, sa.ColumnElement[bool]]]:
    """Return the tables with rows of a person, and which rows these are."""
    own_lists, holder = lists.c.person_id == person_id, Holder(person_id)
    of_list = sa.select(lists.c.id).where(own_lists)
    of_person = sa.select(tasks.c.id).where(tasks.c.person_id == person_id)
    of_inquiry = sa.select(inquiries.c.id).where(inquiries.c.person_id == person_id)
    return {
        "person": (people, people.c.person_id == person_id),
        "chat": (chats, chats.c.chat_id == person_id),
        "access": (access_asks, access_asks.c.person_id == person_id),
        "lists": (lists, own_lists),
        "parts": (parts, parts.c.list_id.in_(of_list)),
        "checks": (tasks, tasks.c.person_id == person_id),
        "schedules": (schedules, schedules.c.person_id == person_id),
        "quoted": (splits, splits.c.task_id.in_(of_person)),
        "inquiries": (inquiries, inquiries.c.person_id == person_id),
        "lookups": (lookups, lookups.c.inquiry_id.in_(of_inquiry)),
        "usage": (usage, usage.c.person_id == person_id),
        "remembered": (answer_blocks, answer_blocks.c.task_id.in_(of_person)),
        "excluded": (exclusions, exclusions.c.list_id.in_(of_list)),
        "notes": (owner_notes, _own_notes(person_id)),
        "budgets": (budgets_table, budgets_table.c.holder_digest == holder.digest(vault)),
    }


async def kept(connection: AsyncConnection, vault: Vault, person_id: int) -> Kept:
    """Return everything stored about a person, as values for JSON, without the blobs.

    These may be hundreds of megabytes together: each is asked for by itself.
    """
    found = Kept({}, [])
    for name, (table, where) in _belongings(vault, person_id).items():
        own = [column for column in table.columns if column not in _OWNERS]
        plain = [column for column in own if not column.name.endswith("_sealed")]
        blobs = [column for column in table.columns if column.name.endswith("_sealed")]
        blobs = [column for column in blobs if (table.name, column.name) not in _NO_TEXTS]
        rows = await connection.execute(sa.select(*plain).where(where))
        found.rows[name] = []
        for place, row in enumerate(rows.mappings()):
            found.rows[name].append({k: value for k, value in row.items() if value is not None})
            here = [column == row[column.name] for column in table.primary_key.columns]
            for column in blobs:
                called = column.name.removesuffix("_sealed")
                query = sa.select(column).where(*here)
                sealed_as = (purpose_of(column), row_of(column, row))
                found.sealed.append(Sealed((name, place, called), sealed_as, query))
    return found
