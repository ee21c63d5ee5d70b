"""The composition root of the sandbox: pretend Telegram, pretend services, and people."""

import asyncio
import itertools
import random
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from sandbox.http.clock import Clock, Pulse, RealClock
from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.people.surroundings import Surroundings
from sandbox.services.bulk import Service
from sandbox.services.lookups import Lookups
from sandbox.services.results import MORE_TYPES
from sandbox.services.storage import Storage
from sandbox.telegram.api import Telegram
from sandbox.telegram.store.chats import Chat, User
from sandbox.telegram.store.state import State, Watcher


class World(Surroundings):
    """Everything outside the bot, served on 127.0.0.1. Several worlds can run side by side.

    Args:
        clock: The clock of this world; the system clock by default.
        seed: Seed of answers, ids and tokens.
        deadline: Real seconds after which a waiting person raises AssertionError.
        instances: Number of instances of the lookup service.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        seed: int = 0,
        deadline: float = 10.0,
        instances: int = 1,
    ) -> None:
        clock, pulse, chance = clock or RealClock(), Pulse(), random.Random(seed)
        super().__init__(State(clock, pulse, chance), clock, pulse, deadline)
        self.telegram = Telegram(self.state)
        self.storage = Storage(self.clock)
        places = (self.clock, self.pulse, self.storage)
        ours, theirs = ("tg_active", "band", *MORE_TYPES), ("active_check", *MORE_TYPES)
        self.ekyc = Service(*places, seed, types=ours, details=True)
        self.checknumber = Service(*places, seed + 1, types=theirs, details=False)
        self.green = Lookups(self.clock, self.pulse, seed, instances)
        self._servers = [
            self.telegram.server,
            self.storage.server,
            self.ekyc.server,
            self.checknumber.server,
            self.green.server,
        ]
        self._ids = itertools.count(chance.randrange(100_000_000, 200_000_000), 7919)

    async def __aenter__(self) -> Self:
        for server in self._servers:
            await server.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.telegram.polling.stop()
        for server in self._servers:
            server.closing.set()
        self.pulse.beat()
        await asyncio.gather(*(server.stop() for server in self._servers))

    @property
    def telegram_url(self) -> str:
        """The base URL of the Bot API, without /bot{TOKEN}."""
        return self.telegram.server.url

    @property
    def storage_url(self) -> str:
        """The origin of result URLs."""
        return self.storage.server.url

    @property
    def bot_token(self) -> str:
        """The bot's token."""
        return self.state.token

    @property
    def bot_username(self) -> str:
        """The bot's username, without @."""
        return str(self.state.me.username)

    @property
    def busy(self) -> int:
        """Count the requests in progress, without polls and requests that hang on purpose."""
        posts = self.telegram.polling.pushing.busy
        return posts + sum(server.busy for server in self._servers)

    @property
    def hanging(self) -> int:
        """Count the requests that wait for real seconds now."""
        return sum(server.hanging for server in self._servers)

    @property
    def pending_updates(self) -> int:
        """Count the updates that the bot has not confirmed yet."""
        return len(self.state.updates)

    def person(
        self,
        name: str,
        language: str | None = "en",
        id: int | None = None,  # noqa: A002
    ) -> Person:
        """Create a person who has never written to the bot; their private chat is empty."""
        user = User(next(self._ids) if id is None else id, name, language_code=language)
        chat = Chat(user.id, "private", user)
        self.state.users[user.id] = user
        self.state.chats[chat.id] = chat
        return Person(self, user, chat)

    def group(
        self,
        title: str,
        owner: Person,
        members: Sequence[Person] = (),
        *,
        kind: str = "supergroup",
        forum: bool = False,
        bot: str = "member",
    ) -> Group:
        """Create a group or supergroup (`kind`); `bot` is the bot's status in it."""
        number = next(self._ids)
        chat_id = -number if kind == "group" else -1_000_000_000_000 - number
        chat = Chat(chat_id, kind, title=title, bot_status=bot, topics={} if forum else None)
        chat.members[owner.id] = (owner.user, "creator")
        chat.members |= {person.id: (person.user, "member") for person in members}
        self.state.chats[chat.id] = chat
        return Group(self.state, chat, owner.user)

    def watch(self, callback: Watcher) -> None:
        """Call `callback(kind, chat, message)` on each change: new, edited, deleted, file."""
        self.state.watchers.append(callback)
