"""The first three seconds of a lookup that isn't answered: what is the matter, and what follows."""

from collections.abc import Callable

import pytest

from sandbox.http import faults
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import (
    ACCOUNT,
    YES,
    answers,
    ever_shown,
    instance_of,
    leaps,
    opens,
    said,
    was_asked,
)
from tests.support.stories.story import Story

FAILING, SLOW = "The lookup service gives no sound answer", "The lookup service is slow to answer"
TROUBLES: dict[str, tuple[Callable[[], faults.Fault], str]] = {
    "hangs up": (faults.Dropped, FAILING),
    "breaks": (faults.server_error, FAILING),
    "riddles": (lambda: faults.Answer(400, "something new", "text/plain"), FAILING),
    "busy": (lambda: faults.too_many(10), "The lookup service has asked me to wait"),
    "logged out": (
        lambda: faults.Answer(400, "instance account not authorized", "text/plain"),
        "The lookup service can't be used at the moment; whoever runs this bot has been told",
    ),
    "used up": (lambda: faults.Answer(466), "The lookups of this month are used up"),
    "slow": (lambda: faults.Slow(12), SLOW),
}


async def three_seconds(story: Story, person: Person, text: str) -> Message:
    """Send this, and return the card as it stands three seconds later."""
    await person.sends(text)
    await story.passes(3)
    return said(person)[-1]


@pytest.mark.parametrize("case", TROUBLES)
async def test_it_is_told_what_is_the_matter(story: Story, case: str) -> None:
    """Protects people who wait: no card says "Looking up" for long, and the answer comes to it."""
    fault, words = TROUBLES[case]
    answers(story)
    bob = await opens(story)
    planned = story.world.green.faults.add("check", fault(), times=None)
    card = await three_seconds(story, bob, YES)
    assert words in card.shown
    assert f"{YES} has to wait." in card.shown
    assert "Next try at" in card.shown
    planned.off()
    await story.anna.sends("/instances")
    if case == "used up":
        await story.anna.presses("Resume")
    await bob.sees(f"Its chat id: {ACCOUNT}", in_message=card)
    assert said(bob) == [card]


async def test_a_service_that_cannot_be_reached_is_told(story: Story) -> None:
    """Protects people in an outage: refused connections are no reason to see "Looking up"."""
    bob = await opens(story)
    await story.world.green.goes_down()
    card = await three_seconds(story, bob, "/check " + "\n".join(numbers(3)))
    assert "0 of 3 looked up\n" in card.shown
    assert FAILING in card.shown
    await story.world.green.comes_back()
    await bob.sees("3 of 3 looked up", in_message=card)


async def test_a_failure_after_a_while_is_told_as_soon(story: Story) -> None:
    """Protects from a card that lags: slow first, then failed, each within three seconds."""
    bob = await opens(story)
    late = faults.Slow(9, then=faults.server_error())
    story.world.green.faults.add("check", late)
    story.world.green.faults.add("check", faults.too_many(120))
    card = await three_seconds(story, bob, YES)
    assert SLOW in card.shown
    await was_asked(story, 1)
    await story.passes(3)
    assert SLOW not in card.shown


async def test_whoever_stands_behind_a_slow_one_is_told(story: Story) -> None:
    """Protects the next in line: "it moves already" would be wrong while the service hangs."""
    bob, cid = await opens(story), story.world.person("Cid")
    story.world.green.faults.add("check", faults.Slow(20))
    await three_seconds(story, bob, YES)
    await story.passes(3)
    theirs = await three_seconds(story, cid, numbers(1)[0])
    assert SLOW in theirs.shown
    assert "Place in line: 2. Next try at" in theirs.shown
    await cid.sees("account", in_message=theirs)


async def test_a_quick_answer_shows_nothing_else(story: Story) -> None:
    """Protects from flicker: whoever is answered at once sees one message, never edited."""
    answers(story)
    bob = await opens(story)
    await bob.sends(YES)
    card = await bob.sees(f"Its chat id: {ACCOUNT}")
    await leaps(story, 10)
    assert instance_of(story).seen
    assert ever_shown(card) == card.shown


async def test_many_quick_answers_edit_no_oftener(story: Story) -> None:
    """Protects Telegram's limits: a card answered bit by bit is edited every few seconds."""
    bob = await opens(story, green_budget=100)
    await bob.sends("/check " + "\n".join(numbers(10)))
    card = await bob.sees("10 of 10 looked up")
    assert len(card.edits) <= 2, "in ten seconds"
