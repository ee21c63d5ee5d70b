"""Texts that a spreadsheet would run, made harmless in files that have no types: csv."""

import polars as pl

FORMULA = r"^[\t\r]|^\s*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
"""How a cell begins that a spreadsheet might run."""
_PHONES = r"^\+[0-9][0-9 ().\-]{5,}(?:; \+[0-9][0-9 ().\-]{5,})*$"
_PLAIN = r"^[+\-][0-9]+(?:[.,][0-9]+)?$"


def disarmed(cell: pl.Expr) -> pl.Expr:
    """Put an apostrophe in front of what looks like a formula (OWASP, CSV injection).

    Left alone is what can't call anything, because people load these files into other programs:
    phone numbers with their plus sign (several with "; " between them too), and plain numbers
    with a sign, such as -0.127. In an .xlsx nothing needs this, where each cell is marked as text.
    """
    armed = cell.str.contains(FORMULA) & ~cell.str.contains(_PHONES) & ~cell.str.contains(_PLAIN)
    return pl.when(armed).then(pl.concat_str(pl.lit("'"), cell)).otherwise(cell)
