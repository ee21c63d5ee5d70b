"""The type and the region of numbers, a column at a time.

The rules are those of `phonenumbers.number_type` and `region_code_for_number`, and
`tests/sheets/phones/test_line_types.py` compares the two.
"""

from collections.abc import Mapping

import phonenumbers
import polars as pl

from sheets.phones import numbering_plan
from sheets.phones.lines import Line

LINES = pl.Enum([line.value for line in Line])
REGIONS = pl.Enum(sorted({*phonenumbers.SUPPORTED_REGIONS, "001"}))
"""ISO 3166, and 001 for calling codes of no country, such as +800."""

AT_ONCE = 1_000_000
"""Numbers that are written out as digits at a time, which bounds the memory."""

_SPECIAL = {
    "premium_rate": Line.PREMIUM,
    "toll_free": Line.TOLL_FREE,
    "shared_cost": Line.OTHER,
    "voip": Line.VOIP,
    "personal_number": Line.OTHER,
    "pager": Line.OTHER,
    "uan": Line.OTHER,
    "voicemail": Line.OTHER,
}
"""In the order in which they are tried, all before fixed and mobile."""


def read_lines(numbers: pl.Series) -> pl.DataFrame:
    """Tell what each number is.

    Args:
        numbers: Int64, E.164 without its plus sign.

    Returns:
        One row for each in the same order: region (Enum, null where none has it), line (Enum of
        `Line`).
    """
    parts = [_read(numbers.slice(at, AT_ONCE)) for at in range(0, max(numbers.len(), 1), AT_ONCE)]
    return pl.concat(parts)


def _read(numbers: pl.Series) -> pl.DataFrame:
    digits = pl.col("digits")
    frame = pl.DataFrame({"digits": numbers.cast(pl.String)}).with_row_index("row")
    start = digits.str.slice(0, 3).cast(pl.UInt16, strict=False).fill_null(0)
    frame = frame.with_columns(code=pl.lit(numbering_plan.codes_by_start()).gather(start))
    found = [pl.DataFrame(schema={"row": pl.UInt32, "region": REGIONS, "line": LINES})]
    for (code,), some in frame.partition_by("code", as_dict=True, include_key=False).items():
        if code != numbering_plan.NO_CODE:
            national = digits.str.slice(len(str(code))).alias("national")
            found += _under(int(str(code)), some.select("row", national))
    known = pl.concat(found)
    height = numbers.len()
    regions = pl.repeat(None, height, dtype=REGIONS, eager=True)
    lines = pl.select(pl.lit(Line.UNKNOWN, LINES).repeat_by(height).explode()).to_series()
    return pl.DataFrame(
        {
            "region": regions.scatter(known["row"], known["region"]),
            "line": lines.scatter(known["row"], known["line"]),
        }
    )


def _under(code: int, rest: pl.DataFrame) -> list[pl.DataFrame]:
    """Tell what the numbers (row, national) of a calling code are.

    Of the regions that share it, the first with such a number has it, or whose leading digits it
    begins with (`_region_code_for_number_from_list`).
    """
    regions = numbering_plan.regions_of(code)
    if len(regions) == 1:
        return [_in_region(rest, regions[0], code)]
    national, found = pl.col("national"), []
    for region in regions:
        rules = numbering_plan.rules_of(region, code)
        here = numbering_plan.is_valid(national, rules)
        if rules.leading is not None:
            here = national.str.contains(rules.leading)
        theirs = rest.select(here).to_series()
        found.append(_in_region(rest.filter(theirs), region, code))
        rest = rest.filter(~theirs)
    return found


def _in_region(numbers: pl.DataFrame, region: str, code: int) -> pl.DataFrame:
    """Tell the lines of a region's numbers (row, national): row, region, line."""
    patterns = numbering_plan.patterns_of(region, code)
    special = {name: line for name, line in _SPECIAL.items() if name in patterns}
    # Few numbers are anything special, so that each is tried once, and only these in turn.
    general = pl.col("national").str.contains(numbering_plan.rules_of(region, code).general)
    any_special = general & _is(patterns, *special)
    fixed, mobile = _is(patterns, "fixed_line"), _is(patterns, "mobile")
    usual = (
        pl.when(general & fixed & mobile)
        .then(pl.lit(Line.EITHER, LINES))
        .when(general & fixed)
        .then(pl.lit(Line.FIXED, LINES))
        .when(general & mobile)
        .then(pl.lit(Line.MOBILE, LINES))
        .otherwise(pl.lit(Line.UNKNOWN, LINES))
    )
    rare: pl.Expr = pl.lit(Line.UNKNOWN, LINES)
    for name in reversed(special):
        rare = pl.when(_is(patterns, name)).then(pl.lit(special[name], LINES)).otherwise(rare)
    few = numbers.select(any_special).to_series()
    found = [
        numbers.filter(~few).select("row", usual.alias("line")),
        numbers.filter(few).select("row", rare.alias("line")),
    ]
    return pl.concat(found).select("row", pl.lit(region, REGIONS).alias("region"), "line")


def _is(patterns: Mapping[str, str], *names: str) -> pl.Expr:
    """True for national numbers of one of these types."""
    found = [patterns[name] for name in names if name in patterns]
    if not found:
        return pl.lit(value=False)
    return pl.col("national").str.contains(numbering_plan.whole(found))
