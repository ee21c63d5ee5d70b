"""Groups: who is in them, who decides, topics, and the move to a supergroup."""

from sandbox.people.surroundings import Someone
from sandbox.telegram.profile import change_bot_status
from sandbox.telegram.store.chats import Chat, Content, Json, Message, User
from sandbox.telegram.store.state import State
from sandbox.telegram.store.transcript import transcript

_FIRST_SUPERGROUP = -1_000_000_000_000


class Group:
    """A group or supergroup, seen from outside; people go there with `person.within(group)`."""

    def __init__(self, state: State, chat: Chat, owner: User) -> None:
        self.chat = chat
        self._state = state
        self._owner = owner

    @property
    def id(self) -> int:
        """The chat's id now."""
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """All messages, oldest first."""
        return list(self.chat.messages)

    def transcript(self) -> str:
        """Write the conversation down as it stands."""
        return transcript(self.chat.messages)

    def adds(self, person: Someone, status: str = "member") -> None:
        """Let somebody in, or change what somebody is: member, administrator, left."""
        self.chat.members[person.user.id] = (person.user, status)

    def adds_bot(self, by: Someone) -> None:
        """Add the bot to the group: an update of its own, and a service message."""
        change_bot_status(self._state, self.chat, "member", by.user)
        self._service(by.user, {"new_chat_members": [self._state.me.to_json()]})

    def removes_bot(self, by: Someone) -> None:
        """Remove the bot from the group."""
        change_bot_status(self._state, self.chat, "kicked", by.user)

    def mutes_bot(self, by: Someone, *, told: bool = True) -> None:
        """Take the right to write from the bot; it hears what it heard before.

        told: of its own rights it is, of those of all members it isn't.
        """
        if told:
            change_bot_status(self._state, self.chat, "restricted", by.user)
        self.chat.bot_status = "restricted"

    def unmutes_bot(self, by: Someone) -> None:
        """Give it back."""
        change_bot_status(self._state, self.chat, "member", by.user)

    def promotes_bot(self, by: Someone) -> None:
        """Make the bot an administrator; it sees every message from then on."""
        change_bot_status(self._state, self.chat, "administrator", by.user)

    def opens_topic(self, name: str) -> int:
        """Open a topic of a forum; its id is what `message_thread_id` tells."""
        assert self.chat.topics is not None, "the group is no forum"
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        topic = len(self.chat.messages) + 1
        self.chat.topics[topic] = name
        return self._service(self._owner, created, thread=topic).message_id

    def closes_topic(self, topic: int) -> None:
        """Close a topic: only administrators write there."""
        self.chat.closed_topics.add(topic)

    def deletes_topic(self, topic: int) -> None:
        """Delete a topic, with all that was said there."""
        assert self.chat.topics is not None, "the group is no forum"
        del self.chat.topics[topic]
        for message in self.chat.messages:
            if message.thread_id == topic:
                message.deleted = True
        self._state.pulse.beat()

    def becomes_supergroup(self, *, joined: bool = False, told: bool = True) -> None:
        """Move to a supergroup with another id; the old chat tells every caller so.

        joined: Telegram first says that the bot was added to the new one, as it may.
        told: there is a message about it in each of the two.
        """
        old = self.chat
        new = Chat(_FIRST_SUPERGROUP + old.id, "supergroup", title=old.title)
        new.bot_status, new.members = old.bot_status, old.members
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
        if self.chat.has_bot:
            self._state.updates.put("message", message.to_json())
        self._state.announce("new", message)
        return message
