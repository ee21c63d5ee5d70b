"""A doctor, and the world in which it examines the bot."""

import time
from pathlib import Path
from typing import Any

import pytest

from bot.operations.doctor import examine
from bot.playground.settings import sandbox_settings
from sandbox.world import World
from tests.support.clocks import StoryClock


class Practice:
    """A world, and a doctor that examines the bot in it."""

    def __init__(self, world: World, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.world, self.home, self._capsys = world, home, capsys

    async def finds(self, off: float = 0.0, **changed: Any) -> dict[str, str]:
        """Return the doctor's lines by subject, after checking that the exit code fits them."""
        settings = sandbox_settings(self.world, self.home, [1]).model_copy(update=changed)
        code = await examine(settings, StoryClock(time.time() + off))
        lines = self._capsys.readouterr().out.splitlines()
        found = {line[6:].partition(":")[0]: line for line in lines}
        assert code == (1 if any(line.startswith("BAD") for line in lines) else 0)
        return found
