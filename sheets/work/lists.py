"""Read a list, or the few numbers of a message."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

import polars as pl

from sheets.base import blocks
from sheets.files import vcards
from sheets.files.documents import (
    EmptyFile,
    HarmfulFile,
    ListError,
    NoNumbers,
    NotAList,
    SeveralColumns,
    TooLarge,
    TooManyNumbers,
    TooMuch,
    Undecodable,
)
from sheets.lists import intake
from sheets.lists.density import densest
from sheets.lists.several import OneList
from sheets.lists.short_message import read_few
from sheets.memory.exclusions import Exclusions
from sheets.phones.reasons import Reason

Made = tuple[dict[str, Any], list[bytes]]

MOST_ASSUMED = 50
"""Tables of which is told what was assumed; a workbook may have a thousand."""

_OF_REFUSALS = ("unusual", "unusual_example", "hidden", "excluded", "assumed", "suggested")
"""What is told of a list without a single number, too."""

_WHY: dict[type[ListError], str] = {
    EmptyFile: "empty",
    NotAList: "not_a_list",
    Undecodable: "undecodable",
    NoNumbers: "no_numbers",
    TooManyNumbers: "too_many",
    HarmfulFile: "harmful",
    TooLarge: "too_wide",
    TooMuch: "too_much",
}
"""Everything else is damaged."""


def read_list(
    given: bytes,
    held: bytes = b"",
    *,
    parts: Sequence[Mapping[str, Any]],
    region: str | None,
    reasons: Mapping[str, str],
    head: Sequence[str],
    wishes: Sequence[str] = (),
    excluded: Sequence[int] = (),
) -> Made:
    """Read a list whose parts are in this file one after the other.

    reasons, head: The words of the sheet of rejected lines.
    wishes: What the person wishes of this list; see `sheets.glass.shapes.Wish`.
    held, excluded: Blocks of numbers that are never to be checked, and the size of each.
    Gives what `sheets.glass.answers` has for it; of a list that was read the files are its
    numbers, its numbers sorted, its blocks, and the sheet of rejected lines if there are any.
    """
    try:
        never = Exclusions(held, excluded).has if excluded else None
        reading = intake.read(parts_of(given, parts), region, wishes=wishes, is_excluded=never)
    except SeveralColumns as error:
        columns = [asdict(column) for column in error.columns]
        asked = {"part": error.part, "source": error.source, "columns": columns}
        return {"what": "columns", **asked}, []
    except ListError as error:
        return _refused(error, reasons, head)
    made = files_of(reading.numbers, reading.blocks)
    if reading.left_out.height:
        made.append(_sheet(reading.left_out, reasons, head))
    values = {
        "what": "read",
        "count": reading.numbers.len(),
        "duplicates": reading.duplicates,
        "rejected": reading.rejected,
        "national": reading.national,
        "longest_run": reading.longest_run,
    } | _told(reading.told)
    return values, made


def files_of(numbers: pl.Series, dense: blocks.Blocks | None = None) -> list[bytes]:
    """Give the files of numbers that a check may be started for.

    They are the numbers, the numbers sorted, and the blocks that hold the most of them, which are
    counted where the caller hasn't.
    """
    if dense is None:
        dense = densest(integers(numbers))
    return [intake.as_upload(numbers), intake.as_upload(numbers.sort()), blocks.pack(dense)]


def integers(numbers: pl.Series) -> pl.Series:
    """Return E.164 numbers without their plus sign."""
    return numbers.str.strip_prefix("+").cast(pl.Int64)


def _told(told: intake.Told) -> dict[str, Any]:
    offers = told.offers
    return {
        "old_forms": offers.old_forms,
        "old_example": offers.old_example,
        "unusual": offers.unusual,
        "unusual_example": offers.unusual_example,
        "hidden": told.hidden,
        "excluded": offers.excluded,
        "assumed": [asdict(each) for each in told.assumed[:MOST_ASSUMED]],
        "suggested": told.suggested,
    }


def _refused(error: ListError, reasons: Mapping[str, str], head: Sequence[str]) -> Made:
    values: dict[str, Any] = {"what": "refused", "why": _WHY.get(type(error), "damaged")}
    match error:
        case NotAList():
            values["kind"] = error.kind
        case TooManyNumbers():
            values["count"] = error.maximum
        case NoNumbers():
            values |= {"count": error.total, "national": error.national}
            told = _told(error.told)
            values |= {name: told[name] for name in _OF_REFUSALS}
            values["rejected"] = error.left_out.height
            if told["excluded"]:
                values |= {"why": "all_excluded", "count": told["excluded"]}
            return values, [_sheet(error.left_out, reasons, head)]
    return values, []


def _sheet(left_out: Any, reasons: Mapping[str, str], head: Sequence[str]) -> bytes:
    words = {Reason(reason): text for reason, text in reasons.items()}
    return intake.left_out_csv(left_out, words, head)


def parts_of(given: bytes, parts: Sequence[Mapping[str, Any]]) -> list[intake.Part]:
    """Take the file of a request apart, by what the request says of its parts."""
    found, start = [], 0
    for part in parts:
        data = given[start : start + part["size"]]
        start += len(data)
        found.append(
            intake.Part(
                name=part["name"],
                data=data.decode("utf-8", "replace") if part["kind"] == "text" else data,
                kind=part["kind"],
                column=part["column"],
            )
        )
    return found


def lists_of(
    given: bytes,
    parts: Sequence[Mapping[str, Any]],
    region: str | None,
    wishes: Sequence[str],
) -> list[OneList]:
    """Take the file of a request apart, and tell how the parts of each list in it are read.

    region, wishes: How those are that are of no list of their own.
    """
    found = []
    told = zip(parts, parts_of(given, parts), strict=True)
    for member, some in groupby(told, key=lambda each: each[0].get("member")):
        own = [part for _, part in some]
        how = (member["region"], member["wishes"]) if member else (region, wishes)
        found.append(OneList(own, *how))
    return found


def read_message(text: bytes, *, region: str | None, is_card: bool) -> Made:
    """Read the few numbers of a message, or those of a contact's vCard."""
    if is_card:
        return {
            "numbers": vcards.read(text)["c1"].slice(1).drop_nulls().to_list(),
            "others": [],
        }, []
    return asdict(read_few(text.decode("utf-8", "replace"), region)), []
