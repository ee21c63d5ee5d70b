"""Tables in JSON, also one object a line, as programs export them."""

import json
import re
from itertools import islice

import polars as pl

from sheets.files.documents import BrokenFile, TooLarge
from sheets.lists.rows.objects import MOST_VALUES, Found, tables_of

LONGEST = 25_000_000
"""Characters of a text that is parsed."""

_BEGINNING = 200  # lines in which JSON shows itself
_BEGINS = re.compile(r"[{\[]\s*(?:[{\[\"]|$)")  # a message of an exported chat: "[17.05.24, …"
_KEY = re.compile(r"\"[^\"\n]{1,60}\"\s*:")
_LOOKED_AT = 1 << 16
_MOST_KEYS = 5  # in what is no JSON


def in_json(lines: pl.Series) -> list[Found] | None:
    """Return the tables of a text in JSON; None for any other text.

    Raises:
        TooLarge: more than is parsed; its ids and times would be read as lines.
        BrokenFile: damaged, for the same reason.
    """
    first = next((line for line in lines.head(_BEGINNING) if line.strip()), "").lstrip("\ufeff \t")
    if not first.startswith(("{", "[")):
        return None
    values = int(lines.str.count_matches(r"[{\[,]").sum())
    if int(lines.str.len_chars().sum()) > LONGEST or values > MOST_VALUES:
        if _BEGINS.match(first[:_BEGINNING]):
            raise TooLarge(rows=lines.len(), columns=1)
        return None
    is_object = first.startswith("{") and first.rstrip().endswith("}")
    one_a_line = is_object and int((lines.str.strip_chars() != "").sum()) > 1
    try:
        if one_a_line:
            read = [json.loads(line) for line in lines if line.strip()]
        else:
            read = json.loads("\n".join(lines).lstrip("\ufeff"))
    except (ValueError, RecursionError):
        if _is_broken(first, lines):
            raise BrokenFile("damaged JSON") from None
        return None
    return tables_of(read) or None


def _is_broken(first: str, lines: pl.Series) -> bool:
    start = "\n".join(line[:_LOOKED_AT] for line in lines.head(_BEGINNING))[:_LOOKED_AT]
    keys = sum(1 for _ in islice(_KEY.finditer(start), _MOST_KEYS))
    return bool(_BEGINS.match(first[:_BEGINNING])) and keys >= _MOST_KEYS
