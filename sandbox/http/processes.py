"""Bots in processes of their own: where they write, and how they and their keepers end."""

import asyncio
import multiprocessing
import os
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path


def write_to(log: Path) -> None:
    """Let all that this process says from now on go to the end of a file."""
    lines = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(lines, 1)
    os.dup2(lines, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w", buffering=1), os.fdopen(2, "w", buffering=1)


def end_with_parent() -> None:
    """End this process when its parent does: should that be killed, nobody else would do it."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    asyncio.get_running_loop().add_reader(parent.sentinel, os._exit, 1)


async def ended(process: BaseProcess) -> int | None:
    """Wait for the end of a process, as others may do at the same time; give its exit code."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    sentinel = os.dup(process.sentinel)  # the loop tells only one of those who ask for the same
    loop.add_reader(sentinel, over.set)
    try:
        await over.wait()
    finally:
        loop.remove_reader(sentinel)
        os.close(sentinel)
    process.join()
    return process.exitcode
