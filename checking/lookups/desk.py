"""The desk for single lookups: ask, ask again, cancel, and manage the instances."""

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.limits.refusals import LimitError
from checking.limits.sweeps import Sweeps
from checking.lookups import instances as rules
from checking.lookups.line import LookupLine
from checking.lookups.outlook import Outlook, outlook_of
from checking.people import People
from checking.quota import Quotas
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from storage.database import Database
from storage.lookups import cache, inquiries, lookups
from storage.lookups import instances as stored
from storage.lookups.inquiries import Inquiry
from storage.lookups.instances import Instance
from storage.lookups.lookups import Answer, LookupState
from storage.sealing.ids import new_id

MOST_NUMBERS = 10
"""Numbers of one inquiry; more are a list."""
MOST_WAITING = 50  # lookups per person
FORCE_SECONDS = 3600.0  # between two lookups of a number that bypass the cache
HANDLER_SECONDS = 5.0  # in which the handler shows an answer from the cache; then the courier does


class TooManyWaitingError(Exception):
    """The person would exceed MOST_WAITING lookups in the line."""


@dataclass(frozen=True, slots=True)
class InstanceView:
    """An instance as owners see it; `spent` of `budget` numbers in ten minutes.

    lookups: How many it has answered this month, without those from the service's cache.
    """

    instance: Instance
    spent: int
    budget: int
    lookups: int
    pause_end: float | None


class LookupDesk:
    """Stores inquiries, and answers them from the lookup cache or puts them into the line."""

    def __init__(
        self,
        *,
        database: Database,
        line: LookupLine,
        people: People,
        quotas: Quotas,
        sweeps: Sweeps,
        wake_up: WakeUp,
        clock: Clock,
    ) -> None:
        self._database = database
        self._people = people
        self._line = line
        self._quotas = quotas
        self._sweeps = sweeps
        self._wake_up = wake_up
        self._clock = clock

    @property
    def is_offered(self) -> bool:
        """True if an instance is configured."""
        return bool(self._line.api.instances)

    async def ask(
        self,
        *,
        chat_id: int,
        person_id: int,
        message_id: int,
        numbers: list[str],
        others: list[str] | None = None,
        thread_id: int | None = None,
        by: int | None = None,
    ) -> Inquiry:
        """Look up E.164 numbers, in the cache first; `others` are texts that are no numbers.

        by: Whose day and week it counts for, if somebody else taps for the person.

        Idempotent per message: a repeated one returns its inquiry. Raises TooManyWaitingError, and
        LimitError for more than the person's day or week holds, or in a group that is paused.
        """
        vault = self._database.vault
        inquiry: Inquiry | None = None
        refused: Exception = TooManyWaitingError()

        async def write(connection: AsyncConnection) -> None:
            nonlocal inquiry, refused
            now = self._clock.now()
            inquiry = await inquiries.of_message(connection, vault, chat_id, message_id)
            if inquiry is not None:
                return
            rows = await self._rows(connection, person_id, numbers, others or [], now)
            waiting = sum(row["state"] == LookupState.WAITING for row in rows)
            show_at = now + HANDLER_SECONDS
            if waiting:
                if await lookups.count_waiting(connection, person_id) + waiting > MOST_WAITING:
                    return
                # A moment later if an answer may come first, at once if it can't.
                at = self._line.free_at(await self._line.states(connection))
                soon = now + rules.SHOWN_AFTER
                show_at = now if at is None or at > soon else soon
            try:
                # What is refused counts for nothing: the sweep comes last of what may refuse.
                await self._people.must_serve(connection, chat_id)
                await self._quotas.may_look_up(connection, by or person_id, len(numbers))
                await self._sweeps.count_lookup(connection, by or person_id, numbers)
                await self._quotas.count_lookups(connection, by or person_id, len(numbers))
            except LimitError as error:
                refused = error  # raised here it would fail what shares the commit
                return
            inquiry = await inquiries.begin(
                connection,
                vault,
                inquiry_id=new_id(),
                chat_id=chat_id,
                person_id=person_id,
                reply_to=message_id,
                now=now,
                show_at=show_at,
                thread_id=thread_id,
                rows=rows,
            )

        await self._database.together(write)
        if inquiry is None:
            raise refused
        if inquiry.is_open:
            self._wake_up.notify()
        return inquiry

    async def _rows(
        self,
        connection: AsyncConnection,
        person_id: int,
        numbers: list[str],
        others: list[str],
        now: float,
    ) -> list[dict[str, object]]:
        vault = self._database.vault
        keys = [cache.key_of(vault, number) for number in numbers]
        recalled = await cache.recall(connection, vault, keys, now)
        unknown = [key for key in keys if key not in recalled]
        first = await lookups.next_turn(connection, person_id) if unknown else 0
        turns = {key: turn for turn, key in enumerate(unknown, first)}
        rows = [
            _row(person_id, number, key, recalled.get(key), turns.get(key, 0))
            for number, key in zip(numbers, keys, strict=True)
        ]
        return rows + [_row(person_id, text, None, None, 0) for text in others]

    async def outlook(self, connection: AsyncConnection, inquiry: Inquiry) -> Outlook | None:
        """Return what an inquiry may expect; None if nothing of it waits."""
        waiting = [each for each in inquiry.lookups if each.state is LookupState.WAITING]
        if not waiting:
            return None
        first = min(waiting, key=lambda lookup: (lookup.turn, lookup.id))
        states, place = await self._line.states(connection), await lookups.place(connection, first)
        budget, now = self._line.rules.budget, self._clock.now()
        return outlook_of(states, first, place, budget=budget, now=now)

    async def cancel(self, inquiry: Inquiry) -> bool:
        """Take the inquiry's waiting lookups out of the line; return False if there are none."""
        async with self._database.write() as connection:
            done = await lookups.cancel(connection, inquiry.id)
        self._wake_up.notify()
        return bool(done)

    async def ask_again(self, inquiry: Inquiry, by: int) -> float | None:
        """Ask the service again about the answered numbers, bypassing all caches.

        Returns None, or the unix time from which this is possible. Raises LimitError, as `ask`.
        """
        now = self._clock.now()
        async with self._database.write() as connection:
            current = await inquiries.get(connection, self._database.vault, inquiry.id)
            answered = [
                each
                for each in (current.lookups if current else [])
                if each.state is LookupState.ANSWERED and each.key is not None
            ]
            too_soon = []
            turn = await lookups.next_turn(connection, inquiry.person_id)
            begun = 0
            for lookup in answered:
                forced = await cache.forced_at(connection, str(lookup.key))
                if forced is not None and now - FORCE_SECONDS < forced <= now:
                    too_soon.append(forced + FORCE_SECONDS)
                    continue
                await lookups.ask_again(connection, lookup.id, turn + begun)
                begun += 1
            await self._quotas.may_look_up(connection, by, begun)
            await self._quotas.count_lookups(connection, by, begun)
        self._wake_up.notify()
        return None if begun else min(too_soon, default=now)

    async def instances(self) -> list[InstanceView]:
        """Return the instances, in the order of the settings."""
        now = self._clock.now()
        async with self._database.read() as connection:
            states = await self._line.states(connection)
        return [
            InstanceView(
                instance=each,
                spent=len(states.asks(each)),
                budget=self._line.rules.budget,
                lookups=rules.month_lookups(each, now),
                pause_end=rules.pause_end(each, now),
            )
            for each in states.instances
        ]

    async def count_waiting(self) -> int:
        """Return the number of lookups in the line."""
        async with self._database.read() as connection:
            return await lookups.count_waiting(connection)

    async def hold(self, instance_id: str) -> None:
        """Pause an instance until an owner resumes it."""
        await self._change(instance_id, pause=True)

    async def resume(self, instance_id: str) -> None:
        """End an instance's pause, whatever its cause."""
        await self._change(instance_id, pause=False)

    async def _change(self, instance_id: str, *, pause: bool) -> None:
        now = self._clock.now()
        async with self._database.write() as connection:
            instance = (await stored.all_of(connection, [instance_id]))[0]
            after = rules.held(instance) if pause else rules.resumed(instance, now)
            await stored.put(connection, replace(after, told=instance.told))
        self._wake_up.notify()


def _row(
    person_id: int, number: str, key: str | None, answer: Answer | None, turn: int
) -> dict[str, object]:
    state = LookupState.WAITING
    if answer is not None:
        state = LookupState.ANSWERED
    elif key is None:
        state = LookupState.REFUSED
    return {
        "person_id": person_id,
        "state": state,
        "number": number,
        "number_key": key,
        "turn": turn,
        "answer": answer,
        "from_memory": answer is not None,
    }
