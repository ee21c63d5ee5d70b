"""The people and chats of the page: five people with a private chat each, and two groups."""

from dataclasses import dataclass

from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Chat, Json, Message, User
from sandbox.telegram.store.state import State
from sandbox.world import World

PRIVATE, TEAM, FORUM = "private", "team", "forum"
ADMINS = frozenset({"creator", "administrator"})
LANGUAGES = frozenset({"en", "ru", "zh", "tr"})


class UnfitError(ValueError):
    """A request of the page that can't be done, with the reason."""


@dataclass(frozen=True, slots=True)
class Role:
    """A person whom the user of the page can play."""

    key: str
    name: str
    role: str
    about: str


ANNA = Role("anna", "Anna", "phone user", "Let in to the bot. Member of both groups.")
BOB = Role("bob", "Bob", "group member", "Let in to the bot. Member of both groups.")
CAROL = Role("carol", "Carol", "group admin", "Let in to the bot. Administrator of both groups.")
DAN = Role("dan", "Dan", "stranger", "Not let in to the bot. Member of both groups.")
OLGA = Role("olga", "Olga", "owner", "Runs the bot: lets people in, sees /stats. In no group.")
ROLES = (ANNA, BOB, CAROL, DAN, OLGA)
LET_IN = (ANNA, BOB, CAROL)


class Scene:
    """The people and chats of the page."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = {role.key: world.person(role.name) for role in ROLES}
        carol, others = self.people["carol"], [self.people[key] for key in ("anna", "bob", "dan")]
        self.groups: dict[str, Group] = {
            TEAM: world.group("Field team", carol, others, kind="group"),
            FORUM: world.group("Campaigns", carol, others, forum=True),
        }
        for topic in ("Lists", "Spring mailing"):
            self.groups[FORUM].opens_topic(topic)
        self._left_behind: dict[str, list[Chat]] = {TEAM: [], FORUM: []}

    def who(self, key: object) -> Person:
        """Return a person by key."""
        person = self.people.get(str(key))
        if person is None:
            raise UnfitError("There is nobody of that name.")
        return person

    def places(self, person: Person) -> list[str]:
        """Return the keys of a person's chats."""
        inside = [key for key, group in self.groups.items() if person.id in group.chat.members]
        return [PRIVATE, *inside]

    def set_language(self, key: object, language: object) -> None:
        """Set the language of a person's client."""
        if language not in LANGUAGES:
            raise UnfitError("There is no such language.")
        self.who(key).user.language_code = str(language)
        self.world.pulse.beat()

    def goes(self, person: Person, place: object, topic: object = None) -> Person:
        """Return the same person in one of their chats, or in a topic of a forum."""
        if place not in self.places(person):
            raise UnfitError(f"{person.name} has no such chat.")
        if place == PRIVATE:
            return person
        group = self.groups[str(place)]
        if topic is None:
            return person.within(group)
        if not isinstance(topic, int) or topic not in (group.chat.topics or {}):
            raise UnfitError("There is no such topic.")
        return person.within(group, topic)

    def history(self, person: Person, place: str) -> list[Chat]:
        """Return a chat, after the chats that it was migrated from."""
        return [*self._left_behind.get(place, []), self.goes(person, place).chat]

    def upgrade(self, place: str) -> None:
        """Upgrade a group to a supergroup."""
        group = self.groups[place]
        if group.chat.type != "group":
            raise UnfitError("It is a supergroup already.")
        self._left_behind[place].append(group.chat)
        group.becomes_supergroup()

    def find(self, there: Person, place: str, reference: object) -> Message:
        """Return a message by the id that the page uses, if it isn't deleted."""
        for chat in self.history(there, place):
            for message in chat.messages:
                if name_of(message) == reference and not message.deleted:
                    return message
        raise UnfitError("The message is gone.")


def name_of(message: Message) -> str:
    """Return the id that the page uses for a message; unique across chats."""
    return f"{message.chat.id}.{message.message_id}"


def commands(state: State, chat: Chat, user: User) -> list[Json]:
    """Return the command menu that clients show, by the Bot API's order of scopes."""
    if chat.private:
        scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    else:
        admin = chat.members.get(user.id, (user, ""))[1] in ADMINS
        scopes = [
            f"chat_member:{chat.id}:{user.id}",
            *([f"chat_administrators:{chat.id}"] if admin else []),
            f"chat:{chat.id}",
            *(["all_chat_administrators"] if admin else []),
            "all_group_chats",
            "default",
        ]
    for scope in scopes:
        for language in (user.language_code or "", ""):
            kept = state.profile.get(("commands", scope, language))
            if isinstance(kept, dict):
                return list(kept["commands"])
    return []
