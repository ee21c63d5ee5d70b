"""Protection against formulas in csv, a format without cell types."""

import polars as pl

FORMULA = r"^[\t\r]|^\s*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
"""Matches a cell that a spreadsheet might run."""
GUARDED = r"^'+(?:[\t\r]|\s*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}])"
"""Matches a cell that looks like one with our apostrophe in front, and needs another."""
_PHONES = r"^\+[0-9][0-9 ().\-]{5,}(?:; \+[0-9][0-9 ().\-]{5,})*$"
_PLAIN = r"^[+\-][0-9]+(?:[.,][0-9]+)?$"


def disarmed(cell: pl.Expr) -> pl.Expr:
    """Put an apostrophe in front of cells that look like formulas (OWASP, CSV injection).

    People load these files into other programs, so cells that can't call anything stay unchanged:
    phone numbers with a plus sign (also several, separated by "; ") and signed plain numbers such
    as -0.127. An .xlsx needs none of this: its cells are typed as text.
    """
    armed = cell.str.contains(FORMULA) & ~cell.str.contains(_PHONES) & ~cell.str.contains(_PLAIN)
    return pl.when(armed).then(pl.concat_str(pl.lit("'"), cell)).otherwise(cell)
