"""What owners see of schedules, and nobody else."""

from dataclasses import replace

from storage.records import schedules as stored
from tests.support.stories.crowd import labels
from tests.support.stories.schedules import finishes, schedules
from tests.support.stories.story import Story


async def test_owners_see_all_schedules(story: Story) -> None:
    """Protects owners from spending that they don't know of: all schedules are in /stats."""
    anna = await story.says_hello()
    bob = story.world.person("Bob")
    stranger = await bob.sees("invited people only", after=await bob.sends("/start"))
    await finishes(anna)
    await schedules(anna)
    assert story.app is not None
    async with story.app.database.write() as connection:
        (made,) = await stored.running(connection, 5)
        for number in range(21):
            await stored.add(connection, replace(made, id=f"s{number}"))
    page = await anna.sees("Schedules: 22", after=await anna.sends("/stats"))
    assert page.shown.count("Telegram activity, every month, next on Dec 22, 2026") == 8
    await anna.presses("All schedules", on=page)
    await anna.sees("Schedules: 22", in_message=page, gone="Today")
    assert page.shown.count("next on Dec 22, 2026") == 20
    await anna.presses("Later", on=page)
    await story.passes(1)
    assert page.shown.count("next on Dec 22, 2026") == 2
    assert labels(page) == ["‹ Sooner"]
    await bob.forges("up:0", stranger)
    await story.passes(1)
    assert "Schedules" not in stranger.shown
