"""Instances of the lookup service that answer oddly: others answer, and the owner hears why."""

from pathlib import Path

import pytest

from sandbox.http import faults
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import (
    ACCOUNT,
    YES,
    answers,
    instance_of,
    leaps,
    opens,
    said,
    times,
)
from tests.support.stories.story import Story


@pytest.mark.parametrize("state", ["expired", "suspended"])
async def test_an_instance_that_an_owner_has_to_see_to_is_left_alone(
    tmp_path: Path, state: str
) -> None:
    """Protects people while an instance has ended or its account is restricted: another answers."""
    async with Story(tmp_path, instances=2) as story:
        answers(story)
        bob = await opens(story)
        instance_of(story).state = state
        await bob.sends(YES)
        await bob.sees(f"Its chat id: {ACCOUNT}")
        says = {"expired": "has expired, or was deleted", "suspended": "has restricted the account"}
        await story.anna.sees(says[state])
        await story.anna.sends("/instances")
        card = await story.anna.sees("Instances of the lookup service")
        first, second = (each.id for each in story.world.green.instances)
        assert f"Last answer: {state}" in card.shown
        await bob.sends("/check " + "\n".join(numbers(3)))
        await bob.sees("3 of 3 looked up")
        used = [each.instance for each in story.world.green.asked]
        assert used == [first, *[second] * 4], "no request of the next hour goes there"
        instance_of(story).state = "authorized"
        await leaps(story, 3600)
        await bob.sends("/check " + "\n".join(numbers(2, 10)))
        await story.anna.sees("of the lookup service works again.")


async def test_what_no_rule_knows_is_tried_elsewhere_at_once(tmp_path: Path) -> None:
    """Protects people from one odd instance: its words mean nothing, and another one answers."""
    async with Story(tmp_path, instances=3) as story:
        answers(story)
        bob = await opens(story)
        odd = faults.Answer(400, "something that nobody has seen yet", "text/plain")
        for instance in story.world.green.instances[:2]:
            story.world.green.faults.add(str(instance.id), odd)
        await bob.sends(YES)
        began = story.clock.now()
        card = await bob.sees(f"Its chat id: {ACCOUNT}")
        assert [each.status for each in story.world.green.asked] == [400, 400, 200]
        assert max(times(story)) - began < 1
        assert said(bob) == [card]
