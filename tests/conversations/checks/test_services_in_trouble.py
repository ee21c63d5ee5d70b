"""A service refuses, breaks or is silent: what a person sees, and what is charged."""

import asyncio
import itertools
from collections.abc import Callable

import pytest

from checking.services import http
from sandbox.http import faults
from sandbox.http.faults import Fault
from sandbox.people.person import Person
from tests.support.stories.lists import numbers
from tests.support.stories.steps import started
from tests.support.stories.story import Story

START, LIST_STAYS = "Start", "Your list is still here"


async def goes_well(story: Story, anna: Person, check: str) -> None:
    """Check the kept list after all; it is charged once."""
    await anna.presses(check)
    await anna.presses(START)
    file = await anna.receives_file()
    assert file.data == story.world.ekyc.tasks[-1].result_bytes
    assert [post.charged for post in story.world.ekyc.posts].count(True) == 1


REFUSALS: dict[str, tuple[Callable[[], Fault], str]] = {
    "balance": (
        lambda: faults.refused(402, "insufficient_balance", "balance too low"),
        "The account's balance at the service is too low",
    ),
    "too large": (
        lambda: faults.refused(413, "file_too_large", "too large"),
        "The list is too large for this service",
    ),
    "minimum": (
        lambda: faults.refused(
            400, "invalid_batch_size", "only 20 compliant numbers remain for ws"
        ),
        "The list is smaller than the service takes",
    ),
    "another reason": (
        lambda: faults.refused(400, "bad", "<i>we're closed</i> & so on"),
        "The service says: “<i>we're closed</i> & so on”",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
async def test_a_clear_no_costs_nothing_and_keeps_the_list(story: Story, case: str) -> None:
    """Protects money and list: after a clear refusal the next try is two taps away."""
    fault, says = REFUSALS[case]
    story.world.ekyc.faults.add("create", fault(), times=1)
    card = await started(story)
    await story.anna.sees(says, in_message=card)
    assert "Nothing was spent" in card.shown or "refused" in card.shown
    await story.anna.sees(LIST_STAYS, in_message=card)
    await goes_well(story, story.anna, "Band")


async def test_the_real_minimum_and_balance_refuse(story: Story) -> None:
    """Protects against wrong fakes: the service's own rules lead to the same ends."""
    story.world.ekyc.minimums["tg_active"] = 500
    card = await started(story)
    await story.anna.sees("smaller than the service takes", in_message=card)
    story.world.ekyc.balance = 0.0
    await story.anna.presses("Band")
    await story.anna.presses(START)
    await story.anna.sees("balance at the service is too low", in_message=card)
    assert not story.world.ekyc.tasks


async def test_a_refused_key_pauses_the_checks_and_tells_the_owner_once(story: Story) -> None:
    """Protects against a refused key: its checks pause, and the owner gets one note each way."""
    await story.starts(access="open")
    bob = story.world.person("Bob")
    await story.anna.sends("/start")
    await bob.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await bob.sees("20 numbers ready")
    key, story.world.ekyc.api_key = story.world.ekyc.api_key, "another"
    await bob.presses("Telegram activity")
    await story.anna.sees("ekyc refuses this bot's key")
    await story.passes(1900)
    told = [m for m in story.anna.messages if "refuses this bot's key" in m.shown]
    assert len(told) == 1
    story.world.ekyc.api_key = key
    await story.passes(700)
    await story.anna.sees("ekyc accepts the key again")


async def test_a_key_refused_at_start_leaves_the_other_service(story: Story) -> None:
    """Protects a list from a refused key at one service: the other service still takes it."""
    story.world.ekyc.faults.add("create", faults.refused(401, "unauthorized", "no"), times=None)
    card = await started(story)
    await story.anna.sees("doesn't accept this bot's key", in_message=card)
    assert any("⏸ Band" in row for row in card.buttons)
    answer = await story.anna.presses("⏸ Band")
    assert answer.show_alert
    assert "isn't available at the moment" in answer.text
    await story.anna.presses("Active number")
    await story.anna.presses(START)
    file = await story.anna.receives_file()
    assert file.data == story.world.checknumber.tasks[0].result_bytes


async def test_a_service_that_is_down_is_tried_until_it_is_up(story: Story) -> None:
    """Protects a waiting list: nothing was sent, so it is retried, and charged once in the end."""
    await story.says_hello()
    await story.world.ekyc.goes_down()
    card = await started(story)
    await story.anna.sees("The service can't be reached at the moment", in_message=card)
    await story.passes(600)
    await story.world.ekyc.comes_back()
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    assert len(story.world.ekyc.posts) == 1


async def test_waiting_can_be_called_off(story: Story) -> None:
    """Protects the way back: a list that waits for a dead service can go to another one."""
    await story.says_hello()
    await story.world.ekyc.goes_down()
    card = await started(story)
    await story.anna.sees("can't be reached", in_message=card)
    await story.anna.presses("Don't hand it in")
    await story.anna.sees("Dropped. I send nothing more for this check. Nothing", in_message=card)
    await story.anna.presses("Active number")
    await story.anna.presses(START)
    await story.anna.receives_file()


@pytest.mark.parametrize("form", ["seconds", "date"])
async def test_too_many_requests_waits_just_so(story: Story, form: str) -> None:
    """Protects the service's Retry-After: after a 429 nothing is posted before the given time."""
    await story.says_hello()
    until = story.clock.now() + 120
    busy = faults.too_many(120) if form == "seconds" else faults.too_many(at=until)
    story.world.ekyc.faults.add("create", busy, times=1)
    card = await started(story)
    await story.anna.sees("busy and asked me to wait", in_message=card)
    await story.anna.receives_file()
    first, second = (post.time for post in story.world.ekyc.posts)
    wanted = first + 120 if form == "seconds" else until
    assert wanted - 1 <= second <= wanted + 31  # a loop checks the clock every half minute


UNCLEAR: dict[str, tuple[Callable[[], Fault], bool]] = {
    "reply lost": (faults.ReplyLost, True),
    "cut off": (faults.Dropped, False),
    "502": (faults.bad_gateway, False),
    "500 page": (faults.error_page, False),
    "500 page though it was taken": (lambda: faults.error_page(carried_out=True), True),
    "not JSON": (faults.not_json, True),
    "no task id": (faults.no_task_id, True),
    "redirect": (lambda: faults.Redirect("/v1/elsewhere"), False),
    "silence": (faults.Silence, True),
}


@pytest.mark.parametrize("case", UNCLEAR)
async def test_what_is_unclear_is_never_posted_again_by_itself(
    story: Story, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects against paying twice: only the person decides about a second POST."""
    monkeypatch.setattr(http, "PAID_SECONDS", 0.3)
    story.world.ekyc.faults.add("create", UNCLEAR[case][0](), times=1)
    card = await started(story)
    await story.anna.sees("I don't know whether the service took this list", in_message=card)
    await story.anna.sees("It is unclear whether ekyc took a list")
    await story.passes(3600)
    assert len(story.world.ekyc.posts) == 1
    assert not story.world.ekyc.strays
    await story.anna.presses("Send again (may be charged twice)")
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[-1].result_bytes
    assert len(story.world.ekyc.posts) == 2


async def test_a_service_of_errors_is_tried_a_few_times(story: Story) -> None:
    """Protects a list from one bad moment of the service: its own 500 is free, and passes."""
    story.world.ekyc.faults.add("create", faults.server_error(), times=3)
    card = await started(story)
    await story.anna.sees("The service reports an error of its own", in_message=card)
    await story.anna.receives_file()
    times = [post.time for post in story.world.ekyc.posts]
    pauses = [later - sooner for sooner, later in itertools.pairwise(times)]
    assert len(pauses) == 3
    assert pauses == sorted(pauses)
    assert [post.charged for post in story.world.ekyc.posts].count(True) == 1


async def test_a_service_of_nothing_but_errors_costs_nothing(story: Story) -> None:
    """Protects the list: after a few errors of the service it is kept, and its person told."""
    await story.says_hello()
    story.world.ekyc.faults.add("create", faults.too_many(5), times=9)
    story.world.ekyc.faults.add("create", faults.server_error(), times=3)
    story.world.ekyc.faults.add("create", faults.too_many(5), times=1)
    errors = story.world.ekyc.faults.add("create", faults.server_error(), times=None)
    card = await started(story)
    await story.passes(300)
    await story.restarts()
    await story.passes(1800)
    await story.anna.sees("answered with errors of its own", in_message=card)
    assert "Nothing was spent" in card.shown
    assert errors.hits == 5
    assert not story.world.ekyc.tasks
    errors.off()
    await story.anna.sees(LIST_STAYS, in_message=card)
    await goes_well(story, story.anna, "Band")


async def test_a_restart_does_not_post_what_is_unclear(story: Story) -> None:
    """Protects against paying twice after a restart, and hours later."""
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    card = await started(story)
    await story.anna.sees("I don't know whether the service took this list", in_message=card)
    await story.restarts()
    await story.passes(3 * 3600)
    assert len(story.world.ekyc.posts) == 1
    assert any("Send again" in label for row in card.buttons for label in row)


async def test_an_unclear_list_can_be_dropped(story: Story) -> None:
    """Protects the other choice: after a drop nothing more is sent, and the list stays."""
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    card = await started(story)
    await story.anna.sees("If you drop it, it may still be charged", in_message=card)
    await story.anna.presses("Drop it")
    await story.anna.sees("the service may still charge for what was on its way", in_message=card)
    await story.passes(3600)
    assert len(story.world.ekyc.posts) == 1
    assert any("Telegram activity" in row for row in card.buttons)


async def test_the_same_task_id_twice_is_refused(story: Story) -> None:
    """Protects two lists from one result: a task id that is already in use is refused."""
    card = await started(story)
    await story.anna.receives_file()
    story.world.ekyc.faults.add("create", faults.SameTaskId(), times=1)
    await story.anna.uploads("other.txt", "\n".join(numbers(30)).encode())
    card = await story.anna.sees("30 numbers ready")
    await story.anna.presses("Band")
    await story.anna.presses(START)
    await story.anna.sees("I don't know whether the service took this list", in_message=card)
    await story.anna.sees("It is unclear whether ekyc took a list")


async def test_fifty_taps_on_start_pay_once(story: Story) -> None:
    """Protects against impatience: Start works once, however often it is tapped."""
    anna = await story.says_hello()
    await anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await anna.sees("20 numbers ready")
    await anna.presses("Telegram activity")
    card = await anna.sees("20 numbers go to the service")
    answers = await asyncio.gather(*(anna.presses(START, on=card) for _ in range(50)))
    assert sum(answer.text == "" for answer in answers) == 1
    await anna.receives_file()
    assert len(story.world.ekyc.posts) == 1
