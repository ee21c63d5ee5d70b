"""Checks that the service gave nothing for: what is remembered of their lists is there."""

from pathlib import Path

import pytest

from sandbox.http import faults
from sandbox.http.faults import Fault
from sheets.work import memory
from tests.support.confinement import NearPool
from tests.support.stories.crowd import DAY, labels
from tests.support.stories.lists import numbers
from tests.support.stories.memory import checked, opens
from tests.support.stories.sheets_of import answers_of, rows_of
from tests.support.stories.story import Story

OLD, ALL = numbers(20), numbers(30)
FREE = "Get the 20 from memory, free"

CASES: dict[str, tuple[str, Fault, str]] = {
    "failed": ("status", faults.Failed("no luck"), "gave up on it"),
    "expired": ("status", faults.Answer(404), "doesn't know this task any more"),
    "unclear": ("create", faults.ReplyLost(), "I don't know whether the service took this list"),
    "rejected": ("create", faults.refused(402, "insufficient_balance"), "Nothing was spent"),
}


@pytest.mark.parametrize("case", CASES)
async def test_what_is_remembered_is_there_when_the_service_fails(story: Story, case: str) -> None:
    """Protects old answers from a new check that brings none: they cost nothing, and nothing else.

    The check's own card stays: it may still ask for a decision.
    """
    where, fault, says = CASES[case]
    anna = await story.says_hello()
    await checked(anna, OLD)
    card = await opens(anna, ALL)
    story.world.ekyc.faults.add(where, fault, times=None)
    await anna.presses("Check the 10", on=card)
    await anna.sees(says, in_message=card)
    assert FREE in labels(card)
    posts = len(story.world.ekyc.posts)
    await anna.presses(FREE, on=card)
    known = await anna.sees("20 numbers · all were answered")
    assert known is not card
    await anna.presses("Get the list from memory", on=known)
    file = await anna.receives_file()
    assert list(answers_of(file.data)) == OLD
    assert says in card.shown
    assert len(story.world.ekyc.posts) == posts
    await anna.presses("My sheet with the answers")
    rows = rows_of((await anna.receives_file()).data.decode("utf-8-sig"))
    assert [row[-3] for row in rows[1:]] == ALL
    assert [bool(row[-2]) for row in rows[1:]] == [True] * 20 + [False] * 10


async def test_an_unclear_check_sends_its_part_again(story: Story) -> None:
    """Protects money: *Send again* sends what the quote said, and no more."""
    anna = await story.says_hello()
    await checked(anna, OLD)
    card = await opens(anna, ALL)
    story.world.ekyc.faults.add("create", faults.Dropped(), times=1)
    await anna.presses("Check the 10", on=card)
    await anna.presses("Send again", on=card)
    file = await anna.receives_file()
    assert sorted(answers_of(file.data)) == sorted(ALL[20:])
    assert "20 from memory" in file.caption


async def test_a_paused_service_is_not_asked_for_what_is_remembered(story: Story) -> None:
    """Protects old answers from a key that the service refuses since."""
    anna = await story.says_hello()
    await checked(anna, OLD)
    card = await opens(anna, ALL)
    story.world.ekyc.faults.add("create", faults.refused(401, "unauthorized"), times=1)
    await anna.presses("Check the 10", on=card)
    await anna.sees("doesn't accept this bot's key", in_message=card)
    await anna.presses(FREE, on=card)
    known = await anna.sees("20 numbers · all were answered")
    await anna.presses("Get the list from memory", on=known)
    assert list(answers_of((await anna.receives_file()).data)) == OLD


async def test_a_remembered_list_is_there_while_the_key_is_refused(story: Story) -> None:
    """Protects whoever needs nothing of a service from its trouble; what it would get waits."""
    anna, ekyc = await story.says_hello(), story.world.ekyc
    await checked(anna, OLD)
    for where in ("create", "status"):
        ekyc.faults.add(where, faults.refused(401, "unauthorized"), times=None)
    refused = await opens(anna, numbers(5, 100))
    await anna.presses("Start", on=refused)
    await anna.sees("doesn't accept this bot's key", in_message=refused)
    card, posts = await opens(anna, OLD), len(ekyc.posts)
    assert "20 numbers · all were answered in the last 90 days" in card.shown
    assert labels(card) == ["Get the list from memory, free", "‹ Back"]
    await anna.presses("Get the list from memory", on=card)
    assert list(answers_of((await anna.receives_file()).data)) == OLD
    sent = await anna.uploads("new.txt", "\n".join(numbers(30, 200)).encode())
    new = await anna.sees("30 numbers ready", after=sent)
    assert "isn't available at the moment" in (await anna.presses("⏸ Band", on=new)).text
    assert len(ekyc.posts) == posts


async def test_the_known_part_is_there_while_the_key_is_refused(story: Story) -> None:
    """Protects what was paid before from a service that is asked for nothing meanwhile."""
    anna, ekyc = await story.says_hello(), story.world.ekyc
    await checked(anna, OLD)
    for where in ("create", "status"):
        ekyc.faults.add(where, faults.refused(401, "unauthorized"), times=None)
    refused = await opens(anna, numbers(5, 100))
    await anna.presses("Start", on=refused)
    await anna.sees("doesn't accept this bot's key", in_message=refused)
    card, posts = await opens(anna, ALL), len(ekyc.posts)
    assert "20 were answered in the last 90 days · 10 go to the service" in card.shown
    assert "This check isn't available at the moment" in card.shown
    assert labels(card) == [FREE, "‹ Back"]
    await anna.presses(FREE, on=card)
    known = await anna.sees("20 numbers · all were answered")
    assert labels(known) == ["Get the list from memory, free", "‹ Back"]
    await anna.presses("Get the list from memory", on=known)
    assert list(answers_of((await anna.receives_file()).data)) == OLD
    assert len(ekyc.posts) == posts
    ekyc.faults.clear()
    await story.passes(700)
    await anna.presses("Back", on=card)
    await anna.presses("Band", on=card)
    await anna.presses("Check the 10", on=card)
    assert sorted(answers_of((await anna.receives_file()).data)) == sorted(ALL[20:])


async def test_a_card_says_how_old_its_answers_are(story: Story, tmp_path: Path) -> None:
    """Protects people from a card that makes answers younger than they are."""
    own = tmp_path / "own.toml"
    own.write_text("[band]\nremember_days = 90\n")
    story.settings["checkers_file"] = own
    anna = await story.says_hello()
    await checked(anna, OLD)
    await story.passes(40 * DAY)
    card = await opens(anna, ALL)
    story.world.ekyc.faults.add("status", faults.Failed("no luck"), times=None)
    await anna.presses("Check the 10", on=card)
    await anna.sees("gave up on it", in_message=card)
    own.write_text("[band]\nremember_days = 30\n")
    await story.restarts()
    await anna.presses(FREE, on=card)
    await anna.sees("20 numbers · all were answered in the last 41 days")


async def test_a_list_that_cant_be_split_is_quoted_whole(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the way on from a fault of ours: the whole list can be checked, and that is said."""
    story.pool = NearPool()
    anna = await story.says_hello()
    await checked(anna, OLD)
    monkeypatch.setattr(memory, "recall", {}.__getitem__)
    card = await opens(anna, ALL)
    assert "30 numbers go to the service." in card.shown
    assert "couldn't be compared with this list this time" in card.shown
    assert labels(card) == ["‹ Back", "Start"]
