"""kill -9 while remembered answers are quoted, sent beside new ones, and delivered alone."""

import asyncio
from pathlib import Path

import pytest

from bot.playground.settings import sandbox_settings
from sandbox.telegram.store.chats import Message
from sandbox.world import World
from tests.support.processes.killing import SIDES, Kill
from tests.support.processes.supervisor import Supervisor
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import answers_of

CHECK = "Telegram activity"
OLD, ALL = numbers(30), numbers(50)
DEADLINE = 40.0  # real seconds for anything Anna waits for, on a machine busy with other tests
TRIES = 3

# The commits of her second list, by their names in the first life.
OF_A_PART = [
    "task=draft done=0",
    "list=working task=confirmed #2",
    "task=submitting #2",
    "task=submitted #2",
    "task=exported done=20",
    "strikes=0 #4",
    "task=fetched picture=due #2",
    "notice=2",
    "task=delivered raw=2",
]
FROM_MEMORY = [
    "task=draft done=0",
    "list=working task=exported",
    "TaskWork.begin while exported 0",
    "strikes=1 #4",
    "strikes=0 #4",
    "task=fetched picture=due #2",
    "notice=2",
    "task=delivered raw=2",
]


class Scenario:
    """Anna has a list checked, and then sends one with the same numbers, and perhaps more."""

    def __init__(self, world: World, second: list[str], label: str) -> None:
        self.world, self.second, self.label = world, second, label
        self.anna = world.person("Anna")
        world.telegram.flood.on = False
        world.ekyc.pace.pending = world.ekyc.pace.export = 0.0
        world.ekyc.pace.per_second = 1e9
        world.ekyc.known |= dict.fromkeys(ALL, "1")

    async def run(self) -> None:
        """Play it to its end, whatever happens to the bot meanwhile."""
        for wanted, label in ((OLD, "Start"), (self.second, self.label)):
            sent = await self.anna.uploads("numbers.txt", "\n".join(wanted).encode())
            card = await self.anna.sees(f"{len(wanted)} numbers ready", after=sent)
            await self.anna.presses(CHECK, on=card)
            await self.anna.presses(label, on=card)
            await self._decided(card)
        await self.anna.sends("/tasks")
        await self.anna.sees("Your checks")

    async def _decided(self, card: Message) -> None:
        """Wait for the end of a check; send again what was cut off before it was sent."""

        def over() -> bool | None:
            return "Done" in card.shown or "I don't know whether" in card.shown or None

        await self.world.until(over, "the file or a question comes", self.anna.chat)
        if "Done" not in card.shown:
            assert len([post for post in self.world.ekyc.posts if post.charged]) == 1
            await self.anna.presses("Send again", on=card)
            await self.anna.sees("Done", in_message=card)

    def files(self) -> list[bytes]:
        """Return every document of the bot, deleted ones too."""
        return [each.document.data for each in self.anna.messages if each.by_bot and each.document]


async def live_through(home: Path, second: list[str], label: str, kill: Kill) -> list[str]:
    """Play the scenario with this death in it; if it never came, return what did."""
    async with World(seed=1, deadline=DEADLINE) as world:
        scenario = Scenario(world, second, label)
        settings = sandbox_settings(world, home / "data", [scenario.anna.id]).model_copy(
            update={"poll_fastest_seconds": 3.0, "poll_slowest_seconds": 3.0, "first_file": "raw"}
        )
        async with Supervisor(settings, home, kill) as bot:
            await bot.keep_alive(scenario.run())
            paid = [post.numbers for post in world.ekyc.posts if post.charged]
            files = scenario.files()
            assert paid == [OLD, *([second[30:]] if second[30:] else [])], "each number once"
            assert len(files) == 2, "one file for each list, once"
            assert files[0] == world.ekyc.tasks[0].result_bytes
            assert sorted(answers_of(files[1])) == sorted(second[30:] or second)
            assert not bot.errors(), "a death is no reason for errors afterwards"
        return [*bot.missed(), *bot.commits(1)] if bot.missed() else []


@pytest.mark.parametrize("boundary", OF_A_PART)
async def test_killed_while_a_part_is_checked(tmp_path: Path, boundary: str) -> None:
    """Protects money and old answers from a crash on either side of a commit of the new part."""
    async with asyncio.TaskGroup() as both:
        for side in SIDES:
            both.create_task(_reaching(tmp_path / side, ALL, "Check the 20", Kill(side, boundary)))


@pytest.mark.parametrize("boundary", FROM_MEMORY)
async def test_killed_while_a_list_comes_from_memory(tmp_path: Path, boundary: str) -> None:
    """Protects a list that no service sees: it comes once, and nothing is ever sent."""
    label = "Get the list from memory, free"
    async with asyncio.TaskGroup() as both:
        for side in SIDES:
            both.create_task(_reaching(tmp_path / side, OLD[:20], label, Kill(side, boundary)))


async def _reaching(home: Path, second: list[str], label: str, kill: Kill) -> None:
    """Live through this kill; repeat until it has happened."""
    passed: list[str] = []
    for number in range(TRIES):
        passed = await live_through(home / str(number), second, label, kill)
        if not passed:
            return
    raise AssertionError("never came: " + "; ".join(passed))
