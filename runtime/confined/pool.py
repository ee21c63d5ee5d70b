"""Confined processes as the bot uses them: one for each piece of work, in turns between people."""

import socket
from collections import deque
from collections.abc import Hashable, Sequence
from typing import Any

import structlog

from runtime.confined import folders
from runtime.confined.bounds import Bounds
from runtime.confined.exchange import Answer, Exchange, NotBegunError
from runtime.confined.files import Files
from runtime.confined.forks import Launch, Zygote, launch_process
from runtime.confined.turns import Turns
from runtime.threads import uninterrupted

TRIES = 4  # where a process was lost, which is no fault of the work
MOST_BYTES = 64 << 20
"""Of an answer's files together, where the caller allows no more."""

log = structlog.get_logger("confined")


class NoProcessError(OSError):
    """The machine has no process for the work now; it may be tried later."""


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
        self._is_closed = False
        self._spares: deque[tuple[int, socket.socket]] = deque()

    def prepare(self) -> None:
        """Start the zygote, and let processes stand ready, so that the first work needn't wait."""
        if self._is_closed:
            raise NoProcessError("closed")
        if self._zygote is None:
            folders.sweep()
        if self._zygote is None or self._zygote.is_gone:
            self._end()
            self._zygote = Zygote(self._launch, self._modules)
        while len(self._spares) < self._slots:
            self._spares.append(self._zygote.fork())

    def close(self) -> None:
        """End everything, for good."""
        self._is_closed = True
        self._end()

    def _end(self) -> None:
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
        keep: Files | None = None,
        **values: Any,
    ) -> Answer:
        """Call the function `work` ("module.name") with these files and values.

        files: Descriptors, which stay the caller's to close.
        of: The person it is done for: people take turns.
        most: Bytes that the answer's files may have together.
        keep: What the answer's files stay open in; without it they are read.

        Raises TooMuchError, BrokenWorkError and NoProcessError.
        """
        async with self._turns.turn(of):
            for _ in range(TRIES):
                self.prepare()
                zygote = self._zygote
                assert zygote is not None
                number, job = self._spares.popleft()
                exchange = Exchange(zygote, number, job, self._bounds, most, keep=keep)
                try:
                    request = {"work": work, "values": values}
                    return await uninterrupted(exchange.run, exchange.give_up, request, files)
                except NotBegunError as error:
                    log.warning("process for reading lost", work=work, why=str(error))
                finally:
                    job.close()
        raise NoProcessError("no process to read in")
