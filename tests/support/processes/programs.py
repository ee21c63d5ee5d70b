"""The program as an operator runs it: `numberdesk …` in its own process and folder.

The processes are forked from one with all imports done, which alone take seconds:
they run `bot.cli.main`, from reading the environment to the exit code.
"""

import multiprocessing
import os
import signal
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from runtime.confined.kernel import die_with_parent
from sandbox.http.processes import write_to
from sandbox.world import World
from tests.support.processes.file_modes import obey_file_modes
from tests.support.processes.fork_server import start_fork_server

SECRETS = ("BOT_TOKEN", "DATA_KEY", "EKYC_API_KEY", "CHECKNUMBER_API_KEY")


def _live(words: list[str], folder: Path, log: Path, variables: dict[str, str]) -> None:
    write_to(log)
    obey_file_modes()
    die_with_parent(signal.SIGKILL)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    sys.argv = ["numberdesk", *words]
    from bot.cli import main  # noqa: PLC0415 # in the child only

    main()


class Program:
    """One run of the program. `variables` are its whole environment."""

    def __init__(self, world: World, folder: Path, *words: str, **variables: str) -> None:
        self.world = world
        self.variables = variables
        start_fork_server()
        self._log = folder / f"log-{len(list(folder.glob('log-*')))}.txt"
        context = multiprocessing.get_context("forkserver")
        arguments: tuple[Any, ...] = (list(words), folder, self._log, variables)
        self._process: BaseProcess = context.Process(target=_live, args=arguments)
        self._process.start()

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def said(self) -> str:
        """The output of both streams."""
        return self._log.read_text() if self._log.exists() else ""

    async def says(self, words: str) -> None:
        """Wait for this output."""
        await self.world.until(lambda: words in self.said or None, f"it says {words!r}")

    def terminate(self) -> None:
        """Send what systemd and Docker send."""
        os.kill(self.pid, signal.SIGTERM)

    async def ends(self, within: float = 10) -> int:
        """Wait until it exits; return the exit code. Its output may hold no secret."""
        what = "it ends"
        code = await self.world.until(lambda: self._process.exitcode, what, within=within)
        leaked = [name for name in SECRETS if (self.variables.get(name) or "\0") in self.said]
        assert leaked == []
        return code

    def close(self) -> None:
        """Make sure that the process is gone."""
        self._process.kill()
        self._process.join()
        self._process.close()
