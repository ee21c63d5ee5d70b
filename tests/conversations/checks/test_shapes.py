"""The services' answers in the shapes that were seen: the list is checked, or its person told."""

import pytest

from sandbox.http import faults
from tests.support.stories.lists import numbers
from tests.support.stories.steps import started
from tests.support.stories.story import Story

COUNTS = frozenset({"total", "success", "failure"})
STATUSES: dict[str, faults.Fault] = {
    "500 of its own": faults.server_error(),
    "500 page": faults.error_page(),
    "no counts": faults.OtherFields(COUNTS),
    "no counts, no times": faults.OtherFields(COUNTS | {"created_at", "updated_at", "user_id"}),
    "more fields": faults.OtherFields(more={"queue": {"place": 7}, "actual_amount": None}),
    "invalid id": faults.refused(400, "invalid_request", "Invalid task ID"),
    "invalid id as text": faults.Answer(400, "Invalid task ID", "text/plain"),
}


@pytest.mark.parametrize("case", STATUSES)
async def test_an_odd_status_is_outlived(story: Story, case: str) -> None:
    """Protects a running check: what is odd for a while ends with the file all the same."""
    ekyc = story.world.ekyc
    ekyc.created_status, ekyc.pace.per_second = 202, 20
    ekyc.faults.add("create", faults.OtherFields(COUNTS, {"note": "x"}))
    ekyc.faults.add("status", STATUSES[case], times=4)
    card = await started(story, 100)
    file = await story.anna.receives_file()
    assert file.data == ekyc.tasks[0].result_bytes
    await story.anna.sees("Done · 100 numbers checked", in_message=card)
    assert [post.outcome for post in ekyc.posts] == ["202"]


@pytest.mark.parametrize("case", ["invalid id", "invalid id as text"])
async def test_an_invalid_id_is_an_unknown_task(story: Story, case: str) -> None:
    """Protects against waiting for a task that the service has forgotten: it says so with a 400."""
    story.world.ekyc.faults.add("status", STATUSES[case], times=None)
    card = await started(story)
    await story.passes(3600)
    await story.anna.sees("doesn't know this task any more", in_message=card)


async def test_no_counts_at_all(story: Story) -> None:
    """Protects a list at a service that never counts: our own count stands, and the file comes."""
    story.world.ekyc.faults.add("status", faults.OtherFields(COUNTS), times=None)
    card = await started(story, 30)
    await story.anna.receives_file()
    await story.anna.sees("Done · 30 numbers checked", in_message=card)


async def test_a_refusal_in_bare_text_is_passed_on(story: Story) -> None:
    """Protects people from a silent no: the service's words are shown, also without JSON."""
    words = faults.Answer(400, "this route is closed <today>", "text/plain")
    story.world.ekyc.faults.add("create", words)
    card = await started(story)
    await story.anna.sees("The service says: “this route is closed <today>”", in_message=card)
    page = faults.Answer(400, "<html><h1>400 Bad Request</h1></html>", "text/html")
    story.world.ekyc.faults.add("create", page)
    await story.anna.presses("Band")
    await story.anna.presses("Start")
    await story.anna.sees("Your list is still here", in_message=card)
    assert "400" not in card.shown
    assert not story.world.ekyc.tasks


async def test_a_failure_without_words(story: Story) -> None:
    """Protects against a made-up reason: `failed` without a message is told as just that."""
    story.world.ekyc.faults.add("status", faults.OtherFields(COUNTS, {"status": "failed"}))
    card = await started(story)
    await story.anna.sees("took the list and then gave up", in_message=card)
    assert "The service says" not in card.shown


async def test_a_balance_as_text_is_shown(story: Story) -> None:
    """Protects the page before Start: the service writes amounts as text."""
    story.world.ekyc.balance_in_words, story.world.ekyc.balance = True, 12.5
    anna = await story.says_hello()
    await anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await anna.sees("20 numbers ready")
    await anna.presses("Band")
    card = await anna.sees("20 numbers go to the service")
    assert "12.5" in card.shown
