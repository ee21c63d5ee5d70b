"""A look into a result file before it is passed on: is it harmless, and what does it amount to?

Services are trusted with lists and with nothing else. A file that unpacks without end is not
passed on; one that can't be understood is, as it came, and has no summary.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import structlog

from checking import numbers
from checking.context import TaskContext
from sheets.answers import result_files, summary
from sheets.answers.meaning import Meaning
from sheets.answers.summary import Summary
from sheets.base.threads import in_thread
from sheets.lists import intake
from storage.sealing.files import read_sealed
from storage.sealing.vault import Vault, WrongKeyError
from storage.tasks.tasks import Task

MOST_BYTES = 200_000_000
"""Larger files are passed on without a look: they would not fit into memory."""

log = structlog.get_logger("inspection")


@dataclass(frozen=True, slots=True)
class Findings:
    """What a result amounts to; no summary where it can't be understood."""

    summary: Summary | None = None

    @property
    def mismatch(self) -> bool:
        """Whether the service's numbers aren't the ones it was handed."""
        if self.summary is None:
            return False
        missing = any(bucket.key == "missing" for bucket in self.summary.buckets)
        return missing or self.summary.foreign > 0


async def inspect(ctx: TaskContext, task: Task, path: Path, size: int) -> Findings:
    """Look into a fetched file. Raises UnsafeResultError and BrokenResultError."""
    check = ctx.catalogue.get(task.check_key)
    if check is None or size > MOST_BYTES:
        return Findings()
    posted = await numbers.as_upload(ctx.database, task.list_id)
    try:
        return await in_thread(_inspect, path, ctx.database.vault, posted, check.meaning)
    except result_files.UnreadableResultError as error:
        log.warning("result not understood", task=task.id, why=str(error))
    except (result_files.ResultError, OSError):
        raise
    except WrongKeyError as error:
        raise result_files.BrokenResultError(str(error)) from None
    except Exception:
        # Our own mistake must not keep from anybody what they paid for.
        log.exception("result not looked into", task=task.id)
    return Findings()


def _inspect(path: Path, vault: Vault, posted: bytes | None, meaning: Meaning) -> Findings:
    answers = result_files.read(b"".join(read_sealed(path, vault)), meaning)
    return Findings(summary.summarise(handed_in(posted, answers), answers, meaning))


def handed_in(posted: bytes | None, answers: result_files.Answers) -> pl.Series:
    """The numbers of a list, in its order; once they are erased, those of the result."""
    if posted is None:
        return answers.frame.select("+" + pl.col("number").cast(pl.String)).to_series()
    return intake.from_upload(posted)
