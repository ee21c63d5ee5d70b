"""The formats of added cells: each is one more entry behind those of the workbook."""

import re

from sheets.output.kept import markup
from sheets.output.kept.strange import StrangeError

FILLS = {"yes": "FFE2F0D9", "no": "FFFBE5D6", "unknown": "FFEDEDED"}
"""Light fills by what an answer means."""
_DATE = 14  # as short dates are written where the file is opened

Styles = dict[str, int]
"""Indexes: "plain", "day", and those of `FILLS`."""


def added(data: bytes) -> tuple[bytes, Styles]:
    """Return the part of the styles with ours behind them. Raises StrangeError."""
    prefix = markup.prefix_of(data, b"styleSheet")
    fills = [
        b'<%(p)bfill><%(p)bpatternFill patternType="solid"><%(p)bfgColor rgb="%(c)b"/>'
        b'<%(p)bbgColor indexed="64"/></%(p)bpatternFill></%(p)bfill>'
        % {b"p": prefix, b"c": colour.encode()}
        for colour in FILLS.values()
    ]
    data, first = _behind(data, prefix, b"fills", b"fill", fills)
    base = b' xfId="0"' if b"cellStyleXfs" in data else b""
    about = [(0, 0), (_DATE, 0), *((0, first + place) for place in range(len(FILLS)))]
    formats = [
        b'<%bxf numFmtId="%d" fontId="0" fillId="%d" borderId="0"%b applyNumberFormat="%d" '
        b'applyFill="%d"/>' % (prefix, number, fill, base, number > 0, fill > 0)
        for number, fill in about
    ]
    data, first = _behind(data, prefix, b"cellXfs", b"xf", formats)
    return data, {key: first + at for at, key in enumerate(("plain", "day", *FILLS))}


def _behind(
    data: bytes, prefix: bytes, name: bytes, each: bytes, more: list[bytes]
) -> tuple[bytes, int]:
    """Put more elements behind those of a list; return how many were there."""
    opened = markup.tag(prefix, name).search(data)
    end = data.find(b"</%b%b" % (prefix, name))
    if opened is None or opened[2] or end < opened.end():
        raise StrangeError("strange", f"styles without {name.decode()}")
    count = len(re.findall(rb"<%b%b[\s/>]" % (re.escape(prefix), each), data[opened.end() : end]))
    tag = markup.with_attribute(opened[0], b"count", b"%d" % (count + len(more)))
    return (
        data[: opened.start()] + tag + data[opened.end() : end] + b"".join(more) + data[end:],
        count,
    )
