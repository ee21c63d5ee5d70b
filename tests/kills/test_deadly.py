"""An update or a list that kills the process each time is set aside, and all else goes on."""

from pathlib import Path

from bot.playground.settings import sandbox_settings
from sandbox.world import World
from tests.support.processes.killing import Kill
from tests.support.processes.supervisor import Supervisor
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import said

DEADLINE = 40.0  # real seconds for anything that people wait for, on a machine busy with others
STORED = Kill("after", "updates=1")
READING = [Kill("after", "strikes=1"), Kill("after", "strikes=2")]
DEATHS = [STORED, Kill("after", "begun=1"), Kill("after", "begun=2")]


async def test_a_deadly_update_is_given_up_after_three_deaths(tmp_path: Path) -> None:
    """Protects everybody from one message: it is set aside after three deaths; a list is read."""
    async with World(seed=1, deadline=DEADLINE) as world:
        anna = world.person("Anna")
        world.telegram.flood.on = False  # its seconds are longer than the bot's
        settings = sandbox_settings(world, tmp_path / "data", [anna.id])
        async with Supervisor(settings, tmp_path / "notes", *DEATHS) as bot:

            async def scenario() -> None:
                await anna.sends("/help")
                lives = len(DEATHS) + 1
                await world.until(lambda: bot.lives == lives or None, "it died three times")
                await anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
                await anna.sees("20 numbers ready")
                await anna.sees("I stopped three times in the middle of something")
                await world.until(lambda: not world.pending_updates or None, "all are confirmed")

            await bot.keep_alive(scenario())
            assert bot.missed() == []
            assert len(bot.errors()) == 1, "update set aside"
    assert len(said(anna)) == 2, "the card of the list, and what became of the message"


async def test_a_deadly_list_is_given_up_after_two_deaths(tmp_path: Path) -> None:
    """Protects everybody from one file: it is set aside and told of; the next list is read."""
    async with World(seed=1, deadline=DEADLINE) as world:
        anna = world.person("Anna")
        world.telegram.flood.on = False  # its seconds are longer than the bot's
        settings = sandbox_settings(world, tmp_path / "data", [anna.id])
        async with Supervisor(settings, tmp_path / "notes", *READING) as bot:

            async def scenario() -> None:
                await anna.uploads("deadly.txt", "\n".join(numbers(10)).encode())
                await anna.sees("deadly.txt")
                await anna.sees("I stumbled over this list")
                await anna.sees("This bot died twice while it read list")
                await anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
                await anna.sees("20 numbers ready")

            await bot.keep_alive(scenario())
            assert bot.missed() == []
            assert len(bot.errors()) == 1, "list set aside"
