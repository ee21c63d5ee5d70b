"""Products of a result: groups of its numbers, and the person's own sheet with the answers.

Each is made on demand from what is kept: the list's numbers until they expire, the result file on
our disk or in the chat, the documents at Telegram. So the buttons work after a restart.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import polars as pl
import structlog
from aiogram.exceptions import AiogramError

from checking import numbers
from checking.inspection import handed_in
from handlers.shared.card import check_name
from handlers.shared.context import BotContext
from handlers.shared.sources import Sources, TroubleError
from handlers.shared.texts import Phrases
from sheets.answers import result_files, summary
from sheets.answers.answers import Answers
from sheets.answers.summary import Group
from sheets.base.table import Table, Traced
from sheets.base.threads import in_thread
from sheets.lists import intake
from sheets.output import export, joining
from storage.lists import list_parts, lists
from storage.lists.lists import NumberList
from storage.sealing.files import read_sealed
from storage.tasks import tasks
from storage.tasks.tasks import Task

MAKING_AT_ONCE = 1  # joining a list of a million numbers takes some hundred megabytes

log = structlog.get_logger("products")


class GoneError(Exception):
    """The result file is neither on our disk nor in the chat: it has to be fetched again."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A joined sheet: its files, each with the name of its source.

    `without` names the checks whose answers are gone.
    """

    files: list[tuple[str, export.File]]
    without: list[str]


class Products:
    """Makes the products. Raises GoneError, TroubleError and aiogram's errors."""

    def __init__(self, ctx: BotContext, folder: Path) -> None:
        self._ctx = ctx
        self._database = ctx.database
        self._folder = folder
        self._sources = Sources(ctx)
        self._making = asyncio.Semaphore(MAKING_AT_ONCE)

    async def group(self, task: Task, group: Group | None) -> pl.Series:
        """Return the numbers of a group, in the list's order; all numbers for None."""
        async with self._making:
            answers = await self._answers(task)
            posted = await numbers.as_upload(self._database, task.list_id)
            every = await in_thread(handed_in, posted, answers)
            check = self._ctx.catalogue.get(task.check_key)
            if group is None or check is None:
                return every
            return await in_thread(summary.members, group, every, answers, check.meaning)

    async def sheet(self, task: Task, say: Phrases) -> Sheet:
        """Return the person's own rows and columns, with the answers of every check of the list."""
        vault = self._database.vault
        async with self._making:
            async with self._database.read() as connection:
                found = await lists.get(connection, vault, task.list_id)
                if found is None:
                    raise GoneError
                stored = await list_parts.of_list(connection, vault, found.source_id)
                every = await tasks.of_source(connection, vault, found.source_id)
            own = await self._answers(task)
            answered, without = [], []
            for each in every:  # oldest first
                title = check_name(say, self._ctx.catalogue.get(each.check_key), each.check_key)
                try:
                    answers = own if each.id == task.id else await self._answers(each)
                except (GoneError, result_files.ResultError, AiogramError, OSError):
                    without.append(title)
                else:
                    answered.append((title, answers))
            traced = await self._traced(found, stored, own)
            limit = self._ctx.limits.upload
            files = await in_thread(_write, traced, answered, limit)
        return Sheet(files, without)

    async def _traced(
        self, found: NumberList, stored: Sequence[list_parts.StoredPart], own: Answers
    ) -> list[Traced]:
        kept = [part for part in stored if part.file_id is not None or part.text]
        if kept:
            parts, _ = await self._sources.fetch(kept)
            return await in_thread(intake.trace, parts, found.region)
        # A paste, whose text was erased after a week: the numbers alone.
        rows = own.frame.select(
            row=pl.int_range(pl.len(), dtype=pl.UInt32), number=pl.col("number")
        )
        cells = rows.select(c0="+" + pl.col("number").cast(pl.String))
        return [Traced(Table(source="", part=0, kind="message", cells=cells), rows)]

    async def _answers(self, task: Task) -> Answers:
        check = self._ctx.catalogue.get(task.check_key)
        if check is None:
            raise GoneError
        path = self._folder / (task.result_name or "-")
        if path.is_file():
            vault = self._database.vault
            data = await asyncio.to_thread(lambda: b"".join(read_sealed(path, vault)))
        elif task.messages.document_id is None:
            raise GoneError
        else:
            try:
                data = await self._sources.document(task.messages.document_id)
            except (TroubleError, AiogramError, TimeoutError, OSError) as error:
                log.info("result not in the chat", task=task.id, error=type(error).__name__)
                raise GoneError from None
        return await in_thread(result_files.read, data, check.meaning)


def _write(
    traced: list[Traced], answered: list[tuple[str, Answers]], limit: int
) -> list[tuple[str, export.File]]:
    """Write the files of each part, each with the name of its source."""
    files = []
    for _, part in groupby(_one_paste(traced), key=lambda each: each.table.part):
        tables = [joining.join(each, answered) for each in part]
        name = tables[0].source.partition(" / ")[0]
        files += [(name, file) for file in export.write(tables, limit)]
    return files


def _one_paste(traced: list[Traced]) -> list[Traced]:
    """Merge consecutive messages into one table: to their sender they are one paste."""
    merged: list[Traced] = []
    for each in traced:
        last = merged[-1] if merged else None
        if last is None or {last.table.kind, each.table.kind} != {"message"}:
            merged.append(each)
            continue
        cells = pl.concat([last.table.cells, each.table.cells])
        moved = each.numbers.with_columns(pl.col("row") + last.table.cells.height)
        table = replace(last.table, cells=cells)
        merged[-1] = Traced(table, pl.concat([last.numbers, moved.cast(last.numbers.schema)]))
    return merged
