"""Slots are taken in turns between people."""

import asyncio

import pytest

from runtime.confined.turns import Turns


class Line:
    """Notes who got a slot, and holds it until it is let go."""

    def __init__(self, slots: int) -> None:
        self.turns = Turns(slots)
        self.began: list[str] = []
        self._gates: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    def comes(self, name: str) -> None:
        """The first letter is the person."""
        self._gates[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._work(name))

    async def _work(self, name: str) -> None:
        async with self.turns.turn(name[0]):
            self.began.append(name)
            await self._gates[name].wait()

    async def ends(self, name: str) -> None:
        """Let this one go."""
        self._gates[name].set()
        await self.tasks[name]
        await asyncio.sleep(0)


async def test_who_brings_much_leaves_a_slot_to_others() -> None:
    """Protects others from twenty bad files of one person."""
    line = Line(2)
    for name in ("a1", "a2", "a3", "b1"):
        line.comes(name)
    await asyncio.sleep(0)

    assert line.began == ["a1", "b1"]
    line.comes("c1")
    await line.ends("a1")
    assert line.began == ["a1", "b1", "a2"]
    await line.ends("a2")
    assert line.began == ["a1", "b1", "a2", "c1"]
    for name in ("b1", "c1", "a3"):
        await line.ends(name)


async def test_who_gives_up_waiting_takes_no_slot() -> None:
    """Protects the line from those who have left it."""
    line = Line(1)
    for name in ("a1", "b1", "c1"):
        line.comes(name)
    await asyncio.sleep(0)
    line.tasks["b1"].cancel()
    with pytest.raises(asyncio.CancelledError):
        await line.tasks["b1"]

    await line.ends("a1")
    assert line.began == ["a1", "c1"]
    await line.ends("c1")


async def test_a_slot_given_at_the_moment_of_giving_up_is_given_back() -> None:
    """Protects slots from being lost for good."""
    line = Line(1)
    line.comes("a1")
    line.comes("b1")
    await asyncio.sleep(0)
    line._gates["a1"].set()
    await asyncio.sleep(0)  # a1 ends, and hands its slot to b1, which has not run yet
    line.tasks["b1"].cancel()
    await asyncio.gather(*line.tasks.values(), return_exceptions=True)

    line.comes("c1")
    await asyncio.sleep(0)
    assert line.began[-1] == "c1"
    await line.ends("c1")
