"""People, invite links and daily quotas, without the bot."""

import asyncio
import itertools
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.people import invites, people, usage
from storage.people.people import PersonStanding
from storage.people.usage import Spending
from storage.schema.tables import invites as invites_table
from storage.schema.tables import people as table
from storage.schema.tables import usage as usage_table
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task
from tests.support.databases.temporary import NOW, PERSON, new_list, new_task, opened

S = PersonStanding
BOB, CARL, OWNER = 5_000_000_001, 5_000_000_002, 7
TODAY = "2026-11-22"


async def task_of(database: Database, task_id: str, numbers: int = 10) -> Task:
    """Create a task of a list with that many numbers."""
    body = b"+447400000000\n" * numbers
    await new_task(database, task_id, await new_list(database, f"l{task_id}"[:12], body))
    async with database.read() as connection:
        task = await tasks.get(connection, database.vault, task_id)
    assert task is not None
    return task


async def reserved(
    database: Database,
    task: Task,
    *,
    person_id: int = PERSON,
    cost: Decimal = Decimal("0.5"),
    **more: str,
) -> None:
    """Start and price the task."""
    values = {"day": TODAY, "currency": "USD"} | more
    async with database.write() as connection:
        await usage.reserve(connection, task, person_id=person_id, cost=cost, **values)


async def used(database: Database, person_id: int = PERSON, day: str = TODAY) -> int:
    """Return what counts of a day."""
    async with database.read() as connection:
        return await usage.used(connection, person_id, day)


async def test_costs_are_summed_to_the_cent(database: Database) -> None:
    """Protects money from floats, also what the version before wrote."""
    for index in range(3):
        await reserved(database, await task_of(database, f"t{index}"), cost=Decimal("0.1"))
    async with database.write() as connection:
        was = sa.update(usage_table).where(usage_table.c.task_id == "t2")
        await connection.execute(was.values(cost=0.1, cost_millionths=None))
    async with database.read() as connection:
        found = await usage.by_person(connection, TODAY)
    assert found[PERSON].costs == {"USD": Decimal("0.3")}


async def test_names_are_sealed_and_standings_move_once(database: Database) -> None:
    """Protects names from a reader of the file, and decisions from being made twice."""
    async with database.write() as connection:
        await people.note(connection, database.vault, BOB, "Bob", NOW)
        await people.note(connection, database.vault, BOB, "Bobby", NOW + 1)
        moves = [
            await people.move(connection, BOB, was, became, NOW + 2, by=OWNER)
            for was, became in (
                ([S.GUEST], S.ASKED),
                ([S.ASKED], S.MEMBER),
                ([S.ASKED], S.REFUSED),
            )
        ]
        unknown = await people.move(connection, CARL, list(S), S.MEMBER, NOW, by=OWNER)
        sealed = (await connection.execute(sa.select(table.c.name_sealed))).scalar_one()
        bob = await people.get(connection, database.vault, BOB)
    assert (moves, unknown) == ([True, True, False], False)
    assert b"Bob" not in sealed
    assert bob is not None
    assert (bob.name, bob.standing, bob.decided_by) == ("Bobby", S.MEMBER, OWNER)
    assert (bob.since, bob.quota, bob.consent_version) == (NOW + 2, None, 0)


async def test_the_first_consent_to_a_version_is_kept(database: Database) -> None:
    """Protects the record of consent: a second tap doesn't change it, a new text does."""
    async with database.write() as connection:
        await people.note(connection, database.vault, BOB, "Bob", NOW)
        seen = []
        for version, at in ((1, NOW), (1, NOW + 5), (2, NOW + 9), (1, NOW + 10)):
            await people.consent(connection, BOB, version, at)
            bob = await people.get(connection, database.vault, BOB)
            assert bob is not None
            seen.append((bob.consent_version, bob.consent_at))
    assert seen == [(1, NOW), (1, NOW), (2, NOW + 9), (2, NOW + 9)]


async def test_messages_about_an_ask_begin_anew_with_the_next(database: Database) -> None:
    """Protects owners from two messages about one request, and a new request from an old one."""
    async with database.write() as connection:
        await people.note(connection, database.vault, BOB, "Bob", NOW)
        await people.begin_asks(connection, BOB, [OWNER, BOB, OWNER])
        first = next(ask for ask in await people.asks(connection, BOB) if ask.reader_id == OWNER)
        await people.ask_shown(connection, first, 99, S.ASKED)
        await people.tells(connection, BOB)
        shown = {ask.reader_id: ask.message_id for ask in await people.asks(connection, BOB)}
        await people.begin_asks(connection, BOB, [OWNER])
        anew = await people.asks(connection, BOB)
    assert shown == {OWNER: 99, BOB: None}
    assert [(ask.reader_id, ask.message_id, ask.shown) for ask in anew] == [(OWNER, None, None)]


async def test_pages_hold_everybody_once(database: Database) -> None:
    """Protects owners from people missing on every page; requests stand first."""
    standings = [S.REMOVED, S.GUEST, S.MEMBER, S.ASKED, S.REFUSED, S.MEMBER, S.ASKED]
    async with database.write() as connection:
        for person_id, standing in enumerate(standings, 1):
            await people.note(connection, database.vault, person_id, "A", NOW)
            await people.move(connection, person_id, [S.GUEST], standing, NOW, by=None)
        pages = [
            await people.page(connection, database.vault, offset=offset, limit=3)
            for offset in (0, 3, 6, 9)
        ]
    assert [[person.person_id for person in page] for page, _ in pages] == [
        [4, 7, 3],
        [6, 2, 5],
        [1],
        [],
    ]
    assert {count for _, count in pages} == {7}


async def test_a_link_is_used_once_and_ends(database: Database) -> None:
    """Protects invitations: one person, in time; expired ones don't pile up."""
    async with database.write() as connection:
        for digest in ("a", "b"):
            await invites.make(connection, digest, made_by=OWNER, now=NOW, ends_at=NOW + 100)
        uses = [
            await invites.use(connection, digest, person_id, at)
            for digest, person_id, at in (
                ("a", BOB, NOW + 99),
                ("a", CARL, NOW + 99),
                ("a", BOB, NOW + 99),
                ("b", BOB, NOW + 100),
                ("c", BOB, NOW),
            )
        ]
        await invites.make(connection, "d", made_by=OWNER, now=NOW + 300, ends_at=NOW + 400)
        left = set((await connection.execute(sa.select(invites_table.c.code_digest))).scalars())
    assert uses == [OWNER, None, None, None, None]
    assert left == {"d"}


async def test_a_day_counts_what_was_not_given_back(database: Database) -> None:
    """Protects quotas and figures: by person and day; what is given back counts nowhere."""
    made = [await task_of(database, name, size) for name, size in (("t1", 10), ("t2", 20))]
    other = await task_of(database, "t3", 40)
    for task in made:
        await reserved(database, task)
    await reserved(database, other, person_id=BOB, day="2026-11-21", currency="EUR")
    async with database.write() as connection:
        await usage.spend(connection, "t1")
        await usage.give_back(connection, "t1")
        await usage.give_back(connection, "t2")
        await usage.spend(connection, "t2")
        checks = await usage.by_check(connection, "2026-11-21")
        by_person = await usage.by_person(connection, TODAY)
        several = await usage.used_by_all(connection, [PERSON, BOB], "2026-11-21")
    assert (await used(database), await used(database, BOB)) == (10, 0)
    both, usd = {"USD": Decimal("0.5"), "EUR": Decimal("0.5")}, {"USD": Decimal("0.5")}
    assert checks == {"tg_active": Spending(2, 50, both, both, is_about=True)}
    assert by_person == {PERSON: Spending(1, 10, usd, usd, is_about=True)}
    assert several == {BOB: 40}


async def test_what_was_unclear_once_is_not_given_back(database: Database) -> None:
    """Protects the account: it may have been charged, whatever happened later."""
    task = await task_of(database, "t1")
    await reserved(database, task)
    way = [TaskState.DRAFT, TaskState.SUBMITTING, TaskState.UNCONFIRMED]
    async with database.write() as connection:
        for was, became in itertools.pairwise(way):
            await tasks.move(connection, database.vault, task.id, was=[was], became=became, now=NOW)
        await usage.doubt(connection, task.id)
        troubled = [await usage.in_trouble(connection, since) for since in (NOW, NOW + 1)]
        await tasks.move(
            connection,
            database.vault,
            task.id,
            was=way[-1:],
            became=TaskState.CANCELLED,
            now=NOW,
        )
        await usage.give_back(connection, task.id)
        after = await usage.in_trouble(connection, NOW)
    assert await used(database) == 10
    assert (troubled, after) == ([{"unconfirmed": 1}, {}], {})


OPS = st.lists(
    st.tuples(st.sampled_from(["reserve", "spend", "give_back"]), st.integers(0, 1)), max_size=12
)


def test_a_day_is_the_sum_of_what_counts(tmp_path: Path) -> None:
    """Protects quotas from any order of events, repeated ones included."""
    with asyncio.Runner() as runner:
        opening = opened(tmp_path)
        database = runner.run(opening.__aenter__())
        made = [runner.run(task_of(database, f"t{place}", 10**place)) for place in range(2)]
        people_ids = itertools.count(1)

        async def play(steps: list[tuple[str, int]]) -> None:
            person_id, states = next(people_ids), dict[int, str]()
            async with database.write() as connection:
                await connection.execute(sa.text("DELETE FROM usage"))
            for step, place in steps:
                task = made[place]
                if step == "reserve" and place not in states:
                    await reserved(database, task, person_id=person_id)
                    states[place] = "reserve"
                elif step != "reserve":
                    async with database.write() as connection:
                        await getattr(usage, step)(connection, task.id)
                    if states.get(place) == "reserve":
                        states[place] = step
            counted = sum(10**place for place, state in states.items() if state != "give_back")
            assert await used(database, person_id) == counted

        @settings(max_examples=40, deadline=None)
        @given(OPS)
        def plays(steps: list[tuple[str, int]]) -> None:
            runner.run(play(steps))

        plays()
        runner.run(opening.__aexit__(None, None, None))


def test_days_are_those_of_utc() -> None:
    """Protects quotas: the day is the same for everybody."""
    midnight = 1_795_392_000.0
    assert [usage.day_of(midnight - 1), usage.day_of(midnight)] == [TODAY, "2026-11-23"]
    assert usage.day_of(midnight, back=29) == "2026-10-25"
    assert usage.day_of(NOW) == TODAY
