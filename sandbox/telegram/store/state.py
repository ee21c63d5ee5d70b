"""The whole state of pretend Telegram, and the watchers of its changes."""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.http.clock import Clock, Pulse
from sandbox.telegram.store.chats import Chat, Json, Message, User
from sandbox.telegram.store.files import Files
from sandbox.telegram.store.limits import CALLBACK_SECONDS, FloodControl
from sandbox.telegram.store.refusals import RefusedError, forbidden
from sandbox.telegram.store.update_queue import Updates

Watcher = Callable[[str, Chat, Message], None]
_TOKEN_LENGTH = 35


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """The bot's answer to a callback query."""

    text: str
    show_alert: bool
    url: str | None = None


@dataclass(slots=True)
class Query:
    """A callback query that the bot has to answer."""

    id: str
    chat: Chat
    since: float
    answer: CallbackAnswer | None = None


class State:
    """Chats, people, files, pending updates, and the bot's profile."""

    def __init__(self, clock: Clock, pulse: Pulse, chance: random.Random) -> None:
        self.clock = clock
        self.pulse = pulse
        self.chance = chance
        bot_id = chance.randrange(1_000_000_000, 9_000_000_000)
        letters = chance.choices(string.ascii_letters + string.digits, k=_TOKEN_LENGTH)
        self.token = f"{bot_id}:{''.join(letters)}"
        self.me = User(bot_id, "Numberdesk", "numberdesk_bot", is_bot=True)
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.files = Files(chance)
        self.updates = Updates(clock, pulse, chance)
        self.flood = FloodControl()
        self.webhook: Json = {}
        self.privacy_mode = True
        """BotFather's /setprivacy: in groups the bot gets only what is meant for it."""
        self.profile: dict[tuple[str, str, str], Any] = {}
        """Values of setMyCommands, setMyName and the like, by name, scope and language."""
        self.actions: list[tuple[int, str]] = []
        """Every sendChatAction: chat id and action."""
        self.watchers: list[Watcher] = []

    def announce(self, kind: str, message: Message) -> None:
        """Tell the watchers that a message is new, edited, deleted, or has a new file."""
        self.pulse.beat()
        for watcher in self.watchers:
            watcher(kind, message.chat, message)

    def chat(self, chat_id: int | str | None) -> Chat:
        """Return a chat that the bot may write to.

        Raises:
            RefusedError: It doesn't exist, has moved, or the bot is not allowed to write there.
        """
        known = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if known is None:
            raise RefusedError("chat not found")
        if known.migrated_to is not None:
            raise RefusedError(
                "group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": known.migrated_to},
            )
        if known.user is not None and known.user.deactivated:
            raise forbidden("user is deactivated")
        if known.bot_status == "unknown":
            raise forbidden("bot can't initiate conversation with a user")
        if known.bot_status == "kicked":
            raise forbidden(
                "bot was blocked by the user"
                if known.private
                else f"bot was kicked from the {known.type} chat"
            )
        if known.bot_status == "left":
            raise forbidden(f"bot is not a member of the {known.type} chat")
        return known

    def query(self, query_id: str) -> Query:
        """Return a callback query that may still be answered.

        Raises:
            RefusedError: The id is unknown, or the query is too old.
        """
        query = self.queries.get(query_id)
        if query is None or self.clock.now() - query.since > CALLBACK_SECONDS:
            raise RefusedError(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    def bot_message(self, chat: Chat, message_id: int | None, *, to: str) -> Message:
        """Return a message of the bot that it wants `to` edit.

        Raises:
            RefusedError: It doesn't exist or is not the bot's.
        """
        message = chat.find(message_id or 0)
        if message is None:
            raise RefusedError(f"message to {to} not found")
        if message.sender is not self.me:
            raise RefusedError(f"message can't be {to}ed")
        return message
