"""Tables of nested objects, as JSON and XML hold them: each list of objects is a table.

Telegram's own export (result.json) has its contacts in one of several lists; each list whose
objects name a phone is a table.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from sheets.files.documents import TooLarge
from sheets.lists.columns.headers import kind_of

MOST_COLUMNS = 200
MOST_VALUES = 1_200_000
"""Objects, lists and texts; with what is made of them they take about 400 bytes each."""
MOST_CELLS = 8_000_000
"""Of a table, blank ones too."""
MOST_IN_A_CELL = 20
"""Objects of a list within a row; a longer list is a table of its own."""

_DEEPEST = 12
_SAID = {"date", "text"}  # keys of a message, as Telegram exports chats
_SAYS = {"from", "from_id", "actor"}

Object = dict[str, Any]
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the path to it; its first row has the keys, "a.b" for one within another.

    is_chat: messages, one column of lines without a header.
    """

    path: str
    cells: pl.DataFrame
    is_chat: bool = False


def tables_of(read: Any) -> list[Found]:
    """Return the tables in what was read: those that name a phone, else the largest.

    Messages of a chat come as lines: their numbers stand in words, beside ids and times that are
    none. An object on its own counts only where there is no list: Telegram's has one's own number.

    Raises TooLarge: a table of more than `MOST_CELLS`.
    """
    lists = list(_lists(read, "", 0))
    if not lists and isinstance(read, dict):
        lists = [("", _entries(read))]
    found = [(path, _flattened(rows), rows) for path, rows in lists]
    named = [each for each in found if any(kind_of(key) == "phone" for key in _keys(each[1]))]
    largest = max(found, key=lambda each: len(each[1]), default=None)
    chosen = named or [each for each in [largest] if each is not None and _keys(each[1])]
    return [Found(_whole(path), _frame(flat), _is_chat(rows)) for path, flat, rows in chosen]


def _lists(read: Any, path: str, depth: int) -> Iterator[tuple[str, list[Object]]]:
    """Yield each list of objects."""
    if depth > _DEEPEST:
        return
    if isinstance(read, dict) and _are_alike(read.values()):
        read = list(read.values())
    if isinstance(read, list):
        objects = [each for each in read if isinstance(each, dict)]
        if 0 < len(read) <= 2 * len(objects):
            yield from _rows(objects, path, depth)
        elif read and not any(isinstance(each, (dict, list)) for each in read):
            yield path, [{path.rpartition(".")[2]: each} for each in read]
    elif isinstance(read, dict):
        for key, value in read.items():
            yield from _lists(value, f"{path}.{key}" if path else str(key), depth + 1)


def _are_alike(values: Collection[Any]) -> bool:
    """True for objects that have an id as their key, and keys of their own in common."""
    if len(values) < 2 or not all(isinstance(value, dict) for value in values):  # noqa: PLR2004
        return False
    first = next(iter(values))
    plain = [key for key, value in first.items() if not isinstance(value, (dict, list))]
    return any(all(key in value for value in values) for key in plain)


def _rows(objects: list[Object], path: str, depth: int) -> Iterator[tuple[str, list[Object]]]:
    """Yield a list of objects, and before it the long lists within them."""
    own = {key for each in objects for key, value in each.items() if _is_own(value)}
    for key in sorted(own):
        lists = [each[key] for each in objects if isinstance(each.get(key), list)]
        yield from _lists([one for some in lists for one in some], f"{path}.{key}", depth + 1)
    if own:
        objects = [{key: each[key] for key in each if key not in own} for each in objects]
    yield path, objects


def _is_own(value: Any) -> bool:
    """True for a list that is a table of its own, and not a cell."""
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return False
    return len(value) > MOST_IN_A_CELL or _is_message(value[0])


def _is_message(row: Object) -> bool:
    return row.keys() >= _SAID and not _SAYS.isdisjoint(row)


def _is_chat(rows: list[Object]) -> bool:
    return sum(map(_is_message, rows)) * 2 > len(rows)


def _entries(lone: Object) -> list[Object]:
    """Return an object as a row, or its entries as rows where its keys are names."""
    plain = not any(isinstance(value, (dict, list)) for value in lone.values())
    if plain and all(kind_of(str(key)) == "none" for key in lone):
        return [{"key": key, "value": value} for key, value in lone.items()]
    return [lone]


def _flattened(rows: list[Object]) -> Rows:
    if _is_chat(rows):
        return [{"text": _line(row)} for row in rows]
    flattened = []
    for row in rows:
        flat: dict[str, list[str]] = {}
        for path, text in _texts(row, "", 0):
            flat.setdefault(path, []).append(text)
        flattened.append({path: "; ".join(texts) for path, texts in flat.items()})
    return flattened


def _keys(rows: Rows) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))[:MOST_COLUMNS]


def _line(message: Object) -> str:
    """Return who says what, and the number of a contact that was shared."""
    text = message.get("text", "")
    pieces = text if isinstance(text, list) else [text]
    said = "".join(str(p.get("text", "")) if isinstance(p, dict) else str(p) for p in pieces)
    shared = message.get("contact_information")
    phone = shared.get("phone_number", "") if isinstance(shared, dict) else ""
    who = message.get("from") or message.get("actor")
    line = f"{who}: {said}" if who else said
    return " ".join((f"{line}; {phone}" if phone else line).split())


def _texts(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, each in value.items():
            yield from _texts(each, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for each in value:
            yield from _texts(each, path, depth + 1)
    elif value is not None and not isinstance(value, (bool, dict, list)) and value != "":
        yield path, str(value)


def _frame(rows: Rows) -> pl.DataFrame:
    keys = _keys(rows)
    if len(keys) * len(rows) > MOST_CELLS:
        raise TooLarge(rows=len(rows), columns=len(keys))
    columns: dict[str, list[str | None]] = {key: [key or None] + [None] * len(rows) for key in keys}
    for at, row in enumerate(rows, 1):
        for key in columns.keys() & row.keys():
            columns[key][at] = row[key] or None
    texts = {f"c{at}": cells for at, cells in enumerate(columns.values())}
    schema = dict.fromkeys(texts, pl.String)
    try:
        return pl.DataFrame(texts, schema)
    except UnicodeEncodeError:
        whole = {name: [cell and _whole(cell) for cell in cells] for name, cells in texts.items()}
        return pl.DataFrame(whole, schema)


def _whole(text: str) -> str:
    """Replace halves of letters: programs cut texts where they like, and emoji in two."""
    return text.encode("utf-8", "replace").decode()
