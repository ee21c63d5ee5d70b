"""Inspection of a result file before delivery: whether it is harmless, and its summary.

Services are trusted with lists and with nothing else. A zip bomb is not passed on. A file that
can't be parsed is, unchanged and without a summary.
"""

from pathlib import Path

import structlog

from checking import numbers
from checking.context import TaskContext
from runtime.confined.exchange import BrokenWorkError, TooMuchError
from runtime.confined.files import Files, write
from runtime.threads import to_its_end
from sheets.answers.result_errors import BrokenResultError, UnreadableResultError
from sheets.answers.summary import Summary
from storage.sealing.files import read_sealed
from storage.sealing.vault import Vault, WrongKeyError
from storage.tasks.tasks import Task

MOST_BYTES = 200_000_000
"""Larger files are passed on without inspection: no process may take the memory for them."""

log = structlog.get_logger("inspection")


def mismatch(found: Summary) -> bool:
    """Tell whether the numbers in the result differ from the submitted ones."""
    missing = any(bucket.key == "missing" for bucket in found.buckets)
    return missing or found.foreign > 0


async def inspect(ctx: TaskContext, task: Task, path: Path, size: int) -> Summary | None:
    """Summarise a fetched file; None if it can't be parsed.

    Raises UnsafeResultError and BrokenResultError.
    """
    check = ctx.catalogue.get(task.check_key)
    if check is None or size > MOST_BYTES:
        return None
    posted = await numbers.as_upload(ctx.database, task.list_id)
    with Files() as files:
        result = files.new()
        try:
            await to_its_end(open_result, path, ctx.database.vault, task.id, result)
            return await ctx.glass.inspect(result, posted, check.meaning, of=task.person_id)
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
    return None


def open_result(path: Path, vault: Vault, task_id: str, into: int) -> None:
    """Open a sealed result into a file in memory. Raises WrongKeyError, for a damaged one, too."""
    for piece in read_sealed(path, vault, task_id):
        write(into, piece)
