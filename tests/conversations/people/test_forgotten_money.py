"""What money is about somebody who has themselves forgotten."""

from pathlib import Path

import sqlalchemy as sa

from sandbox.http import faults
from sandbox.people.presses import tapped
from storage.people.usage import UsageState
from storage.schema.tables import owner_notes, usage
from tests.conversations.people.test_budgets import opens
from tests.support.stories.crowd import labels, quoted
from tests.support.stories.story import Story
from tests.support.stories.teams import submitted


async def test_a_note_about_a_budget_is_erased(story: Story, tmp_path: Path) -> None:
    """Protects privacy where Telegram took no messages meanwhile: the note waits for nobody."""
    bob = await opens(story, tmp_path, monthly="1")
    await bob.sends("/forget")
    question = await bob.sees("Erase")
    while not any("Erase everything" in each for each in labels(question)):
        question = await bob.sees("", after=question)
    card = await quoted(bob, 90)
    faulty = faults.bad_gateway()
    story.world.telegram.faults.add("sendMessage", faulty, times=None, chat=bob.id)
    await bob.presses("Start", on=card)
    await story.passes(20)
    buttons = [each for row in question.content.keyboard for each in row]
    data = next(
        str(each["callback_data"]) for each in buttons if "Erase everything" in each["text"]
    )
    tapped(bob, question, data)
    await bob.sees("is erased", in_message=question)
    assert story.app is not None
    async with story.app.database.read() as connection:
        whose = (await connection.execute(sa.select(owner_notes.c.owner_id))).scalars().all()
    assert bob.id not in whose


async def test_what_was_never_posted_frees_the_budget(story: Story, tmp_path: Path) -> None:
    """Protects a group's money from a check that nobody can end or give back any more."""
    bob = await opens(story, tmp_path)
    group = story.world.group("Team", bob, [story.world.person("Carol")])
    card = await submitted(story, bob.within(group))
    for service in (story.world.ekyc, story.world.checknumber):
        service.faults.add("create", faults.too_many(3600), times=None)
    await bob.within(group).presses("Telegram activity", on=card)
    await bob.within(group).presses("Start", on=card)
    await story.passes(60)
    await bob.sends("/start")
    await bob.sends("/forget")
    await bob.presses("Erase everything")
    await bob.sees("is erased")
    assert story.app is not None
    async with story.app.database.read() as connection:
        states = (await connection.execute(sa.select(usage.c.state))).scalars().all()
    assert states == [UsageState.GIVEN_BACK]
