"""Work in threads that is over when its caller goes on."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from runtime.finishing import finished

P = ParamSpec("P")
T = TypeVar("T")


async def to_its_end(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `work` in a thread; when cancelled, wait until it has ended before that is passed on.

    For work on what the caller closes afterwards: a descriptor's number is soon another file's.
    """
    return await finished(asyncio.to_thread(work, *args, **kwargs))


async def uninterrupted(
    work: Callable[P, T], give_up: Callable[[], None], *args: P.args, **kwargs: P.kwargs
) -> T:
    """The same, with a function that makes the work end soon."""
    return await finished(asyncio.to_thread(work, *args, **kwargs), give_up)
