"""Write a person's own sheet, with the answers beside their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import polars as pl

from sheets.answers.result_errors import ResultError
from sheets.base.table import Table, Traced
from sheets.lists.several import trace_all
from sheets.output import own_sheets
from sheets.output.joining import Checked, Words
from sheets.work.lists import lists_of
from sheets.work.results import answers_of, meaning_of

Made = tuple[dict[str, Any], list[bytes]]


def write_sheet(
    whole: bytes,
    *files: bytes,
    parts: Sequence[Mapping[str, Any]],
    region: str | None,
    results: Sequence[Mapping[str, Any]],
    most_bytes: int,
    wishes: Sequence[str] = (),
    words: Mapping[str, Any] | None = None,
) -> Made:
    """Join a list, whose parts are in one file, and the results of its checks, the other files.

    results: For each its title, meaning, the titles of its columns, and its day; the last one is
        the result that was asked about, the others come before it. One that can't be read any more
        is named in `without`. `known`: the next file has remembered answers beside it.
    region, wishes: As the list was read; see `sheets.glass.shapes.Wish`. A part with a `member` is
        of a list of its own, which was read as that says.
    words: As `joining.Words`.
    Gives, for each file, the name of its source, the end of its own, and what is said of it.
    """
    answered: list[Checked] = []
    without = []
    left = iter(files)
    for result in results:
        data, known = next(left), next(left) if result["known"] else b""
        meaning, title, day = meaning_of(result["meaning"]), result["title"], result["day"]
        try:
            answers = answers_of(data, known, meaning, day)
        except ResultError as error:
            if result["is_own"]:
                return {"what": "broken", "why": error.why}, []
            without.append(title)
        else:
            more = result["titles"], day, result["day_title"], meaning
            answered.append(Checked(title, answers, *more))
            if result["is_own"]:
                own = answers
    # Without parts it was a paste, whose text was erased after a week.
    lists = lists_of(whole, parts, region, wishes)
    given = [part for each in lists for part in each.parts]
    if given:
        traced = trace_all(lists)
    else:
        rows = own.frame.select(row=pl.int_range(pl.len(), dtype=pl.UInt32), number="number")
        cells = rows.select(c0="+" + pl.col("number").cast(pl.String))
        traced = [Traced(Table(source="", part=0, kind="message", cells=cells), rows)]
    named, made, said = [], [], []
    for part, some in groupby(_one_paste(traced), key=lambda each: each.table.part):
        tables = list(some)
        sent = given[part].data if given else b""
        data = sent if isinstance(sent, bytes) else b""
        written, why = own_sheets.write(
            tables, data, answered, most_bytes, words=Words(**words or {})
        )
        for file in written:
            named.append([tables[0].table.source.partition(" / ")[0], file.name_suffix])
            made.append(file.data)
        said += why
    return {"what": "files", "names": named, "without": without, "said": said}, made


def _one_paste(traced: list[Traced]) -> list[Traced]:
    """Merge consecutive messages into one table: to their sender they are one paste."""
    merged: list[Traced] = []
    for each in traced:
        last = merged[-1] if merged else None
        if last is None or {last.table.kind, each.table.kind} != {"message"}:
            merged.append(each)
            continue
        cells = pl.concat([last.table.cells, each.table.cells])
        above = last.table.cells.height
        table = replace(last.table, cells=cells)
        numbers = _below(last.numbers, each.numbers, above)
        merged[-1] = Traced(table, numbers, _below(last.left_out, each.left_out, above))
    return merged


def _below(first: pl.DataFrame, second: pl.DataFrame, rows: int) -> pl.DataFrame:
    moved = second.with_columns(pl.col("row") + rows)
    return pl.concat([first, moved.cast(first.schema)])
