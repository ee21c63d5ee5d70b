"""kill -9 during a pause of the lookup service: the pause and the line survive it."""

import asyncio
import contextlib
import os
import signal
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.playground.settings import sandbox_settings
from sandbox.people.person import Person
from sandbox.world import World
from tests.support.processes.killing import SPEED, Kill
from tests.support.processes.supervisor import Supervisor
from tests.support.stories.lookups import ACCOUNT, NO, YES, said

PAUSE = 100.0
"""In the bot's seconds; SPEED of them pass in a real one."""
DEADLINE = 40.0  # real seconds for anything that people wait for, on a machine busy with others
BY_HAND = Kill("after", "by hand")
AT_ONCE = Kill("after", "notes=1")  # the commit of the pause, and of a note to the owner about it


@dataclass(frozen=True, slots=True)
class Scenario:
    """Anna's number exceeds the limit, and Bob's waits behind it."""

    world: World
    bot: Supervisor
    anna: Person
    bob: Person
    database: Path

    async def run(self, kill: Kill) -> None:
        """Play it to its end; the bot dies in the pause, and is restarted in it."""
        green = self.world.green
        await self.anna.sends(YES)
        await self.world.until(lambda: green.asked or None, "the service is asked")
        green.instances[0].limit = 50
        await self.anna.sees(f"{YES} has to wait")
        await self.bob.sends(NO)
        await self.bob.sees("Place in line: 2. Next try at")
        await self.anna.sees("has reached its limit")
        await self.world.until(self._noted, "it is noted which messages the cards are")
        if kill is BY_HAND:
            self._dies()
        await self.world.until(lambda: self.bot.lives == 2 or None, "it is started again")
        await self.anna.sends("/instances")
        await self.anna.sees("Limit reached: paused until")
        assert len(green.asked) == 1
        await self.bob.sees(f"{NO}: no Telegram account")
        await self.anna.sees("of the lookup service works again")

    def _noted(self) -> bool | None:
        # A message that Telegram took, and the bot has not stored, would be sent once more.
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            cards = database.execute("SELECT count(card_id) FROM inquiries").fetchone()
        return cards == (2,) or None

    def _dies(self) -> None:
        process = self.bot._process
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)

    def check(self) -> None:
        """Check that the service was left alone, and everybody was answered once, in order."""
        asked = self.world.green.asked
        assert [f"+{lookup.number}" for lookup in asked] == [YES, YES, NO]
        assert [lookup.in_pause for lookup in asked] == [False] * 3
        assert asked[1].time - asked[0].time >= PAUSE / SPEED
        heard = [message.shown for message in said(self.anna)]
        for words in ("has reached its limit", f"Its chat id: {ACCOUNT}", "works again"):
            assert sum(words in each for each in heard) == 1
        assert len(said(self.bob)) == 1
        assert self.bot.errors() == []


async def lives_through(home: Path, kill: Kill) -> None:
    """Play the scenario with this death in it."""
    async with World(seed=1, deadline=DEADLINE) as world:
        anna, bob = world.person("Anna"), world.person("Bob")
        world.telegram.flood.on = False  # its seconds are longer than the bot's
        world.green.known |= {YES[1:]: ACCOUNT, NO[1:]: ""}
        instance = world.green.instances[0]
        instance.limit, instance.pause = 0, PAUSE / SPEED
        settings = sandbox_settings(world, home / "data", [anna.id]).model_copy(
            update={"access": "open", "green_pause_seconds": PAUSE}
        )
        async with Supervisor(settings, home, kill) as bot:
            scenario = Scenario(world, bot, anna, bob, home / "data" / "numberdesk.db")
            await bot.keep_alive(scenario.run(kill))
            scenario.check()


async def test_killed_in_the_pause_of_an_instance(tmp_path: Path) -> None:
    """Protects the account at the service, and the people in line, from a crash in the pause."""
    async with asyncio.TaskGroup() as both:
        both.create_task(lives_through(tmp_path / "by hand", BY_HAND))
        both.create_task(lives_through(tmp_path / "at once", AT_ONCE))
