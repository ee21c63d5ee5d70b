"""The replies to faults that every server can have."""

from aiohttp import web

from sandbox.http import faults
from sandbox.http.clock import Clock
from sandbox.http.server import Server


def plain(answer: faults.Answer) -> web.Response:
    """Build the response that the fault plans."""
    return web.Response(
        status=answer.status,
        body=answer.body.encode(),
        headers={"Content-Type": answer.content_type, **answer.headers},
    )


async def dawdle(request: web.Request, slow: faults.Slow, clock: Clock, server: Server) -> None:
    """Wait as long as planned, without counting the request as busy."""
    with server.at_rest(request):
        if slow.real:
            await server.pause(slow.seconds)
        else:
            await clock.sleep(slow.seconds)
