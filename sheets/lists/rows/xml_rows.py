"""Tables in XML: call logs, messages and contacts, as phones and programs export them."""

import re
import xml.parsers.expat
from typing import Any

import polars as pl

from sheets.files.documents import BrokenFile, HarmfulFile, NotAList, TooLarge
from sheets.lists.rows.objects import MOST_VALUES, Found, Object, tables_of

LONGEST = 25_000_000
"""Characters of a text that is parsed."""
LONGEST_VALUE = 2_000
"""Characters of a value that are kept: backups of messages hold pictures."""
DEEPEST = 100
"""Tags within tags."""

_TAG = re.compile(r"<(?:\?xml|[A-Za-z][\w.:\-]{0,60}[\s/>]|[A-Za-z][\w.:\-]{0,60}$)")
_DECLARED = "<?xml"
_BEGINNING = 200  # lines in which XML shows itself

_PHONES = {("call", "number"), ("sms", "address"), ("mms", "address")}
"""Attributes with the other one's number in backups of Android phones (SMS Backup & Restore)."""
_RECORDS = {"call", "sms", "mms"}  # of which a backup may well have only one
PHONE = "phone"
_SEVERAL = "~"  # between the numbers of a group there


def in_xml(lines: pl.Series) -> list[Found] | None:
    """Return the tables of a text in XML; None for any other text.

    Raises:
        NotAList: holds no table (kind "html").
        TooLarge: more than is parsed.
        HarmfulFile: tags within tags beyond measure.
        BrokenFile: malformed, or declares entities.
    """
    first = next((line for line in lines.head(_BEGINNING) if line.strip()), "").lstrip("\ufeff \t")
    if not _TAG.match(first):
        return None
    if int(lines.str.len_chars().sum()) > LONGEST:
        raise TooLarge(rows=lines.len(), columns=1)
    try:
        found = tables_of(_Reading().read("\n".join(lines).lstrip("\ufeff \t\n")))
    except xml.parsers.expat.ExpatError as error:
        if not first.startswith(_DECLARED):
            return None
        raise BrokenFile(str(error)) from None
    if not found and first.startswith(_DECLARED):
        raise NotAList("html")
    return found or None


class _Reading:
    """Makes an object of each element, and a text of one that holds nothing else."""

    def __init__(self) -> None:
        self._open: list[tuple[str, Object, list[str]]] = [("", {}, [])]
        self._values = 0

    def read(self, text: str) -> Object:
        """Return the root and what it holds."""
        parser = xml.parsers.expat.ParserCreate("utf-8")  # whatever it declares: it was decoded
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = _refuse
        parser.buffer_text = True
        # At once: expat begins a tag anew with each piece that doesn't complete it.
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 - taken by position
        return self._open[0][1]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > DEEPEST:
            raise HarmfulFile("nesting")
        values: Object = {}
        for key, value in attributes.items():
            kept = value[:LONGEST_VALUE]
            if (name, key) in _PHONES:
                values[PHONE] = kept.replace(_SEVERAL, "; ")
            else:
                values[key] = kept
        self._count(1 + len(values))
        self._open.append((name, values, []))

    def _text(self, text: str) -> None:
        texts = self._open[-1][2]
        if len(texts) < LONGEST_VALUE:
            texts.append(text[:LONGEST_VALUE])

    def _end(self, _: str) -> None:
        name, values, texts = self._open.pop()
        text = "".join(texts).strip()[:LONGEST_VALUE]
        value: Any = values
        if text and all(isinstance(each, str) for each in values.values()):
            # <phone type="home">…</phone>, and <field name="phone">…</field>
            name, value = values.get("name", name) if len(values) == 1 else name, text
        elif not values:
            value = ""
        self._count(1)
        above = self._open[-1][1]
        if name not in above:
            above[name] = [value] if name in _RECORDS else value
        elif isinstance(above[name], list):
            above[name].append(value)
        else:
            above[name] = [above[name], value]

    def _count(self, values: int) -> None:
        self._values += values
        if self._values > MOST_VALUES:
            raise TooLarge(rows=self._values, columns=1)


def _refuse(*_: object) -> None:
    raise BrokenFile("a document type with entities")
