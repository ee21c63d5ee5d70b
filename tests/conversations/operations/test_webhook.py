"""Updates by webhook, by polling, and the switch between them."""

from typing import Any

import pytest
from pydantic import SecretStr

from tests.support.processes.ports import free_port
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

SECRET = "a-secret-of-the-operators"


def by_webhook() -> dict[str, Any]:
    """Return the settings of a bot that gets its updates by webhook."""
    port = free_port()
    return {
        "webhook_url": f"http://127.0.0.1:{port}/hook",
        "webhook_secret": SecretStr(SECRET),
        "webhook_port": port,
    }


BY_POLLING: dict[str, Any] = {"webhook_url": None, "webhook_secret": None}


async def test_the_main_job_by_webhook(story: Story) -> None:
    """Protects the main job of a bot with a webhook: from upload to result."""
    await story.starts(**by_webhook())
    anna = story.anna
    await anna.sends("/start")
    await anna.sees("I check lists")
    await anna.uploads("numbers.txt", "\n".join(numbers(40)).encode())
    await anna.sees("40 numbers ready")
    await anna.presses("Band")
    await anna.presses("Start")
    file = await anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    assert not story.world.telegram.made("getUpdates")


@pytest.mark.parametrize("first", ["webhook", "polling"])
async def test_switching_loses_nothing(story: Story, first: str) -> None:
    """Protects a change of mode: updates that wait at Telegram meanwhile are answered, once."""
    ways = [by_webhook(), BY_POLLING]
    if first == "polling":
        ways.reverse()
    await story.starts(**ways[0])
    anna, boris = story.anna, story.world.person("Boris")
    await anna.sends("/start")
    await anna.sees("I check lists")
    await story.stops()
    await anna.sends("/help")
    await anna.sends("/help")
    await boris.sends("/start")
    assert story.world.pending_updates == 3
    seen = next(iter(story.world.state.updates.sent))
    story.world.telegram.redeliver(seen)  # its confirmation was lost
    await story.starts(**ways[1])
    await boris.sees("open to invited people only")

    def answered() -> bool | None:
        return sum(message.by_bot for message in anna.messages) == 3 or None

    await story.world.until(answered, "Anna has an answer to each")
    await story.passes(120)
    assert answered()
    assert story.world.pending_updates == 0
