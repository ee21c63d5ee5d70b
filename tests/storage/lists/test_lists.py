import asyncio
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.lists import due_lists, list_parts, lists
from storage.lists.list_parts import StoredPart
from storage.lists.lists import ListState
from storage.schema import tables
from storage.sealing.ids import new_id
from storage.upkeep import erasure
from tests.support.databases.temporary import (
    CHAT,
    NOW,
    PERSON,
    new_list,
    new_task,
    opened,
    set_columns,
)

DAY = 24 * 3600.0


async def begun(database: Database, list_id: str = "l1", chat_id: int = CHAT) -> None:
    """Create a list that accepts parts."""
    async with database.write() as connection:
        await lists.begin(
            connection, list_id=list_id, chat_id=chat_id, person_id=PERSON, reply_to=1, now=NOW
        )


async def added(
    database: Database,
    message_id: int,
    text: str = "",
    list_id: str = "l1",
    chat_id: int = CHAT,
    *,
    settle_at: float = NOW + 2,
) -> None:
    """Add one more part."""
    part = StoredPart(message_id=message_id, file_id=None, size=len(text), name="", text=text)
    async with database.write() as connection:
        await list_parts.add(
            connection,
            database.vault,
            list_id=list_id,
            chat_id=chat_id,
            part=part,
            settle_at=settle_at,
        )


async def texts(database: Database, list_id: str = "l1") -> list[str]:
    """Return the texts of a list's parts."""
    async with database.read() as connection:
        return [p.text for p in await list_parts.of_list(connection, database.vault, list_id)]


async def test_parts_come_back_in_the_order_they_were_written(database: Database) -> None:
    """Protects a long paste: its parts may arrive in any order, and are read in their own."""
    await begun(database)
    for message_id in (12, 10, 11):
        await added(database, message_id, f"part {message_id}")
    assert await texts(database) == ["part 10", "part 11", "part 12"]


async def test_a_message_is_part_of_one_list(database: Database) -> None:
    """Protects against counting a message twice that Telegram delivers twice."""
    await begun(database)
    await added(database, 10)
    async with database.read() as connection:
        assert await list_parts.exists(connection, CHAT, 10)
        assert not await list_parts.exists(connection, CHAT + 1, 10)
    with pytest.raises(IntegrityError):
        await added(database, 10)


async def test_a_list_settles_when_its_last_part_says(database: Database) -> None:
    """Protects a paste that is still arriving: each part postpones the reading."""
    await begun(database)
    await added(database, 10, settle_at=NOW + 2)
    await added(database, 11, settle_at=NOW + 3)

    async def due(now: float) -> list[str]:
        async with database.read() as connection:
            return [found.id for found in await due_lists.due(connection, database.vault, now)]

    assert (await due(NOW + 2.9), await due(NOW + 3)) == ([], ["l1"])
    async with database.read() as connection:
        assert await due_lists.next_due_at(connection) == NOW + 3
        assert await due_lists.next_due_at(connection, ["l1"]) is None
        assert await lists.gathering_in(connection, CHAT, PERSON) == "l1"
        assert await lists.gathering_in(connection, CHAT, PERSON + 1) is None


async def test_the_same_list_is_recognised(database: Database) -> None:
    """Protects money: a list that had this check before is recognised, in this chat only."""
    await new_list(database, "l1", b"+4915112345678\n")
    await new_list(database, "l2", b"+4915112345678\n")
    await new_list(database, "l3", b"+4915112345679\n")
    await new_task(database, "t1", "l1")
    async with database.write() as connection:
        await set_columns(connection, tables.tasks, "t1", submitted_at=NOW)

    async def before(list_id: str, check: str = "tg_active") -> float | None:
        async with database.read() as connection:
            return await lists.checked_before(connection, list_id, check)

    assert await before("l2") == NOW
    assert await before("l2", "band") is None
    assert await before("l3") is None
    async with database.write() as connection:
        await set_columns(connection, tables.lists, "l2", chat_id=CHAT + 1)
    assert await before("l2") is None


async def test_idle_lists_are_erased_and_working_ones_kept(database: Database) -> None:
    """Protects privacy after a week, and the numbers of a running task at any age."""
    for list_id in ("old", "new", "busy"):
        await new_list(database, list_id, b"+4915112345678\n", NOW + 8 * DAY * (list_id == "new"))
        names = ("left_out", "reading", "blocks")
        sealed = {f"{each}_sealed": b"sealed" for each in names}
        async with database.write() as connection:
            await set_columns(connection, tables.lists, list_id, **sealed)
    async with database.write() as connection:
        await lists.move(connection, database.vault, "busy", (ListState.READY,), ListState.WORKING)
        assert await erasure.idle_lists(connection, NOW + DAY) == 1
    kept = {}
    for list_id in ("old", "new", "busy"):
        async with database.read() as connection:
            names = ("body", "left_out", "reading", "blocks")
            columns = [await lists.sealed(connection, list_id, each) for each in names]
        kept[list_id] = [column is not None for column in columns]
    assert kept == {
        "old": [False, False, False, False],
        "new": [True, True, True, True],
        "busy": [True, False, True, True],
    }


async def test_what_tells_of_numbers_goes_with_them(database: Database) -> None:
    """Protects examples, headers and blocks: they are erased with the numbers."""
    await new_list(database, "l1", b"+4915112345678\n")
    await new_task(database, "t1", "l1")
    async with database.write() as connection:
        ended = {"state": "delivered", "finished_at": NOW}
        await set_columns(connection, tables.tasks, "t1", **ended)
        sealed = {"reading_sealed": b"sealed", "blocks_sealed": b"sealed"}
        await set_columns(connection, tables.lists, "l1", state=ListState.WORKING, **sealed)
        await erasure.checked_lists(connection, NOW + DAY)
        for column in ("body", "reading", "blocks"):
            assert await lists.sealed(connection, "l1", column) is None


async def test_a_derived_list_is_wished_as_its_source(database: Database) -> None:
    """Protects the sheet of a second check: its rows are read as those of the first were."""
    await new_list(database, "l1", b"+4915112345678\n")
    vault = database.vault
    async with database.write() as connection:
        wished = lists.Changes(region="DE", wishes="country hidden", reading="{}")
        await lists.put(connection, vault, "l1", **wished)
        source = await lists.get(connection, vault, "l1")
        assert source is not None
        await lists.derive(
            connection,
            vault,
            list_id="l2",
            of=source,
            title="some",
            ready=1,
            sealed=lists.Changes(body_sealed=b"sealed"),
            place=source,
            now=NOW,
        )
        made = await lists.get(connection, vault, "l2")
    assert made is not None
    assert (made.region, made.wishes, made.reading) == ("DE", "country hidden", "")


async def test_texts_are_erased_and_the_parts_remembered(database: Database) -> None:
    """Protects pasted texts: erased once read; a redelivered message is still recognised."""
    await begun(database)
    await added(database, 10, "numbers")
    async with database.write() as connection:
        await list_parts.erase_texts(connection, "l1")
    assert await texts(database) == [""]
    async with database.read() as connection:
        assert await list_parts.exists(connection, CHAT, 10)


def test_any_title_and_text_comes_back(tmp_path: Path) -> None:
    """Protects odd names and texts: they come back unchanged, in any script."""
    rooms, chats = opened(tmp_path), itertools.count(1)

    @settings(max_examples=25, deadline=None)
    @given(title=st.text(max_size=200), pieces=st.lists(st.text(max_size=400), max_size=3))
    def comes_back(title: str, pieces: list[str]) -> None:
        runner.run(story(new_id(), title, pieces))

    async def story(list_id: str, title: str, pieces: list[str]) -> None:
        chat_id = next(chats)
        await begun(database, list_id, chat_id)
        for number, text in enumerate(pieces):
            await added(database, number, text, list_id, chat_id)
        async with database.write() as connection:
            sealed = database.vault.seal_text(title, "lists.title", list_id)
            await set_columns(connection, tables.lists, list_id, title_sealed=sealed)
        async with database.read() as connection:
            found = await lists.get(connection, database.vault, list_id)
        assert found is not None
        assert found.title == title
        assert await texts(database, list_id) == pieces

    with asyncio.Runner() as runner:
        database = runner.run(rooms.__aenter__())
        try:
            comes_back()
        finally:
            runner.run(rooms.__aexit__(None, None, None))
