"""What people asked about of each thousand numbers, without the bot."""

import sqlalchemy as sa

from storage.database import Database
from storage.people import asked_blocks
from storage.schema.tables import asked_blocks as table
from tests.support.databases.temporary import NOW, PERSON

DAY = 86_400.0
BITMAP = bytes([0b101, *range(1, 125)])


async def test_each_day_has_its_numbers_for_a_week(database: Database) -> None:
    """Protects people: the numbers of each day are kept apart, and erased after a week."""
    vault = database.vault
    key, other = (asked_blocks.key_of(vault, PERSON, block) for block in (447400123, 447400124))
    async with database.write() as connection:
        for days, bitmap in ((0, b"a"), (0, BITMAP), (1, b"b")):
            await asked_blocks.put(connection, vault, {key: bitmap, other: b"o"}, NOW + days * DAY)
        await asked_blocks.put(connection, vault, {}, NOW)
        first, second, third = [
            await asked_blocks.asked(connection, vault, [key], NOW + days * DAY)
            for days in (6, 7, 8)
        ]
        left = []
        for days in (6, 7, 8):
            await asked_blocks.forget_old(connection, NOW + days * DAY)
            rows = (await connection.execute(sa.select(table))).all()
            left.append(len(rows))
    assert first == {key: {"2026-11-22": BITMAP, "2026-11-23": b"b"}}
    assert (second, third) == ({key: {"2026-11-23": b"b"}}, {})
    assert left == [4, 2, 0]


async def test_rows_tell_neither_person_nor_numbers(database: Database) -> None:
    """Protects people from a reader of the file: digests differ by person, bitmaps are sealed."""
    vault = database.vault
    keys = {asked_blocks.key_of(vault, *each) for each in ((1, 23), (2, 23), (1, 24), (12, 3))}
    assert len(keys) == 4
    async with database.write() as connection:
        await asked_blocks.put(connection, vault, dict.fromkeys(keys, BITMAP), NOW)
        rows = (await connection.execute(sa.select(table))).all()
    assert {row.digest for row in rows} == keys
    assert not any(BITMAP[:8] in row.asked_sealed for row in rows)
    assert len({row.asked_sealed for row in rows}) == 4
