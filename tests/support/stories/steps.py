"""Steps that many stories share."""

from datetime import UTC, datetime

from sandbox.telegram.store.chats import Message
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story


async def started(story: Story, count: int = 20, check: str = "Telegram activity") -> Message:
    """Anna sends a list, chooses a check and taps Start; return the card."""
    anna = story.anna
    if story.app is None:
        await story.says_hello()
    await anna.uploads("numbers.txt", "\n".join(numbers(count)).encode())
    card = await anna.sees(f"{count} numbers ready")
    await anna.presses(check)
    await anna.presses("Start")
    return card


def files_of(story: Story) -> list[bytes]:
    """Return the documents that Anna's chat shows from the bot, in order."""
    return [
        message.document.data
        for message in story.anna.messages
        if message.by_bot and not message.deleted and message.document is not None
    ]


def pictures_of(story: Story) -> list[Message]:
    """Return the pictures that Anna's chat shows from the bot."""
    return [m for m in story.anna.messages if m.by_bot and not m.deleted and m.photo is not None]


def today(story: Story) -> str:
    """Return the day of the story."""
    return datetime.fromtimestamp(story.clock.now(), UTC).date().isoformat()
