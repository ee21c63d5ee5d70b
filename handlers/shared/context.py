"""The context that handlers, the reader and the courier share; built once in `bot.context`."""

from collections.abc import Collection
from dataclasses import dataclass, field

from aiogram import Bot

from checking.desk import Desk
from checking.ledger import Ledger
from checking.lists import ListLedger
from checking.lookups.desk import LookupDesk
from checking.people import People
from checking.quota import Quotas
from checking.services.catalogue import Catalogue
from handlers.shared.texts import Phrases, Texts
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from sheets.glass.glass import Glass
from storage.database import Database
from storage.people import chats
from storage.people.chats import Language


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
    glass: Glass
    lookups: LookupDesk
    texts: Texts
    clock: Clock
    wake_up: WakeUp
    limits: Limits
    owners: frozenset[int]
    people: People
    quotas: Quotas
    languages: dict[int, Language] = field(default_factory=dict)
    """Cached rows of the chats table: most updates change nothing."""
    admins: dict[int, tuple[float, frozenset[int]]] = field(default_factory=dict)
    """Cached administrators of groups, and when they were fetched; see `handlers.guards.admins`."""

    async def say(self, chat_id: int) -> Phrases:
        """Return the texts in the language of this chat."""
        return self.texts[(await self.language(chat_id)).code]

    async def language(self, chat_id: int) -> Language:
        """Return the language of this chat, from the cache if it is there."""
        known = self.languages.get(chat_id)
        if known is None:
            async with self.database.read() as connection:
                known = self.languages[chat_id] = await chats.language(connection, chat_id)
        return known  # it may be forgotten again by now

    def forget_languages(self, chat_ids: Collection[object]) -> None:
        """Drop cached languages of chats that another replica has changed."""
        for chat_id in chat_ids:
            self.languages.pop(int(str(chat_id)), None)

    async def speaks(self, chat_id: int, code: str | None) -> None:
        """Set the language of a chat; None for that of the person's Telegram."""
        async with self.database.write() as connection:
            await chats.choose_language(connection, chat_id, code, self.clock.now())
        self.languages.pop(chat_id, None)

    async def region(self, chat_id: int) -> str | None:
        """Return the region for national numbers in this chat, by default the operator's."""
        async with self.database.read() as connection:
            return await chats.region(connection, chat_id) or self.limits.region

    async def seen(
        self, chat_id: int, language: str | None = None, *, may_be_back: bool = False
    ) -> None:
        """Store that a chat takes messages, and the language of its person's Telegram."""
        known = self.languages.get(chat_id)
        if known is not None and language in {None, known.telegram} and not may_be_back:
            return
        async with self.database.write() as connection:
            was_silent = await chats.seen(connection, chat_id, language, self.clock.now())
            stored = await chats.language(connection, chat_id)
        self.languages[chat_id] = stored
        if was_silent:
            self.wake_up.notify()

    async def blocked(self, chat_id: int) -> None:
        """Store that a chat refuses messages: the bot leaves it alone until it writes again."""
        async with self.database.write() as connection:
            await chats.blocked(connection, chat_id, self.clock.now())
        self.languages.pop(chat_id, None)
