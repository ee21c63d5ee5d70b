import asyncio
from pathlib import Path

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from storage.database import Database
from storage.lists import lists
from storage.lists.lists import ListState
from storage.people import chats
from storage.schema import tables
from storage.schema.tables import task_events
from storage.sealing.ids import new_id
from storage.tasks import due_tasks, task_states, tasks
from storage.tasks.task_states import TaskState
from tests.support.databases.temporary import CHAT, NOW, new_list, new_task, opened, set_columns

STATES = st.sampled_from(list(TaskState))


async def moved(
    database: Database, task_id: str, was: set[TaskState], became: TaskState, at: float
) -> TaskState | None:
    """Make one move in its own commit."""
    async with database.write() as connection:
        return await tasks.move(
            connection, database.vault, task_id, was=sorted(was), became=became, now=at
        )


async def told(database: Database, task_id: str) -> tuple[TaskState, list[tuple[str, str]]]:
    """Return the state of a task, and its events: from and to."""
    query = (
        sa.select(task_events.c.was, task_events.c.became)
        .where(task_events.c.task_id == task_id)
        .order_by(task_events.c.id)
    )
    async with database.read() as connection:
        found = await tasks.get(connection, database.vault, task_id)
        events = [(row.was, row.became) for row in await connection.execute(query)]
    assert found is not None
    return found.state, events


class TaskLife(RuleBasedStateMachine):
    """A task that is moved, by one caller and by two at once."""

    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        super().__init__()
        self.runner, self.database = runner, database
        self.state = TaskState.DRAFT
        self.events: list[tuple[str, str]] = []

    @initialize()
    def drafted(self) -> None:
        """Create a list, and a draft of a check of it."""
        self.task_id = new_id()
        self.runner.run(new_list(self.database, self.task_id))
        self.runner.run(new_task(self.database, self.task_id, self.task_id))

    @rule(was=st.sets(STATES), became=STATES)
    def moves(self, was: set[TaskState], became: TaskState) -> None:
        """Move it as a caller who believes that it is in one of `was`."""
        old = self.runner.run(moved(self.database, self.task_id, was, became, NOW))
        assert old == (self.state if self.state in was else None)
        if old is not None:
            self._is(became)

    @rule(one=STATES, other=STATES)
    def two_race(self, one: TaskState, other: TaskState) -> None:
        """Move it by two callers at once that saw one state: two taps, or a tap and the poller."""
        now = self.state
        aims = [aim for aim in (one, other) if aim is not now]

        async def race() -> list[TaskState | None]:
            moves = (moved(self.database, self.task_id, {now}, aim, NOW) for aim in aims)
            return await asyncio.gather(*moves)

        won = [aim for aim, old in zip(aims, self.runner.run(race()), strict=True) if old]
        assert len(won) == min(len(aims), 1)
        for aim in won:
            self._is(aim)

    @invariant()
    def what_is_stored_is_what_happened(self) -> None:
        """The state is the last event's, and each move has its event."""
        if hasattr(self, "task_id"):
            got = self.runner.run(told(self.database, self.task_id))
            assert got == (self.state, self.events)

    def _is(self, became: TaskState) -> None:
        self.events.append((self.state, became))
        self.state = became


def test_a_task_moves_only_from_where_it_is(tmp_path: Path) -> None:
    """Protects money: of two moves from one state one wins, and the events tell which."""
    with asyncio.Runner() as runner:
        rooms = opened(tmp_path)
        database = runner.run(rooms.__aenter__())
        try:
            run_state_machine_as_test(  # type: ignore[no-untyped-call]
                lambda: TaskLife(runner, database),
                settings=settings(max_examples=12, stateful_step_count=12, deadline=None),
            )
        finally:
            runner.run(rooms.__aexit__(None, None, None))


async def test_a_list_is_taken_by_one_start(database: Database) -> None:
    """Protects money: fifty taps on Start of two checks take the list once."""
    await new_list(database, "l1")

    async def take() -> bool:
        async with database.write() as connection:
            return await lists.move(
                connection, database.vault, "l1", (ListState.READY,), ListState.WORKING
            )

    assert sum(await asyncio.gather(*(take() for _ in range(50)))) == 1


async def test_a_check_is_drafted_once(database: Database) -> None:
    """Protects against duplicate drafts: opening a check again finds the same one."""
    await new_list(database, "l1", b"+4915112345678\n")
    assert await new_task(database, "t1", "l1") == "t1"
    assert await new_task(database, "t2", "l1") == "t1"
    assert await new_task(database, "t3", "l1", "band") == "t3"
    await moved(database, "t1", {TaskState.DRAFT}, TaskState.CANCELLED, NOW)
    assert await new_task(database, "t4", "l1") == "t4"
    assert await new_task(database, "t5", "gone") == "t5"
    async with database.read() as connection:
        assert await tasks.get(connection, database.vault, "t5") is None


async def test_what_is_due_comes_in_order_and_once_claimed_rests(database: Database) -> None:
    """Protects fairness: the longest waiting is first, and running work isn't begun again."""
    for number, at in enumerate((NOW - 1, NOW - 9, NOW + 5)):
        await new_list(database, f"l{number}")
        await new_task(database, f"t{number}", f"l{number}")
        async with database.write() as connection:
            await set_columns(
                connection, tables.tasks, f"t{number}", state=TaskState.PROCESSING, next_at=at
            )

    async def due(now: float, limit: int = 100) -> list[str]:
        async with database.read() as connection:
            found = await due_tasks.due(
                connection, database.vault, task_states.POLLED, now, limit=limit
            )
        return [task.id for task in found]

    assert await due(NOW) == ["t1", "t0"]
    assert await due(NOW, limit=1) == ["t1"]
    assert await due(NOW, limit=0) == []
    async with database.write() as connection:
        await due_tasks.put_off(connection, [], NOW + 90)
        await due_tasks.put_off(connection, ["t1"], NOW + 90)
    assert await due(NOW) == ["t0"]
    async with database.write() as connection:
        await due_tasks.make_due(connection, task_states.POLLED, NOW)
    assert sorted(await due(NOW)) == ["t0", "t1", "t2"]


async def test_a_chat_that_blocks_us_is_left_alone_until_it_speaks(database: Database) -> None:
    """Protects people who blocked the bot, and their results until they are back."""
    await new_list(database, "l1")
    await new_task(database, "t1", "l1")
    async with database.write() as connection:
        await set_columns(connection, tables.tasks, "t1", state=TaskState.FETCHED)

    async def waiting() -> list[str]:
        async with database.read() as connection:
            return [task.id for task in await due_tasks.to_deliver(connection, database.vault)]

    assert await waiting() == ["t1"]
    async with database.write() as connection:
        await chats.blocked(connection, CHAT, NOW)
    assert await waiting() == []
    async with database.write() as connection:
        assert await chats.seen(connection, CHAT, "ru", NOW)
        assert not await chats.seen(connection, CHAT, "ru", NOW)
        assert (await chats.language(connection, CHAT)).code == "ru"
    assert await waiting() == ["t1"]


async def test_a_decision_counts_for_one_post(database: Database) -> None:
    """Protects money: who decides about a POST moves nothing after the next one."""
    await new_list(database, "l1")
    await new_task(database, "t1", "l1")
    move = tasks.move
    async with database.write() as connection:
        values = {"state": TaskState.UNCONFIRMED, "posts": 2, "shown": "unconfirmed"}
        await set_columns(connection, tables.tasks, "t1", **values)
        ends = {"was": [TaskState.UNCONFIRMED], "became": TaskState.CANCELLED, "now": NOW}
        assert await move(connection, database.vault, "t1", at_post=1, **ends) is None
        assert await move(connection, database.vault, "t1", at_post=3, **ends) is None
        await tasks.put(connection, database.vault, "t1", at_post=1, reason="late")
        assert not await tasks.drop_later(connection, "t1", 2, NOW)
        ended = await move(connection, database.vault, "t1", at_post=2, **ends)
        found = await tasks.get(connection, database.vault, "t1")
    assert ended is TaskState.UNCONFIRMED
    assert found is not None
    assert (found.state, found.reason, found.messages.shown) == (TaskState.CANCELLED, None, None)
