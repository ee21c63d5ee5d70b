"""Long work on tables beside the event loop."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import polars as pl

P = ParamSpec("P")
T = TypeVar("T")


class PanicError(Exception):
    """The library that reads tables ran into a bug of its own."""


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do it in a thread. Raises what `work` raises, and PanicError.

    polars raises its panics as a BaseException, which no `except Exception` would stop.
    """
    try:
        return await asyncio.to_thread(work, *args, **kwargs)
    except pl.exceptions.PanicException as error:
        raise PanicError(type(error).__name__) from error
