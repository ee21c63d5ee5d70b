"""Protection against formulas in csv, a format without cell types."""

import polars as pl

_SIGN = r"[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
_FORMULA = rf'^[\t\r]|^[\s"]*{_SIGN}'
"""Matches a cell that a spreadsheet might run."""
_GUARDED = rf"""^'+(?:[\t\r]|[\s"]*{_SIGN})"""
"""Matches a cell that looks like one with our apostrophe in front."""
_PHONES = r"^\+[0-9][0-9 ().\-]{5,}(?:; \+[0-9][0-9 ().\-]{5,})*$"
_PLAIN = r"^[+\-][0-9]+(?:[.,][0-9]+)?$"
# What stands between two separators of any kind, if it is more than a signed number.
_SEPARATORS = r";,\t|\r\n"
_WITHIN = (
    rf'([{_SEPARATORS}][\s"]*)('
    r"[=@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]|"
    rf"[+\-][^{_SEPARATORS}]*[^0-9 ().\-{_SEPARATORS}])"
)


def disarmed(cell: pl.Expr) -> pl.Expr:
    """Put an apostrophe in front of cells that look like formulas (OWASP, CSV injection).

    People load these files into other programs, so cells that can't call anything stay unchanged:
    phone numbers with a plus sign (also several, separated by "; ") and signed plain numbers such
    as -0.127. An .xlsx needs none of this: its cells are typed as text.
    """
    armed = cell.str.contains(_FORMULA) & ~cell.str.contains(_PHONES) & ~cell.str.contains(_PLAIN)
    return pl.when(armed).then(_marked(_guarded_within(cell))).otherwise(_guarded_within(cell))


def disarmed_all(cell: pl.Expr) -> pl.Expr:
    """Put one in front of whatever looks like a formula, numbers and guarded cells, too.

    So the first apostrophe of such a cell is always ours.
    """
    armed = cell.str.contains(f"{_FORMULA}|{_GUARDED}")
    return pl.when(armed).then(_marked(_guarded_within(cell))).otherwise(_guarded_within(cell))


def _marked(cell: pl.Expr) -> pl.Expr:
    return pl.concat_str(pl.lit("'"), cell)


def _guarded_within(cell: pl.Expr) -> pl.Expr:
    """Guard behind every separator: a spreadsheet may divide the line at another one than ours."""
    return cell.str.replace_all(_WITHIN, "${1}'${2}")
