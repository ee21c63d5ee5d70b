"""Run long work on tables outside the event loop."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import polars as pl

P = ParamSpec("P")
T = TypeVar("T")


class PanicError(Exception):
    """polars panicked: a bug in the library."""


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `work` in a thread. Raises what it raises, and PanicError.

    polars raises panics as a BaseException, which `except Exception` doesn't catch.
    """
    try:
        return await asyncio.to_thread(work, *args, **kwargs)
    except pl.exceptions.PanicException as error:
        raise PanicError(type(error).__name__) from error
