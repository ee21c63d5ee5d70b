"""Write what is stored: everything about a person as JSON, rows as a csv."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from sheets.base.table import Table
from sheets.output import export


@dataclass(frozen=True, slots=True)
class _Text:
    """Where in the texts one stands: each is decoded only when it is written."""

    start: int
    end: int


def write_json(request: bytes, texts: bytes) -> tuple[None, list[Iterator[bytes]]]:
    """Put the texts into their places, and write it all, piece by piece.

    `request` is JSON: `found`, rows by table, and `places`, one for each text: table, row, name,
    and how many bytes it has.
    """
    whole = json.loads(request)
    found, start = whole["found"], 0
    for table, row, name, size in whole["places"]:
        found[table][row][name] = _Text(start, start + size)
        start += size

    def text(place: _Text) -> str:
        return texts[place.start : place.end].decode("utf-8", "replace")

    pieces = json.JSONEncoder(ensure_ascii=False, indent=1, default=text).iterencode(found)
    return None, [(piece.encode("utf-8", "replace") for piece in pieces)]


def write_rows(rows: bytes) -> tuple[None, list[bytes]]:
    """Write rows of texts, as JSON, as a csv that spreadsheets know; formulas are disarmed."""
    cells = pl.DataFrame(json.loads(rows), orient="row", infer_schema_length=None)
    table = Table("rows", 0, "message", cells, has_header=True)
    return None, [file.data for file in export.write([table])]
