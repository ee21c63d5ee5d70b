"""Confined processes as the bot uses them: one for each piece of work, in turns between people."""

import asyncio
import socket
from collections import deque
from collections.abc import Hashable, Sequence
from typing import Any

import structlog

from runtime.confined.bounds import Bounds
from runtime.confined.exchange import Answer, Exchange, TooMuchError, ZygoteDiedError
from runtime.confined.forks import Launch, Zygote, launch_process
from runtime.confined.turns import Turns

TRIES = 2  # where the zygote died, which is no fault of the work
MOST_BYTES = 64 << 20
"""Of an answer's files together, where the caller allows no more."""

log = structlog.get_logger("confined")


class ConfinedPool:
    """Runs work in confined processes: `slots` at once, each within `bounds`.

    modules: What the zygote imports before it forks.
    """

    def __init__(
        self,
        modules: Sequence[str],
        *,
        slots: int,
        bounds: Bounds,
        launch: Launch = launch_process,
    ) -> None:
        self._modules = modules
        self._slots = slots
        self._bounds = bounds
        self._launch = launch
        self._turns = Turns(slots)
        self._zygote: Zygote | None = None
        self._spares: deque[tuple[int, socket.socket]] = deque()

    def prepare(self) -> None:
        """Start the zygote, and let processes stand ready, so that the first work needn't wait."""
        if self._zygote is None or self._zygote.is_gone:
            self.close()
            self._zygote = Zygote(self._launch, self._modules)
        while len(self._spares) < self._slots:
            self._spares.append(self._zygote.fork())

    def close(self) -> None:
        """End everything."""
        for _, job in self._spares:
            job.close()
        self._spares.clear()
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None

    async def run(
        self,
        work: str,
        files: Sequence[int] = (),
        *,
        of: Hashable,
        most: int = MOST_BYTES,
        **values: Any,
    ) -> Answer:
        """Call the function `work` ("module.name") with these files and values.

        files: Descriptors, which stay the caller's to close.
        of: The person it is done for: people take turns.
        most: Bytes that the answer's files may have together.

        Raises TooMuchError and BrokenWorkError.
        """
        async with self._turns.turn(of):
            for _ in range(TRIES):
                self.prepare()
                zygote = self._zygote
                assert zygote is not None
                number, job = self._spares.popleft()
                exchange = Exchange(zygote, number, job, self._bounds, most)
                try:
                    return await _done(exchange, {"work": work, "values": values}, files)
                except ZygoteDiedError:
                    log.error("zygote died", work=work)  # noqa: TRY400 # nothing of ours raised it
                finally:
                    job.close()
        raise TooMuchError("the process that others are forked from died twice")


async def _done(exchange: Exchange, request: dict[str, Any], files: Sequence[int]) -> Answer:
    """Run it in a thread, which is over when this is, also when cancelled: it uses the files."""
    running = asyncio.ensure_future(asyncio.to_thread(exchange.run, request, files))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        exchange.give_up()
        await asyncio.wait([running])
        running.exception()  # that it was given up is no news
        raise
