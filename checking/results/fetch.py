"""Download of result files to our disk: streamed, capped, and only from permitted addresses."""

import asyncio
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.context import TaskContext, TaskWork
from checking.ledger import Also
from checking.memory import blocks as memory
from checking.memory.sketches import sketch_for
from checking.memory.splits import write_known
from checking.results.inspection import Understood, inspect, mismatch
from checking.services import errors
from checking.services.download import AddressError, DownloadErrors, open_download
from runtime.backoff import Backoff
from runtime.confined.exchange import BrokenWorkError, TooMuchError
from runtime.proxies.address import ProxyAddress
from sheets.answers.result_errors import BrokenResultError, UnsafeResultError
from sheets.answers.summary import to_json
from storage.lists import sketches
from storage.records.strikes import Strikes
from storage.sealing.files import SealedWriter
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Changes, Task

MOST_BYTES = 2_000_000_000  # the upload limit of a local Bot API server
BYTES_PER_NUMBER, BYTES_OF_ANY = 4_000, 10_000_000
"""More than any service says of a number, and of a list: an endless body ends soon."""
DEADLINE_SECONDS = 900.0
FEWEST_SECONDS, SLOWEST = 60.0, 200_000
"""For a small list's result, and bytes a second beyond it: a body that drips ends soon, too."""
DOWNLOADS_AT_ONCE = 4
CLAIM_SECONDS = DEADLINE_SECONDS + 60
BACKOFF = Backoff(first=3.0, longest=600.0)
TELL_AFTER = 6  # failed attempts before the person and the owners are told
TELL_AT_ONCE = {"result_too_large", "download_slow"}
"""The next attempt hardly fares better."""
KNOWN_ENDINGS = (".zip", ".xlsx", ".csv", ".txt")

S = TaskState
log = structlog.get_logger("fetch")


class BadResultError(Exception):
    """The file can't be fetched; `reason` is a text key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ExpiredLinkError(BadResultError):
    """The link has expired; the service makes a new one on request."""

    def __init__(self) -> None:
        super().__init__("link_expired")


class DeadlyResultError(Exception):
    """The process died twice while it was looked into."""


class Fetcher(TaskWork):
    """Moves exported tasks to fetched."""

    claimed = "chat"
    states = (S.EXPORTED,)
    busy_seconds = CLAIM_SECONDS

    def __init__(
        self,
        ctx: TaskContext,
        *,
        folder: Path,
        origins: frozenset[str],
        proxy: ProxyAddress | None = None,
    ) -> None:
        super().__init__(ctx, "fetch", DOWNLOADS_AT_ONCE)
        self._strikes = Strikes(ctx.database, "inspect", ctx.clock)
        self._folder = folder
        self._origins = origins
        self._proxy = proxy

    async def recover(self) -> None:
        """Delete partial downloads at a start: they are begun anew."""
        if self._folder.is_dir():  # a handful of names, before anything runs
            for partial in self._folder.glob("*.part"):
                partial.unlink()

    def claim(self, task: Task, /) -> int:
        """Return the chat: the replica that delivers there fetches, as the file is on its disk."""
        return task.goes_to

    async def work(self, task: Task, /) -> None:
        """Download the result, inspect it, and store the outcome."""
        if task.is_remembered:
            await self._from_memory(task)
            return
        try:
            url = task.result_url or await self._new_link(task)
            name = task.id + _ending(url)
            size = await self._download(url, self._folder / name, most_of(task))
            found = await self._inspect(task, self._folder / name, size)
        except UnsafeResultError as error:
            log.error("result refused", task=task.id, why=str(error))  # noqa: TRY400 # it says all
            await self._refuse(task, name, "result_unsafe", "owner-unsafe")
        except DeadlyResultError:
            log.error("result set aside", task=task.id)  # noqa: TRY400 # the same
            await self._refuse(task, name, "result_set_aside", "owner-result-set-aside")
        except BrokenResultError:
            await self._again(task, "download_failed")
        except AddressError:
            await self._again(task, "result_address")
        except BadResultError as error:
            await self._again(task, error.reason)
        except (errors.ServiceError, *DownloadErrors, OSError) as error:
            log.warning("download failed", task=task.id, error=type(error).__name__)
            await self._again(task, "download_failed")
        else:
            await self._keep(task, name, size, found)

    async def _from_memory(self, task: Task) -> None:
        """Write the result of a check whose answers are all remembered."""
        name, made = f"{task.id}.zip", None
        async with self._strikes.during(task.id) as deadly:
            try:
                made = None if deadly else await write_known(self._ctx, task, self._folder / name)
            except (TooMuchError, BrokenWorkError, OSError) as error:
                log.error("list from memory not written", task=task.id, why=str(error))  # noqa: TRY400 # it says all
                await self._again(task, "download_failed")
                return
        if made is None:
            await self.expired(task, "known_gone", at_once=True)
        else:
            size, found = made
            await self._keep(task, name, size, Understood(found, None))

    async def _keep(self, task: Task, name: str, size: int, found: Understood | None) -> None:
        """Store that the result is on our disk, with what was understood of it."""
        now = self._ctx.clock.now()
        changes = Changes(
            result_name=name, result_bytes=size, result_url=None, next_at=now, attempts=0
        )
        # A result that is fetched again, because ours was erased, has been shown already.
        news = None if task.summary else found
        sketch = await sketch_for(self._ctx, task) if news is not None else None
        if news is not None:
            changes |= Changes(summary=to_json(news.summary), picture="due")

        async def also(connection: AsyncConnection) -> None:
            if news is not None and mismatch(news.summary):
                await self._owner_note(task, "owner-mismatch")(connection)
            if news is not None and news.block is not None:
                await memory.remember(self._ctx, connection, task, news.block)
            if sketch is not None:
                await sketches.keep(connection, self._database.vault, task.list_id, sketch)

        await self._ctx.ledger.move(task, [S.EXPORTED], S.FETCHED, also=also, **changes)

    async def _inspect(self, task: Task, path: Path, size: int) -> Understood | None:
        async with self._strikes.during(task.id) as deadly:
            if deadly:
                raise DeadlyResultError
            return await inspect(self._ctx, task, path, size)

    async def _refuse(self, task: Task, name: str, reason: str, note_key: str) -> None:
        """Delete a harmful file and expire its task; the person and the owners are told why."""
        await asyncio.to_thread((self._folder / name).unlink, missing_ok=True)
        note = self._owner_note(task, note_key)
        await self._ctx.ledger.move(task, [S.EXPORTED], S.EXPIRED, reason=reason, also=note)

    def _owner_note(self, task: Task, key: str) -> Also:
        """Return the write that leaves the owners a note about this result."""
        values = {"service": task.service, "remote": task.remote_id or "?"}
        return lambda connection: self._ctx.key_health.note(connection, key, values)

    async def _new_link(self, task: Task) -> str:
        client = self._ctx.client_of(task)
        if client is None or task.remote_id is None:
            raise errors.NotSentError("no key for this service")
        status = await client[1].status(task.remote_id)
        if not status.result_url:
            raise errors.UnclearError("no link to the result")
        return status.result_url

    async def _download(self, url: str, target: Path, most: int) -> int:
        """Stream at most so many bytes to `target`, which exists once complete; return its size."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = target.with_suffix(".part")
        size = 0
        try:
            async with open_download(url, self._origins, self._proxy) as response:
                if response.status in {403, 404, 410}:
                    raise ExpiredLinkError
                if response.status != HTTPStatus.OK:
                    raise BadResultError("download_failed")
                deadline = self._ctx.clock.now() + seconds_of(most)
                with SealedWriter(partial, self._ctx.database.vault, target.stem) as file:
                    async for chunk in response.content.iter_any():
                        size += len(chunk)
                        if size > most:
                            raise BadResultError("result_too_large")
                        if self._ctx.clock.now() > deadline:
                            raise BadResultError("download_slow")
                        file.write(chunk)
                    await asyncio.to_thread(file.close)
            if size == 0:
                raise BadResultError("download_failed")
            await asyncio.to_thread(partial.rename, target)
        finally:
            partial.unlink(missing_ok=True)
        return size

    async def _again(self, task: Task, reason: str) -> None:
        """Retry later with a new link; tell after TELL_AFTER attempts; expire after the limit."""
        if await self.expired(task, reason):
            return
        now, attempts = self._ctx.clock.now(), task.attempts + 1
        log.warning("result not fetched", task=task.id, reason=reason, attempts=attempts)
        # A first expired link is no sign of trouble: ask for a new one at once.
        at_once = reason == "link_expired" and not task.attempts
        wait = 0.0 if at_once else BACKOFF.jittered(task.attempts, self._ctx.rng)
        # Asking for a new link is free.
        changes, note = Changes(next_at=now + wait, attempts=attempts, result_url=None), None
        if attempts == (1 if reason in TELL_AT_ONCE else TELL_AFTER):
            changes |= Changes(reason=reason, shown=None)
            note = self._owner_note(task, "owner-download")
        await self._ctx.ledger.put(task, also=note, **changes)
        if note is not None:
            self._ctx.ledger.wake_up.notify()


def most_of(task: Task) -> int:
    """How many bytes the result of a list of that many numbers may have."""
    return min(task.numbers * BYTES_PER_NUMBER + BYTES_OF_ANY, MOST_BYTES)


def seconds_of(most: int) -> float:
    """How long a download of at most so many bytes may take."""
    return min(FEWEST_SECONDS + most / SLOWEST, DEADLINE_SECONDS)


def _ending(url: str) -> str:
    try:
        ending = Path(urlsplit(url).path).suffix.lower()
    except ValueError:
        raise BadResultError("result_address") from None
    return ending if ending in KNOWN_ENDINGS else ".bin"
