"""kill -9 at every commit from upload to delivery, on both sides of it.

Anna does each thing once, as a person would, and never notices more than a pause: what she
sent is not lost, what she started is paid for once, and the file comes once. Where nobody
can know whether the service took her list, she is asked, and nothing is posted meanwhile. Once the
service's answer is kept, everybody can.
"""

import asyncio
import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.playground.settings import sandbox_settings
from sandbox.http import faults
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from sandbox.world import World
from tests.support.processes.killing import SIDES, Kill
from tests.support.processes.supervisor import Supervisor
from tests.support.stories.lists import numbers

CHECK = "Telegram activity"
NUMBERS = numbers(120)
DEADLINE = 40.0  # real seconds for anything Anna waits for, on a machine busy with other tests
TRIES = 3  # a kill that a busy machine's order of events passed by is planned again

# Every commit between upload and delivery, once, in about their order.
BOUNDARIES = [
    # The document arrives.
    "updates=1",
    "chats=1",
    "parts=1 list=gathering",
    "handled=1",
    # It is read.
    "list=reading",
    "strikes=1",
    "list=ready",
    "strikes=0",
    "card=ready",
    # She chooses a check.
    "updates=2",
    "task=draft",
    "handled=2",
    # She says Start.
    "updates=3",
    "list=working task=confirmed",
    "handled=3",
    # It is posted: until the answer is kept it can't be known whether it was charged.
    "task=submitting",
    "Ledger.put while submitting 0",
    "shows=submitting-0",
    "answer=kept",
    "task=submitted",
    "shows=submitted-0",
    # It is polled: nothing new, half of it, all of it, the result.
    "TaskWork.begin while submitted 0",
    "Ledger.put while submitted 0",
    "TaskWork.begin while submitted 0 #2",
    "task=processing done=60",
    "shows=processing-60",
    "TaskWork.begin while processing 60",
    "done=120",
    "shows=processing-120",
    "TaskWork.begin while processing 120",
    "task=exported",
    # It is downloaded and delivered.
    "TaskWork.begin while exported 120",
    "strikes=1 #2",
    "strikes=0 #2",
    "task=fetched picture=due",
    # Its picture comes first.
    "strikes=1 #3",
    "strikes=0 #3",
    "announced=1",
    "picture=sent",
    # Anna's own list is made; its message is the service's file for a moment.
    "strikes=1 #4",
    "strikes=0 #4",
    "notice=1",
    "raw=1",
    "task=delivered",
    "shows=delivered-120",
]

# Commits that come or not, depending on the order of handlers and loops.
SOMETIMES = {
    "Reader._settle while gathering 0",
    "shows=confirmed-0",
    "Ledger.shown while confirmed 0",
    "Ledger.shown while submitting 0",
    "shows=exported-120",
    "shows=fetched-120",
    "updates=4",  # Anna sees the last card before its commit, and goes on
}

# Polls of a running task that find nothing new: one of them stands for all.
ALIKE = {
    "Ledger.put while submitted 0",
    "TaskWork.begin while submitted 0 #2",
    "TaskWork.begin while processing 60",
    "TaskWork.begin while processing 120",
}

# Commits made only by a life after a death, with the death that leads there.
POSTING = Kill("after", "task=submitting")
POSTED = Kill("before", "answer=kept")
ANSWERED = Kill("after", "answer=kept")
SECOND_DEATHS = [
    (Kill("after", "updates=1"), "begun=1"),
    (POSTING, "task=unconfirmed notes=1"),
    (POSTING, "shows=unconfirmed-0"),
    (POSTING, "notes=0"),
    (POSTING, "task=confirmed"),
    (POSTED, "task=unconfirmed notes=1"),
    (POSTED, "shows=unconfirmed-0"),
    (POSTED, "list=ready task=cancelled"),
    (ANSWERED, "task=submitted"),
    (Kill("after", "TaskWork.begin while exported 120"), "Poller.recover while exported 120"),
]


class Scenario:
    """Anna sends a list, chooses a check, starts it, and gets the file."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.anna: Person = world.person("Anna")
        self.was_asked = self.was_dropped = False
        # The bot's seconds are shorter than Telegram's here, so its rate can't be judged.
        world.telegram.flood.on = False
        world.ekyc.pace.pending = world.ekyc.pace.export = 0.0
        world.ekyc.pace.per_second = 1e9
        plan = world.ekyc.faults
        plan.add("create", faults.Slow(0.1))  # long enough for the card to say what goes on
        plan.add("status", faults.Stuck())
        plan.add("status", faults.Backwards())
        plan.add("status", faults.Word("processing"))
        plan.add("status", faults.Slow(0.15))

    async def run(self) -> None:
        """Play it to its end, whatever happens to the bot meanwhile."""
        anna = self.anna
        await anna.uploads("numbers.txt", "\n".join(NUMBERS).encode())
        await anna.sees("120 numbers ready")
        await anna.presses(CHECK)
        await anna.sees("120 numbers go to the service")
        await anna.presses("Start")
        await self.world.until(self._over, "the file or a question comes", anna.chat)
        if self.was_asked:
            await self._decide()
        if not self.was_dropped:
            await self.world.until(self._pictured, "the picture comes", anna.chat)
        # Everything that the bot still has to send comes before its answer to this.
        await anna.sends("/tasks")
        await anna.sees("Your checks")
        await self.world.until(self._confirmed, "all updates are confirmed", anna.chat)

    def files(self) -> list[Message]:
        """Return every message of the bot with a document, deleted ones too."""
        return [each for each in self.anna.messages if each.by_bot and each.document]

    def pictures(self) -> list[Message]:
        """Return every message of the bot with a picture, deleted ones too."""
        return [each for each in self.anna.messages if each.by_bot and each.photo]

    def _pictured(self) -> bool | None:
        return bool(self.pictures()) or None

    def _over(self) -> bool | None:
        self.was_asked = any("I don't know whether" in each.shown for each in self.anna.messages)
        return self.was_asked or any("✅ Done" in each.shown for each in self.anna.messages) or None

    async def _decide(self) -> None:
        """Answer the question as an owner who has looked the list up at the service."""
        service, anna = self.world.ekyc, self.anna
        await anna.sees("It is unclear whether ekyc took a list")  # she is the owner, too
        await self.world.until(self._through, "the service is through with what came")
        assert len(service.posts) <= 1, "posted again without a word"
        if service.tasks:
            await anna.presses("Drop it")
            kept = await anna.sees("Your list is still here")
            assert any(CHECK in row for row in kept.buttons)
            self.was_dropped = True
        else:
            await anna.presses("Send again")
            await anna.sees("✅ Done")

    def _through(self) -> bool | None:
        """True if the service is idle. A list cut off with its sender is never read to its end."""
        service = self.world.ekyc
        waiting = service.server.busy or any(
            post.numbers and not post.outcome for post in service.posts
        )
        return not waiting or None

    def _confirmed(self) -> bool | None:
        return not self.world.pending_updates or None


@dataclass(frozen=True, slots=True)
class Ending:
    """The result of a scenario: the commits of each life, and the kills that never came."""

    commits: list[list[str]]
    missed: list[str]


async def live_through(home: Path, *kills: Kill) -> Ending:
    """Play the scenario with these deaths in it, and check what Anna has in the end."""
    async with World(seed=1, deadline=DEADLINE) as world:
        scenario = Scenario(world)
        settings = sandbox_settings(world, home / "data", [scenario.anna.id]).model_copy(
            update={"poll_fastest_seconds": 3.0, "poll_slowest_seconds": 3.0}
        )
        async with Supervisor(settings, home, *kills) as bot:
            await bot.keep_alive(scenario.run())
            _check(scenario)
            in_doubt = any(_was_posting(bot.journal(life)) for life in range(1, bot.lives))
            assert scenario.was_asked == in_doubt, "she is asked if, and only if, nobody can know"
            assert not bot.errors(), "a death is no reason for errors afterwards"
        lives = range(1, bot.lives + 1)
        return Ending([bot.commits(life) for life in lives], bot.missed())


def _was_posting(journal: list[str]) -> bool:
    """Tell whether a life ended between storing the intent to post and keeping the answer."""
    return str(POSTING) in journal and str(ANSWERED) not in journal


def _check(scenario: Scenario) -> None:
    service, files = scenario.world.ekyc, scenario.files()
    paid = [post for post in service.posts if post.charged]
    assert len(paid) == 1, "paid for once"
    assert service.posts[-1] is paid[0]
    assert service.tasks[0].numbers == NUMBERS
    if scenario.was_dropped:
        assert not files
        assert not scenario.pictures()
        return
    assert len(files) == 1, "one file, once"
    assert len(scenario.pictures()) == 1, "one picture, once"
    document = files[0].document
    assert document is not None
    rows = list(csv.reader(io.StringIO(document.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == NUMBERS, "her own list, each line once"
    assert all(row[2] for row in rows[1:]), "with the answers"


@pytest.mark.parametrize("boundary", [each for each in BOUNDARIES if each not in ALIKE])
async def test_killed_at_a_commit(tmp_path: Path, boundary: str) -> None:
    """Protects lists, money and files from a crash on either side of this commit."""
    async with asyncio.TaskGroup() as both:
        for side in SIDES:
            both.create_task(_reaching(tmp_path / side, Kill(side, boundary)))


@pytest.mark.parametrize(
    ("first", "boundary"), SECOND_DEATHS, ids=[f"{one}, {two}" for one, two in SECOND_DEATHS]
)
async def test_killed_again_while_recovering(tmp_path: Path, first: Kill, boundary: str) -> None:
    """Protects the work left by a first crash from a second one in the middle of doing it."""
    async with asyncio.TaskGroup() as both:
        for side in SIDES:
            both.create_task(_reaching(tmp_path / side, first, Kill(side, boundary)))


async def _reaching(home: Path, *kills: Kill) -> None:
    """Live through these kills; repeat until each of them has happened."""
    endings = []
    for number in range(TRIES):
        ending = await live_through(home / str(number), *kills)
        if not ending.missed:
            return
        endings.append(ending)
    made = "\n".join("; ".join(commits) for commits in endings[-1].commits)
    raise AssertionError(f"in {TRIES} runs none came to {endings[-1].missed}, but to\n{made}")


async def test_every_commit_is_a_boundary_here(tmp_path: Path) -> None:
    """Protects the table above: a new commit must get its two deaths as well."""
    ending = await live_through(tmp_path / "home")

    made = ending.commits[0]
    assert BOUNDARIES[-1] in made
    made = made[: made.index(BOUNDARIES[-1]) + 1]  # what Anna asks for afterwards is no part of it
    known = {*BOUNDARIES, *(each for each in made if each.partition(" #")[0] in SOMETIMES)}
    assert sorted(set(made) - known) == [], "give these a place in BOUNDARIES"
    assert len(made) == len(set(made)), "a name for each commit"
