"""The bot as a child of `numberdesk chat`, which can be killed while the sandbox lives on.

Its parent writes JSON to its standard input, one object a line: first everything it needs
(`Birth`), then the clock's offset each time the clock is put forward. When the parent is gone the
input ends, and so does the bot.
"""

import asyncio
import json
import signal
import sys
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import SecretStr

from bot.settings import Settings
from sandbox.clock import MovableClock

LONGEST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Birth:
    """What a bot is told at its start; `members` are let in, by id and name."""

    settings: dict[str, Any]
    members: dict[str, str]
    offset: float


def birth(settings: Settings, members: dict[int, str], offset: float) -> str:
    """The first line."""
    named = {str(person_id): name for person_id, name in members.items()}
    made = Birth(dict(settings), named, offset)
    return json.dumps(asdict(made), default=_plain)


async def live() -> None:
    """Be the bot until SIGTERM, or until the parent is gone."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    lines = asyncio.StreamReader(limit=LONGEST_LINE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    first = await lines.readline()
    if not first:
        return
    told = Birth(**json.loads(first))
    clock = MovableClock(told.offset)
    listening = asyncio.create_task(_follow(lines, clock, stop))
    await _run(told, clock, stop)
    listening.cancel()


async def _run(told: Birth, clock: MovableClock, stop: asyncio.Event) -> None:
    from bot.app import build_app  # noqa: PLC0415 # takes seconds, in which the line is awaited
    from bot.logs import configure  # noqa: PLC0415 # as above

    settings = Settings(_env_file=None, **told.settings)
    configure(settings.log_level, settings.log_format, settings.secrets)
    async with build_app(settings, clock=clock) as app:
        people = app.kit.people
        for person_id, name in told.members.items():
            if not await people.may_use(int(person_id)):
                code = await people.invite(settings.owner_ids[0])
                await people.use_code(int(person_id), name, code)
        await app.run(stop)


async def _follow(lines: asyncio.StreamReader, clock: MovableClock, stop: asyncio.Event) -> None:
    """Move the clock as the parent does."""
    while line := await lines.readline():
        clock.move_to(float(line))
    stop.set()


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


if __name__ == "__main__":
    asyncio.run(live())
