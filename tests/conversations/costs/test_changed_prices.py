"""A price that changes between a card and a tap on it."""

from pathlib import Path

from sandbox.http import faults
from sandbox.people.person import Person
from sandbox.people.presses import tapped
from sandbox.telegram.store.chats import Message
from tests.support.stories.costs import own_prices, used
from tests.support.stories.crowd import quoted
from tests.support.stories.story import Story


def start_of(card: Message) -> str:
    """Return the data of the button *Start*."""
    buttons = [button for row in card.content.keyboard for button in row]
    return next(str(each["callback_data"]) for each in buttons if "Start" in each["text"])


async def doubled(story: Story, home: Path) -> tuple[Person, Message]:
    """Have Bob see a check for 1.00 USD, which costs twice as much then."""
    file = own_prices(home, "[band]\nprice = 10\n")
    await story.starts(access="open", checkers_file=file)
    bob = story.world.person("Bob")
    card = await quoted(bob, 100)
    assert "Price: 1.00 USD" in card.shown
    own_prices(home, "[band]\nprice = 20\n")
    await story.restarts()
    return bob, card


async def test_two_taps_on_the_old_price_start_nothing(story: Story, tmp_path: Path) -> None:
    """Protects money from a double tap: its second half isn't an answer to the new price."""
    bob, card = await doubled(story, tmp_path)
    data = start_of(card)
    for _ in range(2):
        tapped(bob, card, data)
    await story.passes(60)
    assert await used(story) == []
    await bob.sees("Price: 2.00 USD", in_message=card)
    await bob.presses("Start", on=card)
    await story.passes(60)
    assert len(story.world.ekyc.posts) == 1


async def test_a_card_that_could_not_be_changed_starts_nothing(
    story: Story, tmp_path: Path
) -> None:
    """Protects money where the new price never reached the screen."""
    bob, card = await doubled(story, tmp_path)
    story.world.telegram.faults.add("editMessageText", faults.bad_gateway(), times=8)
    data = start_of(card)
    tapped(bob, card, data)
    await story.passes(100)
    tapped(bob, card, data)
    await story.passes(60)
    assert await used(story) == []
