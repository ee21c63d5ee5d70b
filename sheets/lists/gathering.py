"""From the parts of a list to its tables, and to the lines that are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from sheets.files.allowance import Allowance, SpentError
from sheets.files.documents import ListError, TooMuch, decode
from sheets.files.sources import Source, of_document, of_message
from sheets.lists import paste
from sheets.lists.candidates import written
from sheets.lists.columns.layout import Layout, columns, layout_of, texts
from sheets.lists.cuts.items import without_items
from sheets.lists.long_lines import divided
from sheets.lists.rows.chats import is_chat, without_stamps
from sheets.lists.rows.tables import in_rows
from sheets.phones.regions import regions_of


@dataclass(frozen=True, slots=True)
class Part:
    """One document or one message of a list.

    Consecutive messages ("text") may be one long paste. column: place of the column to read where
    several could be meant, or `roles.ALL_COLUMNS`.
    """

    name: str
    data: bytes | str
    kind: Literal["document", "text"] = "document"
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, its layout, and the text to read of each row.

    hidden: rows that aren't shown, weren't read, and may hold numbers.
    """

    source: Source
    layout: Layout
    texts: pl.Series
    hidden: int = 0

    def regions(self) -> pl.Series | None:
        """Return the region of each row, where a column names countries."""
        if self.layout.country is None:
            return None
        return regions_of(*columns(self.source, self.layout, [self.layout.country]))


def sheets_of(parts: Sequence[Part], region: str | None, *, hidden: bool = False) -> list[Sheet]:
    """Return all tables in order; of several in one part, those that hold numbers.

    hidden: Rows and sheets of workbooks that aren't shown are read, too.
    """
    messages = [
        part.data if part.kind == "text" and isinstance(part.data, str) else None for part in parts
    ]
    messages = paste.join_runs(messages, region)
    left = Allowance()
    found = []
    for place, (part, message) in enumerate(zip(parts, messages, strict=True)):
        try:
            found += _sheets_in(part, place, message, region, left, hidden=hidden)
        except SpentError as error:
            raise TooMuch(str(error), name=part.name) from None
        except ListError as error:
            error.name = part.name
            raise
    return found


def _sheets_in(
    part: Part,
    place: int,
    message: str | None,
    region: str | None,
    left: Allowance,
    *,
    hidden: bool,
) -> list[Sheet]:
    if part.kind == "text":
        data = part.data if message is None else message
        text = data if isinstance(data, str) else decode(data)
        left.take_file()
        left.take_bytes(len(text))
        left.take_lines(text.count("\n"))
        source = of_message(text, part.name, place)
        lines = source.cells["c0"]
        return [Sheet(source, Layout(), without_stamps(lines) if is_chat(lines) else lines)]
    data = part.data.encode("utf-8", "replace") if isinstance(part.data, str) else part.data
    read = []
    for source in of_document(data, part.name, place, left, hidden=hidden):
        for table in in_rows(source):
            if table.is_chat:
                layout = Layout(header=int(table.has_header))
                read.append(Sheet(table, layout, without_stamps(table.cells["c0"].fill_null(""))))
                continue
            shown = table.shown()
            layout = layout_of(shown, region, part.column)
            read.append(Sheet(table, layout, texts(shown, layout), table.hidden_numbers()))
    if not any(sheet.layout.holds for sheet in read):
        return read
    return [sheet for sheet in read if sheet.layout.holds or sheet.hidden]


def lines_of(sheets: Sequence[Sheet]) -> pl.DataFrame:
    """Return the lines that aren't blank.

    Columns row, sheet (index), line (from 1), text, first (may be a header); and region, if any
    table names countries.
    """
    frames = []
    for place, sheet in enumerate(sheets):
        lines = sheet.texts if sheet.layout.places else without_items(sheet.texts)
        frame = lines.alias("text").to_frame().with_row_index("line", offset=1)
        regions = sheet.regions()
        if regions is not None:
            frame = frame.with_columns(regions.alias("region"))
        first = pl.int_range(pl.len()) < sheet.layout.header
        frame = written(frame).with_columns(sheet=pl.lit(place, pl.UInt32), first=first)
        frames.append(divided(frame))
    how: Literal["diagonal", "vertical"] = "vertical"
    if any("region" in frame.columns for frame in frames):
        how = "diagonal"
    return pl.concat(frames, how=how).with_row_index("row") if frames else pl.DataFrame()
