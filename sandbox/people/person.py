"""People who talk to the bot in tests: they send, press, wait and see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sandbox.people.group import Group
from sandbox.people.presses import press
from sandbox.people.privacy_mode import reaches_bot
from sandbox.people.surroundings import Surroundings
from sandbox.telegram.profile import change_bot_status
from sandbox.telegram.store.chats import ANONYMOUS, CHANNEL, Chat, Content, Json, Message, User
from sandbox.telegram.store.limits import CAPTION_MAX, TEXT_MAX
from sandbox.telegram.store.state import CallbackAnswer
from sandbox.telegram.store.texts import found_entities, pieces, trimmed, units
from sandbox.telegram.store.transcript import transcript

_ALBUM = range(2, 11)


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A document that the bot sent."""

    name: str
    data: bytes
    caption: str
    message: Message


class Person:
    """A person in a chat with the bot; `within` returns the same person in a group."""

    def __init__(
        self,
        world: Surroundings,
        user: User,
        chat: Chat,
        topic: int | None = None,
        *,
        anonymous: bool = False,
        channel: str | None = None,
    ) -> None:
        self.world = world
        self.user = user
        self.chat = chat
        self.topic = topic
        self.anonymous = anonymous
        self.channel = channel

    @property
    def id(self) -> int:
        """The Telegram id."""
        return self.user.id

    @property
    def name(self) -> str:
        """The first name."""
        return self.user.first_name

    @property
    def messages(self) -> list[Message]:
        """All messages of the chat, deleted ones too, oldest first."""
        return list(self.chat.messages)

    def transcript(self) -> str:
        """Format the conversation in its current state."""
        return transcript(self.chat.messages)

    def within(
        self,
        group: Group,
        topic: int | None = None,
        *,
        anonymous: bool = False,
        channel: str | None = None,
    ) -> "Person":
        """Return the same person in a group or one of its topics.

        Args:
            group: The group; its privacy mode decides which messages the bot gets.
            topic: The id of a topic.
            anonymous: The person, an administrator, writes in the name of the group. Presses
                still come from the person.
            channel: The title of a channel in whose name the person writes.
        """
        return Person(
            self.world, self.user, group.chat, topic, anonymous=anonymous, channel=channel
        )

    async def sends(
        self, text: str, reply_to: Message | None = None, quote: str | None = None
    ) -> Message:
        """Send a text of at most 4096 UTF-16 units; `quote`: which part of the other it answers."""
        assert units(text) <= TEXT_MAX, "longer than clients send in one message: use pastes"
        formatted = trimmed(text, found_entities(text))
        assert formatted.text, "clients don't send empty texts"
        extra: Json = {}
        if quote is not None:
            assert reply_to is not None, "only a reply quotes"
            place = units(reply_to.shown.partition(quote)[0])
            extra = {"quote": {"text": quote, "position": place, "is_manual": True}}
        content = Content(text=formatted.text, entities=formatted.entities, extra=extra)
        return self._send(content, reply_to)

    async def causes(self, **service: object) -> Message:
        """Do something that shows as a service message: pin, call, give, share."""
        return self._send(Content(extra=service), None)

    async def rewrites(
        self, message: Message, text: str, file: tuple[str, bytes] | None = None
    ) -> Message:
        """Edit a text that was sent before, or put another file with this caption there."""
        formatted = trimmed(text, found_entities(text))
        content = Content(text=formatted.text, entities=formatted.entities)
        if file is not None:
            content = self._document(*file, text)
        message.edit(content, self.world.clock.now())
        if reaches_bot(self.world.state, message):
            self.world.state.updates.put("edited_message", message.to_json())
        self.world.state.announce("edited", message)
        return message

    async def pastes(self, text: str, reply_to: Message | None = None) -> list[Message]:
        """Send a long text; clients split it every 4096 UTF-16 units, even inside a number."""
        return [
            await self.sends(piece, reply_to) for piece in pieces(text, TEXT_MAX) if piece.strip()
        ]

    async def uploads(
        self, name: str, data: bytes, caption: str | None = None, reply_to: Message | None = None
    ) -> Message:
        """Send a file."""
        return self._send(self._document(name, data, caption), reply_to)

    async def uploads_together(
        self, files: Sequence[tuple[str, bytes]], caption: str | None = None
    ) -> list[Message]:
        """Send 2 to 10 files as one album; each is an update of its own."""
        assert len(files) in _ALBUM, "an album has 2 to 10 files"
        group = str(self.world.state.chance.randrange(10**16, 10**17))
        captions = [caption, *[None] * (len(files) - 1)]
        return [
            self._send(self._document(name, data, text), None, group)
            for (name, data), text in zip(files, captions, strict=True)
        ]

    async def shows_picture(self, data: bytes, caption: str | None = None) -> Message:
        """Send a picture with a caption."""
        content = self._document("picture.png", data, caption)
        photo = self.world.state.files.keep("picture.png", data, "photo")
        return self._send(replace(content, file=photo), None)

    async def shares_contact(
        self, phone_number: str, first_name: str, vcard: str | None = None
    ) -> Message:
        """Send a contact from the address book; `vcard` has its other fields."""
        contact = {"phone_number": phone_number, "first_name": first_name}
        if vcard is not None:
            contact["vcard"] = vcard
        return self._send(Content(extra={"contact": contact}), None)

    async def forwards(self, message: Message, sent_by: str = "Somebody") -> Message:
        """Forward a message with its file, from a sender who hides their account."""
        origin = {
            "type": "hidden_user",
            "sender_user_name": sent_by,
            "date": int(self.world.clock.now()),
        }
        old = message.content
        content = Content(
            old.text, old.caption, old.entities, old.file, extra={"forward_origin": origin}
        )
        return self._send(content, None)

    async def presses(
        self, label: str, on: Message | None = None, within: float | None = None
    ) -> CallbackAnswer:
        """Press the newest visible button whose text contains `label`; return the bot's answer.

        Waits up to `within` real seconds for the button, then for the answer.
        """
        return await press(self, label, on=on, within=within)

    async def forges(self, data: str, on: Message, within: float | None = None) -> CallbackAnswer:
        """Send callback data that is on no button; return the bot's answer."""
        return await press(self, data, on=on, within=within, forged=True)

    async def sees(
        self,
        text: str,
        gone: str | None = None,
        in_message: Message | None = None,
        after: Message | None = None,
        within: float | None = None,
    ) -> Message:
        """Wait until a message of the bot shows `text` (and not `gone`); return the newest.

        `in_message` looks at that message only, `after` at later ones.
        """

        def shown() -> Message | None:
            for message in reversed(self.chat.messages):
                wanted = in_message is None or message is in_message
                later = after is None or message.message_id > after.message_id
                if message.by_bot and not message.deleted and wanted and later:
                    now = message.shown
                    if text in now and (gone is None or gone not in now):
                        return message
            return None

        what = f"{self.name} sees {text!r}" + (f" without {gone!r}" if gone else "")
        return await self.world.until(shown, what, self.chat, within)

    async def receives_file(self, within: float | None = None) -> ReceivedFile:
        """Wait for the next document of the bot that this person has not received yet."""

        def arrived() -> ReceivedFile | None:
            for message in self.chat.messages:
                file = message.document
                if not message.by_bot or message.deleted or file is None:
                    continue
                key = (self.id, message, file.file_unique_id)
                if key not in self.world.taken:
                    self.world.taken.add(key)
                    return ReceivedFile(file.name, file.data, message.caption or "", message)
            return None

        return await self.world.until(arrived, f"{self.name} receives a file", self.chat, within)

    async def receives_picture(self, within: float | None = None) -> bytes:
        """Wait for a picture of the bot; return the newest."""

        def arrived() -> bytes | None:
            shown = [m for m in self.chat.messages if m.by_bot and not m.deleted and m.photo]
            return shown[-1].photo.data if shown and shown[-1].photo else None

        return await self.world.until(arrived, f"{self.name} gets a picture", self.chat, within)

    def blocks_bot(self) -> None:
        """Block the bot."""
        change_bot_status(self.world.state, self.chat, "kicked", self.user)

    def unblocks_bot(self) -> None:
        """Unblock the bot."""
        change_bot_status(self.world.state, self.chat, "member", self.user)

    def deletes(self, message: Message) -> None:
        """Delete a message for everyone; the bot gets no update."""
        admin = self.chat.private or self.chat.members[self.id][1] in {"creator", "administrator"}
        assert admin or message.sender is self.user, "members delete their own messages only"
        message.deleted = True
        self.world.state.announce("deleted", message)

    def _document(self, name: str, data: bytes, caption: str | None) -> Content:
        formatted = trimmed(caption or "", found_entities(caption or ""))
        assert units(formatted.text) <= CAPTION_MAX, "a caption has 1024 characters at most"
        file = self.world.state.files.keep(name, data)
        return Content(caption=formatted.text, entities=formatted.entities, file=file)

    def _send(
        self, content: Content, reply_to: Message | None, album: str | None = None
    ) -> Message:
        state = self.world.state
        assert self.chat.migrated_to is None, "the group has moved: go to the new one"
        if self.chat.private:
            assert self.chat.bot_status != "kicked", f"{self.name} has blocked the bot"
            self.chat.bot_status = "member"
        else:
            assert self.chat.members[self.id][1] != "left", f"{self.name} is not in the group"
        sender = self.user
        if self.anonymous:
            assert self.chat.members[self.id][1] in {"creator", "administrator"}
            sender = ANONYMOUS
            content = replace(content, extra={**content.extra, "sender_chat": self.chat.to_json()})
        elif self.channel is not None:
            sender = CHANNEL
            channel = {"id": -1_000_000_000_000 - self.id, "type": "channel", "title": self.channel}
            content = replace(content, extra={**content.extra, "sender_chat": channel})
        message = self.chat.add(sender, content, state.clock.now())
        message.reply_to, message.media_group_id, message.thread_id = reply_to, album, self.topic
        if reaches_bot(state, message):
            state.updates.put("message", message.to_json())
        state.announce("new", message)
        return message
