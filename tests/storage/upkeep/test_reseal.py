"""Sealed blobs: each opens in its own row only, and the key of all can be changed."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.limits.sweeps import Sweeps
from sheets.base.blocks import blocks_of, pack
from storage.database import Database
from storage.lists import list_parts, lists, sketches
from storage.lists.list_parts import StoredPart
from storage.lists.sketches import Sketch
from storage.lookups import cache, inquiries
from storage.lookups.lookups import Answer, LookupState
from storage.memory import answer_blocks, exclusions
from storage.people import asked_blocks, chats, day_counts, people
from storage.records import inbox, services
from storage.records.inbox import StoredUpdate
from storage.schema import tables
from storage.schema.people_tables import forgotten
from storage.sealing.ids import LENGTH
from storage.sealing.vault import Vault, WrongKeyError
from storage.tasks import drafts, tasks
from storage.upkeep import reseal
from tests.support.canaries import blobs, opened
from tests.support.customers import ManualClock
from tests.support.databases.engines import BOTH, address
from tests.support.databases.temporary import KEY, NOW, new_list, new_task, opened_at

OTHER_KEY = bytes(reversed(KEY))
ANNA, BORIS, GONE = 1, 2, 3
DAY = "2026-11-22"
Read = Callable[[AsyncConnection, Vault], Awaitable[object]]


def number_of(person: int) -> str:
    """Return the number that a person asks about."""
    return f"+44740012345{person}"


async def fill(database: Database, person: int) -> None:
    """Store one blob of every column for a person, who is also a chat and an owner."""
    vault, name, number = database.vault, f"name {person}", number_of(person)
    list_id, key = await new_list(database, f"l{person}", f"{number}\n".encode()), None
    task_id = await new_task(database, f"t{person}", list_id)
    block = pack(blocks_of([int(number[1:])]))
    answer = Answer(found=True, account=f"77{person}", answered_at=NOW)
    async with database.write() as connection:
        sealed = lists.Changes(
            left_out_sealed=vault.seal(name.encode(), "lists.left_out", list_id),
            blocks_sealed=vault.seal(block, "lists.blocks", list_id),
        )
        await sketches.keep(connection, vault, list_id, Sketch("a" * LENGTH, bytes(8)))
        told = lists.Changes(title=name, asked=name, reading=name)
        await lists.put(connection, vault, list_id, **(sealed | told))
        part = StoredPart(7, None, 1, name, name)
        at = {"list_id": list_id, "chat_id": person, "part": part, "settle_at": NOW}
        await list_parts.add(connection, vault, **at)  # type: ignore[arg-type]
        await tasks.put(connection, vault, task_id, reason_text=name, result_url=name, summary=name)
        split = {
            f"{each}_sealed": vault.seal(name.encode(), f"splits.{each}", task_id)
            for each in ("part", "known")
        }
        await connection.execute(sa.insert(tables.splits).values(task_id=task_id, **split))
        await people.note(connection, vault, person, name, NOW)
        title = vault.seal_text(name, "chats.title", person)
        await chats.seen(connection, person, "en", NOW, title)
        update = StoredUpdate(person, person, vault.seal_text(name, "inbox.update", person))
        await inbox.store(connection, [update], NOW)
        values = {"name": name}
        await services.note_owners(connection, vault, [person], key="k", values=values, now=NOW)
        key = cache.key_of(vault, number)
        row = {"person_id": person, "state": LookupState.ANSWERED, "number": number}
        row |= {"number_key": key, "turn": 1, "answer": answer, "from_memory": False}
        of = {"inquiry_id": f"i{person}", "chat_id": person, "person_id": person, "reply_to": 1}
        of |= {"now": NOW, "show_at": NOW, "thread_id": None, "rows": [row]}
        await inquiries.begin(connection, vault, **of)  # type: ignore[arg-type]
        await cache.remember(connection, vault, key, answer, forget_at=NOW + 9, forced=False)
        digest = asked_blocks.key_of(vault, person, 7)
        await asked_blocks.put(connection, vault, {digest: name.encode()}, NOW)
        block = answer_blocks.seal(vault, name, name.encode(), 1)
        whose = {"owner_id": person, "check_key": "band", "task_id": task_id}
        times = {"answered_at": NOW, "ends_at": NOW + 9}
        await answer_blocks.remember(connection, block, **whose, **times)  # type: ignore[arg-type]
        never = exclusions.seal(vault, bytes(32), name.encode(), 1)
        of = {"owner_id": person, "list_id": list_id, "now": NOW}
        await exclusions.add(connection, never, **of)  # type: ignore[arg-type]


async def body_of(connection: AsyncConnection, vault: Vault, column: str) -> object:
    """Open a blob of Boris's list as its readers do."""
    sealed = await lists.sealed(connection, "l2", column)
    return vault.open(sealed or b"", f"lists.{column}", "l2")


async def split_of(connection: AsyncConnection, vault: Vault, column: str) -> object:
    """Open a blob of Boris's split as its readers do."""
    sealed = await drafts.sealed(connection, "t2", column)
    return vault.open(sealed or b"", f"splits.{column}", "t2")


async def update_of(connection: AsyncConnection, vault: Vault) -> object:
    """Open Boris's update as the queue does."""
    found = {each.update_id: each for each in await inbox.take_up(connection, None, [BORIS])}
    return vault.open(found[BORIS].sealed, "inbox.update", BORIS)


async def recalled(connection: AsyncConnection, vault: Vault) -> object:
    """Recall the answer about Boris's number."""
    return await cache.recall(connection, vault, [cache.key_of(vault, number_of(BORIS))], NOW)


async def asked(connection: AsyncConnection, vault: Vault) -> object:
    """Return what Boris asked about."""
    return await asked_blocks.asked(connection, vault, [asked_blocks.key_of(vault, BORIS, 7)], NOW)


async def remembered(connection: AsyncConnection, vault: Vault) -> object:
    """Open Boris's remembered answers."""
    [block] = await answer_blocks.blocks_of(connection, BORIS, "band", NOW)
    blobs = await answer_blocks.sealed(connection, [block.id])
    return answer_blocks.opened(vault, block.id, blobs[block.id])


async def excluded(connection: AsyncConnection, vault: Vault) -> object:
    """Open what Boris never checks."""
    [(block_id, blob)] = await exclusions.sealed_of(connection, BORIS)
    return exclusions.opened(vault, block_id, blob)


async def sketched(connection: AsyncConnection, vault: Vault) -> object:
    """Open the sketch of Boris's list."""
    return sketches.opened(vault, "l2", (await sketches.sealed(connection, ["l2"]))["l2"])


READS: dict[str, Read] = {
    "answer_blocks.body": remembered,
    "asked_blocks.asked": asked,
    "chats.title": lambda connection, vault: chats.standing(connection, vault, BORIS),
    "exclusions.body": excluded,
    "inbox.update": update_of,
    "lists.blocks": lambda connection, vault: Sweeps(vault, ManualClock(), 9).count_list(
        connection, BORIS, "l2"
    ),
    "lists.body": lambda connection, vault: body_of(connection, vault, "body"),
    "lists.left_out": lambda connection, vault: body_of(connection, vault, "left_out"),
    "lists.sketch": sketched,
    "lookup_cache.account": recalled,
    **{
        f"lists.{name}": lambda connection, vault: lists.get(connection, vault, "l2")
        for name in ("asked", "reading", "title")
    },
    **{
        f"lookups.{name}": lambda connection, vault: inquiries.get(connection, vault, "i2")
        for name in ("account", "number")
    },
    "owner_notes.values": services.owner_notes_waiting,
    **{
        f"parts.{name}": lambda connection, vault: list_parts.of_list(connection, vault, "l2")
        for name in ("name", "text")
    },
    "splits.known": lambda connection, vault: split_of(connection, vault, "known"),
    "splits.part": lambda connection, vault: split_of(connection, vault, "part"),
    "people.name": lambda connection, vault: people.get(connection, vault, BORIS),
    **{
        f"tasks.{name}": lambda connection, vault: tasks.get(connection, vault, "t2")
        for name in ("reason", "result_url", "summary")
    },
}
"""How each blob of Boris is read, by its purpose."""


async def moved(connection: AsyncConnection, column: sa.Column[bytes]) -> None:
    """Give Boris's row the blob that stands in Anna's."""
    key = next(iter(column.table.primary_key.columns))
    query = sa.select(key, column)
    rows = {row[0]: row[1] for row in await connection.execute(query)}
    for place in rows:
        [other] = rows.keys() - {place}
        change = sa.update(column.table).where(key == place)
        await connection.execute(change.values({column: rows[other]}))


@pytest.mark.parametrize("column", [*reseal.sealed_columns()], ids=reseal.purpose_of)
async def test_a_blob_that_was_moved_to_another_row_is_refused(
    database: Database, column: sa.Column[bytes]
) -> None:
    """Protects people from whoever can write to the database: no row shows what another holds."""
    for person in (ANNA, BORIS):
        await fill(database, person)
    reads = READS[reseal.purpose_of(column)]
    async with database.write() as connection:
        assert await reads(connection, database.vault) != []
        await moved(connection, column)
        with pytest.raises(WrongKeyError):
            await reads(connection, database.vault)


@pytest.mark.parametrize("engine", BOTH)
async def test_a_database_from_before_opens_until_its_key_is_changed(
    engine: str, tmp_path: Path
) -> None:
    """Protects an upgrade: old blobs open, and new ones for the version before; `rekey` ends it."""
    async with address(engine, tmp_path) as url:
        async with opened_at(url) as database:
            database.vault.binds_rows = False
            await fill(database, ANNA)
            async with database.write() as connection:
                old = database.vault.new_canary()
                await connection.execute(sa.update(tables.canary).values(sealed=old))
        async with opened_at(url) as database:
            await fill(database, BORIS)
            before = await blobs(database)
            for (purpose, *_), blob in before.items():
                assert database.vault.open(blob, purpose, "any row")
            texts = sorted(opened(database.vault, before))
            async with database.write() as connection:
                count = await reseal.rekey(connection, database.vault, Vault(OTHER_KEY))
        async with opened_at(url, OTHER_KEY) as database:
            assert database.vault.binds_rows
            after = await blobs(database)
            left = sorted(opened(database.vault, after))
            async with database.read() as connection:
                for purpose in ("lookups.account", "tasks.summary", "people.name"):
                    assert await READS[purpose](connection, database.vault)
                [lookup] = (await inquiries.get(connection, database.vault, "i2")).lookups  # type: ignore[union-attr]
    assert left == [each for each in texts if each[0] not in FORGOTTEN]
    assert count == len(left)
    assert lookup.key == cache.key_of(Vault(OTHER_KEY), number_of(BORIS))
    with pytest.raises(WrongKeyError):
        Vault(OTHER_KEY).recognise(old)


FORGOTTEN = {"answer_blocks.body", "lookup_cache.account", "asked_blocks.asked", "lists.sketch"}
"""What hangs on digests of the old key."""


async def test_a_new_key_finds_what_people_had_of_their_day(database: Database) -> None:
    """Protects quotas: a new key is no new day, and of people who are gone nothing stays."""
    old, new = database.vault, Vault(OTHER_KEY)
    await fill(database, ANNA)
    async with database.write() as connection:
        for person in (ANNA, GONE):
            await day_counts.add(connection, old, person, DAY, numbers=30, lookups=4)
            await day_counts.forget(connection, old, person, now=NOW, quota=500)
        await reseal.rekey(connection, old, new)
        assert await day_counts.of(connection, new, ANNA, DAY) == (30, 4)
        assert await day_counts.quota_before(connection, new, ANNA) == 500
        assert await day_counts.of(connection, new, GONE, DAY) == (0, 0)
        assert await day_counts.gone_since(connection, NOW) == 2
        await day_counts.erase_old(connection, "2026-12-31", NOW + day_counts.KEPT_SECONDS + 1)
        rows = (await connection.execute(sa.select(forgotten.c.person_digest))).scalars().all()
    assert rows == [day_counts.digest_of(new, ANNA)]
