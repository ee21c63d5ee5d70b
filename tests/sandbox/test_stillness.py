"""Time in stories: it moves when nothing goes on, and everybody has seen the world stand still."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from sandbox.http import faults
from sandbox.world import World
from tests.support.clocks import NOON, StoryClock
from tests.support.customers import Customer
from tests.support.stillness import Stillness

A_MOMENT = 0.02  # real seconds


class Scene:
    """A world whose time moves by itself."""

    def __init__(self) -> None:
        self.clock = StoryClock()
        self.world = World(self.clock, seed=1, deadline=5)
        self.is_working = False
        self.stillness = Stillness(self.world, self.clock, lambda: self.is_working)
        self.world.patience, self.world.look_again = self.stillness.passes, 0.0

    async def sees(self, seconds: float) -> float:
        """Wait until that much time has passed; return how much has."""
        await self.world.until(lambda: self.clock.now() >= NOON + seconds or None, "time passes")
        return self.clock.now() - NOON

    def works(self) -> None:
        """Work in a thread, of which the loop knows nothing."""
        time.sleep(A_MOMENT)
        self.is_working = False


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """A scene in which something happens every ten seconds."""
    made = Scene()
    async with made.world:
        sleepers = [asyncio.create_task(made.clock.sleep(10 * each)) for each in range(1, 100)]
        with made.stillness:
            yield made
        for each in sleepers:
            each.cancel()


async def test_time_moves_from_sleeper_to_sleeper(scene: Scene) -> None:
    """Protects stories from missing a moment: time stops wherever somebody wakes up."""
    assert await scene.sees(25) == 30


async def test_everybody_looks_before_time_moves(scene: Scene) -> None:
    """Protects stories of several people: who waits for another's deed sees it when it is done."""
    done = []

    async def one() -> None:
        done.append(await scene.sees(20))

    async def other() -> float:
        await scene.world.until(lambda: done or None, "the other has done it")
        return scene.clock.now() - NOON

    assert await asyncio.gather(other(), one(), other()) == [20, None, 20]


async def test_time_stands_still_while_a_thread_works(scene: Scene) -> None:
    """Protects stories from a slow machine: what works in a thread holds time."""
    scene.is_working = True
    working = asyncio.get_running_loop().run_in_executor(None, scene.works)
    moved = asyncio.create_task(scene.sees(10))
    await working
    assert scene.clock.now() == NOON
    assert await moved == 10


async def test_time_goes_on_slowly_while_a_request_hangs(scene: Scene) -> None:
    """Protects stories of silent servers: clients give up, by the story's time or in real time."""
    async with httpx.AsyncClient(trust_env=False, timeout=10 * A_MOMENT) as client:
        customer = Customer(client, scene.world.ekyc)
        task_id = (await customer.create(["+79876543210"])).json()["task_id"]
        scene.world.ekyc.faults.add("status", faults.Silence())
        asking = asyncio.create_task(customer.status(task_id))
        await scene.world.until(lambda: scene.world.hanging or None, "it hangs")
        assert await scene.sees(10) == 10
        assert not asking.done()
        await scene.world.until(lambda: asking.done() or None, "it gives up")
        with pytest.raises(httpx.ReadTimeout):
            await asking
    assert scene.clock.now() < NOON + 900
