"""Tables in JSON: lists of objects, also one object a line, as programs export them.

Telegram's own export (result.json) has its contacts in one of several lists; each list whose
objects name a phone is a table.
"""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from sheets.lists.columns.headers import kind_of

LONGEST = 20_000_000
"""Characters of a text that is parsed."""
MOST_COLUMNS = 200
_DEEPEST = 12
_BEGINNING = 200  # characters in which JSON shows itself

Tables = list[tuple[str, pl.DataFrame]]


def tables_of(lines: pl.Series) -> Tables | None:
    """Return the tables of a text in JSON, each with the path to it; None for any other text.

    The first row of each has the keys, "a.b" for one within another.
    """
    first = next((line for line in lines.head(_BEGINNING) if line.strip()), "").lstrip()
    if not first.startswith(("{", "[")) or int(lines.str.len_chars().sum()) > LONGEST:
        return None
    try:
        read = _by_line(lines) if _one_a_line(first, lines) else json.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None
    found = [(path, table) for path, rows in _lists(read, "", 0) if (table := _table(rows))]
    if not found:
        return None
    with_phones = [each for each in found if any(kind_of(key) == "phone" for key in each[1][0])]
    largest = max(found, key=lambda each: len(each[1]))
    return [(path, _frame(table)) for path, table in with_phones or [largest]]


def _one_a_line(first: str, lines: pl.Series) -> bool:
    ends = first.rstrip().endswith("}")
    return first.startswith("{") and ends and int((lines.str.strip_chars() != "").sum()) > 1


def _by_line(lines: pl.Series) -> list[Any]:
    return [json.loads(line) for line in lines if line.strip()]


def _lists(read: Any, path: str, depth: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each list of objects; a lone object is a list of one if it holds no other list."""
    if depth > _DEEPEST:
        return
    if isinstance(read, list):
        objects = [each for each in read if isinstance(each, dict)]
        if objects and len(objects) * 2 >= len(read):
            yield path, objects
        elif read and not any(isinstance(each, (dict, list)) for each in read):
            yield path, [{path.rpartition(".")[2]: each} for each in read]
    elif isinstance(read, dict):
        for key, value in read.items():
            if isinstance(value, (dict, list)):
                yield from _lists(value, f"{path}.{key}" if path else str(key), depth + 1)


def _table(rows: list[dict[str, Any]]) -> list[list[str]]:
    """Return the keys and the values of all objects as texts."""
    flat = [dict(_flat(row, "", 0)) for row in rows]
    keys = list(dict.fromkeys(key for row in flat for key in row))[:MOST_COLUMNS]
    return [keys, *([row.get(key, "") for key in keys] for row in flat)] if keys else []


def _flat(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, each in value.items():
            yield from _flat(each, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        texts = [text for each in value for _, text in _flat(each, path, depth + 1)]
        yield path, "; ".join(filter(None, texts))
    elif value is not None and not isinstance(value, bool):
        yield path, str(value)


def _frame(table: list[list[str]]) -> pl.DataFrame:
    columns = {f"c{at}": list(cells) for at, cells in enumerate(zip(*table, strict=True))}
    frame = pl.DataFrame(columns, dict.fromkeys(columns, pl.String))
    return frame.select(pl.when(pl.all() != "").then(pl.all()))
