"""Slots are fair: a chat that Telegram holds back, or a slow service, delays nobody else."""

import pytest
import sqlalchemy as sa

from checking import poller
from checking.posting import submit
from handlers.outgoing import courier
from sandbox.http import faults
from storage.lists.lists import ListState
from storage.schema.tables import lists
from tests.support.stories.lists import numbers
from tests.support.stories.steps import started
from tests.support.stories.story import Story

HOUR = 3600
LISTS, SLOTS, SLOW = 50, 4, 300


async def are_read(story: Story, count: int) -> None:
    """Let time pass until so many lists are read: files sent before that become one list."""
    assert story.app is not None
    query = sa.select(sa.func.count()).where(lists.c.state == ListState.READY)
    for _ in range(40):
        await story.passes(3)
        async with story.app.database.read() as connection:
            if (await connection.execute(query)).scalar_one() == count:
                return
    raise AssertionError(f"{count} lists are not read")


async def test_a_chat_held_back_for_an_hour_delays_no_other(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects everybody's cards: fifty of one held chat take no slot, and come when it is over."""
    monkeypatch.setattr(courier, "ERRANDS_AT_ONCE", SLOTS)
    await story.starts(access="open")
    bob, began = story.world.person("Bob"), story.clock.now()
    held = faults.Flood(HOUR, held=True)
    story.world.telegram.faults.add("sendMessage", held, chat=story.anna.id)
    for place in range(LISTS):
        await story.anna.uploads(f"{place}.txt", "\n".join(numbers(20, place)).encode())
        await are_read(story, place + 1)
    await bob.uploads("bob.txt", "\n".join(numbers(20, 100)).encode())
    await bob.sees("bob.txt: 20 numbers ready")
    await bob.presses("Telegram activity")
    await bob.presses("Start")
    await bob.receives_file()
    assert story.clock.now() - began < HOUR / 2
    assert [each.text for each in story.anna.messages if each.by_bot] == []
    await story.passes(HOUR)
    for place in range(LISTS):
        await story.anna.sees(f"{place}.txt: 20 numbers ready")
    await story.passes(60)
    assert len([each for each in story.anna.messages if each.by_bot]) == LISTS
    assert story.world.telegram.floods == []


@pytest.mark.parametrize("place", ["create", "status"])
async def test_a_slow_service_delays_no_other(
    story: Story, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Protects lists for the other services: they are handed in and polled meanwhile."""
    monkeypatch.setattr(submit, "SUBMISSIONS_AT_ONCE", SLOTS)
    monkeypatch.setattr(poller, "POLLS_AT_ONCE", SLOTS)
    story.world.ekyc.faults.add(place, faults.Slow(SLOW), times=None)
    for at in range(2 * SLOTS):
        await started(story, 20 + at)
    began = story.clock.now()
    await started(story, 50, "Active number")
    file = await story.anna.receives_file()
    assert file.data == story.world.checknumber.tasks[0].result_bytes
    assert story.clock.now() - began < SLOW
