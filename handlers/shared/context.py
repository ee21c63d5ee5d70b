"""What handlers, the reader and the courier work with; built once in `bot.app`."""

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
from storage.database import Database
from storage.people import chats
from storage.people.chats import Language


@dataclass(frozen=True, slots=True)
class Limits:
    """What Telegram and the operator allow. Sizes in bytes."""

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
    lookups: LookupDesk
    texts: Texts
    clock: Clock
    wake_up: WakeUp
    limits: Limits
    owners: frozenset[int]
    people: People
    quotas: Quotas
    languages: dict[int, Language] = field(default_factory=dict)
    """What the chats table holds, as far as it was read: most updates change nothing."""
    admins: dict[int, tuple[float, frozenset[int]]] = field(default_factory=dict)
    """Administrators of groups, and when Telegram said so; see `handlers.guards.admins`."""

    async def say(self, chat_id: int) -> Phrases:
        """The texts in the language of this chat."""
        return self.texts[(await self.language(chat_id)).code]

    async def language(self, chat_id: int) -> Language:
        """What this chat speaks."""
        if chat_id not in self.languages:
            async with self.database.read() as connection:
                self.languages[chat_id] = await chats.language(connection, chat_id)
        return self.languages[chat_id]

    def forget_languages(self, chat_ids: Collection[object]) -> None:
        """Another replica spoke with these chats; what they speak may have changed."""
        for chat_id in chat_ids:
            self.languages.pop(int(str(chat_id)), None)

    async def speaks(self, chat_id: int, code: str | None) -> None:
        """Somebody chose this language for the chat; None: that of the person's Telegram."""
        async with self.database.write() as connection:
            await chats.choose_language(connection, chat_id, code, self.clock.now())
        self.languages.pop(chat_id, None)

    async def region(self, chat_id: int) -> str | None:
        """Whose national numbers are meant in this chat; else the operator's country."""
        async with self.database.read() as connection:
            return await chats.region(connection, chat_id) or self.limits.region

    async def seen(
        self, chat_id: int, language: str | None = None, *, may_be_back: bool = False
    ) -> None:
        """The chat wrote: note the language of its person's Telegram, and that it listens."""
        known = self.languages.get(chat_id)
        if known is not None and language in {None, known.telegram} and not may_be_back:
            return
        async with self.database.write() as connection:
            was_silent = await chats.seen(connection, chat_id, language, self.clock.now())
            noted = await chats.language(connection, chat_id)
        self.languages[chat_id] = noted
        if was_silent:
            self.wake_up.notify()

    async def blocked(self, chat_id: int) -> None:
        """The chat refuses our messages: leave it alone until it writes again."""
        async with self.database.write() as connection:
            await chats.blocked(connection, chat_id, self.clock.now())
        self.languages.pop(chat_id, None)
