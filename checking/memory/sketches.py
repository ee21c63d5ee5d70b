"""Lists with much in common, found by their sketches (storage/lists/sketches.py)."""

import struct
from contextlib import suppress

import structlog

from checking import numbers
from checking.context import TaskContext
from runtime.confined.exchange import BrokenWorkError, TooMuchError
from storage.lists import sketches
from storage.lists.sketches import Sketch
from storage.sealing.vault import WrongKeyError
from storage.tasks import chat_tasks
from storage.tasks.tasks import Task

SIZE = 128
"""Digests in a sketch, as in `sheets.memory.sketch`."""

ALIKE_FROM = 1 / 3
"""Of the larger list: what two lists have in common from there on."""
MOST_ALIKE, MOST_LOOKED_AT = 10, 200

log = structlog.get_logger("memory")


async def sketch_for(ctx: TaskContext, task: Task) -> Sketch | None:
    """Make a sketch of a task's list.

    None if it has one, its numbers are erased, or nothing is to be remembered of the check.
    """
    check, vault = ctx.catalogue.get(task.check_key), ctx.database.vault
    if check is None or not check.remember_days:
        return None
    async with ctx.database.read() as connection:
        is_kept = await sketches.sealed(connection, [task.list_id])
        salt = await sketches.salt_of(connection, vault, task.chat_id)
    posted = None if is_kept else await numbers.as_upload(ctx.database, task.list_id)
    if posted is None:
        return None
    key = sketches.key_of(vault, salt)
    try:
        return Sketch(salt, await ctx.glass.sketch(posted, key, of=task.person_id))
    except (TooMuchError, BrokenWorkError) as error:
        log.warning("list not sketched", list=task.list_id, why=str(error))
        return None


def share(one: Sketch, other: Sketch, sizes: tuple[int, int]) -> float:
    """Estimate how many numbers two lists have in common, as a share of the larger one.

    sizes: How many numbers they have.
    """
    if one.salt != other.salt or not all(sizes):
        return 0.0
    first, second = _digests(one), _digests(other)
    smallest = sorted(first | second)[:SIZE]
    alike = sum(each in first and each in second for each in smallest) / len(smallest)
    return alike / (1 + alike) * sum(sizes) / max(sizes)


def _digests(sketch: Sketch) -> set[int]:
    return {digest for (digest,) in struct.iter_unpack("<q", sketch.digests)}


async def alike(ctx: TaskContext, task: Task) -> list[Task]:
    """Return other results of a task's check in its chat, of lists that share many of its numbers.

    The newest first; at most `MOST_ALIKE` of the newest `MOST_LOOKED_AT`.
    """
    vault = ctx.database.vault
    async with ctx.database.read() as connection:
        others = await chat_tasks.comparable(connection, vault, task, limit=MOST_LOOKED_AT)
        ids = [task.list_id, *(other.list_id for other in others)]
        sealed = await sketches.sealed(connection, ids)
    found: dict[str, Sketch] = {}
    for list_id, blob in sealed.items():
        with suppress(WrongKeyError):  # a damaged one is like none
            found[list_id] = sketches.opened(vault, list_id, blob)
    own = found.get(task.list_id)

    def is_alike(other: Task) -> bool:
        sketch, sizes = found.get(other.list_id), (task.all_numbers, other.all_numbers)
        return own is not None and sketch is not None and share(own, sketch, sizes) > ALIKE_FROM

    return [other for other in others if is_alike(other)][:MOST_ALIKE]
