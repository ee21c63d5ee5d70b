"""The bot in a process of its own, until it is killed or told to stop."""

import asyncio
import signal
import sys
from multiprocessing.synchronize import Event
from pathlib import Path

from bot.app import build_app
from bot.logs import configure
from bot.settings import Settings
from sandbox.http.clock import FastClock
from sandbox.http.processes import end_with_parent, write_to
from soak import planted
from storage.database import AwayError, CannotOpenError, LostLeaseError

STRUCK_OFF = 3  # exit code of a replica that lost its lease
AWAY = 4  # of one that started while its database was away: whoever runs it starts it again
SPEED = 20
"""Seconds of the shared clock per real second."""


def live(
    settings: Settings, clock: FastClock, log: Path, error: str | None, up: Event | None = None
) -> None:
    """Run the bot until this process ends.

    Args:
        settings: Of this bot.
        clock: The clock that all bots share.
        log: The log file of all bots.
        error: The name of one of `planted.ERRORS`, if any.
        up: Is set when the bot has started, if anybody waits for that.
    """
    write_to(log)
    configure("info", "text", settings.secrets)
    if error is not None:
        planted.plant(error)
    asyncio.run(_run(settings, clock, up))


async def _run(settings: Settings, clock: FastClock, up: Event | None) -> None:
    end_with_parent()
    try:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        async with build_app(settings, clock=clock, consent_version=0) as app:
            if up is not None:
                up.set()
            await app.run(stop)
    except LostLeaseError:
        sys.exit(STRUCK_OFF)
    except AwayError:
        sys.exit(AWAY)
    except CannotOpenError as error:
        if not error.passing:
            raise
        sys.exit(AWAY)
