"""The tags of a part of a workbook, one after the other."""

import xml.parsers.expat
from collections.abc import Callable

from sheets.files.documents import BrokenFile, HarmfulFile
from sheets.files.packed.zips import Entry

LONGEST_TAG = 1 << 20
"""Bytes, of comments too: expat begins a tag anew with each piece until it is complete."""
DEEPEST = 200
"""Tags within tags; workbooks nest about ten."""

Start = Callable[[str, dict[str, str]], None]


def visit(entry: Entry, start: Start) -> None:
    """Call `start` with the name and the attributes of each opening tag.

    Raises:
        HarmfulFile: a tag of more than `LONGEST_TAG`, or more than `DEEPEST` within each other.
        BrokenFile: malformed XML, or one that declares entities.
    """
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise HarmfulFile("nesting")
        start(name, attributes)

    def closed(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse_entities(*_: object) -> None:
        raise BrokenFile("a document type with entities")

    parser = xml.parsers.expat.ParserCreate("iso-8859-1")  # whatever it declares: tags are ASCII
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.EntityDeclHandler = refuse_entities
    fed = 0
    try:
        for piece in entry.pieces():
            fed += len(piece)
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
            if fed - parser.CurrentByteIndex > len(piece) + LONGEST_TAG:
                raise HarmfulFile("size")
        parser.Parse(b"", True)  # noqa: FBT003 - the same
    except (xml.parsers.expat.ExpatError, ValueError) as error:
        raise BrokenFile(str(error)) from None
