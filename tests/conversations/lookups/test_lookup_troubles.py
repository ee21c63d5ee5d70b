"""Errors of the lookup service besides its limit: everybody is answered in the end."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import sandbox.services.lookups
from bot.logs import configure
from checking.services import http
from sandbox.http import faults
from sandbox.http.faults import Fault
from storage.lookups import cache
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import (
    ACCOUNT,
    YES,
    answers,
    asked,
    clock_of,
    gaps,
    hears_nothing,
    instance_of,
    leaps,
    opens,
    said,
    times,
    was_asked,
)
from tests.support.stories.story import Story

BACK = "of the lookup service works again."
FAILING = (
    "of the lookup service has given no sound answer several times in a row. "
    "I keep trying, ever more slowly."
)
HAS_TO_WAIT = "has to wait"
LATE = 40.0  # a loop checks the clock every half minute

UNSOUND: list[Callable[[], Fault]] = [
    lambda: faults.Answer(200, '{"exist": "yes", "chatId": "1"}'),
    lambda: faults.refused(400, "bad_request", "no idea"),
    faults.server_error,
    faults.not_json,
    faults.Dropped,
    faults.Silence,
]
LASTING = UNSOUND[-4:]


def notes(story: Story) -> list[str]:
    """Return the notes that Anna got as the owner."""
    return [each.shown for each in said(story.anna) if "lookup service" in each.shown]


async def test_an_unready_instance_is_tried_once_a_minute(story: Story) -> None:
    """Protects people who wait while an instance is logged in again: lookups then resume."""
    answers(story)
    bob = await opens(story)
    instance_of(story).authorized = False
    await bob.sends(YES)
    card = await bob.sees(HAS_TO_WAIT)
    await story.anna.sees("is starting or not authorized. Log it in again")
    for count in (2, 3):
        await hears_nothing(story, times(story)[-1] + 60)
        await was_asked(story, count)
    instance_of(story).authorized = True
    await bob.sees(f"Its chat id: {ACCOUNT}", in_message=card)
    await story.anna.sees(BACK)
    assert all(60 <= gap < 60 + LATE for gap in gaps(times(story)))
    assert len(asked(story)) == 4
    assert len(notes(story)) == 2
    assert said(bob) == [card]


async def test_a_used_up_plan_is_left_alone_until_the_next_month(story: Story) -> None:
    """Protects from thousands of useless requests: none is made before the plan renews."""
    answers(story)
    bob = await opens(story)
    instance_of(story).quota = 0
    await bob.sends(YES)
    card = await bob.sees("Next try at 2026-12-01 00:00 UTC")
    december = datetime(2026, 12, 1, tzinfo=UTC).timestamp()
    assert clock_of(card) == december
    await story.anna.sees("holds no more requests this month")
    await story.restarts()
    await hears_nothing(story, december)
    instance_of(story).quota = 100
    await bob.sees(f"Its chat id: {ACCOUNT}", in_message=card)
    await story.anna.sees(BACK)
    assert asked(story) == [YES] * 2
    assert len(notes(story)) == 2
    assert said(bob) == [card]


async def test_a_refused_token_is_set_aside(tmp_path: Path) -> None:
    """Protects the account at the service: a wrong token is tried once an hour."""
    async with Story(tmp_path, instances=2) as story:
        answers(story)
        bob = await opens(story)
        for instance, status in zip(story.world.green.instances, (401, 403), strict=True):
            refused = faults.refused(status, "unauthorized", "Unauthorized")
            story.world.green.faults.add(str(instance.id), refused, times=None)
        await bob.sends(YES)
        card = await bob.sees(HAS_TO_WAIT)
        assert [each.status for each in story.world.green.asked] == [401, 403]
        await hears_nothing(story, times(story)[0] + 3600)
        await was_asked(story, 4)
        await leaps(story, 60)
        assert ["refuses the id or token of instance" in each for each in notes(story)] == [
            True
        ] * 2
        story.world.green.faults.clear()
        await story.restarts()  # the new token may be right, so it is tried at once
        restart = story.clock.now()
        await bob.sees(f"Its chat id: {ACCOUNT}", in_message=card)
        await story.anna.sees(BACK)
        assert times(story)[4] < restart + LATE
        assert len(asked(story)) == 5
        assert said(bob) == [card]


async def test_unsound_answers_are_told_once_and_outlived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects people and owner: lookups wait, and each trouble is reported once."""
    monkeypatch.setattr(http, "ASK_SECONDS", 0.15)
    async with Story(tmp_path, instances=len(LASTING)) as story:
        bob = await opens(story)
        ids = [str(instance.id) for instance in story.world.green.instances]
        for instance, fault in zip(ids, LASTING, strict=True):
            story.world.green.faults.add(instance, fault(), times=None)
        await bob.sends("/check " + "\n".join(numbers(4)))
        card = await bob.sees("0 of 4 looked up")
        for _ in range(60):
            if len(notes(story)) < len(ids):
                await leaps(story, 120)
        assert sorted(notes(story)) == [f"⚠️ Instance {each} {FAILING}" for each in ids]
        await leaps(story, 900)
        story.world.green.faults.clear()
        await leaps(story, 300)
        await bob.sees("4 of 4 looked up", in_message=card)
        await leaps(story, 600)
        await bob.sends("/check " + "\n".join(numbers(4, 10)))
        last = await bob.sees("4 of 4 looked up", after=card)
        await story.anna.sees(BACK)
        await leaps(story, 10)
        later = notes(story)[len(ids) :]
        assert sorted(later) == [f"🟢 Instance {each} {BACK}" for each in ids]
        assert said(bob) == [card, last]


async def test_a_service_that_is_down_is_tried_until_it_is_up(story: Story) -> None:
    """Protects people who wait through an outage."""
    answers(story)
    bob = await opens(story)
    await story.world.green.goes_down()
    await bob.sends(YES)
    for _ in range(8):
        await leaps(story, 300)
    await story.world.green.comes_back()
    (card,) = said(bob)
    await leaps(story, 300)
    await bob.sees(f"Its chat id: {ACCOUNT}", in_message=card)
    await story.anna.sees(BACK)
    assert len(notes(story)) == 2
    assert said(bob) == [card]


async def test_a_single_trouble_is_not_worth_a_word(story: Story) -> None:
    """Protects owners from noise: a short trouble is waited out without a note."""
    bob = await opens(story)
    wanted = numbers(4)
    story.world.green.faults.add("check", faults.too_many(300))
    await bob.sends(wanted[0])
    card = await bob.sees(HAS_TO_WAIT)
    await hears_nothing(story, times(story)[0] + 300)
    await bob.sees("account", in_message=card)
    others = (faults.too_many(), faults.server_error(), faults.Dropped())
    for number, fault in zip(wanted[1:], others, strict=True):
        story.world.green.faults.add("check", fault)
        question = await bob.sends(number)
        await leaps(story, 5)
        await leaps(story, 15)
        await bob.sees("account", after=question)
    assert gaps(times(story))[2] >= 10
    heard = [number for number in wanted for _ in range(2)]
    assert asked(story) == heard[:-1]  # a request that was cut off isn't on record
    assert notes(story) == []


async def test_others_are_answered_while_a_number_fails(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects everybody from a number that the service fails on, and the person who asked it."""
    bad, one, two = numbers(3)
    read, choke = sandbox.services.lookups._number, "Internal error"
    monkeypatch.setattr(
        sandbox.services.lookups,
        "_number",
        lambda body: (bad[1:], choke) if f"+{body['phoneNumber']}" == bad else read(body),
    )
    bob = await opens(story)
    await bob.sends(f"/check {bad} {one} {two}")
    card = await bob.sees("2 of 3 looked up")
    assert f"⏳ {bad}\n" in card.shown
    await leaps(story, 600)
    monkeypatch.undo()
    await bob.sees("3 of 3 looked up", in_message=card)


async def test_what_the_service_takes_for_no_number_ends_there(story: Story) -> None:
    """Protects the line: an invalid number is reported, and the next one goes on."""
    answers(story)
    bob = await opens(story)
    wrong = faults.Answer(400, json.dumps({"statusCode": 400, "message": "Validation failed"}))
    story.world.green.faults.add("check", wrong, times=2)
    first, second = numbers(2)
    await bob.sends(first)
    await bob.sees(f"The service says that {first} is no phone number. Please check it")
    await bob.sends(f"/check {second}\n{YES}")
    card = await bob.sees("2 of 2 looked up")
    assert f"❌ {second} · no phone number\n✅ {YES}" in card.shown
    await bob.sends(second)
    await bob.sees("account", gone="looked up", after=card)
    assert asked(story) == [first, second, YES, second]
    assert notes(story) == []


@pytest.fixture
def debug_log(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """All log lines of all libraries, by a mask that knows no secret."""
    configure("debug", "text", secrets=[])
    return capsys


async def test_no_trouble_leaks_a_token_or_stops_a_lookup(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    debug_log: pytest.CaptureFixture[str],
) -> None:
    """Protects tokens, which are part of every URL, and lookups while one instance works."""
    monkeypatch.setattr(http, "ASK_SECONDS", 0.3)
    async with Story(tmp_path, instances=len(UNSOUND) + 7) as story:
        answers(story)
        green = story.world.green
        for instance in green.instances:  # letters only, so no mask for numbers hides a part
            instance.token = "".join(chr(ord("a") + int(digit, 16)) for digit in instance.token)
        unready, plan, limit, refused, forbidden, busy, *unsound, _sound = green.instances
        unready.authorized, plan.quota, limit.limit = False, 0, 0
        made: list[Fault] = [
            faults.refused(401, "no"),
            faults.refused(403, "no"),
            faults.too_many(300),
        ]
        made += [fault() for fault in UNSOUND]
        for instance, fault in zip([refused, forbidden, busy, *unsound], made, strict=True):
            green.faults.add(str(instance.id), fault, times=None)
        bob = await opens(story)
        await bob.sends(YES)
        for _ in UNSOUND:
            await leaps(story, 300)
        await bob.sees(f"Its chat id: {ACCOUNT}")
        silent = {unsound[-1].id, unsound[-2].id}
        ids = [instance.id for instance in green.instances if instance.id not in silent]
        assert [lookup.instance for lookup in green.asked] == ids
        assert len(notes(story)) == 5
        green.faults.clear()
        await green.goes_down()
        monkeypatch.setattr(cache, "remember", _full_disk)
        await bob.sends(numbers(1)[0])
        await leaps(story, 60)
        await green.comes_back()
        await was_asked(story, len(ids) + 1)
        await leaps(story, 1)
        monkeypatch.undo()
        await bob.sees(f"{numbers(1)[0]} has a Telegram account")
    log = debug_log.readouterr().err
    for word in ("unready", "quota", "limit", "refused", "busy", "unclear", "disk full"):
        assert word in log
    assert not [instance.id for instance in green.instances if instance.token in log]


async def _full_disk(*_: object, **_more: object) -> None:
    raise OSError("disk full")
