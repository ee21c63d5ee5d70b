"""Owners: what they are told first, and what waits for those who never wrote to the bot."""

import pytest

from sandbox.http import faults
from sandbox.people.person import Person
from tests.support.stories.crowd import DAY, let_in, said
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

ASK, ASKS = "Ask for access", "asks for access"
REFUSED = "refuses this bot's key"


def menu_of(story: Story, person: Person) -> list[str]:
    """Return the commands that a person's own menu has."""
    kept = story.world.state.profile.get(("commands", f"chat:{person.id}", ""), {})
    return [each["command"] for each in kept.get("commands", [])]


async def key_is_refused(story: Story) -> Person:
    """Start a bot of Anna's and Olga's, who never wrote to it, and have a key refused."""
    olga = story.world.person("Olga", language="ru")
    await story.starts(owner_ids=[story.anna.id, olga.id], access="open")
    await story.anna.sends("/start")
    await story.anna.sees("I check lists")
    story.world.ekyc.faults.add("create", faults.refused(401, "unauthorized", "no"), times=None)
    bob = story.world.person("Bob")
    await bob.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await bob.presses("Telegram activity")
    await bob.presses("Start")
    await story.anna.sees(REFUSED)
    return olga


@pytest.mark.menus
async def test_an_owner_hears_what_to_do_next(story: Story) -> None:
    """Protects the first minutes: who owns the bot learns how to let others in, and nobody else."""
    await story.starts()
    await story.passes(10)
    assert menu_of(story, story.anna) == []  # Telegram knows no chat with her yet
    await story.anna.sends("/start")
    greeting = await story.anna.sees("You are an owner of this bot")
    for word in ("/invite", "/people", "/stats"):
        assert word in greeting.shown
    await story.passes(10)
    assert "invite" in menu_of(story, story.anna)
    bob = await let_in(story, "Bob")
    assert said(bob, "/invite") == 0


async def test_notes_wait_for_an_owner_who_never_wrote(story: Story) -> None:
    """Protects owners from a trouble that nobody told them: it is said at their first /start."""
    olga = await key_is_refused(story)
    await story.passes(3600)
    sent = [call.chat_id for call in story.world.telegram.made("sendMessage")]
    assert sent.count(olga.id) == 1  # nobody knocks at a closed door for ever
    await story.restarts()
    await olga.sends("/start")
    await olga.sees("Вы владелец этого бота")
    await olga.sees("не принимает ключ")
    await story.passes(3600)
    assert said(olga, "не принимает ключ") == 1


async def test_notes_have_a_last_day(story: Story) -> None:
    """Protects an owner who comes late from what was long ago, and the table from growing."""
    olga = await key_is_refused(story)
    await story.passes(31 * DAY)
    await olga.sends("/start")
    await olga.sees("Вы владелец этого бота")
    await story.passes(60)
    assert said(olga, "не принимает ключ") == 0


async def test_notes_are_not_for_former_owners(story: Story) -> None:
    """Protects what owners are told from somebody who is none any more."""
    olga = await key_is_refused(story)
    await story.restarts(owner_ids=[story.anna.id])
    await olga.sends("/start")
    await olga.sees("Я проверяю списки")
    await story.passes(60)
    assert said(olga, "не принимает ключ") == 0
    assert said(olga, "/invite") == 0


async def test_requests_wait_for_an_owner_who_never_wrote(story: Story) -> None:
    """Protects who asks for access where the only owner hasn't found the bot yet."""
    olga = story.world.person("Olga")
    await story.starts(owner_ids=[story.anna.id, olga.id])
    await story.anna.sends("/start")
    bob, carl = story.world.person("Bob"), story.world.person("Carl")
    for person in (bob, carl):
        await person.sends("/start")
        await person.presses(ASK)
        await story.anna.sees(f"{person.name}")
    await story.anna.presses("Let in")
    await carl.sees("You are in")
    await olga.sends("/start")
    await olga.sees("Bob")
    await story.passes(10)
    assert (said(olga, "Bob"), said(olga, "Carl")) == (1, 0)
    await olga.presses("Let in")
    await bob.sees("You are in")
    await olga.sends("/start")
    await story.passes(10)
    assert said(olga, "Bob") == 1
