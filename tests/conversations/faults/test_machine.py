"""Our own machine: a full disk, a stop at the worst moment, a clock that jumps, old updates."""

import pytest
from structlog.testing import capture_logs

from bot import app
from checking.lists import ListLedger
from sandbox.http import faults
from storage.database import AwayError
from tests.support.databases.engines import only_sqlite
from tests.support.stories.crowd import DAY
from tests.support.stories.faulting import (
    breaks_off,
    cards,
    got_it_once,
    leaves_no_room,
    makes_room,
    paid,
    sets_clock,
    takes_again,
)
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import (
    ACCOUNT,
    YES,
    answers,
    asked,
    instance_of,
    leaps,
    opens,
    times,
)
from tests.support.stories.steps import files_of, started
from tests.support.stories.story import Story

UNCLEAR = "I don't know whether the service took this list"
PAUSE, LATE = 7200.0, 40.0


async def test_what_comes_twice_has_one_effect(story: Story) -> None:
    """Protects money and order: Telegram repeats each update, then restarts its ids."""
    anna = await story.says_hello()
    await started(story)
    await anna.receives_file()
    await anna.sees("Done")
    telegram = story.world.telegram
    await anna.receives_picture()
    before = len(anna.messages)
    for update_id in list(story.world.state.updates.sent):
        telegram.redeliver(update_id)
    await story.passes(60)
    assert len(anna.messages) == before
    assert story.world.pending_updates == 0
    got_it_once(story)
    telegram.jump(5)
    await anna.uploads("low.txt", "\n".join(numbers(30)).encode())
    await anna.sees("low.txt: 30 numbers ready")
    assert min(story.world.state.updates.sent) == 5


@only_sqlite
async def test_a_full_disk_holds_lists_back_at_telegram(story: Story) -> None:
    """Protects what people send: it stays at Telegram until there is room, and is read then."""
    anna = await story.says_hello()
    assert story.app is not None
    await leaves_no_room(story.app.database)
    with capture_logs() as logs:
        pieces = await anna.pastes("\n".join(numbers(3000)))
        await story.passes(300)
    assert story.world.pending_updates == len(pieces)
    assert not cards(story, "ready")
    assert "update storage failed" in {each["event"] for each in logs}
    await makes_room(story.app.database)
    await anna.sees("Pasted list: 3,000 numbers ready", gone="not numbers")
    assert story.world.pending_updates == 0
    assert len(cards(story, "ready")) == 1


async def test_a_database_that_goes_away_in_a_handler_loses_nothing(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects what somebody sent: it is handled when the database is back, with one effect."""
    anna = await story.says_hello()
    take, refusals = ListLedger.take, 3

    async def away(self: ListLedger, *args: object) -> bool:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise AwayError("the server closed the connection")
        return await take(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(ListLedger, "take", away)
    await anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await story.passes(60)
    await anna.sees("20 numbers ready")
    assert not refusals
    assert not any("Something went wrong" in each.shown for each in anna.messages)


@only_sqlite
async def test_a_disk_that_is_full_before_the_post_costs_nothing(story: Story) -> None:
    """Protects money: what can't be stored is not posted, and is posted when there is room."""
    await story.says_hello()
    assert story.app is not None
    await breaks_off(story.app.database, "submitting")
    with capture_logs() as logs:
        card = await started(story)
        await story.anna.sees("Waiting to be handed in", in_message=card)
        await story.passes(600)
    assert 5 < sum(each["event"] == "step failed" for each in logs) < 30
    assert not story.world.ekyc.posts
    await takes_again(story.app.database)
    await story.anna.receives_file()
    await story.anna.sees("Done", in_message=card)
    got_it_once(story)


@only_sqlite
@pytest.mark.parametrize("restart", [False, True])
async def test_a_disk_that_is_full_after_the_post_forgets_no_id(
    story: Story,
    restart: bool,  # noqa: FBT001 # a case
) -> None:
    """Protects what was paid: a task id that could not be stored is followed when there is room."""
    await story.says_hello()
    assert story.app is not None
    await breaks_off(story.app.database, "submitted")
    with capture_logs() as logs:
        card = await started(story)
        await story.world.until(lambda: story.world.ekyc.tasks or None, "it was taken")
        await story.passes(600)
        if restart:
            await story.restarts()
            await story.passes(60)
    assert {"answer not stored"} == {
        each["event"] for each in logs if each["log_level"] in {"warning", "error"}
    }
    await story.anna.sees("Handing in", in_message=card)
    await takes_again(story.app.database)
    await story.anna.receives_file()
    await story.anna.sees("Done", in_message=card)
    assert not cards(story, UNCLEAR)
    got_it_once(story)


async def test_a_stop_waits_for_a_post(story: Story) -> None:
    """Protects every upgrade: an answer that arrives during the stop's grace period is kept."""
    await story.says_hello()
    story.world.ekyc.faults.add("create", faults.Slow(0.2, real=True), times=1)
    await started(story)
    await story.world.until(lambda: story.world.ekyc.posts or None, "it is on its way")
    assert not story.world.ekyc.tasks
    await story.restarts()
    await story.anna.receives_file()
    await story.anna.sees("Done")
    assert not cards(story, UNCLEAR)
    got_it_once(story)


async def test_a_stop_lets_calls_have_their_turn(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects what is being said while the bot is upgraded: it may wait for a chat's pace."""
    monkeypatch.setattr(app, "DRAIN_SECONDS", DAY)
    card = await started(story)
    await story.anna.receives_file()
    await story.restarts()
    await story.anna.sees("Done", in_message=card)
    got_it_once(story)


async def test_a_stop_in_a_post_without_an_answer_asks(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects money over an upgrade: a POST without an answer is asked about, not repeated."""
    monkeypatch.setattr(app, "DRAIN_SECONDS", 0.2)
    await story.says_hello()
    story.world.ekyc.faults.add("create", faults.Silence(), times=1)
    card = await started(story)
    await story.world.until(lambda: story.world.ekyc.tasks or None, "it was taken")
    await story.restarts()
    await story.anna.sees(UNCLEAR, in_message=card)
    await story.anna.sees("It is unclear whether ekyc took a list")
    await story.passes(3600)
    assert (len(story.world.ekyc.posts), paid(story)) == (1, 1)


async def test_a_clock_set_forward_gives_up_nothing(story: Story) -> None:
    """Protects running checks: a day skipped by the clock is not a day without progress."""
    story.world.ekyc.pace.per_second = 0.008
    card = await started(story, 900)
    await story.anna.sees(" of 900", in_message=card)
    sets_clock(story, DAY + PAUSE)
    await story.passes(30)
    assert int(card.shown.partition(" of 900")[0].split()[-1]) > 700
    story.world.ekyc.pace.per_second = 100.0
    await story.anna.receives_file()
    await story.anna.sees("Done", in_message=card)
    got_it_once(story)


async def test_a_clock_set_back_makes_no_pause_longer(story: Story) -> None:
    """Protects people who wait in a pause: it ends after its time, not a day later."""
    answers(story)
    bob = await opens(story)
    instance_of(story).limit = 0
    await bob.sends(YES)
    card = await bob.sees("has to wait")
    instance_of(story).limit, instance_of(story).paused_until = 50, 0.0
    sets_clock(story, -DAY)
    back = story.clock.now()
    await leaps(story, LATE)
    await leaps(story, PAUSE - LATE - 1)
    assert asked(story) == [YES]
    await bob.sees(f"Its chat id: {ACCOUNT}", in_message=card)
    assert PAUSE <= times(story)[1] - back < PAUSE + 2 * LATE
    assert files_of(story) == []
