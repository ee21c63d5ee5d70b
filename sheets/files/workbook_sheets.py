"""The sheets that an xlsx names, each of which must be another of its parts.

A reader goes through the part of each sheet that is named: a thousand names for one part would
make it read that part a thousand times.
"""

import posixpath
from collections.abc import Sequence

from sheets.files.documents import HarmfulFile
from sheets.files.packed.zips import Entry
from sheets.files.xml_parts import visit

MOST_SHEETS = 1_000
"""In one workbook."""

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def check(parts: Sequence[Entry]) -> list[str]:
    """Refuse a workbook that names a part as several sheets; return the parts it names, in order.

    Raises:
        HarmfulFile: it does, or names more than `MOST_SHEETS`.
        BrokenFile: malformed XML.
    """
    named: list[str] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            named.extend(text for key, text in attributes.items() if key.rpartition(":")[2] == "id")
        if len(named) > MOST_SHEETS:
            raise HarmfulFile("sheets")

    def relation(_: str, attributes: dict[str, str]) -> None:
        path = attributes.get("Target", "").lower()
        targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", path))

    for entry in parts:
        if entry.name.lower() == _BOOK:
            visit(entry, sheet)
        elif entry.name.lower() == _RELATIONS:
            visit(entry, relation)
    read = [targets.get(name, name) for name in named]
    if len(set(read)) < len(read):
        raise HarmfulFile("sheets")
    return [name.removeprefix("/") for name in read]
