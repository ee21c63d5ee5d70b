"""Tables of a worksheet (listObjects), which have to hold the answers: a table is sorted alone."""

import re

from sheets.output.kept import markup
from sheets.output.kept.package import Package
from sheets.output.kept.surroundings import filter_with, letters

_ANCHOR = re.compile(
    rb"<(?:\w+:)?(twoCell|oneCell)Anchor\b.*?<(?:\w+:)?from>(.*?)</(?:\w+:)?from>.*?"
    rb"(?:<(?:\w+:)?to>(.*?)</(?:\w+:)?to>|<(?:\w+:)?ext\s[^>]*?cx=\"(\d+)\")",
    re.DOTALL,
)
_COLUMN = re.compile(rb"<(?:\w+:)?col>\s*(\d{1,5})\s*<")
_ROW = re.compile(rb"<(?:\w+:)?row>\s*(\d{1,7})\s*<")
_USUAL_WIDTH = 609_600
"""Of a column, in the units of drawings."""


def drawn_until(package: Package, sheet: str, first: int, top: int) -> int:
    """Return the last column that pictures and charts cover from this one on; 0 for none.

    top: the first row of interest; what stands above covers nothing.
    """
    last = 0
    for name in package.related(sheet, "drawing"):
        for anchor in _ANCHOR.finditer(package.whole(name)):
            start = _COLUMN.search(anchor[2])
            if start is None:
                continue
            if anchor[3] is not None:
                end, row = _COLUMN.search(anchor[3]), _ROW.search(anchor[3])
                right = int(end[1]) + 1 if end else 0
                if row and int(row[1]) + 1 < top:
                    continue
            else:
                right = int(start[1]) + 1 + -(-int(anchor[4]) // _USUAL_WIDTH)
            last = max(last, right)
    return last if last >= first else 0


def extended(data: bytes, header: int, titles: dict[int, str]) -> bytes | None:
    """Return a table with columns of these titles at its right; None where it has another place.

    header: the row of the titles. Columns count from 1.
    """
    prefix = markup.prefix_of(data, b"table")
    opened = markup.tag(prefix, b"table").search(data)
    listed = markup.tag(prefix, b"tableColumns").search(data)
    end = data.find(b"</%btableColumns" % prefix)
    if opened is None or listed is None or end < 0:
        return None
    about = markup.attributes(opened[1])
    seen = markup.area(about.get(b"ref", b""))
    if seen is None or seen[1] != header or seen[2] + 1 != min(titles):
        return None
    if (
        about.get(b"headerRowCount") == b"0"
        or about.get(b"tableType", b"worksheet") != b"worksheet"
    ):
        return None
    columns = markup.tag(prefix, b"tableColumn").findall(data, listed.end(), end)
    ids = [int(markup.attributes(text).get(b"id", b"0")) for text, _ in columns]
    more = [
        b'<%btableColumn id="%d" name=%b/>'
        % (prefix, max(ids, default=0) + at, markup.quoted(title))
        for at, title in enumerate(titles.values(), 1)
    ]
    last = max(titles)
    ref = b"%b%d:%b%d" % (letters(seen[0]), seen[1], letters(last), seen[3])
    count = markup.with_attribute(listed[0], b"count", b"%d" % (len(ids) + len(more)))
    inner = data[opened.end() : listed.start()]
    filtered = markup.tag(prefix, b"autoFilter").search(inner)
    if filtered:
        wider = filter_with(markup.attributes(filtered[1]).get(b"ref", b""), header, last)
        tag = markup.with_attribute(filtered[0], b"ref", wider)
        inner = inner[: filtered.start()] + tag + inner[filtered.end() :]
    head = data[: opened.start()] + markup.with_attribute(opened[0], b"ref", ref) + inner
    return head + count + data[listed.end() : end] + b"".join(more) + data[end:]
