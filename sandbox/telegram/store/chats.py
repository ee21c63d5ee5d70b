"""The state of chats: members, messages and their edits."""

import math
from dataclasses import dataclass, field
from typing import Any

from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration

from sandbox.telegram.store.texts import Entity

Json = dict[str, Any]
Keyboard = tuple[tuple[Json, ...], ...]


@dataclass(slots=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False

    def to_json(self) -> Json:
        """Return Telegram's User."""
        user = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {"username": self.username, "language_code": self.language_code}
        return user | {key: value for key, value in optional.items() if value is not None}


ANONYMOUS = User(1_087_968_824, "Group", "GroupAnonymousBot", is_bot=True)
"""The sender of anonymous administrators' messages (Bot API, Message.from)."""
CHANNEL = User(136_817_688, "Channel", "Channel_Bot", is_bot=True)
"""The sender of what people write in the name of a channel."""
OTHER_BOT = User(1_300_000_007, "Rose", "rose_bot", is_bot=True)
"""Another bot of a group."""
_EXTERNAL = frozenset({"chat", "message_id", "document", "photo"})
_NOT_OURS = frozenset({ANONYMOUS.id, CHANNEL.id, OTHER_BOT.id})


@dataclass(frozen=True, slots=True)
class Document:
    """A file on Telegram's servers; `kind` is document or photo."""

    file_id: str
    file_unique_id: str
    kind: str
    name: str
    mime: str
    data: bytes = field(repr=False)
    path: str
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        """The size in bytes."""
        return len(self.data)

    def to_json(self) -> Any:
        """Return Telegram's Document, or a list of PhotoSize."""
        common = {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": self.size,
        }
        if self.kind == "photo":
            return [{**common, "width": self.width, "height": self.height}]
        return {**common, "file_name": self.name, "mime_type": self.mime}


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a message; an edit to an equal content is "not modified"."""

    text: str | None = None
    caption: str | None = None
    entities: tuple[Entity, ...] = ()
    file: Document | None = None
    keyboard: Keyboard = ()
    extra: Json = field(default_factory=dict)
    """Other fields of Telegram's Message, such as `contact`."""

    def to_json(self) -> Json:
        """Return fields of Telegram's Message."""
        fields: Json = dict(self.extra)
        if self.text is not None:
            fields["text"] = self.text
        if self.caption:
            fields["caption"] = self.caption
        if self.entities:
            name = "entities" if self.text is not None else "caption_entities"
            fields[name] = [dict(entity) for entity in self.entities]
        if self.file is not None:
            fields[self.file.kind] = self.file.to_json()
        if self.keyboard:
            rows = [[dict(button) for button in row] for row in self.keyboard]
            fields["reply_markup"] = {"inline_keyboard": rows}
        return fields


@dataclass(frozen=True, slots=True)
class Version:
    """The content of a message before an edit at `replaced` (Unix seconds)."""

    content: Content
    replaced: float

    @property
    def text(self) -> str:
        """The text or caption."""
        return self.content.text or self.content.caption or ""


@dataclass(eq=False, slots=True)
class Message:
    """One message of a chat in its current state."""

    chat: "Chat"
    message_id: int
    sender: User
    date: float
    content: Content
    reply_to: "Message | None" = None
    thread_id: int | None = None
    media_group_id: str | None = None
    deleted: bool = False
    edited: float | None = None
    edits: list[Version] = field(default_factory=list)
    """The content before each edit, oldest first."""
    seen_by_bot: bool = False
    """The bot got an update about it."""
    reactions: list[Json] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        """The text without tags; None for a file."""
        return self.content.text

    @property
    def caption(self) -> str | None:
        """The caption of a file, without tags."""
        return self.content.caption

    @property
    def shown(self) -> str:
        """The text or caption; empty if it has neither."""
        return self.content.text or self.content.caption or ""

    @property
    def html(self) -> str:
        """The text or caption as HTML."""
        entities = [MessageEntity.model_validate(entity) for entity in self.content.entities]
        return html_decoration.unparse(self.shown, entities)

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline buttons, row by row."""
        return [[button["text"] for button in row] for row in self.content.keyboard]

    @property
    def document(self) -> Document | None:
        """The attached document; None for a photo."""
        file = self.content.file
        return file if file is not None and file.kind == "document" else None

    @property
    def photo(self) -> Document | None:
        """The attached photo."""
        file = self.content.file
        return file if file is not None and file.kind == "photo" else None

    @property
    def by_bot(self) -> bool:
        """True if our bot sent it; who writes as a group or channel is one of Telegram's bots."""
        return self.sender.is_bot and self.sender.id not in _NOT_OURS

    def edit(self, content: Content, now: float) -> None:
        """Replace the content."""
        self.edits.append(Version(self.content, now))
        self.content = content
        self.edited = now

    def to_json(self, *, with_reply: bool = True) -> Json:
        """Return Telegram's Message."""
        message: Json = {
            "message_id": self.message_id,
            "from": self.sender.to_json(),
            "chat": self.chat.to_json(),
            "date": int(self.date),
            **self.content.to_json(),
        }
        if self.edited is not None:
            message["edit_date"] = int(self.edited)
        if self.media_group_id is not None:
            message["media_group_id"] = self.media_group_id
        if self.thread_id is not None:
            message |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if with_reply and self.reply_to is not None and self._shows(self.reply_to):
            told = self.reply_to.to_json(with_reply=False)
            if self.reply_to.thread_id != self.thread_id:  # ExternalReplyInfo has no text
                kept = {key: told[key] for key in _EXTERNAL & told.keys()}
                origin = {"type": "user", "date": told["date"], "sender_user": told["from"]}
                message["external_reply"] = kept | {"origin": origin}
            else:
                message["reply_to_message"] = told
        return message

    def _shows(self, answered: "Message") -> bool:
        """True if the bot is shown what this replies to: in a basic group only what it has seen."""
        seen = answered.seen_by_bot or answered.by_bot or self.chat.type != "group"
        return seen and not answered.deleted


@dataclass(eq=False, slots=True)
class Chat:
    """A private chat (with the id of the person) or a group.

    `bot_status` is the bot's status there: member, administrator, restricted (it may not write),
    kicked, left; "unknown" in a private chat where the person never wrote. `takes_files` is what
    all members may do; administrators may anyway. `slow_seconds` is that of slow mode, which holds
    back the bot `slow_until` a time.
    """

    id: int
    type: str
    user: User | None = None
    title: str | None = None
    bot_status: str = "unknown"
    takes_files: bool = True
    slow_seconds: int = 0
    slow_until: float = 0.0
    members: dict[int, tuple[User, str]] = field(default_factory=dict)
    """Each member with their status: creator, administrator, member, left."""
    topics: dict[int, str] | None = None
    closed_topics: set[int] = field(default_factory=set)
    migrated_to: int | None = None
    messages: list[Message] = field(default_factory=list)

    @property
    def private(self) -> bool:
        """True for a person's chat with the bot."""
        return self.type == "private"

    @property
    def has_bot(self) -> bool:
        """True if the bot is a member."""
        return self.bot_status in {"member", "administrator", "restricted"}

    @property
    def last_bot(self) -> User | None:
        """The bot that wrote last."""
        bots = (m.sender for m in reversed(self.messages) if m.by_bot or m.sender is OTHER_BOT)
        return next(bots, None)

    @property
    def takes_our_files(self) -> bool:
        """True if the bot may send files there."""
        return self.takes_files or self.bot_status == "administrator"

    def slows_us(self, now: float) -> int:
        """Return the seconds that slow mode holds the bot back; if none, count a message of it."""
        if not self.slow_seconds or self.bot_status == "administrator":
            return 0
        if self.slow_until > now:
            return math.ceil(self.slow_until - now)
        self.slow_until = now + self.slow_seconds
        return 0

    @property
    def name(self) -> str:
        """The person's name or the group's title."""
        return self.user.first_name if self.user is not None else self.title or ""

    def find(self, message_id: int) -> Message | None:
        """Return a message; None if it doesn't exist or is deleted."""
        if not 1 <= message_id <= len(self.messages):
            return None
        message = self.messages[message_id - 1]
        return None if message.deleted else message

    def add(self, sender: User, content: Content, now: float) -> Message:
        """Append a message; ids count from 1 in each chat."""
        message = Message(self, len(self.messages) + 1, sender, now, content)
        self.messages.append(message)
        return message

    def to_json(self) -> Json:
        """Return Telegram's Chat."""
        chat: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            chat["first_name"] = self.user.first_name
            if self.user.username is not None:
                chat["username"] = self.user.username
        else:
            chat["title"] = self.title
        return chat | ({} if self.topics is None else {"is_forum": True})
