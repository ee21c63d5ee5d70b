"""The updates that wait for the bot: kept until confirmed, given out by long polling."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import Update
from pydantic import BaseModel

from sandbox.http.clock import Clock, Pulse
from sandbox.telegram.store.chats import Json

DEFAULT_LIMIT = 100
KEPT_SECONDS = 24 * 3600
"""How long an update waits (Bot API, Getting updates)."""
ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Updates that are left out unless allowed_updates names them."""


@dataclass(slots=True)
class Waiting:
    """An update that is not confirmed."""

    update_id: int
    update: Json
    since: float
    sent: bool = False
    insists: bool = False
    """Not confirmed by any offset before it was given out once: a redelivery or a lower id."""


class Updates:
    """The queue of one bot."""

    def __init__(self, clock: Clock, pulse: Pulse, chance: random.Random) -> None:
        self.allowed: frozenset[str] | None = None
        self.sent: dict[int, Json] = {}
        """All updates ever made, by id."""
        self._clock = clock
        self._pulse = pulse
        self._next_id = chance.randrange(500_000_000, 900_000_000)
        self._highest = 0
        self._queue: list[Waiting] = []

    def __len__(self) -> int:
        return len(self._live())

    def allow(self, names: Sequence[str] | None) -> None:
        """Set the kinds that are made from now on; an empty list is the default, None no change."""
        if names is not None:
            self.allowed = frozenset(names) or None

    def put(self, kind: str, body: Json) -> int | None:
        """Make an update, checked with aiogram's model; None when its kind is not wanted."""
        wanted = kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED
        if not wanted:
            return None
        update_id = self._next_id
        self._next_id += 1
        update: Json = {"update_id": update_id, kind: body}
        surplus = extras(Update.model_validate(update))
        if surplus:
            raise TypeError(f"Telegram's {kind} has no {surplus}")
        lower = update_id < self._highest
        self._highest = update_id if not lower else self._highest
        self.sent[update_id] = update
        self._queue.append(Waiting(update_id, update, self._clock.now(), insists=lower))
        self._pulse.beat()
        return update_id

    def redeliver(self, update_id: int) -> None:
        """Give an update out once more, as Telegram does when a confirmation was lost."""
        update = self.sent[update_id]
        self._queue.append(Waiting(update_id, update, self._clock.now(), insists=True))
        self._pulse.beat()

    def jump(self, update_id: int) -> None:
        """Let the next update have this id, as Telegram may after a week without updates."""
        self._next_id = update_id

    def clear(self) -> None:
        """Forget what waits."""
        self._queue.clear()
        self._pulse.beat()

    def confirm(self, offset: int) -> None:
        """Forget what an offset of getUpdates confirms; a negative one keeps so many."""
        before = len(self._queue)
        if offset < 0:
            self._queue = self._live()[offset:]
        else:
            self._queue = [
                waiting
                for waiting in self._live()
                if waiting.update_id >= offset or (waiting.insists and not waiting.sent)
            ]
        if len(self._queue) != before:
            self._pulse.beat()

    def give(self, limit: int | None) -> list[Json]:
        """Hand out what waits, oldest first, 100 at most."""
        batch = self._live()[: min(limit or DEFAULT_LIMIT, DEFAULT_LIMIT)]
        for waiting in batch:
            waiting.sent = True
        return [waiting.update for waiting in batch]

    def waiting(self) -> list[Waiting]:
        """What waits, oldest first."""
        return self._live()

    def taken(self, waiting: Waiting) -> None:
        """Forget this one: a webhook has taken it."""
        self._queue = [each for each in self._queue if each is not waiting]

    @property
    def wanted(self) -> list[str]:
        """The kinds that the bot asked for; none is the default."""
        return sorted(self.allowed or ())

    def _live(self) -> list[Waiting]:
        oldest = self._clock.now() - KEPT_SECONDS
        return [waiting for waiting in self._queue if waiting.since > oldest]


def extras(model: object, path: str = "") -> list[str]:
    """List the fields of a model, and of those inside it, that aiogram's classes don't know."""
    if isinstance(model, list | tuple):
        return [name for item in model for name in extras(item, path)]
    if not isinstance(model, BaseModel):
        return []
    found = [f"{path}{name}" for name in model.model_extra or {}]
    for name in type(model).model_fields:
        found += extras(getattr(model, name), f"{path}{name}.")
    return found
