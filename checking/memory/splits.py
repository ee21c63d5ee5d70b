"""Lists of which some answers are remembered: what of them goes to the service, and the rest.

A split is made once, for a quote. What the quote says is what is sent and paid, and the answers
that it promises are there even if their days end before *Start*.
"""

import asyncio
from pathlib import Path
from typing import Literal

import structlog

from checking import numbers
from checking.context import TaskContext
from checking.memory import blocks as memory
from checking.people import People
from checking.services.catalogue import Check
from runtime.confined.exchange import BrokenWorkError, TooMuchError
from sheets.answers.summary import Summary
from sheets.glass.shapes import Recalled
from storage.lists import lists
from storage.lists.lists import NumberList
from storage.sealing.files import PIECE, SealedWriter
from storage.tasks import drafts
from storage.tasks.drafts import Split
from storage.tasks.tasks import Task

Sent = Literal["new", "whole"] | Task
"""What goes to the service of a list: its numbers that aren't remembered, all of it, or nothing, as
the list is what this task remembers."""

log = structlog.get_logger("memory")


class KnownGoneError(Exception):
    """The remembered answers of a task are erased, or can't be opened."""


class UncomparedError(Exception):
    """A list can't be held against what is remembered: it is too much, or a fault of ours."""


async def split_of(
    ctx: TaskContext, people: People, list_id: str, check: Check, *, task_id: str, sent: Sent
) -> Split | None:
    """Split a list for a draft of this id; None if all of it goes to the service.

    Raises KnownGoneError and UncomparedError.
    """
    async with ctx.database.read() as connection:
        found = await lists.get(connection, ctx.database.vault, list_id)
        fingerprint = await drafts.fingerprint(connection, list_id)
        if found is None or sent == "whole":
            return None
        owner_id = await memory.owner_of(connection, found.chat_id, found.person_id)
        # Their own answers are for them alone, whatever the rules of the group become meanwhile.
        alone = owner_id if owner_id != found.chat_id else None
    if isinstance(sent, Task):
        known = await numbers.known_of(ctx.database, sent)
        if known is None:
            raise KnownGoneError
        new, count, since, alone = b"", sent.known, sent.known_since, sent.result_chat_id
    else:
        recalled = await _recall(ctx, people, found, owner_id, check)
        if recalled is None:
            return None
        new, known = recalled.new, recalled.known
        count, since = recalled.remembered, recalled.oldest
    seal = ctx.database.vault.seal
    return Split(
        numbers=new.count(b"\n"),
        part=await asyncio.to_thread(seal, new, "splits.part", task_id) if new else None,
        known=count,
        since=since or 0.0,
        answers=await asyncio.to_thread(seal, known, "splits.known", task_id),
        fingerprint=fingerprint,
        chat_id=alone,
    )


async def count_new(ctx: TaskContext, people: People, found: NumberList, check: Check) -> int:
    """Return how many numbers of a list would go to the service, as of now."""
    async with ctx.database.read() as connection:
        owner_id = await memory.owner_of(connection, found.chat_id, found.person_id)
    try:
        recalled = await _recall(ctx, people, found, owner_id, check)
    except UncomparedError:
        return found.ready
    return recalled.count if recalled else found.ready


async def _recall(
    ctx: TaskContext, people: People, found: NumberList, owner_id: int, check: Check
) -> Recalled | None:
    """Hold a list against what is remembered; None if none of its numbers is.

    Raises UncomparedError.
    """
    if owner_id != found.chat_id and not await people.may_use(owner_id):
        return None
    posted = await numbers.as_upload(ctx.database, found.id)
    if posted is None:
        return None
    try:
        recalled = await memory.recall(ctx, owner_id, check, posted, of=found.person_id)
    except (TooMuchError, BrokenWorkError) as error:
        log.warning("list not split", list=found.id, why=str(error))
        raise UncomparedError from None
    return recalled if recalled and recalled.remembered else None


async def write_known(ctx: TaskContext, task: Task, path: Path) -> tuple[int, Summary] | None:
    """Write the remembered answers of a task as a result file; return its size, and a summary.

    None once they are erased, or if they can't be opened. Raises TooMuchError and BrokenWorkError.
    """
    check = ctx.catalogue.get(task.check_key)
    known = await numbers.known_of(ctx.database, task)
    posted = await numbers.as_upload(ctx.database, task.list_id)
    if check is None or known is None or posted is None:
        return None
    found, data = await ctx.glass.write_known(posted, known, check.meaning, of=task.person_id)

    def write() -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_suffix(".part")
        with SealedWriter(partial, ctx.database.vault, path.stem) as file:
            for start in range(0, len(data), PIECE):
                file.write(data[start : start + PIECE])
            file.close()
        partial.rename(path)

    await asyncio.to_thread(write)
    return len(data), found
