"""Work that its caller can't leave half done: a cancellation is passed on when it has ended."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")


async def finished(work: Awaitable[T], give_up: Callable[[], None] = lambda: None) -> T:
    """Await `work`; when cancelled, wait until it has ended before that is passed on.

    give_up: Called then, to make it end soon.

    An error of work whose caller was cancelled is no news: nobody waits for it any more.
    (asyncio.shield would leave the work behind, and report such an error as one nobody took.)
    """
    running = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        running.add_done_callback(take_error)
        give_up()
        await asyncio.wait([running])
        raise


def take_error(work: "asyncio.Future[Any]") -> None:
    """Take the error of what has ended, so that it isn't reported as one that nobody took."""
    if not work.cancelled():
        work.exception()
