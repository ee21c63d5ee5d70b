"""People in groups, for stories about them."""

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

FILE = "\n".join(numbers(20)).encode()
READY = "20 numbers ready"


def said(person: Person, text: str) -> list[Message]:
    """The bot's messages in this chat that show the text."""
    return [each for each in person.messages if each.by_bot and text in each.shown]


async def handed_in(story: Story, person: Person, name: str = "list.txt") -> Message:
    """Somebody hands a file in, by naming the bot below it; gives the card."""
    sent = await person.uploads(name, FILE, caption=f"@{story.world.bot_username}")
    return await person.sees(f"{name}: {READY}", after=sent)


async def started(story: Story, person: Person, name: str = "list.txt") -> Message:
    """The same, and a check of it is started."""
    card = await handed_in(story, person, name)
    await person.presses("Telegram activity", on=card)
    await person.presses("Start", on=card)
    return card


async def sets(admin: Person, page: str, choice: str) -> None:
    """An administrator chooses something on a page of the group's settings."""
    asked = await admin.sends("/settings")
    card = await admin.sees("Settings of this group", after=asked)
    await admin.presses(page, on=card)
    await admin.presses(choice, on=card)
