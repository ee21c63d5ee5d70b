"""The fewest numbers that a service takes, as it tells them when it refuses a list."""

from sandbox.http import faults
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import labels, quoted
from tests.support.stories.lists import numbers
from tests.support.stories.steps import started
from tests.support.stories.story import Story


async def band_on_page(story: Story) -> str:
    """Return what the owners' page tells of Band."""
    asked = await story.anna.sends("/checks")
    page = await story.anna.sees("Checks: ", after=asked)
    return next(line for line in page.shown.splitlines() if " Band · " in line)


async def refused(story: Story, count: int, start: int = 0) -> Message:
    """Start Band on a list that its service refuses; return the card."""
    card = await quoted(story.anna, count, start)
    await story.anna.presses("Start", on=card)
    return await story.anna.sees("The service says: ", in_message=card)


async def test_a_minimum_that_a_service_tells_is_learnt(story: Story) -> None:
    """Protects the next try: it is quoted with what the service said, and nothing was spent."""
    story.world.ekyc.minimums["band"] = 500
    await story.says_hello()
    card = await refused(story, 20)
    assert "Nothing was spent" in card.shown
    assert "only 20 compliant numbers remain for band" in card.shown
    await story.anna.presses("Band", on=card)
    await story.anna.sees("from 500 numbers on, and this list has 20", in_message=card)
    assert "Start" not in labels(card)
    line = await band_on_page(story)
    assert line.startswith("🟢 Band · ≈ 0.10 USD · from 500 · Nov")
    assert "refused, “only 20 compliant" in line
    await story.restarts()
    await quoted(story.anna, 20, 30)
    await story.anna.sees("from 500 numbers on")
    assert [post.charged for post in story.world.ekyc.posts] == [False]


async def test_a_lower_minimum_takes_the_place_of_a_higher(story: Story) -> None:
    """Protects people from a minimum of yesterday; a service counts what its cleaning leaves."""
    story.world.ekyc.minimums["band"] = 60
    await story.says_hello()
    await refused(story, 20)
    assert "from 60" in await band_on_page(story)
    story.world.ekyc.minimums["band"] = 40
    story.world.ekyc.unfit = set(numbers(40, 100))
    card = await refused(story, 70, 100)
    assert "only 30 compliant numbers remain" in card.shown
    assert "from 40" in await band_on_page(story)
    card = await quoted(story.anna, 45, 300)
    await story.anna.presses("Start", on=card)
    await story.anna.receives_file()


async def test_a_minimum_without_sense_is_not_learnt(story: Story) -> None:
    """Protects a check from a service's slip of the pen, which would end it for everybody."""
    await story.says_hello()
    for place, words in enumerate(
        ("less than the minimum 0", "less than the minimum 99999999999", "too few", "minimum: ten")
    ):
        fault = faults.refused(400, "invalid_batch_size", words)
        story.world.ekyc.faults.add("create", fault, times=1)
        await refused(story, 20, 100 * place)
        assert "from 1 ·" in await band_on_page(story)


async def test_an_owner_has_a_minimum_forgotten(story: Story) -> None:
    """Protects a check whose service lowered its minimum without a word: off and on tries anew."""
    story.world.ekyc.minimums["band"] = 500
    anna = await story.says_hello()
    await refused(story, 20)
    story.world.ekyc.minimums["band"] = 1
    asked = await anna.sends("/checks")
    page = await anna.sees("Band · ≈ 0.10 USD · from 500", after=asked)
    await anna.presses("Turn off: Band", on=page)
    await anna.presses("Turn on: Band", on=page)
    await anna.sees("Band · ≈ 0.10 USD · from 1 ·", in_message=page)
    await started(story, 30, check="Band")
    await anna.receives_file()
