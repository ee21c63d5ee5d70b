"""Polling a remote task: one card, sane counts, patience, and no change by a restart."""

from sandbox.http import faults
from tests.support.stories.steps import files_of, started
from tests.support.stories.story import Story


async def test_one_card_counts_up(story: Story) -> None:
    """Protects a person who watches: one message is edited, never above the rate limit."""
    story.world.ekyc.pace.per_second = 4
    card = await started(story, 400)
    await story.anna.sees("of 400", in_message=card)
    await story.anna.sees("Time left:", in_message=card)
    await story.anna.receives_file()
    await story.anna.sees("Done", in_message=card)
    shown = [
        int(old.text.split("░ ")[-1].split("▓ ")[-1].split(" of ")[0].replace(",", ""))
        for old in card.edits
        if old.text and " of 400" in old.text
    ]
    assert len(shown) > 5
    assert shown == sorted(shown)
    await story.anna.receives_picture()
    own = [m for m in story.anna.messages if m.by_bot and not m.document and not m.photo]
    assert len(own) == 2  # hello and the card
    assert not story.world.telegram.floods


async def test_polls_are_few_for_a_long_task(story: Story) -> None:
    """Protects the service: a task of hours is polled rarely."""
    story.world.ekyc.pace.per_second = 0.05
    await started(story, 400)
    await story.passes(3600)
    polls = len(story.world.ekyc.polls)
    assert 3600 / 180 < polls < 3600 / 5


async def test_our_own_count_while_the_service_says_none(story: Story) -> None:
    """Protects WhatsApp details: `total: 0` at first, and `completed` is not `exported`."""
    story.world.ekyc.pace.per_second = 10
    story.world.ekyc.pace.export = 120
    card = await started(story, 100, "WhatsApp details")
    await story.anna.sees("In the service's queue · 100 numbers", in_message=card)
    await story.anna.sees("100 of 100", in_message=card)
    assert not files_of(story)
    await story.anna.receives_file()


async def test_odd_words_and_counts_are_shown_sanely(story: Story) -> None:
    """Protects the card from a service that counts backwards or uses unknown words."""
    story.world.ekyc.pace.per_second = 2
    story.world.ekyc.faults.add("status", faults.Word("defragmenting"), times=3)
    story.world.ekyc.faults.add("status", faults.Backwards(), times=2)
    card = await started(story, 100)
    await story.anna.receives_file()
    await story.anna.sees("Done · 100 numbers checked", in_message=card)


async def test_a_service_that_gives_up_is_told_with_its_words(story: Story) -> None:
    """Protects against silence: `failed` ends the wait and shows the service's message."""
    story.world.ekyc.faults.add("status", faults.Failed("upstream <broke>"), times=1)
    card = await started(story)
    await story.anna.sees("took the list and then gave up", in_message=card)
    assert "The service says: “upstream <broke>”" in card.shown


async def test_a_stuck_task_expires_and_can_be_looked_at_again(story: Story) -> None:
    """Protects against waiting for ever: after a day the task expires, and one tap asks again."""
    stuck = story.world.ekyc.faults.add("status", faults.Stuck(), times=None)
    card = await started(story)
    await story.passes(25 * 3600)
    await story.anna.sees("hasn't moved on with this list for a long time", in_message=card)
    polls = len(story.world.ekyc.polls)
    await story.passes(3600)
    assert len(story.world.ekyc.polls) == polls
    stuck.off()
    await story.anna.presses("Look again")
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    assert len(story.world.ekyc.posts) == 1


async def test_a_task_the_service_forgot_is_told_after_several_tries(story: Story) -> None:
    """Protects against a 404 that passes, and against one that stays."""
    gone = faults.refused(404, "not_found", "no such task")
    story.world.ekyc.faults.add("status", gone, times=3)
    await started(story)
    await story.anna.receives_file()
    story.world.ekyc.faults.add("status", gone, times=None)
    await story.passes(10)
    card = await started(story, 30, "Band")
    await story.anna.sees("doesn't know this task any more", in_message=card)


async def test_an_hour_without_the_service_changes_nothing(story: Story) -> None:
    """Protects a running task during an outage: it is polled rarely, and continues by itself."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 100)
    await story.anna.sees("of 100", in_message=card)
    await story.world.ekyc.goes_down()
    await story.passes(3600)
    await story.world.ekyc.comes_back()
    await story.anna.receives_file()
    assert len(story.world.ekyc.posts) == 1


async def test_a_restart_goes_on_where_it_was(story: Story) -> None:
    """Protects running tasks during an upgrade: the same card counts on, and one file arrives."""
    story.world.ekyc.pace.per_second = 1
    card = await started(story, 100)
    await story.anna.sees("of 100", in_message=card)
    await story.restarts()
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    await story.anna.sees("Done", in_message=card)
    assert len(story.world.ekyc.posts) == 1
    assert len(files_of(story)) == 1


async def test_a_list_that_waits_for_a_choice_survives_a_restart(story: Story) -> None:
    """Protects the promise that no state lives in memory: old buttons work after a restart."""
    anna = await story.says_hello()
    await anna.pastes("+447400000007\n+447400000014")
    card = await anna.sees("2 numbers ready")
    await anna.presses("Band")
    await story.restarts()
    await anna.presses("Start")
    await anna.receives_file()
    await anna.sees("Done", in_message=card)


async def test_a_clock_set_back_freezes_nothing(story: Story) -> None:
    """Protects against clock corrections: a clock that jumps back a day delays nothing for long."""
    story.world.ekyc.pace.per_second = 2
    await started(story, 100)
    story.clock.jump(-24 * 3600)
    await story.anna.receives_file()
