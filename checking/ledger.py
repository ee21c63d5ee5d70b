"""The ledger of tasks: a state change is a compare-and-set, a commit, a log line, a wake-up."""

from collections.abc import Sequence
from typing import Unpack

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking import lists
from checking.metrics import Metrics
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from storage.database import Database
from storage.lists import lists as stored_lists
from storage.people import usage
from storage.records import backlog
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Changes, Task

log = structlog.get_logger("task")

Also = lists.Also


class Ledger:
    """Moves tasks from state to state."""

    def __init__(self, database: Database, clock: Clock, wake_up: WakeUp, metrics: Metrics) -> None:
        self._database = database
        self._clock = clock
        self.wake_up = wake_up
        self.metrics = metrics

    async def move(
        self,
        task: Task,
        was: Sequence[TaskState],
        became: TaskState,
        *,
        at_post: int | None = None,
        also: Also | None = None,
        **changes: Unpack[Changes],
    ) -> bool:
        """Move `task` from one of the states `was` to `became`; return False if it is in none.

        at_post: Return False, too, if it was posted another number of times.
        changes: Further columns; `reason` is a text key, `reason_text` the service's own words.
        also: Further writes of the same transaction.
        """
        now = self._clock.now()
        async with self._database.write() as connection:
            vault = self._database.vault
            old = await tasks.move(
                connection,
                vault,
                task.id,
                was=was,
                at_post=at_post,
                became=became,
                now=now,
                **changes,
            )
            if old is None:
                return False
            if became is TaskState.SUBMITTED:
                await usage.spend(connection, task.id, task.posts)
            elif became is TaskState.UNCONFIRMED:
                await usage.doubt(connection, task.id)
            if also is not None:
                await also(connection)
            exported_at = None
            if became is TaskState.DELIVERED:
                exported_at = await backlog.exported_at(connection, task.id)
        self.metrics.moved(task.service, task.check_key, old, became)
        if became is TaskState.DELIVERED:
            self.metrics.delivered(exported_at, now)
        log.info(
            "task moved",
            task=task.id,
            check=task.check_key,
            service=task.service,
            was=str(old),
            became=str(became),
            reason=changes.get("reason"),
            count=task.numbers,
        )
        self.wake_up.notify()
        return True

    async def give_back(
        self,
        task: Task,
        was: Sequence[TaskState],
        became: TaskState,
        *,
        at_post: int | None = None,
        is_free: bool = False,
        **changes: Unpack[Changes],
    ) -> bool:
        """End the task at no cost, and make its list available for another check.

        is_free: It is known that the POST was free, also if others called it unclear meanwhile.
        """

        async def list_back(connection: AsyncConnection) -> None:
            if is_free:
                await usage.clear(connection, task.id)
            await usage.give_back(connection, task.id)
            await lists.give_back(connection, self._database.vault, task.list_id)

        changes["finished_at"] = self._clock.now()
        return await self.move(task, was, became, at_post=at_post, also=list_back, **changes)

    async def put(
        self, task: Task, *, also: Also | None = None, **changes: Unpack[Changes]
    ) -> None:
        """Change columns other than the state; `also` as in `move`."""
        async with self._database.write() as connection:
            await tasks.put(connection, self._database.vault, task.id, **changes)
            if also is not None:
                await also(connection)

    async def shown(self, task: Task, card_id: int | None, lost: int) -> None:
        """Store that the card `card_id` shows the task as given here, not as it may be by now.

        None: nobody wants to see it. `lost`: how often cards of this list were deleted.
        """
        now, vault = self._clock.now(), self._database.vault
        async with self._database.write() as connection:
            # Not if it was posted meanwhile: the buttons of the card are about the POST before.
            await tasks.put(
                connection,
                vault,
                task.id,
                at_post=task.posts,
                shown=task.state,
                shown_count=task.done,
                shown_at=now,
            )
            if (card_id, lost) != (task.messages.card_id, task.messages.cards_lost):
                await stored_lists.put(
                    connection, vault, task.list_id, card_id=card_id, cards_lost=lost
                )
