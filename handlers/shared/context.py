"""The context that handlers, the reader and the courier share; built once in `bot.context`."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiogram import Bot
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.again import Again
from checking.baskets import Baskets
from checking.desk import Desk
from checking.ledger import Ledger
from checking.lists import ListLedger
from checking.lookups.desk import LookupDesk
from checking.people import People
from checking.quota import Quotas
from checking.schedules.schedules import Schedules
from checking.services.catalogue import Catalogue
from handlers.shared.places import is_group
from handlers.shared.texts import Phrases, Texts
from runtime.clock import Clock
from runtime.remembered import Remembered
from runtime.wake_up import WakeUp
from sheets.glass.glass import Glass
from storage.database import Database
from storage.people import chats
from storage.people.chats import FirstFile, Language, Standing


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits set by Telegram and the operator. Sizes in bytes."""

    download: int
    upload: int
    longest_run: int
    region: str | None


@dataclass(frozen=True, slots=True)
class BotContext:
    """The tools of the conversation."""

    bot: Bot
    database: Database
    catalogue: Catalogue
    desk: Desk
    ledger: Ledger
    lists: ListLedger
    baskets: Baskets
    again: Again
    glass: Glass
    lookups: LookupDesk
    texts: Texts
    clock: Clock
    wake_up: WakeUp
    limits: Limits
    owners: frozenset[int]
    people: People
    quotas: Quotas
    schedules: Schedules
    standings: Remembered[Standing]
    """What is known of chats."""

    first_file: FirstFile = FirstFile.LIST
    """Which file of a result comes first, where a chat chose nothing."""
    balance_for_all: bool = False
    """Whether people other than the owners may know the balance of the account."""
    admins: dict[int, tuple[float, frozenset[int]]] = field(default_factory=dict)
    """Cached administrators of groups, and when they were fetched; see `handlers.guards.admins`."""

    without_menu: set[int] = field(default_factory=set)
    """Owners who hadn't written to the bot when the menus were set."""

    def shows_balance(self, chat_id: int) -> bool:
        """Tell whether the account's balance may stand in this chat: in a group others read it."""
        return self.balance_for_all or chat_id in self.owners

    async def say(self, chat_id: int) -> Phrases:
        """Return the texts in the language of this chat; in a group they name the bot."""
        say = self.texts[(await self.language(chat_id)).code]
        return say.for_group(await self.username()) if is_group(chat_id) else say

    async def username(self) -> str:
        """Return the bot's username, without @; Telegram is asked once."""
        return (await self.bot.me()).username or ""

    async def language(self, chat_id: int) -> Language:
        """Return the language of this chat."""
        return (await self._standing(chat_id)).language

    async def _standing(self, chat_id: int) -> Standing:
        async def read() -> Standing:
            async with self.database.read() as connection:
                return await chats.standing(connection, self.database.vault, chat_id)

        return await self.standings.get(chat_id, read)

    @asynccontextmanager
    async def changing(self, *chat_ids: int) -> AsyncGenerator[AsyncConnection]:
        """Open a write transaction that changes these chats, or the people whose chats they are."""
        try:
            async with self.database.write() as connection:
                yield connection
        finally:
            self.standings.forget(*chat_ids)
            self.people.forget(*chat_ids)

    async def speaks(self, chat_id: int, code: str | None) -> None:
        """Set the language of a chat; None for that of the person's Telegram."""
        async with self.changing(chat_id) as connection:
            await chats.choose_language(connection, chat_id, code, self.clock.now())

    async def region(self, chat_id: int) -> str | None:
        """Return the region for national numbers in this chat, by default the operator's."""
        async with self.database.read() as connection:
            return await chats.region(connection, chat_id) or self.limits.region

    async def seen(
        self, chat_id: int, language: str | None = None, title: str | None = None
    ) -> Language:
        """Store that a chat takes messages, the language of its person's Telegram, its title.

        Returns the language of the chat. Most updates change nothing.
        """
        known = await self._standing(chat_id)
        is_same = language in {None, known.language.telegram} and title in {None, known.title}
        if known.takes_messages and is_same:
            return known.language
        sealed = self.database.vault.seal_text(title, "chats.title", chat_id) if title else None
        async with self.changing(chat_id) as connection:
            was_silent = await chats.seen(connection, chat_id, language, self.clock.now(), sealed)
            spoken = await chats.language(connection, chat_id)
        if was_silent:
            self.wake_up.notify()
        return spoken

    async def blocked(self, chat_id: int) -> None:
        """Store that a chat refuses messages: the bot leaves it alone until it writes again."""
        async with self.changing(chat_id) as connection:
            await chats.blocked(connection, chat_id, self.clock.now())
