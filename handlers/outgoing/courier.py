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
from runtime.due_loop import DueLoop, DueWork
from runtime.errors import CutOffError
from storage.lists import due_lists
from storage.lists.lists import ListState
from storage.lookups import inquiries
from storage.records import services
from storage.tasks import due_tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

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


class Courier(DueWork[Errand]):
    """Shows what is not shown yet."""

    claimed = "chat"

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
        self._next_at: float | None = None
        self.loop = DueLoop(
            "courier",
            self,
            at_once=ERRANDS_AT_ONCE,
            clock=ctx.clock,
            claims=ctx.database.claims,
            wake_up=ctx.wake_up,
        )

    def key(self, errand: Errand, /) -> str:
        """What is to be shown."""
        return errand.key

    def claim(self, errand: Errand, /) -> int:
        """The chat that gets it."""
        return errand.to

    async def due(self, now: float, limit: int, /) -> list[Errand]:
        """Errands whose time has come: results before cards, cards before notes."""
        running = set(self.loop.pool.keys())
        errands = [each for each in await self._errands() if each.key not in running]
        times = {each.key: max(each.at, self._not_before.get(each.key, 0.0)) for each in errands}
        self._next_at = min((at for at in times.values() if at > now), default=None)
        return [each for each in errands if times[each.key] <= now][:limit]

    async def next_due_at(self) -> float | None:
        """When the next of those that were not due yet is."""
        return self._next_at

    async def _errands(self) -> list[Errand]:
        """Everything that is not shown yet: results before cards, cards before notes."""
        vault = self._database.vault
        async with self._database.read() as connection:
            results = await due_tasks.to_deliver(connection, vault)
            unseen = await due_lists.to_show(connection, vault)
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

    async def work(self, errand: Errand, /) -> None:
        """Show it. What fails is tried again after a while."""
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
    if task.messages.shown == task.state:
        wait = SECONDS_IN_A_GROUP if is_group(task.chat_id) else SECONDS_BETWEEN_EDITS
        return task.messages.shown_at + wait
    if task.state is TaskState.EXPORTED and not task.reason:
        return (task.progress_at or 0.0) + FETCHING_SHOWN_AFTER
    return 0.0


def _later(
    what: Callable[..., Coroutine[Any, Any, object]], *values: object
) -> Callable[[], Coroutine[Any, Any, object]]:
    return lambda: what(*values)
