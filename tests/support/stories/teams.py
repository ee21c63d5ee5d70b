"""People in groups, for stories about groups."""

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

FILE = "\n".join(numbers(20)).encode()
READY = "20 numbers ready"


def said(person: Person, text: str) -> list[Message]:
    """Return the bot's messages in this chat that show the text."""
    return [each for each in person.messages if each.by_bot and text in each.shown]


def named(story: Story, command: str = "/check") -> str:
    """Return a command with the bot's name: the only form that always reaches it in a group."""
    return f"{command}@{story.world.bot_username}"


async def submitted(
    story: Story, person: Person, name: str = "list.txt", data: bytes = FILE
) -> Message:
    """Send a file with the command as its caption; return the card."""
    sent = await person.uploads(name, data, caption=named(story))
    return await person.sees(f"{name}: {READY}", after=sent)


async def started(
    story: Story, person: Person, name: str = "list.txt", data: bytes = FILE
) -> Message:
    """Send a file, and start a check of it; return the card."""
    card = await submitted(story, person, name, data)
    await person.presses("Telegram activity", on=card)
    await person.presses("Start", on=card)
    return card


async def sets(admin: Person, page: str, choice: str) -> None:
    """Choose something on a page of the group's settings, as an administrator."""
    asked = await admin.sends(f"/settings@{admin.world.state.me.username}")
    card = await admin.sees("Settings of this group", after=asked)
    await admin.presses(page, on=card)
    await admin.presses(choice, on=card)
