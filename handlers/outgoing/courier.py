"""The courier: brings chats up to date with cards, results, and notes to the owners.

It compares what is stored with what a chat was shown, and sends the difference; it doesn't react
to events. So a crash, a lost reply or a flood limit delays a message and never loses one.
"""

from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import structlog
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from handlers.cards.task import found_button
from handlers.outgoing.lookup_screen import LookupScreen
from handlers.outgoing.results.delivery import Delivery
from handlers.outgoing.screen import Screen
from handlers.schedules.screen import ScheduleScreen
from handlers.shared.card import check_name
from handlers.shared.context import BotContext
from handlers.shared.formats import money
from handlers.shared.places import MisdirectedError, is_group
from handlers.shared.refusals import settled
from handlers.shared.telegram_errors import is_chat_silent
from runtime.backoff import Backoff
from runtime.due_loop import DueLoop, DueWork, Name
from runtime.errors import CutOffError
from runtime.rate_limits import Hold
from storage.lists import due_lists
from storage.lists.lists import ListState
from storage.lookups import inquiries
from storage.records import schedules, services
from storage.tasks import due_tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

ERRANDS_AT_ONCE = 64
SECONDS_BETWEEN_EDITS = 4.0  # of one card while only its count changes
SECONDS_IN_A_GROUP = 15.0  # the same in a group: Telegram takes twenty messages a minute there
READING_SHOWN_AFTER = 2.0  # seconds; most lists are read sooner, and need no "Reading…"
FETCHING_SHOWN_AFTER = 2.0  # the same: most results are fetched sooner
AMOUNTS = {"alert", "balance", "cost", "left", "limit"}  # among the values of notes
BACKOFF = Backoff(first=10.0, longest=600.0)  # of an errand that fails, refused for whatever reason

log = structlog.get_logger("courier")


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to bring to a chat, due at `at` (unix time)."""

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
    """Runs the errands that are due."""

    claimed = "chat"

    def __init__(
        self,
        ctx: BotContext,
        screen: Screen,
        lookup_screen: LookupScreen,
        schedule_screen: ScheduleScreen,
        delivery: Delivery,
    ) -> None:
        self._ctx = ctx
        self._screen = screen
        self._lookup_screen = lookup_screen
        self._schedule_screen = schedule_screen
        self._delivery = delivery
        self._database = ctx.database
        self._holds: dict[Name, Hold] = {}  # of errands that failed, and of chats held back
        self._failures: dict[Name, int] = {}  # in a row
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
        """Return the errand's key."""
        return errand.key

    def claim(self, errand: Errand, /) -> int:
        """Return the chat that gets it."""
        return errand.to

    async def due(self, now: float, limit: int, busy: Collection[Name], /) -> list[Errand]:
        """Return the due errands: results before cards, cards before notes."""
        running = {*self.loop.pool.keys(), *busy}
        errands = [
            each for each in await self._errands() if running.isdisjoint((each.key, each.to))
        ]
        self._holds = {name: hold for name, hold in self._holds.items() if not hold.idle}
        known = {each.key for each in errands} | running
        self._failures = {key: count for key, count in self._failures.items() if key in known}
        waits = {name: hold.wait() for name, hold in self._holds.items()}
        times = {
            each.key: max(each.at, now + max(waits.get(each.key, 0.0), waits.get(each.to, 0.0)))
            for each in errands
        }
        self._next_at = min((at for at in times.values() if at > now), default=None)
        return [each for each in errands if times[each.key] <= now][:limit]

    async def next_due_at(self, busy: Collection[Name], /) -> float | None:
        """Return when the next errand is due, among those that `due` saw and left."""
        del busy  # it left none of theirs
        return self._next_at

    async def _errands(self) -> list[Errand]:
        """Everything not shown yet, due or not, in the order of `due`."""
        vault = self._database.vault
        async with self._database.read() as connection:
            results = await due_tasks.to_deliver(connection, vault)
            unseen = await due_lists.to_show(connection, vault)
            stale = await due_tasks.to_show(connection, vault)
            notes = await services.owner_notes_waiting(connection, vault)
            waiting = await inquiries.to_show(connection)
            planned = await schedules.to_show(connection)
        errands = [
            Errand(
                f"result {task.id}",
                task.chat_id,
                task.next_at,
                partial(self._delivery.deliver, task),
                task.result_chat_id,
            )
            for task in results
        ]
        for inquiry_id, chat_id, at in waiting:
            show = partial(self._lookup_screen.show, inquiry_id)
            errands.append(Errand(f"lookup {inquiry_id}", chat_id, at, show))
        for schedule in planned:
            show = partial(self._schedule_screen.show, schedule.id)
            errands.append(Errand(f"schedule {schedule.id}", schedule.chat_id, 0.0, show))
        for found in unseen:
            reading = found.state is ListState.READING
            at = found.settle_at + READING_SHOWN_AFTER if reading else 0.0
            show = partial(self._screen.bring_list, found.id)
            errands.append(Errand(f"list {found.id}", found.chat_id, at, show))
        for task in stale:
            at = _edit_due(task)
            show = partial(self._screen.show_task, task.id)
            errands.append(Errand(f"task {task.id}", task.chat_id, at, show))
        for note in notes:
            tell = partial(self._tell_owner, note)
            errands.append(Errand(f"note {note.id}", note.owner_id, 0.0, tell))
        return errands

    async def work(self, errand: Errand, /) -> None:
        """Run the errand; a failed one is due again after a pause."""
        failures = self._failures.pop(errand.key, 0)
        pause = BACKOFF.seconds(failures)
        try:
            await errand.run()
            pause = 0.0
        except TelegramRetryAfter as error:
            pause = error.retry_after
            # Another chat than the errand's, where a group is told that a result is private.
            self._hold(getattr(error.method, "chat_id", errand.to), pause)
        except (AiogramError, TimeoutError, OSError) as error:
            if await settled(self._ctx, error, errand.to):
                pause = 0.0
            else:
                self._failures[errand.key] = failures + 1
                # Its repr may hold what Telegram answered.
                why = getattr(error, "message", type(error).__name__)
                log.warning("errand failed", errand=errand.key, error=why)
        except MisdirectedError:
            self._failures[errand.key] = failures + 1
            log.error("private result misdirected", errand=errand.key)  # noqa: TRY400 # no trace: it has ids
        except CutOffError as error:
            log.warning("errand cut off", errand=errand.key, why=str(error))
        except Exception:
            self._failures[errand.key] = failures + 1
            log.exception("errand crashed", errand=errand.key)
        finally:
            # The end of a job wakes the loop, which would run it again at once.
            self._hold(errand.key, pause)

    def _hold(self, name: Name, seconds: float) -> None:
        self._holds.setdefault(name, Hold(self._ctx.clock)).set(seconds)

    async def _tell_owner(self, note: services.OwnerNote) -> None:
        if not note.key.startswith("owner-") or self._ctx.people.is_owner(note.owner_id):
            await self._tell(note)
        async with self._database.write() as connection:
            await services.owner_note_told(connection, note.id)

    async def _tell(self, note: services.OwnerNote) -> None:
        say = await self._ctx.say(note.owner_id)
        values = dict(note.values)
        if "check" in values:
            values["check"] = check_name(
                say, self._ctx.catalogue.get(values["check"]), values["check"]
            )
        for name in AMOUNTS & values.keys():
            values[name] = money(say, Decimal(values[name]), values.get("currency", ""))
        found = None
        if note.key == "owner-unconfirmed" and "posts" in values:  # an earlier version gave none
            found = found_button(say, values["task"], int(values["posts"])).as_markup()
        try:
            text = say.html(note.key, **values)
            await self._ctx.bot.send_message(note.owner_id, text, reply_markup=found)
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            log.warning("owner note refused", note=note.key, error=error.message)
            if is_chat_silent(error):
                raise  # it waits until they write: nobody can be written to who never did


def _edit_due(task: Task) -> float:
    """When the card of a task has to be edited, as unix time; 0 for now."""
    if task.messages.shown == task.state:
        wait = SECONDS_IN_A_GROUP if is_group(task.chat_id) else SECONDS_BETWEEN_EDITS
        return task.messages.shown_at + wait
    if task.state is TaskState.EXPORTED and not task.reason:
        return (task.progress_at or 0.0) + FETCHING_SHOWN_AFTER
    return 0.0
