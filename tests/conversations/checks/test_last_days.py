"""What waits for somebody who doesn't come, or can't be reached, isn't kept for ever."""

from sandbox.http import faults
from tests.support.canaries import blobs
from tests.support.stories.faulting import paid
from tests.support.stories.lookups import YES, answers, opens
from tests.support.stories.steps import started
from tests.support.stories.story import Story

DAY = 86_400.0
OF_NUMBERS = {"lists.body", "lookups.number"}


async def kept(story: Story) -> set[str]:
    """Return which numbers are kept, and which result files."""
    assert story.app is not None
    sealed = {purpose for purpose, *_ in await blobs(story.app.database)}
    return sealed & OF_NUMBERS | {path.suffix for path in (story.home / "results").glob("*")}


async def test_a_result_for_a_person_who_blocks_the_bot_has_a_last_day(story: Story) -> None:
    """Protects numbers and results of people who never come back; who does may have it again."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 100)
    await story.anna.sees("of 100", in_message=card)
    story.anna.blocks_bot()
    await story.passes(29 * DAY)
    assert await kept(story) == {"lists.body", ".zip"}
    await story.passes(2 * DAY)
    assert await kept(story) == set()
    story.anna.unblocks_bot()
    await story.anna.sees("The result lay here for 30 days", in_message=card)
    await story.anna.presses("Look again", on=card)
    assert (await story.anna.receives_file()).data == story.world.ekyc.tasks[0].result_bytes
    assert paid(story) == 1


async def test_a_check_that_nobody_decides_about_has_a_last_day(story: Story) -> None:
    """Protects the numbers of a list whose fate is unclear, and that nothing more is paid."""
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    card = await started(story)
    await story.anna.sees("I don't know whether the service took this list", in_message=card)
    await story.passes(29 * DAY)
    assert await kept(story) == {"lists.body"}
    await story.passes(3 * DAY)
    assert await kept(story) == set()
    assert "This check waited for 30 days" in card.shown
    assert not card.buttons
    assert paid(story) == 1


async def test_a_number_that_nobody_answers_has_a_last_day(story: Story) -> None:
    """Protects a number whose lookup waits for a service that is gone."""
    answers(story)
    bob = await opens(story)
    await story.world.green.goes_down()
    await bob.sends(YES)
    card = await bob.sees("has to wait")
    await story.passes(29 * DAY)
    assert await kept(story) == {"lookups.number"}
    await story.passes(3 * DAY)
    assert await kept(story) == set()
    assert "cancelled" in card.shown
