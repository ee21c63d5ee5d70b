"""A bot that was restored from a backup."""

import asyncio
import shutil

from bot.operations.backup import backup
from sandbox.people.person import Person
from tests.support.databases.engines import only_sqlite
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story


async def sends_list(story: Story) -> Person:
    """Anna starts a check."""
    anna = await story.says_hello()
    await anna.uploads("numbers.txt", "\n".join(numbers(40)).encode())
    await anna.sees("40 numbers ready")
    await anna.presses("Band")
    await anna.presses("Start")
    return anna


async def restores(story: Story) -> None:
    """Lose everything but the backup and the key, and start from these."""
    await story.stops()
    for path in story.home.glob("numberdesk.db*"):
        path.unlink()
    shutil.rmtree(story.home / "results", ignore_errors=True)
    (story.home / "copy.db").rename(story.home / "numberdesk.db")
    await story.starts()


async def backs_up(story: Story) -> None:
    """Make a copy beside the running bot."""
    assert story.made is not None
    await asyncio.to_thread(backup, story.made, story.home / "copy.db")


@only_sqlite
async def test_a_running_check_is_delivered_after_a_restore(story: Story) -> None:
    """Protects paid checks: the restored bot asks for the result again and delivers it."""
    story.world.ekyc.pace.per_second = 0.1
    anna = await sends_list(story)
    await anna.sees("of 40")
    await backs_up(story)
    await restores(story)
    file = await anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    assert len(story.world.ekyc.tasks) == 1


@only_sqlite
async def test_a_restore_pays_nothing_twice(story: Story) -> None:
    """Protects money: what waited at the backup was posted since, and is not posted again."""
    await story.world.ekyc.goes_down()
    anna = await sends_list(story)
    await anna.sees("Waiting to be handed in")
    await backs_up(story)
    await story.world.ekyc.comes_back()
    await anna.receives_file()
    assert len(story.world.ekyc.tasks) == 1
    await restores(story)
    await anna.sees("I don't know whether the service took this list")
    await story.passes(600)
    assert len(story.world.ekyc.tasks) == 1
    await anna.presses("Drop it")
    await anna.sees("the service may still charge for what was on its way")
