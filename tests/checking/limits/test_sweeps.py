"""What counts as a sweep, held against a slow and obvious count, on a real database."""

import asyncio
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from checking.limits.refusals import LimitError
from checking.limits.sweeps import Sweeps
from storage.database import Database
from storage.people import asked_blocks
from tests.support.clocks import StoryClock
from tests.support.databases.temporary import opened

DAY = 86_400.0
MOST = 5
PEOPLE = st.integers(1, 2)
NUMBERS = st.lists(
    st.integers(7_000_000, 7_000_009) | st.integers(7_001_000, 7_001_009), max_size=6
)
PAUSES = st.sampled_from([0.0, 0.0, 0.4, 1.0, 3.0, 6.0, 7.0])
Ask = tuple[int, list[int], float]


def test_sweeps_are_counted_as_one_would_by_hand(tmp_path: Path) -> None:
    """Protects honest people, and other people's numbers: what is over the limit is refused."""
    with asyncio.Runner() as runner:
        opening = opened(tmp_path)
        database = runner.run(opening.__aenter__())
        turns = iter(range(0, 10**9, 2))

        @settings(max_examples=60)
        @given(st.lists(st.tuples(PEOPLE, NUMBERS, PAUSES), max_size=14))
        def plays(asks: list[Ask]) -> None:
            runner.run(play(database, asks, next(turns)))

        plays()
        runner.run(opening.__aexit__(None, None, None))


async def play(database: Database, asks: list[Ask], turn: int) -> None:
    """Ask day by day, as people who never asked before, and compare each answer."""
    clock = StoryClock()
    sweeps = Sweeps(database.vault, clock, MOST)
    counted: list[tuple[int, int, int]] = []  # person, day, number
    for person, numbers, days in asks:
        clock.jump(days * DAY)
        today = int(clock.now() // DAY)
        lately = {number for who, day, number in counted if who == person and day > today - 7}
        together = lately | set(numbers)
        fine = all(
            sum(number // 1000 == block for number in together) <= MOST
            for block in {number // 1000 for number in numbers}
        )
        async with database.write() as connection:
            await asked_blocks.forget_old(connection, clock.now())
            try:
                await sweeps.count_lookup(connection, turn + person, [f"+{n}" for n in numbers])
            except LimitError:
                assert not fine
            else:
                assert fine
                counted += [(person, today, number) for number in numbers]


async def test_no_limit_keeps_nothing(tmp_path: Path) -> None:
    """Protects people from being counted where the operator asks for no limit."""
    clock = StoryClock()
    async with opened(tmp_path) as database, database.write() as connection:
        key = asked_blocks.key_of(database.vault, 1, 7_000)
        for most, kept in ((0, 0), (MOST, 1)):
            await Sweeps(database.vault, clock, most).count_lookup(connection, 1, ["+7000001"])
            asked = await asked_blocks.asked(connection, database.vault, [key], clock.now())
            assert len(asked) == kept
