"""A bot that is killed at a commit boundary; `supervisor` starts it again.

The bot runs in its own process and dies of SIGKILL: nothing is flushed, closed or
finished. The sandbox stays, in the test's process, and remembers all requests.

Every commit that changes something is a *boundary* with two sides: `before` (the work is
done, the commit is not) and `after` (it is on disk, and nothing else has happened yet). It
is named after what changed, such as `task=submitting`; where a person would notice no
change, after its caller and when, such as `TaskWork.begin while submitted 0`. To keep the answer
to a paid POST in a file is a boundary, too: `answer=kept`.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import build_app
from bot.logs import configure
from bot.settings import Settings
from bot.wiring import read_key
from sandbox.http.clock import FastClock
from sandbox.http.processes import end_with_parent, write_to
from storage.database import Database
from storage.records.answers import Answer, Answers
from storage.sealing.vault import Vault
from tests.support.painting import skip_painting

Side = Literal["before", "after"]
SIDES: tuple[Side, ...] = ("before", "after")

SPEED = 20
"""The bot's seconds in a real one: its pauses are for people, not for tests."""

# A summary of the story's newest list, its newest task and few updates.
_LOOK = sa.text(
    """
    SELECT total_changes() AS changes,
           (SELECT count(*) FROM chats) AS chats,
           (SELECT count(*) FROM inbox) AS updates,
           (SELECT sum(attempts) FROM inbox) AS begun,
           (SELECT count(*) FROM inbox WHERE handled_at IS NOT NULL) AS handled,
           (SELECT count(*) FROM parts) AS parts,
           (SELECT state FROM lists ORDER BY rowid DESC LIMIT 1) AS list,
           (SELECT shown FROM lists ORDER BY rowid DESC LIMIT 1) AS card,
           (SELECT state FROM tasks ORDER BY rowid DESC LIMIT 1) AS task,
           (SELECT success + failure FROM tasks ORDER BY rowid DESC LIMIT 1) AS done,
           (SELECT shown || '-' || shown_count FROM tasks ORDER BY rowid DESC LIMIT 1) AS shows,
           (SELECT count(*) FROM tasks WHERE notice_id IS NOT NULL) AS notice,
           (SELECT picture FROM tasks ORDER BY rowid DESC LIMIT 1) AS picture,
           (SELECT count(*) FROM tasks WHERE picture_notice_id IS NOT NULL) AS announced,
           (SELECT count(*) FROM tasks WHERE document_id IS NOT NULL) AS raw,
           (SELECT count(*) FROM owner_notes) AS notes,
           (SELECT count(*) FROM strikes) AS strikes
    """
)


@dataclass(frozen=True, slots=True)
class Kill:
    """The end of a life: at the commit of this name, on this side of it."""

    side: Side
    boundary: str

    def __str__(self) -> str:
        return f"{self.side} {self.boundary}"

    @classmethod
    def read(cls, line: str) -> "Kill":
        """Parse the output of `str`."""
        side, _, boundary = line.partition(" ")
        return cls("before" if side == "before" else "after", boundary)


class KillingDatabase(Database):
    """Records every commit that changes something, and kills the process at one of them."""

    def __init__(self, url: str, vault: Vault, journal: Path, kill: Kill | None) -> None:
        super().__init__(url, vault)
        self._journal = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._kill = kill
        self._seen: dict[str, Any] = {}
        self._times = Counter[str]()
        self._is_stale = False

    async def open(self, backups: Path | None = None, now: float = 0.0) -> None:
        """Open the database. Commits after this are boundaries; creating tables and keys is not."""
        await super().open(backups, now)
        async with self.read() as connection:
            self._seen = await _look(connection)

    @asynccontextmanager
    async def write(
        self, *, fenced: bool = True, patient: bool = False
    ) -> AsyncGenerator[AsyncConnection]:
        """Commit as the base class does, with a possible death on either side."""
        del fenced, patient
        if not self._seen:
            async with super().write() as connection:
                yield connection
            return
        writer = _caller(sys._getframe(1))
        boundary = ""
        async with super().write() as connection:
            if self._is_stale:
                self._seen, self._is_stale = await _look(connection), False
            try:
                yield connection
            except BaseException:
                self._is_stale = True  # rolled back changes were counted all the same
                raise
            old, self._seen = self._seen, await _look(connection)
            if self._seen["changes"] != old["changes"]:
                boundary = self._named(_difference(old, self._seen, writer))
                self.reached("before", boundary)
        if boundary:
            self.reached("after", boundary)

    def _named(self, what: str) -> str:
        """Return a unique name for each commit: the second of the same kind ends in #2."""
        self._times[what] += 1
        return what if self._times[what] == 1 else f"{what} #{self._times[what]}"

    def reached(self, side: Side, boundary: str) -> None:
        """Record this side of a boundary, and die if it is the one to die at."""
        here = Kill(side, boundary)
        os.write(self._journal, f"{here}\n".encode())
        if here == self._kill:
            os.kill(os.getpid(), signal.SIGKILL)


def _watch_answers(database: KillingDatabase) -> None:
    keep = Answers.keep

    def kept(self: Answers, answer: Answer) -> None:
        database.reached("before", "answer=kept")
        keep(self, answer)
        database.reached("after", "answer=kept")

    Answers.keep = kept  # type: ignore[method-assign]


def _caller(frame: FrameType | None) -> str:
    """Return the function that opened the transaction, without contextlib's in between."""
    while frame is not None and frame.f_code.co_filename == contextlib.__file__:
        frame = frame.f_back
    assert frame is not None
    return frame.f_code.co_qualname


async def _look(connection: AsyncConnection) -> dict[str, Any]:
    return dict((await connection.execute(_LOOK)).mappings().one())


def _difference(old: dict[str, Any], new: dict[str, Any], writer: str) -> str:
    words = [key for key in new if key != "changes" and new[key] != (old[key] or 0)]
    changed = [f"{key}={new[key]}" for key in words if new[key] is not None]
    return " ".join(changed) or f"{writer} while {new['task'] or new['list']} {new['done'] or 0}"


def live(settings: Settings, began: float, journal: Path, log: Path, kill: Kill | None) -> None:
    """Run one life of the bot, from its start to its violent end, in a child process."""
    write_to(log)
    configure("info", "text", settings.secrets)
    skip_painting()
    asyncio.run(_run(settings, FastClock(began, SPEED), journal, kill))


async def _run(settings: Settings, clock: FastClock, journal: Path, kill: Kill | None) -> None:
    end_with_parent()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = KillingDatabase(settings.database_url, Vault(read_key(settings)), journal, kill)
    _watch_answers(database)
    async with build_app(settings, clock=clock, database=database, consent_version=0) as app:
        await app.run(asyncio.Event())
