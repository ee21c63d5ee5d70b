"""Helpers for bots in child processes: their log, and the end of child and parent."""

import asyncio
import multiprocessing
import os
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path


def write_to(log: Path) -> None:
    """Append stdout and stderr of this process to a file from now on."""
    lines = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(lines, 1)
    os.dup2(lines, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w", buffering=1), os.fdopen(2, "w", buffering=1)


def end_with_parent() -> None:
    """Exit when the parent does: a killed parent can't stop its children."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    asyncio.get_running_loop().add_reader(parent.sentinel, os._exit, 1)


async def ended(process: BaseProcess) -> int | None:
    """Wait until a process ends and return its exit code. Several tasks may wait for one."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    sentinel = os.dup(process.sentinel)  # the loop has one reader per descriptor
    loop.add_reader(sentinel, over.set)
    try:
        await over.wait()
    finally:
        loop.remove_reader(sentinel)
        os.close(sentinel)
    process.join()
    return process.exitcode
