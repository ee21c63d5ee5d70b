"""Tags of a workbook's parts, as bytes: what isn't changed is never parsed and written anew.

A part is any XML in an encoding that contains ASCII; what is inserted is ASCII, with references for
all other characters. Names of tags may have a prefix. Comments, CDATA and document types, in which
a tag may be none, are refused: no spreadsheet program writes them there.
"""

import re
from xml.sax.saxutils import escape, quoteattr

from sheets.files.packed.zips import Entry
from sheets.output.kept.strange import StrangeError

MOST_BYTES = 32_000_000
"""Of a part that is held as a whole."""

_ATTRIBUTE = rb"""\s+([\w.:\-]+)\s*=\s*("[^"<]*"|'[^'<]*')"""
ATTRIBUTES = rb"""((?:\s+[\w.:\-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*"""
"""Matches all attributes of a tag, as a group."""
_EACH = re.compile(_ATTRIBUTE)


def whole(entry: Entry) -> bytes:
    """Return a part of bounded size. Raises StrangeError."""
    if entry.size > MOST_BYTES:
        raise StrangeError("large", "a part that is too large to be held")
    data = b"".join(entry.pieces())
    keep_plain(data)
    return data


def keep_plain(data: bytes) -> None:
    """Refuse what may hide tags."""
    if b"<!" in data:
        raise StrangeError("strange", "comments or CDATA")


def prefix_of(data: bytes, root: bytes) -> bytes:
    """Return the prefix of a part's tags with its colon, empty without one."""
    found = re.search(rb"<(?:([\w.\-]+:))?%b[\s>/]" % root, data[:MOST_BYTES])
    if found is None:
        raise StrangeError("strange", f"a part without {root.decode()}")
    return found[1] or b""


def tag(prefix: bytes, name: bytes) -> re.Pattern[bytes]:
    """Return the pattern of an opening tag: its attributes, and a slash if it is empty."""
    return re.compile(rb"<%b%b%b(/?)>" % (re.escape(prefix), name, ATTRIBUTES))


def attributes(text: bytes) -> dict[bytes, bytes]:
    """Return the attributes of a tag."""
    return {name: value[1:-1] for name, value in _EACH.findall(text)}


def with_attribute(tag_: bytes, name: bytes, value: bytes) -> bytes:
    """Return an opening tag in which the first attribute of this name has another value."""
    return re.sub(
        rb"""(\s%b\s*=\s*)(?:"[^"]*"|'[^']*')""" % name, rb'\g<1>"%b"' % value, tag_, count=1
    )


def text(words: str) -> bytes:
    """Return words as they stand between tags."""
    return escape(words).encode("ascii", "xmlcharrefreplace")


def quoted(words: str) -> bytes:
    """Return words as an attribute's value, with its quotes."""
    return quoteattr(words, {"\n": "_x000a_", "\r": "_x000d_", "\t": " "}).encode(
        "ascii", "xmlcharrefreplace"
    )


def column(letters: bytes) -> int:
    """Return the number of a column from 1: A is 1."""
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number


Area = tuple[int, int, int, int]
"""First column and row, last column and row, all from 1."""
_AREA = re.compile(rb"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?\Z")


def area(ref: bytes) -> Area | None:
    """Read A1:E100, or A1."""
    found = _AREA.match(ref.strip())
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    return column(left), int(top), column(right or left), int(bottom or top)
