"""Who and what is there on the chat page: five people, two groups, and each one's own chat."""

from dataclasses import dataclass

from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Chat, Json, Message, User
from sandbox.telegram.store.state import State
from sandbox.world import World

PRIVATE, TEAM, FORUM = "private", "team", "forum"
ADMINS = frozenset({"creator", "administrator"})


class UnfitError(ValueError):
    """What was asked for can't be done; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody whom the person at the page can be."""

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
    """The people and chats of the page, and which of them somebody may see."""

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
        """Find one of the people."""
        person = self.people.get(str(key))
        if person is None:
            raise UnfitError("There is nobody of that name.")
        return person

    def places(self, person: Person) -> list[str]:
        """Tell which chats somebody has."""
        inside = [key for key, group in self.groups.items() if person.id in group.chat.members]
        return [PRIVATE, *inside]

    def goes(self, person: Person, place: object, topic: object = None) -> Person:
        """Give the same person in one of their chats, and in a topic of a forum."""
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
        """Give a chat after those that it has moved from."""
        return [*self._left_behind.get(place, []), self.goes(person, place).chat]

    def upgrade(self, place: str) -> None:
        """Make a group a supergroup."""
        group = self.groups[place]
        if group.chat.type != "group":
            raise UnfitError("It is a supergroup already.")
        self._left_behind[place].append(group.chat)
        group.becomes_supergroup()

    def find(self, there: Person, place: str, reference: object) -> Message:
        """Find a message that is not deleted by the id that the page has of it."""
        for chat in self.history(there, place):
            for message in chat.messages:
                if name_of(message) == reference and not message.deleted:
                    return message
        raise UnfitError("The message is gone.")


def name_of(message: Message) -> str:
    """Name a message, of whatever chat."""
    return f"{message.chat.id}.{message.message_id}"


def commands(state: State, chat: Chat, user: User) -> list[Json]:
    """Choose the menu that clients show, by the order of scopes in the Bot API."""
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
