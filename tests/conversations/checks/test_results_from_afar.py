"""What can go wrong between the service's storage and the chat."""

import pytest

from sandbox.http import faults
from storage.schema.tables import strikes
from storage.sealing.files import SealedWriter
from tests.support.stories.steps import files_of, started
from tests.support.stories.story import Story

TROUBLE = "can't be fetched yet"


@pytest.mark.parametrize(
    "fault",
    [faults.Endless(), faults.TooLarge(11_000_000)],
    ids=["endless", "longer than any result of it"],
)
async def test_a_body_without_an_end_is_told_of_in_time(story: Story, fault: faults.Fault) -> None:
    """Protects the person from waiting in the dark, and the disk from being filled."""
    bad = story.world.ekyc.faults.add("result", fault, times=None)
    card = await started(story)
    began = story.clock.now()
    await story.anna.sees(TROUBLE, in_message=card)
    assert story.clock.now() - began < 120
    assert not list((story.home / "results").glob("*"))
    bad.off()
    assert (await story.anna.receives_file()).data == story.world.ekyc.tasks[0].result_bytes


async def test_a_link_that_is_none_is_told_of(story: Story) -> None:
    """Protects the task: an address that nobody can parse is as bad as one that isn't there."""
    bad = story.world.ekyc.faults.add("status", faults.ResultAt("https://[::1"), times=None)
    card = await started(story)
    await story.anna.sees(TROUBLE, in_message=card)
    bad.off()
    assert (await story.anna.receives_file()).data == story.world.ekyc.tasks[0].result_bytes


async def test_a_result_that_is_damaged_on_our_disk_is_fetched_anew(story: Story) -> None:
    """Protects the person from a bad disk: what can't be opened isn't sent, nor tried for ever."""
    story.world.ekyc.pace.per_second = 0.0
    card = await started(story)
    await story.anna.sees("of 20", in_message=card)
    away = story.world.telegram.faults.add("sendMessage", faults.Dropped(), times=None)
    story.world.ekyc.pace.per_second = 100.0
    folder = story.home / "results"
    stored = await story.world.until(lambda: next(folder.glob("*.zip"), None), "it is here")
    stored.write_bytes(stored.read_bytes()[:-1] + b"\x00")
    away.off()
    assert (await story.anna.receives_file()).data == story.world.ekyc.tasks[0].result_bytes
    assert len(story.world.storage.fetches) == 2


async def test_the_result_of_another_check_is_not_delivered(story: Story) -> None:
    """Protects people's answers from whoever moves files on the disk: each gets their own."""
    story.world.ekyc.pace.per_second = 0.0
    card = await started(story)
    await story.anna.sees("of 20", in_message=card)
    away = story.world.telegram.faults.add("sendMessage", faults.Dropped(), times=None)
    story.world.ekyc.pace.per_second = 100.0
    folder = story.home / "results"
    stored = await story.world.until(lambda: next(folder.glob("*.zip"), None), "it is here")
    assert story.app is not None
    with SealedWriter(stored, story.app.database.vault, "another") as file:
        file.write(b"somebody else's")
        file.close()
    away.off()
    assert (await story.anna.receives_file()).data == story.world.ekyc.tasks[0].result_bytes
    assert len(story.world.storage.fetches) == 2


async def test_a_result_that_killed_the_bot_twice_is_set_aside(story: Story) -> None:
    """Protects everybody from one result: it is told of, and looked into again when asked to."""
    story.world.ekyc.pace.per_second = 0.0
    card = await started(story)
    await story.anna.sees("of 20", in_message=card)
    app = story.app
    assert app is not None
    async with app.database.write() as connection:
        task_id = (await connection.exec_driver_sql("SELECT id FROM tasks")).scalar_one()
        died = {"kind": "inspect", "key": task_id, "at": 0.0}
        lives = [{"life": life} | died for life in ("one", "another")]
        await connection.execute(strikes.insert().values(lives))
    story.world.ekyc.pace.per_second = 100.0
    await story.anna.sees("I stopped twice in the middle of reading", in_message=card)
    await story.anna.sees("This bot died twice while it looked into the result")
    assert not files_of(story)
    await story.anna.presses("Look again", on=card)
    assert (await story.anna.receives_file()).data == story.world.ekyc.tasks[0].result_bytes
