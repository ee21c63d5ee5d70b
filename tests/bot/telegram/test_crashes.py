"""Updates that a crash interrupted: handled again, and set aside after three tries."""

import asyncio

from structlog.testing import capture_logs

from storage.database import Database
from storage.records.inbox import MOST_ATTEMPTS
from tests.support.telegram.fetching import Desk
from tests.support.telegram.line import Line


async def crashes(line: Line, database: Database, *texts: str, in_handler: str) -> None:
    """Start with these texts in the inbox, and be killed while handling one of them."""
    desk = Desk(line, database)
    desk.closed[in_handler] = asyncio.Event()
    await desk.intake.recover()
    async with desk.open():
        for text in texts:
            await line.world.person("Anna", id=1).sends(text)
        await line.world.until(lambda: in_handler in desk.begun or None, "it was begun")
        await line.world.until(lambda: line.world.pending_updates == 0 or None, "confirmed")


async def test_an_update_that_always_crashes_is_left_alone(line: Line, database: Database) -> None:
    """Protects everybody from one update: after three tries it is set aside."""
    await crashes(line, database, "deadly", in_handler="deadly")
    for _ in range(MOST_ATTEMPTS):
        await crashes(line, database, in_handler="deadly")
    last = Desk(line, database)
    with capture_logs() as logs:
        await last.intake.recover()
    assert last.chat_queues.idle
    assert [each["event"] for each in logs] == ["update set aside", "updates recovered"]
    assert logs[-1]["set_aside"] == 1


async def test_a_stop_in_order_is_no_crash(line: Line, database: Database) -> None:
    """Protects what somebody sent from ordinary restarts: none of them counts against it."""
    await crashes(line, database, "slow", in_handler="slow")
    for _ in range(2 * MOST_ATTEMPTS):
        desk = Desk(line, database)
        desk.closed["slow"] = asyncio.Event()
        await desk.intake.recover()
        async with desk.open():
            await line.world.until(lambda it=desk: it.begun or None, "it was begun")  # type: ignore[misc]
            await desk.chat_queues.pool.drain(0)
    last = Desk(line, database)
    await last.intake.recover()
    async with last.open():
        await last.handles("slow")


async def test_what_a_stop_in_order_left_is_begun_as_often(line: Line, database: Database) -> None:
    """Protects what nobody had time for before a restart: only deaths after it count."""
    desk = Desk(line, database)
    desk.closed["slow"] = asyncio.Event()
    await desk.intake.recover()
    async with desk.open():
        for text in ("slow", "late"):
            await line.world.person("Anna", id=1).sends(text)
        await line.world.until(lambda: "slow" in desk.begun or None, "it was begun")
        await line.world.until(lambda: line.world.pending_updates == 0 or None, "confirmed")
        await desk.chat_queues.pool.drain(0)
        await desk.intake.left_in_order()
    for _ in range(MOST_ATTEMPTS):
        await crashes(line, database, in_handler="slow")
    again = Desk(line, database)
    await again.intake.recover()
    async with again.open():
        await line.world.until(lambda: "late" in again.done or None, "both are handled")
    assert again.done == ["slow", "late"]


async def test_what_waits_behind_a_deadly_update_is_not_lost(
    line: Line, database: Database
) -> None:
    """Protects the other updates: one that was never begun is not set aside as well."""
    await crashes(line, database, "deadly", "innocent", in_handler="deadly")
    for _ in range(MOST_ATTEMPTS):
        await crashes(line, database, in_handler="deadly")
    last = Desk(line, database)
    await last.intake.recover()
    async with last.open():
        await line.world.until(lambda: "innocent" in last.done or None, "it is handled")
