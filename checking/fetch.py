"""Bringing result files onto our disk: streamed, capped, and only from where they may come."""

import asyncio
import ipaddress
import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.context import TaskContext, TaskWork
from checking.inspection import Findings, inspect
from checking.services import errors
from checking.services.http import DownloadErrors, open_download
from runtime.backoff import Backoff
from sheets.answers.result_files import BrokenResultError, UnsafeResultError
from sheets.answers.summary import to_json
from storage.sealing.files import SealedWriter
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Changes, Task

MOST_BYTES = 2_000_000_000  # what Telegram takes through a local Bot API server
DEADLINE_SECONDS = 900.0
DOWNLOADS_AT_ONCE = 4
CLAIM_SECONDS = DEADLINE_SECONDS + 60
BACKOFF = Backoff(first=3.0, longest=600.0)
TELL_AFTER = 6  # failed tries, before the person and the owner hear of it
KNOWN_ENDINGS = (".zip", ".xlsx", ".csv", ".txt")

# NAT64 and IPv4-compatible addresses: an IPv4 address of any kind may hide in them.
_GATEWAYS = (
    ipaddress.IPv6Network("64:ff9b::/96"),
    ipaddress.IPv6Network("64:ff9b:1::/48"),
    ipaddress.IPv6Network("::/96"),
)

S = TaskState
log = structlog.get_logger("fetch")


class BadResultError(Exception):
    """The file can't be had; `reason` is a key of texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ExpiredLinkError(Exception):
    """The link is dead; the service makes a new one when it is asked."""


class Fetcher(TaskWork):
    """Turns exported tasks into fetched ones."""

    claimed = "chat"
    states = (S.EXPORTED,)
    busy_seconds = CLAIM_SECONDS

    def __init__(
        self,
        ctx: TaskContext,
        *,
        folder: Path,
        origins: frozenset[str],
        expire_seconds: float,
    ) -> None:
        super().__init__(ctx, "fetch", DOWNLOADS_AT_ONCE)
        self._folder = folder
        self._origins = origins
        self._expire_seconds = expire_seconds

    async def recover(self) -> None:
        """At a start: what was half downloaded is begun anew, so its pieces can go."""
        if self._folder.is_dir():  # a handful of names, before anything runs
            for partial in self._folder.glob("*.part"):
                partial.unlink()

    def claim(self, task: Task, /) -> int:
        """Fetched by the replica that brings it to the chat: the file is on that one's disk."""
        return task.goes_to

    async def work(self, task: Task, /) -> None:
        """Download it, look into it, and write down what came of it."""
        try:
            url = task.result_url or await self._new_link(task)
            name = task.id + _ending(url)
            size = await self._download(url, self._folder / name)
            findings = await inspect(self._ctx, task, self._folder / name, size)
        except UnsafeResultError as error:
            await self._refuse(task, name, error)
        except BrokenResultError:
            await self._again(task, "download_failed")
        except ExpiredLinkError:
            await self._again(task, "link_expired")
        except BadResultError as error:
            await self._again(task, error.reason)
        except (errors.ServiceError, *DownloadErrors, OSError) as error:
            log.warning("download failed", task=task.id, error=type(error).__name__)
            await self._again(task, "download_failed")
        else:
            await self._fetched(task, name, size, findings)

    async def _fetched(self, task: Task, name: str, size: int, findings: Findings) -> None:
        changes = Changes(
            result_name=name,
            result_bytes=size,
            result_url=None,
            next_at=self._ctx.clock.now(),
            attempts=0,
        )
        # A file that is fetched once more, because ours was erased, has been shown already.
        if findings.summary is not None and not task.summary:
            changes["summary"] = to_json(findings.summary)
            changes["picture"] = "due"

        async def tell(connection: AsyncConnection) -> None:
            if findings.mismatch and not task.summary:
                names = {"service": task.service, "remote": task.remote_id or "?"}
                await self._ctx.key_health.note(connection, "owner-mismatch", names)

        await self._ctx.ledger.move(task, [S.EXPORTED], S.FETCHED, also=tell, **changes)

    async def _refuse(self, task: Task, name: str, error: UnsafeResultError) -> None:
        """Made to do harm, or as good as: nobody gets it, and both sides hear why."""
        log.error("result refused", task=task.id, why=str(error))
        await asyncio.to_thread((self._folder / name).unlink, missing_ok=True)

        async def tell(connection: AsyncConnection) -> None:
            names = {"service": task.service, "remote": task.remote_id or "?"}
            await self._ctx.key_health.note(connection, "owner-unsafe", names)

        await self._ctx.ledger.move(
            task, [S.EXPORTED], S.EXPIRED, reason="result_unsafe", also=tell
        )

    async def _new_link(self, task: Task) -> str:
        check = self._ctx.catalogue.get(task.check_key)
        service = self._ctx.services.get(task.service)
        if check is None or service is None or task.remote_id is None:
            raise errors.NotSentError("no key for this service")
        status = await service.flavours[check.flavour].status(task.remote_id)
        if not status.result_url:
            raise errors.UnclearError("no link to the result")
        return status.result_url

    async def _download(self, url: str, target: Path) -> int:
        """Stream `url` to `target`, which exists only when it is whole. Gives its bytes."""
        pinned = await check_address(url, self._origins)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = target.with_suffix(".part")
        try:
            async with open_download(url, pinned) as response:
                if response.status_code in {403, 404, 410}:
                    raise ExpiredLinkError
                if response.status_code != httpx.codes.OK:
                    raise BadResultError("download_failed")
                size = await self._stream(response, partial)
            await asyncio.to_thread(partial.rename, target)
        finally:
            partial.unlink(missing_ok=True)
        return size

    async def _stream(self, response: httpx.Response, partial: Path) -> int:
        deadline = self._ctx.clock.now() + DEADLINE_SECONDS
        size = 0
        with SealedWriter(partial, self._ctx.database.vault) as file:
            async for chunk in response.aiter_raw():
                size += len(chunk)
                if size > MOST_BYTES:
                    raise BadResultError("result_too_large")
                if self._ctx.clock.now() > deadline:
                    raise BadResultError("download_slow")
                file.write(chunk)
            await asyncio.to_thread(file.close)
        if size == 0:
            raise BadResultError("download_failed")
        return size

    async def _again(self, task: Task, reason: str) -> None:
        """Try later, with a new link; after TELL_AFTER tries say so; after the limit stop."""
        now = self._ctx.clock.now()
        attempts = task.attempts + 1
        if now - (task.progress_at or now) > self._expire_seconds:
            await self._ctx.ledger.move(task, [S.EXPORTED], S.EXPIRED, reason=reason)
            return
        log.warning("result not fetched", task=task.id, reason=reason, attempts=attempts)
        # A dead link is no sign of trouble at first: ask for a new one at once.
        at_once = reason == "link_expired" and not task.attempts
        wait = 0.0 if at_once else BACKOFF.jittered(task.attempts, self._ctx.rng)
        # Asking for a new link is free.
        changes = Changes(next_at=now + wait, attempts=attempts, result_url=None)
        if attempts == TELL_AFTER:
            changes |= Changes(reason=reason, shown=None)
        async with self._ctx.database.write() as connection:
            await tasks.put(connection, self._ctx.database.vault, task.id, **changes)
            if attempts == TELL_AFTER:
                names = {"service": task.service, "remote": task.remote_id or "?"}
                await self._ctx.key_health.note(connection, "owner-download", names)
        if attempts == TELL_AFTER:
            self._ctx.ledger.wake_up.notify()


def _ending(url: str) -> str:
    ending = Path(urlsplit(url).path).suffix.lower()
    return ending if ending in KNOWN_ENDINGS else ".bin"


async def check_address(url: str, origins: frozenset[str]) -> str | None:
    """Refuse links that lead into our own network. Raises BadResultError.

    Allowed are https to hosts all of whose addresses are public, and the origins the
    operator named in RESULT_ORIGINS. Gives the address to connect to, so that a name can't
    lead elsewhere a moment later; None for an origin of the operator's.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 443
    except ValueError:
        raise BadResultError("result_address") from None
    if f"{parts.scheme}://{parts.netloc}" in origins:
        return None
    if parts.scheme != "https" or not host or "@" in parts.netloc:
        raise BadResultError("result_address")
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise BadResultError("download_failed") from None
    except UnicodeError:  # a name that no resolver can be asked for
        raise BadResultError("result_address") from None
    for *_, address in found:
        if not _is_public(str(address[0])):
            raise BadResultError("result_address")
    return str(found[0][4][0])


def _is_public(text: str) -> bool:
    """Whether an address leads to the public network, also by way of a gateway between 4 and 6."""
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        if address.sixtofour or any(address in network for network in _GATEWAYS):
            return False
        if address.ipv4_mapped:
            address = address.ipv4_mapped
    return address.is_global and not address.is_multicast
