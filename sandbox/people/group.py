"""Groups: members, the bot's status, topics, and the upgrade to a supergroup."""

from sandbox.people.privacy_mode import reaches_bot
from sandbox.people.surroundings import Someone
from sandbox.telegram.profile import change_bot_status
from sandbox.telegram.store.chats import OTHER_BOT, Chat, Content, Json, Message, User
from sandbox.telegram.store.state import State
from sandbox.telegram.store.texts import found_entities
from sandbox.telegram.store.transcript import transcript

_FIRST_SUPERGROUP = -1_000_000_000_000


class Group:
    """A group or supergroup; people write there by `person.within(group)`."""

    def __init__(self, state: State, chat: Chat, owner: User) -> None:
        self.chat = chat
        self._state = state
        self._owner = owner

    @property
    def id(self) -> int:
        """The current chat id."""
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """All messages, oldest first."""
        return list(self.chat.messages)

    def transcript(self) -> str:
        """Format the conversation in its current state."""
        return transcript(self.chat.messages)

    def adds(self, person: Someone, status: str = "member") -> None:
        """Add a person, or change their status: member, administrator, left."""
        self.chat.members[person.user.id] = (person.user, status)

    def adds_bot(self, by: Someone, status: str = "member") -> None:
        """Add the bot to the group: a my_chat_member update and a service message."""
        change_bot_status(self._state, self.chat, status, by.user)
        self._service(by.user, {"new_chat_members": [self._state.me.to_json()]})

    def removes_bot(self, by: Someone) -> None:
        """Remove the bot from the group."""
        change_bot_status(self._state, self.chat, "kicked", by.user)

    def mutes_bot(self, by: Someone, *, told: bool = True) -> None:
        """Restrict the bot: it may not write, and gets the same updates as before.

        Args:
            by: The administrator who does it.
            told: True for its own rights, of which Telegram tells it; False for the rights of
                all members, of which it doesn't.
        """
        if told:
            change_bot_status(self._state, self.chat, "restricted", by.user)
        self.chat.bot_status = "restricted"

    def unmutes_bot(self, by: Someone) -> None:
        """Let the bot write again."""
        change_bot_status(self._state, self.chat, "member", by.user)

    def forbids_files(self) -> None:
        """Forbid all members to send files; the bot isn't told."""
        self.chat.takes_files = False

    def allows_files(self) -> None:
        """Let all members send files again; the bot isn't told."""
        self.chat.takes_files = True

    def slows_down(self, seconds: int) -> None:
        """Let members, and bots among them, write once in so many seconds; edits are free."""
        self.chat.slow_seconds = seconds

    def cleans(self, message: Message) -> None:
        """Have another bot, an administrator, delete a message; our bot gets no update."""
        message.deleted = True
        self._state.announce("deleted", message)

    def promotes_bot(self, by: Someone) -> None:
        """Make the bot an administrator; it gets every message from then on."""
        change_bot_status(self._state, self.chat, "administrator", by.user)

    def hears_another_bot(self, text: str) -> None:
        """Another bot writes; no bot gets that."""
        message = self.chat.add(OTHER_BOT, Content(text=text), self._state.clock.now())
        self._state.announce("new", message)

    def gets_post(self, channel: str, text: str) -> None:
        """Telegram forwards a post of the linked channel into the group."""
        telegram = User(777_000, "Telegram")
        origin = {"id": _FIRST_SUPERGROUP - 7, "type": "channel", "title": channel}
        extra = {"sender_chat": origin, "is_automatic_forward": True}
        content = Content(text=text, entities=tuple(found_entities(text)), extra=extra)
        message = self.chat.add(telegram, content, self._state.clock.now())
        if reaches_bot(self._state, message):
            self._state.updates.put("message", message.to_json())
        self._state.announce("new", message)

    def opens_topic(self, name: str) -> int:
        """Open a topic of a forum and return its id (`message_thread_id`)."""
        assert self.chat.topics is not None, "the group is no forum"
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        topic = len(self.chat.messages) + 1
        self.chat.topics[topic] = name
        return self._service(self._owner, created, thread=topic).message_id

    def closes_topic(self, topic: int) -> None:
        """Close a topic: only administrators may write there."""
        self.chat.closed_topics.add(topic)

    def deletes_topic(self, topic: int) -> None:
        """Delete a topic with all its messages."""
        assert self.chat.topics is not None, "the group is no forum"
        del self.chat.topics[topic]
        for message in self.chat.messages:
            if message.thread_id == topic:
                message.deleted = True
        self._state.pulse.beat()

    def becomes_supergroup(self, *, joined: bool = False, told: bool = True) -> None:
        """Upgrade to a supergroup with a new id; calls to the old chat answer with that id.

        Args:
            joined: Telegram first says that the bot was added to the new chat, as it may.
            told: Both chats get a service message.
        """
        old = self.chat
        new = Chat(_FIRST_SUPERGROUP + old.id, "supergroup", title=old.title)
        new.bot_status, new.members = old.bot_status, old.members
        new.takes_files = old.takes_files
        self._state.chats[new.id] = new
        if joined:
            new.bot_status = "left"
            change_bot_status(self._state, new, old.bot_status, self._owner)
        if told:
            self._service(self._owner, {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        self.chat = new
        if told:
            self._service(self._owner, {"migrate_from_chat_id": old.id})
        self._state.pulse.beat()

    def _service(self, sender: User, extra: Json, thread: int | None = None) -> Message:
        message = self.chat.add(sender, Content(extra=extra), self._state.clock.now())
        message.thread_id = thread
        message.seen_by_bot = self.chat.has_bot
        if self.chat.has_bot:
            self._state.updates.put("message", message.to_json())
        self._state.announce("new", message)
        return message
