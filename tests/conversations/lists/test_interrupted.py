"""A list whose reading is interrupted by those who run the bot."""

import asyncio
from collections.abc import Hashable
from typing import Any

import pytest
import sqlalchemy as sa

import bot.app
from handlers.outgoing.screen import Screen
from runtime.confined.bounds import Bounds
from runtime.confined.pool import ConfinedPool
from sheets.glass.glass import MODULES, Glass
from storage.records.strikes import MOST_DEATHS
from storage.schema.tables import strikes
from tests.support.stillness import LOOK_AGAIN
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

WORK = "tests.support.confined_work"


async def test_a_stop_in_the_middle_is_no_death(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects an honest list from being set aside because the bot was upgraded often."""
    read_list = Glass.read_list
    monkeypatch.setattr(bot.app, "DRAIN_SECONDS", 0.0)  # time stands still while it is read
    begun = []

    async def lingers(self: Glass, *_: Any, of: Hashable, **__: Any) -> None:
        begun.append(of)
        await self.pool.run(f"{WORK}.linger", of=of)

    story.pool = ConfinedPool([*MODULES, WORK], slots=2, bounds=Bounds())
    try:
        anna = await story.says_hello()
        monkeypatch.setattr(Glass, "read_list", lingers)
        await anna.uploads("list.txt", "\n".join(numbers(7)).encode())
        for _ in range(MOST_DEATHS + 1):
            # The world isn't still while a list is read, so time is moved by somebody else.
            time = asyncio.create_task(_moves(story))
            while not begun:  # noqa: ASYNC110 # nothing tells of it
                await asyncio.sleep(LOOK_AGAIN)
            time.cancel()
            begun.clear()
            await story.restarts()
        monkeypatch.setattr(Glass, "read_list", read_list)
        await story.restarts()
        await anna.sees("list.txt: 7 numbers ready")
        assert story.app is not None
        async with story.app.database.read() as connection:
            query = sa.select(sa.func.count()).select_from(strikes)
            assert (await connection.execute(query)).scalar_one() == 0
    finally:
        await story.stops()
        story.pool.close()


async def _moves(story: Story) -> None:
    while True:
        await story.stillness.passes()


async def test_a_stop_after_a_discard_is_shown_as_one(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects from a card that offers checks of a list that is gone: the tap is handled again."""
    show_list, begun = Screen.show_list, []
    monkeypatch.setattr(bot.app, "DRAIN_SECONDS", 0.0)  # time stands still while it is read

    async def lingers(_: Screen, list_id: str, **__: Any) -> None:
        begun.append(list_id)
        await asyncio.Event().wait()  # for ever: a stop moves time, too

    anna = await story.says_hello()
    await anna.uploads("list.txt", "\n".join(numbers(7)).encode())
    card = await anna.sees("list.txt: 7 numbers ready")
    monkeypatch.setattr(Screen, "show_list", lingers)
    await anna.presses("Discard", on=card)
    await story.world.until(lambda: begun or None, "it is discarded")
    await story.stops()
    monkeypatch.setattr(Screen, "show_list", show_list)
    await story.starts()
    await anna.sees("Discarded", in_message=card)
