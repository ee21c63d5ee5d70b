"""What people act in: the state of Telegram, a clock, and waiting until something is there."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from sandbox.http.clock import Clock, Pulse
from sandbox.telegram.store.chats import Chat, Message, User
from sandbox.telegram.store.state import State
from sandbox.telegram.store.transcript import transcript

Found = TypeVar("Found")
LOOK_AGAIN = 0.004
"""Real seconds between two looks when nothing changed."""


class Surroundings:
    """All that a person needs of the world.

    Args:
        state: What Telegram keeps.
        clock: The time of this world.
        pulse: Beats when something changed.
        deadline: Real seconds after which waiting people give up with an AssertionError.
    """

    def __init__(self, state: State, clock: Clock, pulse: Pulse, deadline: float) -> None:
        self.state = state
        self.clock = clock
        self.pulse = pulse
        self.deadline = deadline
        self.patience: Callable[[], Awaitable[None]] | None = None
        """Awaited between two looks of a person who waits; tests move their clock here."""
        self.taken: set[tuple[int, Message, str]] = set()
        """Files that people have received: whose, in which message, which file."""

    async def until(
        self,
        look: Callable[[], Found | None],
        what: str,
        chat: Chat | None = None,
        within: float | None = None,
    ) -> Found:
        """Wait until `look` gives something.

        Raises:
            AssertionError: it didn't in time; with the transcript of the chat.
        """
        loop = asyncio.get_running_loop()
        limit = self.deadline if within is None else within
        until = loop.time() + limit
        while (found := look()) is None:
            if loop.time() > until:
                said = "" if chat is None else f"\n{transcript(chat.messages)}"
                raise AssertionError(f"waited {limit:g} s until {what}{said}")
            if self.patience is not None:
                await self.patience()
            await self.pulse.next(LOOK_AGAIN)
        return found


class Someone(Protocol):
    """A person, as groups and buttons see one."""

    world: Surroundings
    user: User
    chat: Chat
