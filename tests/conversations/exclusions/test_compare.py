"""*Only numbers that are not in…* and *in both*: a list beside another one."""

import asyncio
from typing import Any

import pytest

import bot.app
from handlers.outgoing.screen import Screen
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import data_of, labels, let_in, said
from tests.support.stories.excluding import never_checks, sends
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story
from tests.support.stories.teams import named

OLD, NEW = numbers(20), numbers(20, start=15)
WITHOUT, COMMON = "Only numbers that are not in…", "Only numbers that are also in…"


async def opens(person: Person, card: Message, way: str) -> None:
    """Go from a card to the page with the lists that it may be compared with."""
    await person.presses("Leave out…", on=card)
    await person.sees("shall stay out?", in_message=card)
    await person.presses(way, on=card)
    says = "shall be left out?" if way == WITHOUT else "alone shall stay?"
    await person.sees(says, in_message=card)


async def chooses(person: Person, card: Message, way: str, other: str = "old.txt") -> None:
    """Choose a list on a card to compare it with."""
    await opens(person, card, way)
    await person.presses(other, on=card)


@pytest.mark.parametrize(
    ("way", "title", "kept"),
    [(WITHOUT, "not in old.txt", NEW[5:]), (COMMON, "also in old.txt", NEW[:5])],
)
async def test_a_list_is_made_of_two(story: Story, way: str, title: str, kept: list[str]) -> None:
    """Protects money: only what is new, or what both have, goes to the service."""
    anna = await story.says_hello()
    await sends(anna, "old.txt", OLD, "old.txt: 20 numbers ready")
    card = await sends(anna, "new.txt", NEW, "new.txt: 20 numbers ready")
    await chooses(anna, card, way)
    made = await anna.sees(f"new.txt · {title}: {len(kept)} numbers ready")
    await anna.presses("Band", on=made)
    await anna.presses("Start", on=made)
    await anna.receives_file()
    assert story.world.ekyc.tasks[0].numbers == kept


async def test_a_started_list_can_be_compared_with(story: Story) -> None:
    """Protects the question of next month: the other list may be at work, or done a moment ago."""
    anna = await story.says_hello()
    old = await sends(anna, "old.txt", OLD, "old.txt: 20 numbers ready")
    await anna.presses("Band", on=old)
    await anna.presses("Start", on=old)
    await anna.receives_file()
    card = await sends(anna, "new.txt", NEW, "new.txt: 20 numbers ready")
    await chooses(anna, card, WITHOUT)
    await anna.sees("new.txt · not in old.txt: 15 numbers ready")


@pytest.mark.parametrize(
    ("listed", "way", "says"),
    [
        (OLD[:3], WITHOUT, "Every number of new.txt is also in old.txt"),
        (OLD[:3], COMMON, "Every number of new.txt is also in old.txt"),
        (NEW[5:], WITHOUT, "No number of new.txt is in old.txt"),
        (NEW[5:], COMMON, "No number of new.txt is in old.txt"),
    ],
)
async def test_no_list_is_made_that_is_empty_or_the_same(
    story: Story, listed: list[str], way: str, says: str
) -> None:
    """Protects from a card that means nothing: it is said why there is none."""
    anna = await story.says_hello()
    await sends(anna, "old.txt", OLD, "old.txt: 20 numbers ready")
    card = await sends(anna, "new.txt", listed, f"new.txt: {len(listed)} numbers ready")
    await chooses(anna, card, way)
    await anna.sees(says)
    assert not said(anna, "in old.txt: ")


async def test_ten_lists_are_offered_and_no_others(story: Story) -> None:
    """Protects the page: the newest whose numbers are kept, and nobody else's."""
    await story.says_hello()
    bob = await let_in(story, "Bob")
    await sends(bob, "bobs.txt", OLD, "bobs.txt: 20 numbers ready")
    anna = story.anna
    lone = await sends(anna, "0.txt", OLD, "0.txt: 20 numbers ready")
    await anna.presses("Leave out…", on=lone)
    await anna.sees("shall stay out?", in_message=lone)
    assert "no other list of yours" in (await anna.presses(WITHOUT, on=lone)).text
    for name in range(1, 13):
        card = await sends(anna, f"{name}.txt", OLD, f"{name}.txt: 20 numbers ready")
    await anna.presses("Discard", on=await sends(anna, "x.txt", OLD, "x.txt: 20 numbers ready"))
    await opens(anna, card, WITHOUT)
    offered = [label.split(" ")[0] for row in card.buttons for label in row][:-1]
    assert offered == [f"{name}.txt" for name in range(11, 1, -1)]
    await anna.presses("Back", on=card)
    await anna.sees("shall stay out?", in_message=card)
    await anna.presses("Back", on=card)
    await anna.sees("12.txt: 20 numbers ready", in_message=card)


async def test_what_includes_excluded_numbers_hands_that_on(story: Story) -> None:
    """Protects a decision: it holds for what is made of the list, and no button is dead."""
    anna = await story.says_hello()
    await never_checks(anna, NEW[:8])
    card = await sends(anna, "new.txt", NEW, "new.txt: 12 numbers ready")
    await anna.presses("Include 8 never-check numbers", on=card)
    await anna.sees("new.txt: 20 numbers ready", in_message=card)
    await sends(anna, "third.txt", NEW[8:12], "third.txt: 4 numbers ready")
    await chooses(anna, card, WITHOUT, "third.txt")
    made = await anna.sees("new.txt · not in third.txt: 16 numbers ready")
    assert "are included" in made.shown
    assert [label for label in labels(made) if "never-check" in label] == []


async def test_two_taps_make_one_list(story: Story) -> None:
    """Protects from a second list where a tap seemed to do nothing."""
    anna = await story.says_hello()
    await sends(anna, "old.txt", OLD, "old.txt: 20 numbers ready")
    card = await sends(anna, "new.txt", NEW, "new.txt: 20 numbers ready")
    await chooses(anna, card, WITHOUT)
    await anna.presses("old.txt", on=card)
    await anna.sees("15 numbers ready")
    await story.passes(60)
    assert said(anna, "15 numbers ready") == 1


async def test_a_stop_in_between_makes_one_list(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects from a second list where the bot died before it showed the first."""
    show_list, begun = Screen.show_list, []
    monkeypatch.setattr(bot.app, "DRAIN_SECONDS", 0.1)

    async def lingers(_: Screen, list_id: str, **__: Any) -> None:
        begun.append(list_id)
        await asyncio.Event().wait()  # for ever: a stop moves time, too

    anna = await story.says_hello()
    await sends(anna, "old.txt", OLD, "old.txt: 20 numbers ready")
    card = await sends(anna, "new.txt", NEW, "new.txt: 20 numbers ready")
    await opens(anna, card, WITHOUT)
    monkeypatch.setattr(Screen, "show_list", lingers)
    await anna.presses("old.txt", on=card)
    await story.world.until(lambda: begun or None, "it is made")
    await story.stops()
    monkeypatch.setattr(Screen, "show_list", show_list)
    await story.starts()
    await anna.sees("new.txt · not in old.txt: 15 numbers ready")
    await story.passes(60)
    assert said(anna, "15 numbers ready") == 1


async def test_nobody_elses_list_is_compared_with(story: Story) -> None:
    """Protects a person from forged buttons: nobody learns which numbers they have."""
    await story.says_hello()
    bob = await let_in(story, "Bob")
    anna = story.anna
    await sends(bob, "bobs.txt", OLD, "bobs.txt: 20 numbers ready")
    theirs = await sends(bob, "more.txt", NEW, "more.txt: 20 numbers ready")
    await opens(bob, theirs, COMMON)
    bobs = data_of(theirs, "bobs.txt").split(":")[2]
    await sends(anna, "old.txt", OLD, "old.txt: 20 numbers ready")
    card = await sends(anna, "new.txt", NEW, "new.txt: 20 numbers ready")
    await opens(anna, card, COMMON)
    head, own, _, common = data_of(card, "old.txt").split(":")
    answer = await anna.forges(f"{head}:{own}:{bobs}:{common}", on=card)
    assert "out of date" in answer.text
    assert not said(anna, "also in")


async def test_a_groups_page_obeys_whose_list_it_is(story: Story) -> None:
    """Protects a group: others open no page of a list, and compare nothing."""
    await story.starts(access="open")
    bob, carol = story.world.person("Bob"), story.world.person("Carol")
    for person in (bob, carol):
        await person.sends("/start")
    group = story.world.group("Team", story.anna, [bob, carol])
    there = bob.within(group)
    card = await sends(there, "bobs.txt", OLD, "20 numbers ready", caption=named(story))
    answer = await carol.within(group).presses("Leave out…", on=card)
    assert answer.text == "This card belongs to somebody else."
