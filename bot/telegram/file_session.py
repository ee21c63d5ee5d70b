"""aiogram's session with downloads that are resumed, tried again, and bounded in time.

Telegram's file server says 404 or 502 now and then, breaks off, stalls, or gives 80 KB a second.
aiogram gives each file half a minute and one try, and passes aiohttp's errors on as they are.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing
from http import HTTPStatus
from typing import Any, TypeVar

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramServerError
from aiogram.methods import GetFile
from aiohttp import ClientError, ClientPayloadError, ClientResponseError, ClientTimeout

from runtime.backoff import Backoff
from runtime.clock import Clock
from runtime.worker import first_of

STALL_SECONDS = 30.0  # without a byte
TRIES = 4  # in a row that bring nothing new
BACKOFF = Backoff(first=1.0, longest=10.0)

_CONNECTING = ClientTimeout(total=None, sock_connect=10.0)

T = TypeVar("T")


class FileSession(AiohttpSession):
    """A session whose clock measures downloads."""

    def __init__(self, clock: Clock, **values: Any) -> None:
        super().__init__(**values)
        self._clock = clock

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,  # noqa: FBT001, FBT002 # the signature is aiogram's
    ) -> AsyncGenerator[bytes, None]:
        """Yield a file's bytes, over all tries within `timeout` seconds.

        Raises TelegramServerError, without the address: that holds the token.
        """
        del headers, chunk_size, raise_for_status
        until = self._clock.now() + timeout
        got = failures = 0
        while True:
            before = got
            try:
                async with aclosing(self._rest(url, got, until)) as rest:
                    async for chunk in rest:
                        got += len(chunk)
                        yield chunk
            except (ClientError, TimeoutError, OSError) as error:
                failures = 1 if got > before else failures + 1
                pause = BACKOFF.seconds(failures - 1)
                if failures >= TRIES or self._clock.now() + pause >= until:
                    why = type(error).__name__
                    if isinstance(error, ClientResponseError):
                        why = f"HTTP {error.status}"
                    method = GetFile(file_id="")
                    raise TelegramServerError(method, f"the file server: {why}") from None
            else:
                return
            await self._clock.sleep(pause)

    async def _rest(self, url: str, start: int, until: float) -> AsyncGenerator[bytes, None]:
        """Yield what comes after the first `start` bytes, also from a server without ranges."""
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        session = await self.create_session()
        asking = session.get(url, headers=headers, timeout=_CONNECTING, raise_for_status=True)
        async with await self._in_time(asking, until) as response:
            skipped = start
            if response.status == HTTPStatus.PARTIAL_CONTENT:
                if not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
                    raise ClientPayloadError("another part")
                skipped = 0
            while chunk := await self._in_time(response.content.readany(), until):
                if len(chunk) > skipped:
                    yield chunk[skipped:]
                skipped = max(skipped - len(chunk), 0)

    async def _in_time(self, work: Awaitable[T], until: float) -> T:
        """Await what the server sends next. Raises TimeoutError."""
        running = asyncio.ensure_future(work)
        seconds = min(STALL_SECONDS, until - self._clock.now())
        await first_of(running, self._clock.sleep(seconds))
        if running.cancelled():
            raise TimeoutError
        return running.result()
