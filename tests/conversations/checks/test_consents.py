"""Buttons that agree to something: each answers the question of its card, and no later one."""

import pytest

from sandbox.http import faults
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import quoted
from tests.support.stories.lists import numbers
from tests.support.stories.steps import started
from tests.support.stories.story import Story

UNCLEAR = "I don't know whether the service took this list"
MOVED_ON = "Things have moved on"
EARLIER = "of an earlier version"


def data_of(card: Message, label: str) -> str:
    """Return the callback data of a button."""
    found = [each["callback_data"] for row in card.content.keyboard for each in row
             if label in each["text"]]  # fmt: skip
    return str(found[0])


@pytest.mark.parametrize("label", ["Send again", "Drop it"])
async def test_a_tap_that_comes_late_answers_no_later_question(story: Story, label: str) -> None:
    """Protects money and list: a late tap decides nothing about a later POST."""
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=2)
    card = await started(story)
    await story.anna.sees(UNCLEAR, in_message=card)
    late = data_of(card, label)
    await story.anna.presses("Send again (may be charged twice)")
    await story.world.until(lambda: len(story.world.ekyc.posts) == 2 or None, "it is posted again")
    await story.anna.sees(UNCLEAR, in_message=card)
    answer = await story.anna.forges(late, on=card)
    assert MOVED_ON in answer.text
    await story.passes(60)
    assert len(story.world.ekyc.posts) == 2
    await story.anna.sees(UNCLEAR, in_message=card)
    await story.anna.presses("Send again (may be charged twice)")
    await story.anna.receives_file()
    assert len(story.world.ekyc.posts) == 3


async def called_off_late(story: Story) -> tuple[Message, str]:
    """Anna taps *Don't hand it in* when the second POST is under way; return card and data."""
    card = await started(story)
    await story.anna.sees("busy and asked me to wait", in_message=card)
    dont = data_of(card, "Don't hand it in")
    await story.world.until(lambda: len(story.world.ekyc.posts) == 2 or None, "the list leaves")
    answer = await story.anna.forges(dont, on=card)
    assert "being handed in right now, so it may still be charged" in answer.text
    return card, dont


async def test_dont_send_is_not_drop_it(story: Story) -> None:
    """Protects a list that may be paid: who said "don't send" while it left hasn't dropped it."""
    ekyc, anna = story.world.ekyc, story.anna
    ekyc.faults.add("create", faults.too_many(60))
    ekyc.faults.add("create", faults.Slow(600, then=faults.bad_gateway()))
    card, dont = await called_off_late(story)
    await anna.sees(UNCLEAR, in_message=card)
    assert MOVED_ON in (await anna.forges(dont, on=card)).text
    await story.passes(60)
    await anna.sees(UNCLEAR, in_message=card)
    await anna.presses("Send again (may be charged twice)")
    await anna.receives_file()


async def test_dont_send_holds_for_the_next_try(story: Story) -> None:
    """Protects a wish that came while the list left: what the service didn't take isn't retried."""
    ekyc, anna = story.world.ekyc, story.anna
    ekyc.faults.add("create", faults.too_many(60))
    ekyc.faults.add("create", faults.Slow(600, then=faults.too_many(1)))
    card, _ = await called_off_late(story)
    await anna.sees("Dropped. I send nothing more for this check. Nothing", in_message=card)
    await story.passes(600)
    assert len(ekyc.posts) == 2


async def old_buttons(person: Person, card: Message, task: str, acts: list[str]) -> None:
    """Tap buttons as the version before made them."""
    for act in acts:
        answer = await person.forges(act.format(task), on=card)
        assert EARLIER in answer.text


async def test_buttons_of_the_version_before_do_nothing(story: Story) -> None:
    """Protects money during an upgrade: old buttons lack what they agree to, and say so."""
    await story.says_hello()
    ekyc, anna = story.world.ekyc, story.anna
    card = await quoted(anna, 20, 0)
    task = data_of(card, "Start").split(":")[2]
    await old_buttons(anna, card, task, ["t:s:{}", "y:s:{}"])
    ekyc.faults.add("create", faults.ReplyLost())
    await anna.presses("Start")
    await anna.sees(UNCLEAR, in_message=card)
    await old_buttons(anna, card, task, ["t:a:{}", "t:c:{}", "u:{}:1", "t:l:{}", "t:s:{}"])
    await story.passes(60)
    assert len(ekyc.posts) == 1
    await anna.sees(UNCLEAR, in_message=card)


@pytest.mark.parametrize("other", ["Telegram activity", "Band"])
async def test_of_two_open_quotes_of_a_list_one_is_started(story: Story, other: str) -> None:
    """Protects money: both quotes were open when the first was agreed to, in this client."""
    anna, posts = await story.says_hello(), story.world.ekyc.posts
    await anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    card = await anna.sees("20 numbers ready")
    offered = {name: data_of(card, name) for name in ("Telegram activity", other)}
    await anna.presses("Telegram activity")
    first = data_of(await anna.sees("go to the service", in_message=card), "Start")
    await anna.forges(offered[other], on=card)
    await anna.sees(other, in_message=card)
    second = data_of(card, "Start")
    assert second != first or other == "Telegram activity"
    await anna.forges(first, on=card)
    answer = await anna.forges(second, on=card)
    await anna.receives_file()
    await story.passes(60)
    assert len(posts) == 1
    assert answer.text
