"""People and invite links, for stories about access."""

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

DAY = 86_400.0


async def two_owners(story: Story, **settings: object) -> Person:
    """Start a bot that Anna and Olga own; both have opened the chat. Return Olga."""
    olga = story.world.person("Olga")
    await story.starts(owner_ids=[story.anna.id, olga.id], **settings)
    for owner in (story.anna, olga):
        await owner.sends("/start")
        await owner.sees("I check lists")
    return olga


async def link(story: Story) -> str:
    """Anna creates an invite link; return what Telegram sends for a person who opens it."""
    question = await story.anna.sends("/invite")
    told = await story.anna.sees("https://t.me/", after=question)
    address = told.shown.split("https://t.me/")[1].split()[0]
    name, _, code = address.partition("?start=")
    assert name == story.world.bot_username
    assert len(code) >= 22, "fewer than 128 bits"
    return f"/start {code}"


async def let_in(story: Story, name: str) -> Person:
    """A new person comes with an invite link."""
    person = story.world.person(name)
    await person.sends(await link(story))
    await person.sees("I check lists")
    return person


async def quoted(person: Person, count: int, start: int = 0, check: str = "Band") -> Message:
    """Send a list and open a check; return the card."""
    sent = await person.uploads("numbers.txt", "\n".join(numbers(count, start)).encode())
    card = await person.sees(f"{count} numbers ready", after=sent)
    await person.presses(check, on=card)
    return await person.sees(f"{count} numbers go to the service", in_message=card)


def said(person: Person, text: str) -> int:
    """Return how many messages of the bot show that now."""
    return sum(text in message.shown for message in person.messages if message.by_bot)


def labels(message: Message) -> list[str]:
    """Return all buttons of a message."""
    return [label for row in message.buttons for label in row]


def data_of(message: Message, label: str) -> str:
    """Return what a button of a message sends."""
    buttons = (button for row in message.content.keyboard for button in row)
    return next(str(each["callback_data"]) for each in buttons if label in each["text"])
