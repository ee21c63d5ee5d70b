"""What stands around the rows of a worksheet, and has to know of more columns."""

import re

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped] # it has no type information

from sheets.output.kept import markup
from sheets.output.kept.markup import Area
from sheets.output.kept.rows import Found

_ORDER = b"sheetCalcPr|sheetProtection|protectedRanges|scenarios"
"""What stands between the rows and their filter."""

_NO_PLACES = {b"sheetCalcPr", b"phoneticPr", b"printOptions", b"pageMargins", b"pageSetup"}


def letters(column: int) -> bytes:
    """Return the name of a column that counts from 1."""
    return str(xl_col_to_name(column - 1)).encode()


def areas(found: Found, name: bytes) -> list[Area]:
    """Return the areas of all tags of this name behind the rows."""
    tags = markup.tag(found.prefix, name).findall(found.tail)
    every = (markup.area(markup.attributes(text).get(b"ref", b"")) for text, _ in tags)
    return [each for each in every if each is not None]


def head_with(found: Found, widths: dict[int, float]) -> bytes:
    """Return what stands before the rows, with columns of these widths, in order."""
    first, last, prefix = min(widths), max(widths), found.prefix
    head = found.head
    size = markup.tag(prefix, b"dimension").search(head)
    seen = markup.area(markup.attributes(size[1]).get(b"ref", b"")) if size else None
    if size and seen:
        bottom = max(seen[3], found.bottom)
        corner = b"%b%d:%b%d" % (letters(seen[0]), seen[1], letters(max(last, seen[2])), bottom)
        whole = markup.with_attribute(size[0], b"ref", corner)
        head = head[: size.start()] + whole + head[size.end() :]
    ours = [
        b'<%bcol min="%d" max="%d" width="%.2f" customWidth="1"/>' % (prefix, place, place, width)
        for place, width in widths.items()
    ]
    opened = markup.tag(prefix, b"cols").search(head)
    end = head.find(b"</%bcols" % prefix)
    if opened is None or opened[2] or end < 0:
        start, end = (opened.start(), opened.end()) if opened else (_rows_of(found, head),) * 2
        ours = [b"<%bcols>" % prefix, *ours, b"</%bcols>" % prefix]
        return head[:start] + b"".join(ours) + head[end:]
    before, behind = [], []
    for each in markup.tag(prefix, b"col").finditer(head, opened.end(), end):
        about = markup.attributes(each[1])
        low, high = int(about.get(b"min", b"0")), int(about.get(b"max", b"0"))
        if low < first:
            before.append(markup.with_attribute(each[0], b"max", b"%d" % min(high, first - 1)))
        if high > last:
            behind.append(markup.with_attribute(each[0], b"min", b"%d" % max(low, last + 1)))
    return head[: opened.end()] + b"".join([*before, *ours, *behind]) + head[end:]


def is_plain(found: Found) -> bool:
    """Tell whether nothing around the rows, and none of their cells, says where a row stands."""
    tags = set(re.findall(rb"<(?:[\w.\-]+:)?(\w+)", found.tail))
    return tags <= _NO_PLACES and not found.has_formulas


def _rows_of(found: Found, head: bytes) -> int:
    """Return where the rows' own tag begins."""
    return head.rfind(b"<%bsheetData" % found.prefix)


def tail_with(found: Found, header: int, last: int) -> bytes:
    """Return what stands behind the rows, with a filter that reaches as far as a column.

    header: the row that the filter stands in, 0 without one. A filter over other rows stays as it
    is. A new one is made only where nothing forbids it: a table has its own, and people who
    protected a sheet allow what may be done there.
    """
    prefix, tail = found.prefix, found.tail
    filtered = markup.tag(prefix, b"autoFilter").search(tail)
    if filtered:
        ref = filter_with(markup.attributes(filtered[1]).get(b"ref", b""), header, last)
        tag = markup.with_attribute(filtered[0], b"ref", ref)
        return tail[: filtered.start()] + tag + tail[filtered.end() :]
    forbidden = (b"<%btableParts" % prefix, b"<%bsheetProtection" % prefix)
    if not header or header >= found.bottom or any(each in tail for each in forbidden):
        return tail
    before = re.match(
        rb"</%(p)bsheetData\s*>(?:\s*<%(p)b(%(o)b)\b[^>]*(?:/>|>.*?</%(p)b\1\s*>))*"
        % {b"p": re.escape(prefix), b"o": _ORDER},
        tail,
        re.DOTALL,
    )
    if before is None:
        return tail
    ref = b"%b%d:%b%d" % (letters(found.first), header, letters(last), found.bottom)
    made = b'<%bautoFilter ref="%b"/>' % (prefix, ref)
    return tail[: before.end()] + made + tail[before.end() :]


def filter_with(ref: bytes, header: int, last: int) -> bytes:
    """Return the reference of a filter in this row that reaches as far as a column."""
    seen = markup.area(ref)
    if seen is None or seen[1] != header or seen[2] >= last:
        return ref
    return b"%b%d:%b%d" % (letters(seen[0]), seen[1], letters(last), seen[3])


def named_filter(book: bytes, sheet: int, header: int, last: int) -> bytes:
    """Let the hidden name that repeats a sheet's filter in the workbook follow it."""

    def followed(found: re.Match[bytes]) -> bytes:
        about = markup.attributes(found[1])
        seen = markup.area(found[3])
        if about.get(b"localSheetId") != b"%d" % sheet or seen is None:
            return found[0]
        if about.get(b"name") != b"_xlnm._FilterDatabase" or seen[1] != header or seen[2] >= last:
            return found[0]
        corner = b"$%b$%d:$%b$%d" % (letters(seen[0]), seen[1], letters(last), seen[3])
        return found[0].replace(b"!" + found[3], b"!" + corner)

    name = rb"<(?:[\w.\-]+:)?definedName%b>([^<>]*!)([^<>!]*)<" % markup.ATTRIBUTES
    return re.sub(name, followed, book)
