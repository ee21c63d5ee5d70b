"""Remembered answers: whose they are, how they get into the database, and a list held against them.

They belong to a person, or to a group whose results go to the group, and are found by digests that
no two owners share (`storage.memory`).
"""

from collections.abc import Hashable, Iterator

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.context import TaskContext
from checking.services.catalogue import Check
from runtime.confined.files import Files, write
from runtime.threads import to_its_end
from sheets.glass.shapes import HeldBlock, Recalled
from storage.memory import answer_blocks
from storage.memory.answer_blocks import NewBlock, StoredBlock
from storage.people import chats
from storage.people.chats import Results
from storage.sealing.vault import Vault, WrongKeyError
from storage.tasks import tasks
from storage.tasks.tasks import Task

DAY_SECONDS = 86_400.0
MOST_BYTES = 160 << 20
"""Of the blocks that one list is held against, sealed: what older ones hold is asked anew. Beside
the list they must fit into the bounds of a confined process."""
MOST_BLOCKS = 5_000
PIECE_BYTES, PIECE_BLOCKS = 16 << 20, 100
"""Of the blocks that are read at once, and stand in the bot's own memory."""

log = structlog.get_logger("memory")


async def owner_of(connection: AsyncConnection, chat_id: int, person_id: int) -> int:
    """Return who the answers to a list of this chat and person belong to: a person, or a group.

    An anonymous administrator of a group has the group's id.
    """
    if chat_id == person_id or person_id < 0:
        return chat_id
    rules = await chats.rules(connection, chat_id)
    return person_id if rules.results is Results.PRIVATE else chat_id


async def _owner(connection: AsyncConnection, task: Task) -> int:
    """Return whose memory a result becomes: that of whoever gets it, if that is settled."""
    if task.is_private:
        return task.person_id
    return await owner_of(connection, task.chat_id, task.person_id)


async def salt_for(ctx: TaskContext, task: Task, check: Check) -> str:
    """Return the salt for a block of this task's answers; empty if none are to be remembered."""
    if task.summary or not check.remember_days:  # fetched again: they were, when they were new
        return ""
    async with ctx.database.read() as connection:
        owner_id = await _owner(connection, task)
        return await answer_blocks.salt_of(connection, owner_id, task.check_key)


async def remember(
    ctx: TaskContext, connection: AsyncConnection, task: Task, block: NewBlock
) -> None:
    """Store a block, in the commit that stores the summary of its result."""
    # Its group may have another id by now, or other rules.
    found = await tasks.get(connection, ctx.database.vault, task.id)
    check = ctx.catalogue.get(task.check_key)
    if found is None or check is None:
        return
    # As in the sheet: the service may have looked at any time since.
    answered_at = found.submitted_at or found.created_at
    await answer_blocks.remember(
        connection,
        block,
        owner_id=await _owner(connection, found),
        check_key=found.check_key,
        task_id=found.id,
        answered_at=answered_at,
        ends_at=answered_at + check.remember_days * DAY_SECONDS,
    )


async def recall(
    ctx: TaskContext, owner_id: int, check: Check, posted: bytes, *, of: Hashable
) -> Recalled | None:
    """Split a list's numbers, as stored, into those whose answers are remembered and new ones.

    None where nothing is remembered. Raises TooMuchError and BrokenWorkError.
    """
    if not check.remember_days:
        return None
    async with ctx.database.read() as connection:
        now = ctx.clock.now()
        stored = await answer_blocks.blocks_of(connection, owner_id, check.key, now)
    # There may have been more days when they were stored; what people are told is the days of now.
    since = now - check.remember_days * DAY_SECONDS
    stored = [block for block in stored if block.answered_at > since]
    return await _recalled(ctx, stored, posted, of)


async def recall_result(
    ctx: TaskContext, task: Task, check: Check, posted: bytes
) -> Recalled | None:
    """Return what is remembered of a task's answers to these numbers, as its result had them.

    None where nothing is. What its list had from memory is looked for in older blocks. Raises
    TooMuchError and BrokenWorkError.
    """
    async with ctx.database.read() as connection:
        owner_id = await _owner(connection, task)
        now = ctx.clock.now()
        stored = await answer_blocks.blocks_of(connection, owner_id, check.key, now)
    own = [block for block in stored if block.task_id == task.id]
    asked_at = task.submitted_at or task.created_at
    older = [block for block in stored if task.known and block.answered_at < asked_at]
    if not own and not task.is_remembered:
        return None
    return await _recalled(ctx, [*own, *older], posted, task.person_id)


async def _recalled(
    ctx: TaskContext, stored: list[StoredBlock], posted: bytes, of: Hashable
) -> Recalled | None:
    held: list[HeldBlock] = []
    with Files() as files:
        into = files.new()
        for piece in _pieces(stored):
            async with ctx.database.read() as connection:
                blobs = await answer_blocks.sealed(connection, [block.id for block in piece])
            held += await to_its_end(_open, ctx.database.vault, piece, blobs, into)
        return await ctx.glass.recall(posted, into, held, of=of) if held else None


def _pieces(stored: list[StoredBlock]) -> Iterator[list[StoredBlock]]:
    """Yield the newest blocks, so many at once that they may stand in memory."""
    total = 0
    piece: list[StoredBlock] = []
    for block in stored[:MOST_BLOCKS]:
        total += block.size
        if total > MOST_BYTES:
            break
        if piece and (
            len(piece) == PIECE_BLOCKS
            or sum(each.size for each in piece) + block.size > PIECE_BYTES
        ):
            yield piece
            piece = []
        piece.append(block)
    if piece:
        yield piece


def _open(
    vault: Vault, blocks: list[StoredBlock], blobs: dict[str, bytes], into: int
) -> list[HeldBlock]:
    """Open blocks into a file in memory, one after the other; those that are gone are left out."""
    held = []
    for block in blocks:
        if block.id not in blobs:
            continue
        try:
            body = answer_blocks.opened(vault, block.id, blobs.pop(block.id))
        except WrongKeyError:
            log.error("remembered answers not opened", block=block.id)  # noqa: TRY400 # it says all
            continue
        write(into, body)
        key = answer_blocks.key_of(vault, block.salt)
        held.append(HeldBlock(len(body), block.answered_at, key))
    return held
