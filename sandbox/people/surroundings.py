"""The world as people use it: Telegram's state, a clock, and waiting for a change."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from sandbox.http.clock import Clock, Pulse
from sandbox.telegram.store.chats import Chat, Message, User
from sandbox.telegram.store.state import State
from sandbox.telegram.store.transcript import transcript

Found = TypeVar("Found")
LOOK_AGAIN = 0.004
"""Of `Surroundings.look_again`: in a story, time only goes on between two looks."""


class Surroundings:
    """The part of the world that a person needs.

    Args:
        state: The state of Telegram.
        clock: The clock of this world.
        pulse: Beats at each change.
        deadline: Real seconds after which a waiting person raises AssertionError.
    """

    def __init__(self, state: State, clock: Clock, pulse: Pulse, deadline: float) -> None:
        self.state = state
        self.clock = clock
        self.pulse = pulse
        self.deadline = deadline
        self.look_again = LOOK_AGAIN
        """Real seconds between two looks without a change."""
        self.patience: Callable[[], Awaitable[None]] | None = None
        """Awaited between two checks of a waiting person; tests move their clock here."""
        self.taken: set[tuple[int, Message, str]] = set()
        """Received files: person id, message, unique file id."""

    async def until(
        self,
        look: Callable[[], Found | None],
        what: str,
        chat: Chat | None = None,
        within: float | None = None,
    ) -> Found:
        """Wait until `look` returns a value other than None, and return it.

        Raises:
            AssertionError: It didn't in time; with the transcript of the chat.
        """
        loop = asyncio.get_running_loop()
        limit = self.deadline if within is None else within
        until = loop.time() + limit
        while (found := look()) is None:
            if loop.time() > until:
                seen = "" if chat is None else f"\n{transcript(chat.messages)}"
                raise AssertionError(f"waited {limit:g} s until {what}{seen}")
            if self.patience is not None:
                await self.patience()
            await self.pulse.next(self.look_again)
        return found


class Someone(Protocol):
    """A person, as groups and buttons need one."""

    world: Surroundings
    user: User
    chat: Chat
