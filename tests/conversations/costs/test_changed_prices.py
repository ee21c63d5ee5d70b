"""A price that changes between a card and a tap on it."""

from decimal import Decimal
from pathlib import Path

from sandbox.http import faults
from sandbox.people.person import Person
from sandbox.people.presses import tapped
from sandbox.telegram.store.chats import Message
from storage.records import learnt_prices
from storage.records.learnt_prices import Learnt
from tests.support.stories.costs import own_prices, posted, used
from tests.support.stories.crowd import data_of, quoted
from tests.support.stories.story import Story


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


async def learns(story: Story, amount: str) -> None:
    """Have the service charge so much for 1,000 numbers, on another replica, say."""
    assert story.app is not None
    async with story.app.database.write() as connection:
        learnt = Learnt(Decimal(amount), 1000, "USD")
        await learnt_prices.put(connection, "ekyc", "band", learnt, story.clock.now())


async def test_two_taps_on_the_old_price_start_nothing(story: Story, tmp_path: Path) -> None:
    """Protects money from a double tap: its second half isn't an answer to the new price."""
    bob, card = await doubled(story, tmp_path)
    data = data_of(card, "Start")
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
    data = data_of(card, "Start")
    tapped(bob, card, data)
    await story.passes(100)
    tapped(bob, card, data)
    await story.passes(60)
    assert await used(story) == []


async def test_sending_again_at_another_price_is_asked_about(story: Story, tmp_path: Path) -> None:
    """Protects money after an unclear try: nothing goes again at a price that no card said."""
    file = own_prices(tmp_path, "[band]\nprice = 10\n")
    await story.starts(access="open", checkers_file=file)
    bob = story.world.person("Bob")
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    card = await quoted(bob, 100)
    await bob.presses("Start", on=card)
    await bob.sees("Sending it again costs 1.00 USD once more.", in_message=card)
    own_prices(tmp_path, "[band]\nprice = 20\n")
    await story.restarts()
    data = data_of(card, "Send again")
    for _ in range(2):
        tapped(bob, card, data)
    await story.passes(60)
    assert len(story.world.ekyc.posts) == 1
    await bob.sees("Sending it again costs 2.00 USD once more.", in_message=card)
    answer = await bob.forges(data, card)
    assert "The price has changed since. Nothing was sent again." in answer.text
    await bob.presses("Send again", on=card)
    await bob.receives_file()
    assert await used(story) == [
        ("unclear", "1", "own", "0.01", "about"),
        ("spent", "2", "own", "0.1", "actual"),
    ]


async def test_a_learnt_price_far_above_the_listed_one_is_asked_about(story: Story) -> None:
    """Protects money: about 0.07 is no yes to the 0.70 that was learnt while the card was open."""
    anna = await story.says_hello()
    card = await quoted(anna, 700)
    assert "Price: ≈ 0.07 USD" in card.shown
    await learns(story, "1")
    answer = await anna.presses("Start", on=card)
    assert "The price has changed since. Nothing was started" in answer.text
    await anna.sees("Price: 0.70 USD", in_message=card)
    assert await used(story) == []
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert len(story.world.ekyc.posts) == 1


async def test_a_learnt_price_like_the_listed_one_needs_no_second_tap(story: Story) -> None:
    """Protects people from a question about next to nothing, or about a price that fell."""
    anna = await story.says_hello()
    near, less = await quoted(anna, 700), await quoted(anna, 600, start=1000)
    await learns(story, "0.11")
    await anna.presses("Start", on=near)
    await anna.receives_file()
    await learns(story, "0.05")
    await anna.presses("Start", on=less)
    await anna.receives_file()


async def test_sending_again_at_a_price_learnt_since_is_asked_about(story: Story) -> None:
    """Protects money after an unclear try whose cost was only about known."""
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    anna = await story.says_hello()
    card = await posted(anna, 700)
    await anna.sees("Sending it again costs ≈ 0.07 USD once more.", in_message=card)
    await learns(story, "1")
    answer = await anna.presses("Send again", on=card)
    assert "The price has changed since. Nothing was sent again." in answer.text
    await anna.sees("Sending it again costs 0.70 USD once more.", in_message=card)
    assert len(story.world.ekyc.posts) == 1
    await anna.presses("Send again", on=card)
    await anna.receives_file()
    assert len(story.world.ekyc.posts) == 2
