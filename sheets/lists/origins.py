"""Where tables stand in what a person sent, so that it can come back as it came."""

import polars as pl

from sheets.base.table import Origin
from sheets.lists.csv_cells import unquoted
from sheets.lists.gathering import Sheet
from sheets.lists.rows.dialect import own_delimiter

_CLOSED = r'"\s*$'


def origin_of(sheet: Sheet) -> Origin | None:
    """Return the origin of a workbook's sheet or of a csv; None of anything else.

    Excel's own first line, which names the delimiter, counts as a blank one: nothing belongs there.
    """
    source, layout = sheet.source, sheet.layout
    if source.sheet is not None:
        return Origin(source.member, source.sheet, layout.header_at)
    if source.kind != "text" or not layout.delimiter:
        return None
    lines, header = source.cells["c0"], layout.header_at
    named = pl.int_range(pl.len()) < (own_delimiter(lines[0]) is not None)
    text = pl.col("text")
    rows = lines.alias("text").to_frame()
    rows = rows.select(
        lines=text.str.count_matches("\n", literal=True) + 1,
        cells=unquoted(lines).str.count_matches(layout.delimiter, literal=True) + 1,
        blank=(text.str.strip_chars() == "") | named,
        quoted=text.str.contains(_CLOSED),
    )
    if header is not None and rows["blank"][header]:
        header = None
    return Origin(source.member, None, header, rows)
