"""The queue of updates for the bot; each is kept until it is confirmed."""

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiogram.types import Update
from pydantic import BaseModel

from sandbox.http.clock import Clock, Pulse
from sandbox.telegram.store.chats import Json

DEFAULT_LIMIT = 100
KEPT_SECONDS = 24 * 3600
"""Lifetime of an update (Bot API, Getting updates)."""
ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of updates that are sent only if allowed_updates names them."""


@dataclass(slots=True)
class Waiting:
    """An unconfirmed update."""

    update_id: int
    update: Json
    since: float
    sent: bool = False
    insists: bool = False
    """A redelivery or a lower id: no offset confirms it before it was sent once."""


class Updates:
    """The queue of one bot."""

    def __init__(self, clock: Clock, pulse: Pulse, chance: random.Random) -> None:
        self.allowed: frozenset[str] | None = None
        self.sent: dict[int, Json] = {}
        """All updates ever created, by id."""
        self.reshape: Callable[[Json], object] | None = None
        """Changes each new update into a shape that aiogram's models don't know."""
        self.since: dict[int, float] = {}
        """When each was created, in Unix seconds."""
        self._clock = clock
        self._pulse = pulse
        self._next_id = chance.randrange(500_000_000, 900_000_000)
        self._highest = 0
        self._queue: list[Waiting] = []

    def __len__(self) -> int:
        return len(self._live())

    def allow(self, names: Sequence[str] | None) -> None:
        """Set allowed_updates; an empty list is the default, None changes nothing."""
        if names is not None:
            self.allowed = frozenset(names) or None

    def put(self, kind: str, body: Json) -> int | None:
        """Create an update, validated with aiogram's model; None if its kind is not allowed."""
        if not (kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED):
            return None
        update_id = self._next_id
        self._next_id += 1
        update: Json = {"update_id": update_id, kind: body}
        surplus = extras(Update.model_validate(update))
        if surplus:
            raise TypeError(f"Telegram's {kind} has no {surplus}")
        if self.reshape is not None:
            update = copy.deepcopy(update)
            self.reshape(update)
        lower = update_id < self._highest
        self._highest = max(self._highest, update_id)
        self.sent[update_id], self.since[update_id] = update, self._clock.now()
        self._queue.append(Waiting(update_id, update, self._clock.now(), insists=lower))
        self._pulse.beat()
        return update_id

    def redeliver(self, update_id: int) -> None:
        """Queue an update once more, as Telegram does if a confirmation is lost."""
        update = self.sent[update_id]
        self._queue.append(Waiting(update_id, update, self._clock.now(), insists=True))
        self._pulse.beat()

    def jump(self, update_id: int) -> None:
        """Set the id of the next update, as Telegram may after a week without updates."""
        self._next_id = update_id

    def clear(self) -> None:
        """Drop all pending updates."""
        self._queue.clear()
        self._pulse.beat()

    def confirm(self, offset: int) -> None:
        """Drop the updates that an offset of getUpdates confirms; -n keeps the last n."""
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
        """Return pending updates, oldest first, at most 100."""
        batch = self._live()[: min(limit or DEFAULT_LIMIT, DEFAULT_LIMIT)]
        for waiting in batch:
            waiting.sent = True
        return [waiting.update for waiting in batch]

    def waiting(self) -> list[Waiting]:
        """Return all pending updates, oldest first."""
        return self._live()

    def taken(self, waiting: Waiting) -> None:
        """Drop an update that the webhook has accepted."""
        self._queue = [each for each in self._queue if each is not waiting]

    @property
    def wanted(self) -> list[str]:
        """The kinds that the bot asked for; empty for the default."""
        return sorted(self.allowed or ())

    def _live(self) -> list[Waiting]:
        oldest = self._clock.now() - KEPT_SECONDS
        return [waiting for waiting in self._queue if waiting.since > oldest]


def extras(model: object, path: str = "") -> list[str]:
    """List the fields of a model and its parts that aiogram's classes don't know."""
    if isinstance(model, list | tuple):
        return [name for item in model for name in extras(item, path)]
    if not isinstance(model, BaseModel):
        return []
    found = [f"{path}{name}" for name in model.model_extra or {}]
    for name in type(model).model_fields:
        found += extras(getattr(model, name), f"{path}{name}.")
    return found
