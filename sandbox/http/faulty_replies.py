"""The faults that every server can have, done to one request."""

import asyncio
import contextlib

from aiohttp import web

from sandbox.http import faults
from sandbox.http.clock import Clock
from sandbox.http.server import Server


def plain(answer: faults.Answer) -> web.Response:
    """Write an answer as it was planned."""
    return web.Response(
        status=answer.status,
        body=answer.body.encode(),
        headers={"Content-Type": answer.content_type, **answer.headers},
    )


async def dawdle(request: web.Request, slow: faults.Slow, clock: Clock, server: Server) -> None:
    """Wait as long as planned; the request doesn't count as busy meanwhile."""
    with server.at_rest(request):
        if slow.real:
            await pause(slow.seconds, server)
        else:
            await clock.sleep(slow.seconds)


async def pause(seconds: float, server: Server) -> None:
    """Sleep for real seconds, or until the server closes."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(server.closing.wait(), seconds)
