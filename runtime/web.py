"""HTTP servers in the bot's own process."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web


@asynccontextmanager
async def serving(
    app: web.Application, host: str, port: int, *, shutdown_seconds: float = 60.0
) -> AsyncGenerator[None]:
    """Serve `app` while the block runs; then wait `shutdown_seconds` for open requests.

    Raises OSError if the port is taken.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=shutdown_seconds)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()
