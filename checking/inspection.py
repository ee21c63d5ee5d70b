"""Inspection of a result file before delivery: whether it is harmless, and its summary.

Services are trusted with lists and with nothing else. A zip bomb is not passed on. A file that
can't be parsed is, unchanged and without a summary.
"""

from pathlib import Path

import polars as pl
import structlog

from checking import numbers
from checking.context import TaskContext
from sheets.answers import result_files, summary
from sheets.answers.summary import Summary
from sheets.base.threads import in_thread
from sheets.lists import intake
from storage.sealing.files import read_sealed
from storage.sealing.vault import WrongKeyError
from storage.tasks.tasks import Task

MOST_BYTES = 200_000_000
"""Larger files are passed on without inspection: they would not fit into memory."""

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
    meaning = check.meaning
    posted = await numbers.as_upload(ctx.database, task.list_id)

    def summarise() -> Summary:
        data = b"".join(read_sealed(path, ctx.database.vault))
        answers = result_files.read(data, meaning)
        return summary.summarise(handed_in(posted, answers), answers, meaning)

    try:
        return await in_thread(summarise)
    except result_files.UnreadableResultError as error:
        log.warning("result not parsed", task=task.id, why=str(error))
    except (result_files.ResultError, OSError):
        raise
    except WrongKeyError as error:
        raise result_files.BrokenResultError(str(error)) from None
    except Exception:
        # A bug of ours must not withhold a result that was paid for.
        log.exception("result inspection failed", task=task.id)
    return None


def handed_in(posted: bytes | None, answers: result_files.Answers) -> pl.Series:
    """Return a list's numbers in its order; those of the result once the list is erased."""
    if posted is None:
        return answers.frame.select("+" + pl.col("number").cast(pl.String)).to_series()
    return intake.from_upload(posted)
