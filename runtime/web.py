"""HTTP servers in the bot's own process."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from runtime.errors import CannotListenError, why


@asynccontextmanager
async def serving(
    app: web.Application, host: str, port: int, *, setting: str, shutdown_seconds: float = 60.0
) -> AsyncGenerator[None]:
    """Serve `app` while the block runs; then wait `shutdown_seconds` for open requests.

    `setting` is what the names of the settings for host and port begin with.
    Raises CannotListenError if the port is taken, or not ours to take.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=shutdown_seconds)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise CannotListenError(
                f"the bot can't listen on {host}:{port} ({why(error)}). Set "
                f"{setting}_HOST to an address of this machine and {setting}_PORT to a free port "
                "above 1023, or stop the program that has it."
            ) from error
        yield
    finally:
        await runner.cleanup()
