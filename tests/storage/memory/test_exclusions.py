"""Numbers that are never to be checked, as they are stored."""

import pytest

from storage.database import Database
from storage.memory import exclusions
from storage.memory.exclusions import Standing
from storage.people import chats
from storage.sealing.vault import WrongKeyError
from storage.upkeep import forget_person, migrate_chat
from tests.support.databases.temporary import NOW, PERSON, new_list

DAY = 86_400.0
GROUP, MOVED = -4711, -1_000_000_004_711


async def names(database: Database, list_id: str, owner_id: int, at: float = NOW) -> bytes:
    """Store the numbers of a new list of PERSON; return the key and digests of their block."""
    await new_list(database, list_id)
    async with database.write() as connection:
        key = await exclusions.key_of(connection, database.vault, owner_id)
        block = exclusions.seal(database.vault, key, list_id.encode(), 7)
        await exclusions.add(connection, block, owner_id=owner_id, list_id=list_id, now=at)
    return key + list_id.encode()


async def held(database: Database, owner_id: int) -> list[bytes]:
    """Return the blocks of an owner, opened."""
    async with database.read() as connection:
        found = await exclusions.sealed_of(connection, owner_id)
    return [exclusions.opened(database.vault, *each) for each in found]


async def test_an_owner_has_one_key_and_no_other_has_it(database: Database) -> None:
    """Protects owners from being compared, and lets all blocks of one be searched at once."""
    first = await names(database, "l1", PERSON)
    second = await names(database, "l2", PERSON, NOW + DAY)
    other = await names(database, "l3", GROUP)
    assert first[:32] == second[:32] != other[:32]
    assert await held(database, PERSON) == [first, second]
    assert await held(database, GROUP) == [other]
    async with database.read() as connection:
        assert await exclusions.standing(connection, PERSON) == Standing(14, NOW)
        assert await exclusions.standing(connection, PERSON + 1) == exclusions.NOTHING


async def test_they_are_emptied_for_one_owner(database: Database) -> None:
    """Protects others from an owner who takes theirs back."""
    await names(database, "l1", PERSON)
    other = await names(database, "l2", GROUP)
    async with database.write() as connection:
        assert await exclusions.empty(connection, PERSON) == 1
        assert await exclusions.empty(connection, PERSON) == 0
    assert await held(database, PERSON) == []
    assert await held(database, GROUP) == [other]


async def test_they_go_with_whoever_named_them_and_with_silent_chats(database: Database) -> None:
    """Protects the right to be forgotten, and of those whom nobody can empty a last day."""
    await names(database, "l1", PERSON)
    await names(database, "l2", GROUP)
    async with database.write() as connection:
        await chats.blocked(connection, GROUP, NOW)
        await exclusions.forget_silent(connection, NOW)
    assert len(await held(database, GROUP)) == 1
    async with database.write() as connection:
        await exclusions.forget_silent(connection, NOW + 1)
    assert await held(database, GROUP) == []
    await names(database, "l3", GROUP)
    async with database.write() as connection:
        await forget_person.forget(connection, database.vault, PERSON, NOW)
    assert await held(database, PERSON) == await held(database, GROUP) == []


async def test_they_follow_a_group(database: Database) -> None:
    """Protects a group that becomes a supergroup."""
    block = await names(database, "l1", GROUP)
    async with database.write() as connection:
        await migrate_chat.move(connection, database.vault, GROUP, MOVED)
    assert await held(database, MOVED) == [block]


async def test_a_block_of_another_row_is_refused(database: Database) -> None:
    """Protects an owner from whoever can write to the database."""
    await names(database, "l1", PERSON)
    await names(database, "l2", PERSON)
    async with database.read() as connection:
        (first, _), (_, blob) = await exclusions.sealed_of(connection, PERSON)
    with pytest.raises(WrongKeyError):
        exclusions.opened(database.vault, first, blob)
