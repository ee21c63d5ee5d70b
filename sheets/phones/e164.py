"""Phone numbers to E.164, a column at a time.

`normalise` tries these readings in order and takes the first that is a valid number
(`phonenumbers.is_valid_number`):

1. `cleaning.clean` leaves a plus sign and digits, or rejects the text.
2. After + or 00: an international number.
3. With a region: as dialled there (`phonenumbers.parse(text, region)`).
4. Otherwise as if the + was lost, and last as if 011 replaced it.

A whole list may say more than one number: `Notation` changes the third and the fourth.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
import polars as pl

from sheets.phones import numbering_plan
from sheets.phones.cleaning import clean
from sheets.phones.failures import why

WORTH_HALVING = 100_000  # texts: for fewer, two threads take as long as one


class Bare(StrEnum):
    """How digits are meant that have neither a plus sign nor a zero in front."""

    DIALLED = "dialled"
    """As dialled in the region, else with their calling code."""
    CODED = "coded"
    """With their calling code, else as dialled in the region."""
    UNKNOWN = "unknown"
    """It can't be told, so only those are read that begin with the code that is expected."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How the numbers of a list are written.

    region: ISO 3166 country in which numbers without + are dialled, such as "DE".
    expected: with UNKNOWN, the calling code of the country that the rest seems to be from.
    is_closed: with DIALLED, digits as many as all numbers of the region have are no number of
        another country: 455-234-3451 in a list of the US is one that isn't in use.
    """

    region: str | None = None
    bare: Bare = Bare.DIALLED
    expected: str = ""
    is_closed: bool = False


def normalise(texts: pl.Series, region: str | None = None) -> pl.DataFrame:
    """Read each text as one phone number.

    Args:
        texts: Strings; null counts as not a number.
        region: ISO 3166 country in which numbers without + are dialled, such as "DE".

    Returns:
        One row for each text in the same order: e164 (String with its +, or null), reason
        (Enum of Reason, null where e164 is set).

    Raises:
        ValueError: libphonenumber knows no such region.
    """
    numbers, failed = read_numbers(texts, region)
    rows = numbers.to_frame().with_row_index("row")
    rows = rows.join(failed, on="row", how="left", maintain_order="left")
    return rows.select(e164=as_e164(pl.col("number")), reason="reason")


def as_e164(number: pl.Expr) -> pl.Expr:
    """Write whole numbers as E.164 with their plus sign."""
    return pl.concat_str(pl.lit("+"), number.cast(pl.String))


def read_numbers(
    texts: pl.Series, notation: Notation | str | None
) -> tuple[pl.Series, pl.DataFrame]:
    """Read each text as `normalise` does, with numbers as integers.

    Returns:
        number (Int64: calling code and national number, null where there is none), one for
        each text; and for those without: row (UInt32, index into texts), reason.
    """
    if not isinstance(notation, Notation):
        notation = Notation(notation)
    region = notation.region
    if region is not None and region not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError(f"no numbering plan for region {region!r}")
    cleaned = _in_halves(_cleaned, texts.cast(pl.String).to_frame("text").with_row_index("row"))
    found = _read(cleaned.filter(pl.col("digits").is_not_null()).drop("lost"), notation)
    numbers = pl.select(pl.repeat(None, texts.len(), dtype=pl.Int64).alias("number")).to_series()
    numbers = numbers.scatter(found["row"], found["number"])
    return numbers, why(cleaned.filter(numbers.is_null()), region)


def _in_halves(work: Callable[[pl.DataFrame], pl.DataFrame], frame: pl.DataFrame) -> pl.DataFrame:
    """Work on a long frame in two threads, for an expression runs on one core.

    What is asked of each calling code isn't halved: its patterns would be compiled twice.
    """
    if frame.height < WORTH_HALVING:
        return work(frame)
    half = frame.height // 2
    with ThreadPoolExecutor(2) as threads:
        return pl.concat(threads.map(work, (frame[:half], frame[half:])))


def _cleaned(texts: pl.DataFrame) -> pl.DataFrame:
    first = texts["row"].first() or 0
    return clean(texts["text"]).with_columns(pl.col("row") + first)


def _read(asked: pl.DataFrame, notation: Notation) -> pl.DataFrame:
    """Return the valid readings of (row, plus, digits, first): row, number."""
    region = notation.region
    area = _with_area_code(asked)
    asked = asked.drop("first")
    plus, digits = pl.col("plus"), pl.col("digits")
    zeros = digits.str.starts_with("00")
    bare = ~plus & ~digits.str.starts_with("0")
    if notation.bare is Bare.UNKNOWN:
        expected = digits.str.starts_with(notation.expected) & (notation.expected != "")
        asked = asked.filter(~bare | expected)
    found = _nothing_found()
    rest = asked
    if region is not None:
        dialled = ~plus & ~zeros
        if notation.bare is Bare.CODED:
            coded = asked.filter(bare).join(area, on="row", how="anti")
            found = _international(coded.select("row", "digits"))
            rest = asked.join(found, on="row", how="anti")
        found = pl.concat([found, _as_dialled(rest.filter(dialled), region)])
        rest = asked.join(found, on="row", how="anti")
        length = numbering_plan.only_length(region)
        if notation.is_closed and notation.bare is Bare.DIALLED and length is not None:
            rest = rest.filter(~bare | (digits.str.len_bytes() != length))
    rest = rest.join(area, on="row", how="anti")
    # Nothing else that begins with 0 can be valid, so 011 has no better reading left.
    american = ~plus & digits.str.starts_with("011")
    begins = pl.when(zeros).then(2).when(american).then(3)
    is_bare = ~digits.str.starts_with("0")  # nearly all: they stay as they are, uncopied
    others = rest.filter(~is_bare).select("row", digits.str.slice(begins)).drop_nulls("digits")
    coded = pl.concat([rest.filter(is_bare).select("row", "digits"), others])
    found = pl.concat([found, _international(coded)])
    if region is None:
        return found
    # A plus sign before a region's own international prefix, or a 00 that isn't one there.
    again = numbering_plan.with_code(rest.filter(plus | zeros).join(found, on="row", how="anti"))
    again = again.filter(~plus | (pl.col("code") == numbering_plan.NO_CODE)).drop("code")
    return found if again.is_empty() else pl.concat([found, _as_dialled(again, region)])


def _with_area_code(asked: pl.DataFrame) -> pl.DataFrame:
    """Return row of those of (row, plus, digits, first) with something else than a code in front.

    (201) 555-0123 is never a number of Egypt, although its digits begin with 20.
    """
    apart = asked.filter(pl.col("first").is_not_null() & ~pl.col("plus"))
    if apart.is_empty():
        return apart.select("row")
    return (
        numbering_plan.with_code(apart)
        .filter(pl.col("first") != numbering_plan.code_length())
        .select("row")
    )


def both_readings(numbers: pl.DataFrame, region: str | None) -> tuple[pl.Series, pl.Series]:
    """Read cleaned numbers (digits, first) without a plus sign in both ways.

    Returns:
        Two Int64 columns: as dialled in the region, and with their calling code.
    """
    asked = numbers.select("digits", "first").with_row_index("row").with_columns(plus=False)
    area = _with_area_code(asked)
    asked = asked.select("row", "plus", "digits")
    dialled = _nothing_found() if region is None else _as_dialled(asked, region)
    coded = _international(asked.join(area, on="row", how="anti").select("row", "digits"))
    blank = pl.select(pl.repeat(None, numbers.height, dtype=pl.Int64)).to_series()
    return (
        blank.scatter(dialled["row"], dialled["number"]),
        blank.clone().scatter(coded["row"], coded["number"]),
    )


def _international(asked: pl.DataFrame) -> pl.DataFrame:
    """Return the valid ones of (row, digits), digits with a calling code: row, number."""
    known = _in_halves(_with_their_codes, asked)
    parts = known.partition_by("code", as_dict=True, include_key=False)
    numbers = {code: part.lazy() for (code,), part in parts.items()}
    # Few numbers have a prefix; only they pay for the rules about it.
    prefixed = {
        code: part.filter(pl.col("national").str.contains(prefix))
        for code, part in numbers.items()
        if (prefix := numbering_plan.main_rules(code).dialled_prefix) is not None
    }
    plans = []
    for code, part in zip(prefixed, pl.collect_all(prefixed.values()), strict=True):
        if not part.is_empty():
            stripped = part.lazy().with_columns(_after(code)).with_columns(_number(code))
            plans.append((code, stripped))
            numbers[code] = numbers[code].join(part.lazy(), on="row", how="anti")
    return _valid([*plans, *numbers.items()])


def _with_their_codes(asked: pl.DataFrame) -> pl.DataFrame:
    known = numbering_plan.with_code(asked).filter(pl.col("code") != numbering_plan.NO_CODE)
    # A text too long for an integer is too long for a number.
    return known.select(
        "row",
        "code",
        number=pl.col("digits").cast(pl.Int64, strict=False),
        national=pl.col("digits").str.slice(numbering_plan.code_length()),
    )


def _as_dialled(asked: pl.DataFrame, region: str) -> pl.DataFrame:
    """Return the valid ones of (row, plus, digits), dialled in that region: row, number."""
    code = phonenumbers.country_code_for_region(region)
    rules = numbering_plan.rules_of(region, code)
    digits = pl.col("digits")
    abroad: pl.Expr = pl.lit(value=False)
    readings = []
    if rules.international_prefix is not None:
        after = digits.str.replace(rules.international_prefix, "")
        abroad = digits.str.contains(rules.international_prefix) & ~after.str.starts_with("0")
        readings.append(_international(asked.filter(abroad).select("row", after)))
    home = asked.lazy().filter(~abroad & ~pl.col("plus")).select("row", "digits")
    after = numbering_plan.without_prefix(digits.str.slice(len(str(code))), rules)
    length = digits.str.len_bytes()
    saved = ~digits.str.contains(rules.general) & after.str.contains(rules.general)
    full = digits.str.starts_with(str(code)) & (saved | numbering_plan.is_too_long(length, rules))
    with_code = home.filter(full).select("row", national=after).with_columns(_after(code))
    without_code = home.filter(~full).select(
        "row", national=numbering_plan.national_number(digits, rules)
    )
    home_numbers = (with_code, without_code)
    readings.append(_valid([(code, part.with_columns(_number(code))) for part in home_numbers]))
    return pl.concat(readings)


def _after(code: int) -> pl.Expr:
    return numbering_plan.national_number(pl.col("national"), numbering_plan.main_rules(code))


def _number(code: int) -> pl.Expr:
    number = pl.concat_str(pl.lit(str(code)), pl.col("national"))
    return number.cast(pl.Int64, strict=False).alias("number")


def _valid(parts: list[tuple[int, pl.LazyFrame]]) -> pl.DataFrame:
    """Return the valid ones of (row, national, number), by calling code: row, number.

    Most numbers under a shared calling code belong to its first region, so the others are tried
    only for the rest.
    """
    national = pl.col("national")
    plans, shared = [], []
    for code, numbers in parts:
        regions = numbering_plan.regions_of(code)
        rules = numbering_plan.rules_of(regions[0], code)
        here = numbering_plan.is_valid(national, rules)
        if len(regions) > 1:
            foreign = ~here if rules.leading is None else ~national.str.contains(rules.leading)
            shared.append((code, numbers.filter(foreign)))
            here = here & ~foreign
        plans.append(numbers.filter(here).select("row", "number"))
    left = pl.collect_all([numbers for _, numbers in shared])
    for (code, _), rest in zip(shared, left, strict=True):
        if not rest.is_empty():
            elsewhere = numbering_plan.is_valid_elsewhere(national, code)
            plans.append(rest.lazy().filter(elsewhere).select("row", "number"))
    return pl.concat([_nothing_found(), *pl.collect_all(plans)])


def _nothing_found() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.UInt32, "number": pl.Int64})
