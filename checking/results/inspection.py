"""Inspection of a result file before delivery: whether it is harmless, its summary, its answers.

Services are trusted with lists and with nothing else. A zip bomb is not passed on. A file that
can't be parsed is, unchanged and without a summary.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import structlog

from checking import numbers
from checking.context import TaskContext
from checking.memory import blocks as memory
from runtime.confined.exchange import BrokenWorkError, TooMuchError
from runtime.confined.files import Files, write
from runtime.threads import to_its_end
from sheets.answers.result_errors import BrokenResultError, UnreadableResultError
from sheets.answers.summary import Summary
from storage.memory import answer_blocks
from storage.memory.answer_blocks import NewBlock
from storage.sealing.files import read_sealed
from storage.sealing.vault import Vault, WrongKeyError
from storage.tasks.tasks import Task

MOST_BYTES = 200_000_000
"""Larger files are passed on without inspection: no process may take the memory for them."""

log = structlog.get_logger("inspection")


@dataclass(frozen=True, slots=True)
class Understood:
    """The summary of a result, and its answers as they are to be remembered, if any are."""

    summary: Summary
    block: NewBlock | None


def mismatch(found: Summary) -> bool:
    """Tell whether the numbers in the result differ from the submitted ones."""
    missing = any(bucket.key == "missing" for bucket in found.buckets)
    return missing or found.foreign > 0


async def inspect(ctx: TaskContext, task: Task, path: Path, size: int) -> Understood | None:
    """Summarise a fetched file; None if it can't be parsed.

    Raises UnsafeResultError and BrokenResultError.
    """
    check = ctx.catalogue.get(task.check_key)
    if check is None or size > MOST_BYTES:
        return None
    known = await numbers.known_of(ctx.database, task) or b"" if task.known else b""
    if known:  # its summary is about the whole list
        posted = await numbers.as_upload(ctx.database, task.list_id)
    else:
        posted = await numbers.upload_of(ctx.database, task)
    vault = ctx.database.vault
    salt = await memory.salt_for(ctx, task, check)
    key = answer_blocks.key_of(vault, salt) if salt else b""
    with Files() as files:
        result = files.new()
        try:
            await to_its_end(open_result, path, vault, task.id, result)
            of = task.person_id
            found = await ctx.glass.inspect(result, posted, check.meaning, key, known, of=of)
        except WrongKeyError as error:
            raise BrokenResultError(str(error)) from None
        except UnreadableResultError as error:
            log.warning("result not parsed", task=task.id, why=str(error))
        except TooMuchError as error:
            log.warning("result too much to read", task=task.id, why=str(error))
            await ctx.glass.check_result(result, of=task.person_id)
        except BrokenWorkError:
            # A bug of ours must not withhold a result that was paid for.
            log.exception("result inspection failed", task=task.id)
        else:
            block = None
            if found.remembered:
                block = await asyncio.to_thread(
                    answer_blocks.seal, vault, salt, found.block, found.remembered
                )
            return Understood(found.summary, block)
    return None


def open_result(path: Path, vault: Vault, task_id: str, into: int) -> None:
    """Open a sealed result into a file in memory. Raises WrongKeyError, for a damaged one, too."""
    for piece in read_sealed(path, vault, task_id):
        write(into, piece)
