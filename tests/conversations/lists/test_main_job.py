"""From the list to the result file."""

import pytest

from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

CHECKS = {
    "Telegram activity": ("ekyc", "tg_active"),
    "Band": ("ekyc", "band"),
    "WhatsApp details": ("ekyc", "wa_detail"),
    "Active number": ("checknumber", "active_check"),
}


@pytest.mark.parametrize("check", CHECKS)
async def test_from_upload_to_result(story: Story, check: str) -> None:
    """Protects the main job: the file that comes back is the one the service made."""
    service, task_type = CHECKS[check]
    anna = await story.says_hello()
    sent = await anna.uploads("numbers.txt", "\n".join(numbers(120)).encode())
    card = await anna.sees("120 numbers ready")
    assert card.reply_to is sent
    await anna.presses(check)
    await anna.sees("120 numbers go to the service", in_message=card)
    await anna.presses("Start")

    file = await anna.receives_file()

    remote = getattr(story.world, service)
    assert [task.task_type for task in remote.tasks] == [task_type]
    assert remote.tasks[0].numbers == numbers(120)
    assert file.data == remote.tasks[0].result_bytes
    ending = "xlsx" if task_type == "wa_detail" else "zip"
    assert file.name == f"numbers · {check} · 2026-11-22.{ending}"
    assert "120 numbers checked" in file.caption
    await anna.sees("Done", in_message=card)
    assert not story.world.telegram.floods
