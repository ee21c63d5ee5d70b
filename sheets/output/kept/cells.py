"""The cells that are added to the rows of a worksheet."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from sheets.output.joining import Column
from sheets.output.kept.styles import FILLS, Styles
from sheets.output.kept.surroundings import letters
from sheets.output.xlsx import escaped

_BLOCK = 20_000
"""Rows whose cells are written at a time."""
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DAYS = r"^[0-9]{1,5}$"


class AddedCells:
    """Cells for rows from top to bottom: texts, but days and numbers of days are numbers.

    header: the row of the titles, from 1; 0 for none.
    """

    def __init__(
        self, columns: Sequence[Column], header: int | None, styles: Styles, *, since_1904: bool
    ) -> None:
        self.columns = columns
        self.header = 0 if header is None else header + 1
        self._styles = styles
        self._epoch = _EPOCH_1904 if since_1904 else _EPOCH
        self._first, self._prefix = 1, b""
        self._start, self._block = -_BLOCK, list[str]()
        self._left = 0

    def settle(self, first: int, prefix: bytes) -> None:
        """Say where the cells stand, and how tags are called there."""
        self._first, self._prefix = first, prefix
        texts = (pl.lit(column.cells).fill_null("") != "" for column in self.columns)
        self._left = int(pl.select(pl.any_horizontal(*texts)).to_series().sum())

    def is_complete(self) -> bool:
        """Tell whether each row to which something is added was asked for."""
        return self._left == 0

    def of(self, number: int) -> bytes:
        """Return the cells of a row; it is asked for once."""
        place = number - 1 - self._start
        if not 0 <= place < _BLOCK:
            self._start = (number - 1) // _BLOCK * _BLOCK
            self._block = self._written(self._start)
            place = number - 1 - self._start
        added = self._block[place] if place < len(self._block) else ""
        self._left -= bool(added)
        return added.encode("ascii", "xmlcharrefreplace")

    def titles(self, style: bytes) -> bytes:
        """Return the cells of the header."""
        about = b' s="%b"' % style if style else b""
        p = self._prefix
        return b"".join(
            b'<%bc r="%b%d"%b t="inlineStr"><%bis><%bt>%b</%bt></%bis></%bc>'
            % (p, letters(self._first + at), self.header, about, p, p, text, p, p, p)
            for at, text in enumerate(
                str(escaped(pl.Series([column.title])).item()).encode("ascii", "xmlcharrefreplace")
                for column in self.columns
            )
        )

    def _written(self, start: int) -> list[str]:
        """Return the cells of some rows as XML, empty for none."""
        p = self._prefix.decode()
        height = self.columns[0].cells.len()
        count = min(_BLOCK, height - start)
        if count <= 0:
            return []
        row = pl.int_range(start + 1, start + count + 1).cast(pl.String)
        cells = []
        for at, column in enumerate(self.columns):
            texts = column.cells.slice(start, count)
            opened = f'<{p}c r="{letters(self._first + at).decode()}'
            style = pl.lit(self._about("day" if column.kind == "day" else "plain"))
            if column.groups is not None:
                group = column.groups.slice(start, count)
                for key in FILLS:
                    style = (
                        pl.when(pl.lit(group) == key)
                        .then(pl.lit(self._about(key)))
                        .otherwise(style)
                    )
            number = self._numbers(texts, column.kind)
            value = pl.concat_str(
                pl.lit(opened), row, pl.lit('"'), style, pl.lit(f"><{p}v>"), pl.lit(number),
                pl.lit(f"</{p}v></{p}c>"),
            )  # fmt: skip
            inner = f'"><{p}is><{p}t xml:space="preserve">'
            text = pl.concat_str(
                pl.lit(opened), row, pl.lit('"'), style, pl.lit(' t="inlineStr' + inner),
                pl.lit(escaped(texts)), pl.lit(f"</{p}t></{p}is></{p}c>"),
            )  # fmt: skip
            filled = pl.lit(texts).fill_null("") != ""
            whole = pl.when(pl.lit(number).is_not_null()).then(value).otherwise(text)
            cells.append(pl.when(filled).then(whole).otherwise(pl.lit("")))
        return pl.select(pl.concat_str(cells)).to_series().to_list()

    def _about(self, key: str) -> str:
        return f' s="{self._styles[key]}"' if key in self._styles else ""

    def _numbers(self, texts: pl.Series, kind: str) -> pl.Series:
        """Return what a cell holds as a number; null where it is a text."""
        text = pl.lit(texts)
        if kind == "day":
            since = (
                text.str.to_date("%Y-%m-%d", strict=False) - pl.lit(self._epoch)
            ).dt.total_days()
            number = since.cast(pl.String)
        elif kind == "days":
            number = pl.when(text.str.contains(_DAYS)).then(text)
        else:
            return pl.Series([None] * texts.len(), dtype=pl.String)
        return pl.select(number).to_series()
