"""The loops' queries must not cost more, the more tasks there are."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.schema.tables import tasks
from storage.tasks import due_tasks
from storage.tasks.task_states import POLLED, TaskState
from tests.support.databases.temporary import CHAT, NOW, PERSON, new_list

FEW, MANY = 100, 2_000
Asks = Callable[[AsyncConnection], Awaitable[object]]


async def fill(database: Database, first: int, end: int, state: TaskState, shown: str) -> None:
    """Add that many due tasks, whose cards show that state."""
    columns = {"list_id": "list", "chat_id": CHAT, "person_id": PERSON, "check_key": "band"}
    columns |= {"service": "ekyc", "state": state, "shown": shown}
    rows = [
        {**columns, "id": f"{place:012}", "numbers": 1, "created_at": NOW, "next_at": NOW - place}
        for place in range(first, end)
    ]
    async with database.write() as connection:
        await connection.execute(sa.insert(tasks), rows)


async def steps(database: Database, asks: Asks) -> int:
    """Return how many instructions SQLite runs for it."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    async with database.read() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.set_progress_handler(count, 1)
        try:
            await asks(connection)
        finally:
            await driver.set_progress_handler(None, 0)
    return counted


@pytest.mark.parametrize("question", ["due", "next_due_at", "to_show", "to_deliver"])
@pytest.mark.parametrize("state", [TaskState.PROCESSING, TaskState.DELIVERED])
async def test_questions_of_the_loops_go_by_an_index(
    sqlite: Database, question: str, state: TaskState
) -> None:
    """Protects everybody's chats: a frequent query doesn't scan every task."""
    asked: dict[str, Asks] = {
        "due": partial(due_tasks.due, vault=sqlite.vault, states=POLLED, now=NOW, limit=8),
        "next_due_at": partial(due_tasks.next_due_at, states=POLLED),
        "to_show": partial(due_tasks.to_show, vault=sqlite.vault),
        "to_deliver": partial(due_tasks.to_deliver, vault=sqlite.vault),
    }
    await new_list(sqlite, "list")
    await fill(sqlite, 0, FEW, state, shown=state)
    few = await steps(sqlite, asked[question])
    await fill(sqlite, FEW, MANY, state, shown=state)
    assert await steps(sqlite, asked[question]) < few * 2


async def test_longest_waiting_of_all_states_comes_first(database: Database) -> None:
    """Protects the order of polls: no state goes before another."""
    await new_list(database, "list")
    await fill(database, 0, 10, TaskState.SUBMITTED, shown="submitted")
    await fill(database, 10, 20, TaskState.PROCESSING, shown="processing")
    await fill(database, 20, 25, TaskState.SUBMITTED, shown="submitted")
    async with database.read() as connection:
        due = await due_tasks.due(connection, database.vault, POLLED, NOW - 3, limit=18)
        first_at = await due_tasks.next_due_at(connection, POLLED)
        none_at = await due_tasks.next_due_at(connection, [TaskState.EXPORTED])
    assert [int(task.id) for task in due] == list(range(24, 6, -1))
    assert (first_at, none_at) == (NOW - 24, None)


async def test_the_many_tasks_of_one_chat_hide_no_others(database: Database) -> None:
    """Protects everybody's results and cards from a chat, or a service, with a thousand due."""
    await new_list(database, "list")
    for first, state in ((0, TaskState.FETCHED), (1000, TaskState.SUBMITTED)):
        await fill(database, first, first + 501, state, shown="ready")
    other = tasks.c.id.in_(["000000000500", "000000001500"])
    values = {"chat_id": CHAT + 1, "service": "checknumber", "next_at": NOW, "shown_at": NOW}
    async with database.write() as connection:
        await connection.execute(sa.update(tasks).where(other).values(values))
        vault = database.vault
        results = await due_tasks.to_deliver(connection, vault)
        cards = await due_tasks.to_show(connection, vault)
        polls = await due_tasks.due(connection, vault, POLLED, NOW, limit=8, busy=["ekyc"])
    assert [task.chat_id for task in results[:3]] == [CHAT, CHAT + 1, CHAT]
    assert [task.chat_id for task in cards[:3]] == [CHAT, CHAT + 1, CHAT]
    assert [task.service for task in polls] == ["checknumber"]


async def test_cards_to_show_are_the_stale_ones(database: Database) -> None:
    """Protects cards: each with an old state or count is found, and no other."""
    await new_list(database, "list")
    for place, state in enumerate(TaskState):
        await fill(database, 2 * place, 2 * place + 1, state, shown=state)
        await fill(database, 2 * place + 1, 2 * place + 2, state, shown="ready")
    counted = sa.update(tasks).where(tasks.c.shown == tasks.c.state).values(success=1)
    async with database.write() as connection:
        await connection.execute(counted)
        found = {int(task.id) for task in await due_tasks.to_show(connection, database.vault)}
    hidden = {TaskState.DRAFT, TaskState.FETCHED}
    places = {state: 2 * place for place, state in enumerate(TaskState)}
    expected = {place + 1 for state, place in places.items() if state not in hidden}
    assert found == expected | {places[state] for state in POLLED}
