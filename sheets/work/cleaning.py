"""Make a list clean, pick its numbers by their lines, and join several lists."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import polars as pl

from sheets.lists import intake
from sheets.lists.accounts import account_all, bare, kept_of
from sheets.output import clean_list, export
from sheets.output.clean_words import CleanWords
from sheets.phones.line_types import read_lines
from sheets.phones.lines import KEPT, Kept, Line
from sheets.work.lists import files_of, integers, lists_of

Made = tuple[dict[str, Any], list[bytes]]


def write_clean(
    whole: bytes,
    posted: bytes,
    *,
    parts: Sequence[Mapping[str, Any]],
    region: str | None,
    words: Mapping[str, Any],
    most_bytes: int,
    wishes: Sequence[str] = (),
) -> Made:
    """Make a list clean whose parts are in this file one after the other.

    posted: Its different numbers, as stored. They are all there is where no part is kept: of a list
        made of another one, or of a paste whose text was erased after a week.
    words: As in `CleanWords`.
    wishes: As for `sheets.work.lists.read_list`.
    Gives what `sheets.glass.answers` has for it, and the files.
    """
    numbers = integers(intake.from_upload(posted))
    lists = lists_of(whole, parts, region, wishes)
    found = kept_of(account_all(lists), numbers) if lists else bare(numbers)
    tables = clean_list.tables(found, CleanWords(**words))
    named, made = [], []
    for _, some in groupby(tables, key=lambda table: table.part):
        of_part = list(some)
        for file in export.write(of_part, most_bytes):
            named.append([of_part[0].source.partition(" / ")[0], file.name_suffix])
            made.append(file.data)
    lines = read_lines(numbers)["line"].value_counts().cast({"line": pl.String})
    values = {
        "what": "clean",
        "lines": dict(lines.iter_rows()),
        "duplicates": int(found.rows["again"].sum()),
        "rejected": found.rows["reason"].count(),
        "names": named,
    }
    return values, made


def pick_lines(posted: bytes, *, kept: Kept) -> Made:
    """Give a list's numbers of the lines in `KEPT`, as `sheets.work.lists.files_of` does."""
    numbers = intake.from_upload(posted)
    lines = read_lines(integers(numbers))["line"]
    chosen = numbers.filter(lines.is_in([line.value for line in KEPT[kept]]))
    values = {"count": chosen.len(), "either": int((lines == Line.EITHER.value).sum())}
    return {"what": "numbers", **values}, files_of(chosen)


def join_lists(posted: bytes) -> Made:
    """Give the different ones of these numbers, in order of first appearance."""
    numbers = intake.from_upload(posted).unique(maintain_order=True)
    return {"what": "numbers", "count": numbers.len()}, files_of(numbers)
