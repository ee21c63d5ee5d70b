"""Brings the chats up to what is stored: cards, results, and notes for the owners.

Nothing is sent because something happened, but because what a chat was shown is not what
stands in the database. So a crash, a lost reply or a flood limit delays a message and
never loses one.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError

from handlers.outgoing.delivery import Delivery
from handlers.outgoing.lookup_screen import LookupScreen
from handlers.outgoing.picture import Pictures
from handlers.outgoing.screen import Screen
from handlers.shared.cards import check_name
from handlers.shared.context import BotContext
from handlers.shared.places import is_group
from handlers.shared.refusals import settled
from runtime.errors import CutOffError
from runtime.worker import Worker, WorkerPool
from storage.engines.claims import LOOK_AGAIN
from storage.lookups import inquiries
from storage.records import due_tasks, lists, services
from storage.records.lists import ListState
from storage.records.tasks import Task, TaskState

ERRANDS_AT_ONCE = 64
SECONDS_BETWEEN_EDITS = 4.0  # of one card, while only its count changes
SECONDS_IN_A_GROUP = 15.0  # the same in a group, which gets twenty messages and edits a minute
READING_SHOWN_AFTER = 2.0  # most lists are read sooner, and need no "Reading…"
FETCHING_SHOWN_AFTER = 2.0  # the same: most results are here at once
AFTER_TROUBLE = 10.0

log = structlog.get_logger("courier")


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to bring to a chat, not before `at` (unix seconds)."""

    key: str
    chat_id: int
    at: float
    run: Callable[[], Coroutine[Any, Any, object]]
    result_chat_id: int | None = None

    @property
    def to(self) -> int:
        """The chat that gets it."""
        return self.result_chat_id or self.chat_id


class Courier:
    """Shows what is not shown yet."""

    def __init__(
        self, ctx: BotContext, screen: Screen, lookup_screen: LookupScreen, delivery: Delivery
    ) -> None:
        self._pictures = Pictures(ctx)
        self._ctx = ctx
        self._screen = screen
        self._lookup_screen = lookup_screen
        self._delivery = delivery
        self._database = ctx.database
        self._not_before: dict[str, float] = {}  # after trouble with an errand
        self.worker = Worker("courier", self.step, ctx.clock)
        self.pool = WorkerPool("courier", ERRANDS_AT_ONCE, when_done=self.worker.wake)
        ctx.wake_up.subscribe(self.worker.wake)

    async def step(self) -> float | None:
        """Begin the errands that are due; give the time of the next."""
        now = self._ctx.clock.now()
        running = set(self.pool.keys())
        later: list[float] = []
        due: list[Errand] = []
        for errand in await self._errands():
            at = max(errand.at, self._not_before.get(errand.key, 0.0))
            if errand.key in running:
                continue
            if at > now:
                later.append(at)
            else:
                due.append(errand)
        ours = await self._database.claims.take("chat", {errand.to for errand in due})
        for errand in due:
            if self.pool.free and errand.to in ours:
                self.pool.start(errand.key, self._run_ours(errand))
        if any(errand.to not in ours for errand in due):
            later.append(now + LOOK_AGAIN)
        return min(later, default=None)

    async def _errands(self) -> list[Errand]:
        """Everything that is not shown yet: results before cards, cards before notes."""
        vault = self._database.vault
        async with self._database.read() as connection:
            results = await due_tasks.to_deliver(connection, vault)
            unseen = await lists.to_show(connection, vault)
            pictures = await due_tasks.to_picture(connection, vault)
            stale = await due_tasks.to_show(connection, vault)
            notes = await services.owner_notes_waiting(connection, vault)
            asked = await inquiries.to_show(connection)
        errands = [
            Errand(
                f"result {task.id}",
                task.chat_id,
                task.next_at,
                _later(self._result, task),
                task.result_chat_id,
            )
            for task in results
        ]
        errands += [
            Errand(
                f"picture {task.id}",
                task.chat_id,
                0.0,
                _later(self._pictures.bring, task),
                task.result_chat_id,
            )
            for task in pictures
        ]
        for inquiry_id, chat_id, at in asked:
            show = _later(self._lookup_screen.show, inquiry_id)
            errands.append(Errand(f"lookup {inquiry_id}", chat_id, at, show))
        for found in unseen:
            reading = found.state is ListState.READING
            at = found.settle_at + READING_SHOWN_AFTER if reading else 0.0
            show = _later(self._screen.show_list, found.id)
            errands.append(Errand(f"list {found.id}", found.chat_id, at, show))
        for task in stale:
            at = _card_due(task)
            show = _later(self._screen.show_task, task.id)
            errands.append(Errand(f"task {task.id}", task.chat_id, at, show))
        for note in notes:
            tell = _later(self._tell_owner, note)
            errands.append(Errand(f"note {note.id}", note.owner_id, 0.0, tell))
        return errands

    async def _run_ours(self, errand: Errand) -> None:
        with self._database.claims.holding("chat", errand.to):
            await self._run(errand)

    async def _run(self, errand: Errand) -> None:
        try:
            await errand.run()
        except (AiogramError, TimeoutError, OSError) as error:
            self._not_before[errand.key] = self._ctx.clock.now() + AFTER_TROUBLE
            if await settled(self._ctx, error, errand.chat_id):
                self._not_before.pop(errand.key, None)
            else:
                log.warning("errand failed", errand=errand.key, error=repr(error))
        except CutOffError as error:
            self._not_before[errand.key] = self._ctx.clock.now() + AFTER_TROUBLE
            log.warning("errand cut off", errand=errand.key, why=str(error))
        except Exception:
            # Not left to the crew: its end wakes the loop, which would begin it again at once.
            self._not_before[errand.key] = self._ctx.clock.now() + AFTER_TROUBLE
            log.exception("errand broke", errand=errand.key)
        else:
            self._not_before.pop(errand.key, None)

    async def _result(self, task: Task) -> None:
        await self._delivery.deliver(task)

    async def _tell_owner(self, note: services.OwnerNote) -> None:
        say = await self._ctx.say(note.owner_id)
        values = dict(note.values)
        if "check" in values:
            values["check"] = check_name(
                say, self._ctx.catalogue.get(values["check"]), values["check"]
            )
        try:
            await self._ctx.bot.send_message(note.owner_id, say.html(note.key, **values))
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            # An owner who never wrote to the bot can't be told; the log has it.
            log.warning("owner not told", note=note.key, error=error.message)
        async with self._database.write() as connection:
            await services.owner_note_told(connection, note.id)


def _card_due(task: Task) -> float:
    """When a task's card is to be edited, in unix seconds."""
    if task.shown == task.state:
        wait = SECONDS_IN_A_GROUP if is_group(task.chat_id) else SECONDS_BETWEEN_EDITS
        return task.shown_at + wait
    if task.state is TaskState.EXPORTED and not task.reason:
        return (task.progress_at or 0.0) + FETCHING_SHOWN_AFTER
    return 0.0


def _later(
    what: Callable[..., Coroutine[Any, Any, object]], *values: object
) -> Callable[[], Coroutine[Any, Any, object]]:
    return lambda: what(*values)
