"""A check that doesn't move on, for whatever reason, ends within a day, and its person is told."""

from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from sandbox.http import faults
from sandbox.http.faults import Fault
from tests.support.stories.steps import started
from tests.support.stories.story import Story

A_DAY = 25 * 3600

IN_THE_WAY: dict[str, tuple[Callable[[], Fault], str]] = {
    "key refused": (
        lambda: faults.refused(401, "unauthorized", "no"),
        "hasn't accepted this bot's key for a long time",
    ),
    "busy": (faults.too_many, "has been too busy to answer for a long time"),
    "busy for hours": (lambda: faults.too_many(20 * 3600), "too busy to answer for a long time"),
    "broken": (faults.bad_gateway, "hasn't moved on with this list for a long time"),
    "stuck": (faults.Stuck, "hasn't moved on with this list for a long time"),
}


@pytest.mark.parametrize("case", IN_THE_WAY)
async def test_what_stays_in_the_way_ends_a_check(story: Story, case: str) -> None:
    """Protects against waiting for ever: a day later each card says what was in the way."""
    fault, says = IN_THE_WAY[case]
    story.world.ekyc.pace.per_second = 0
    cards = [await started(story)]
    await story.anna.uploads("more.txt", b"+447400900900\n+447400900901")
    cards.append(await story.anna.sees("2 numbers ready"))
    await story.anna.presses("WhatsApp details", on=cards[1])
    await story.anna.presses("Start", on=cards[1])
    await story.anna.sees("0 of 2", in_message=cards[1])
    planned = story.world.ekyc.faults.add("status", fault(), times=None)
    await story.passes(A_DAY)
    for card in cards:
        await story.anna.sees(says, in_message=card)
    planned.off()
    story.world.ekyc.pace.per_second = 500
    await story.passes(20 * 3600)
    await story.anna.presses("Look again", on=cards[0])
    await story.anna.receives_file()
    assert len(story.world.ekyc.posts) == 2


async def test_a_service_that_was_taken_out_of_the_settings(story: Story) -> None:
    """Protects a paid check whose key was removed: its person is told, and it goes on later."""
    story.world.ekyc.pace.per_second = 0.01
    card = await started(story)
    await story.anna.sees("of 20", in_message=card)
    await story.restarts(ekyc_api_key=None)
    await story.passes(A_DAY)
    await story.anna.sees("This check isn't set up here any more", in_message=card)
    story.settings.pop("ekyc_api_key")
    await story.restarts()
    await story.anna.presses("Look again", on=card)
    await story.anna.receives_file()
    assert len(story.world.ekyc.posts) == 1


async def test_a_flavour_that_was_taken_out_of_the_settings(story: Story) -> None:
    """Protects checks that need a user id from its removal: one waits and is told, one is free."""
    story.world.ekyc.pace.per_second = 0.01
    running = await started(story, check="WhatsApp details")
    await story.anna.sees("of 20", in_message=running)
    story.world.ekyc.faults.add("create", faults.too_many(3600), times=1)
    waiting = await started(story, 30, check="WhatsApp details")
    await story.anna.sees("busy and asked me to wait", in_message=waiting)
    with capture_logs() as logs:
        await story.restarts(ekyc_user_id="")
        await story.passes(A_DAY)
        await story.anna.sees("This check isn't set up any more. Nothing was", in_message=waiting)
        await story.anna.sees("This check isn't set up here any more", in_message=running)
    assert not [line for line in logs if line["log_level"] == "error"]
    assert len(story.world.ekyc.posts) == 2


@pytest.mark.parametrize("case", ["busy", "down"])
async def test_a_list_that_nobody_takes_is_given_back(story: Story, case: str) -> None:
    """Protects the list: after a day of asking in vain it is free for another service."""
    await story.says_hello()
    if case == "busy":
        story.world.ekyc.faults.add("create", faults.too_many(3600), times=None)
    else:
        await story.world.ekyc.goes_down()
    card = await started(story)
    await story.passes(A_DAY)
    await story.anna.sees("so I stopped trying", in_message=card)
    assert "Nothing was spent" in card.shown
    await story.anna.presses("Active number", on=card)
    await story.anna.presses("Start", on=card)
    await story.anna.receives_file()


async def test_only_404s_in_a_row_mean_unknown(story: Story) -> None:
    """Protects a paid task: one 404 after other failures, or between them, ends nothing."""
    gone = faults.refused(404, "not_found", "no such task")
    for _ in range(3):
        story.world.ekyc.faults.add("status", faults.bad_gateway(), times=4)
        story.world.ekyc.faults.add("status", gone, times=2)
    await started(story)
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
