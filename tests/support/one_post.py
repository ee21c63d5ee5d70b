"""One check of one list that is posted step by step, over HTTP, to a pretend service."""

import random
from functools import partial
from pathlib import Path
from unittest.mock import AsyncMock

from bot.playground.settings import sandbox_settings
from bot.wiring import build_task_context
from checking.context import TaskContext
from checking.desk import Desk
from checking.limits.budgets import Budgets
from checking.metrics import Metrics
from checking.numbers import fingerprint
from checking.people import People
from checking.posting.submit import Submitter
from checking.quota import Quotas
from sandbox.world import World
from sheets.glass.glass import Glass
from storage.database import Database
from storage.records.answers import FILE, Answers
from storage.schema import tables
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task
from tests.support.clocks import StoryClock
from tests.support.confinement import shared_pool
from tests.support.databases.replicas import Watch
from tests.support.databases.temporary import new_list, new_task, set_columns
from tests.support.stories.lists import numbers

S = TaskState
BODY = "".join(f"{number}\n" for number in numbers(20)).encode()


class Post:
    """One check of one list, and a submitter that posts it step by step."""

    def __init__(self, world: World, clock: StoryClock, database: Database, home: Path) -> None:
        self.world, self.database, self.home, self.clock = world, database, home, clock
        self.boot, self.awake = Watch(), Watch()
        self.ctx: TaskContext = build_task_context(
            sandbox_settings(world, home, [1]),
            database,
            clock=clock,
            rng=random.Random(1),
            metrics=Metrics(),
            glass=Glass(shared_pool(), partial(fingerprint, database.vault)),
        )
        self.answers = Answers(home / FILE)
        self.submitter = Submitter(self.ctx, self.answers, self.boot, self.awake)
        people = People(
            database=database,
            clock=clock,
            owners=frozenset(),
            is_open=True,
            consent_version=0,
        )
        budgets = Budgets(database.vault, clock, ())
        quotas = Quotas(people, database.vault, clock, budgets, daily_numbers=0, daily_lookups=0)
        self.desk = Desk(self.ctx, people, quotas, AsyncMock())

    async def waits(self) -> None:
        """Make a check that somebody has started."""
        await new_task(self.database, "t1", await new_list(self.database, "l1", BODY))
        async with self.database.write() as connection:
            await set_columns(connection, tables.tasks, "t1", state=S.CONFIRMED, started_at=1.0)

    async def begins(self) -> Task:
        """Store the intent to post it."""
        (begun,) = await self.submitter.begin([await self.task()], 0.0)
        return begun

    async def is_judged(self, task: Task) -> None:
        """Find its POST interrupted, as another replica does."""
        move = self.ctx.ledger.move
        assert await move(task, [S.SUBMITTING], S.UNCONFIRMED, reason="interrupted")

    async def task(self) -> Task:
        """Return the check as it is stored."""
        async with self.database.read() as connection:
            found = await tasks.get(connection, self.database.vault, "t1")
        assert found is not None
        return found

    async def stands(self) -> tuple[TaskState, int, int]:
        """Return its state, how often it counts as posted, and what the service saw."""
        task = await self.task()
        return task.state, task.posts, len(self.world.ekyc.posts)

    async def close(self) -> None:
        """Close the clients of the services."""
        for service in self.ctx.services.values():
            await service.http.close()
