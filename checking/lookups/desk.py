"""What handlers may do with single lookups: ask, ask again, cancel, look after the instances."""

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.lookups import instances as rules
from checking.lookups.line import LookupLine
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
"""Numbers that may be looked up one by one with one question; more are a list."""
MOST_WAITING = 50  # lookups of one person
FORCE_SECONDS = 3600.0  # between two times that a number is asked about in spite of the memory
HANDED_BACK = 5.0  # seconds in which an answer from memory is shown by whoever asked
SHOWN_AFTER = 1.5  # seconds; most answers are there sooner, and need no "Looking it up…"


class TooManyWaitingError(Exception):
    """This person has as many lookups in the line as one may have."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be said of an inquiry that waits.

    place: of its first number in the line, from 1.
    try_at: unix time of the next try; None when nobody can tell.
    """

    place: int
    try_at: float | None


@dataclass(frozen=True, slots=True)
class InstanceView:
    """An instance as owners see it; `spent` of `budget` numbers in ten minutes."""

    instance: Instance
    spent: int
    budget: int
    pause_end: float | None


class LookupDesk:
    """The counter in front of the line."""

    def __init__(
        self, *, database: Database, line: LookupLine, wake_up: WakeUp, clock: Clock
    ) -> None:
        self._database = database
        self._line = line
        self._wake_up = wake_up
        self._clock = clock

    @property
    def is_offered(self) -> bool:
        """Whether an instance is set up at all."""
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
    ) -> Inquiry:
        """Look E.164 numbers up, at once where memory has them; `others` are texts that are none.

        A message asks once: when it comes again, its inquiry is given. Raises
        TooManyWaitingError.
        """
        now, vault = self._clock.now(), self._database.vault
        inquiry: Inquiry | None = None

        async def write(connection: AsyncConnection) -> None:
            nonlocal inquiry
            inquiry = await inquiries.of_message(connection, vault, chat_id, message_id)
            if inquiry is not None:
                return
            rows = await self._rows(connection, person_id, numbers, others or [])
            waiting = sum(row["state"] == LookupState.WAITING for row in rows)
            if waiting and not await self._may_wait(connection, person_id, waiting):
                return
            inquiry = await inquiries.begin(
                connection,
                vault,
                inquiry_id=new_id(),
                chat_id=chat_id,
                person_id=person_id,
                reply_to=message_id,
                now=now,
                show_at=await self._first_shown_at(connection) if waiting else now + HANDED_BACK,
                thread_id=thread_id,
                rows=rows,
            )

        await self._database.together(write)
        if inquiry is None:
            raise TooManyWaitingError
        if inquiry.is_open:
            self._wake_up.notify()
        return inquiry

    async def _rows(
        self, connection: AsyncConnection, person_id: int, numbers: list[str], others: list[str]
    ) -> list[dict[str, object]]:
        vault, now = self._database.vault, self._clock.now()
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

    async def _may_wait(self, connection: AsyncConnection, person_id: int, more: int) -> bool:
        return await lookups.count_waiting(connection, person_id) + more <= MOST_WAITING

    async def _first_shown_at(self, connection: AsyncConnection) -> float:
        """Soon, if an answer may come first; at once, if it is clear that one can't."""
        now = self._clock.now()
        states = await self._line.states(connection)
        at = self._line.free_at(states)
        return now if at is None or at > now + SHOWN_AFTER else now + SHOWN_AFTER

    async def outlook(self, connection: AsyncConnection, inquiry: Inquiry) -> Outlook | None:
        """Where an inquiry stands in the line; None when nothing of it waits."""
        waiting = [each for each in inquiry.lookups if each.state is LookupState.WAITING]
        if not waiting:
            return None
        first = min(waiting, key=lambda lookup: (lookup.turn, lookup.id))
        at = self._line.free_at(await self._line.states(connection))
        try_at = None if at is None else max(at, first.next_at, self._clock.now())
        return Outlook(await lookups.place(connection, first), try_at)

    async def cancel(self, inquiry: Inquiry) -> bool:
        """Take what waits out of the line; False when nothing waits any more."""
        async with self._database.write() as connection:
            done = await lookups.cancel(connection, inquiry.id)
        self._wake_up.notify()
        return bool(done)

    async def ask_again(self, inquiry: Inquiry) -> float | None:
        """Ask the service once more about what is answered, in spite of all memories.

        Gives None when it was done, else the unix time from which on it may be.
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
        self._wake_up.notify()
        return None if begun else min(too_soon, default=now)

    async def instances(self) -> list[InstanceView]:
        """How each instance stands, in the order of the settings."""
        now = self._clock.now()
        async with self._database.read() as connection:
            states = await self._line.states(connection)
        return [
            InstanceView(
                instance=each,
                spent=len(states.asks(each)),
                budget=self._line.rules.budget,
                pause_end=rules.pause_end(each, now),
            )
            for each in states.instances
        ]

    async def count_waiting(self) -> int:
        """How many lookups wait in the line."""
        async with self._database.read() as connection:
            return await lookups.count_waiting(connection)

    async def hold(self, instance_id: str) -> None:
        """Let an instance rest until an owner resumes it."""
        await self._change(instance_id, pause=True)

    async def resume(self, instance_id: str) -> None:
        """Let it work at once, whatever stood against it."""
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
