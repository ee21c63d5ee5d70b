"""The line of a number is told as libphonenumber tells it, for every region."""

import random

import phonenumbers
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumber, PhoneNumberType

from sheets.phones.line_types import AT_ONCE, read_lines
from sheets.phones.lines import KEPT, Line
from tests.support.sheets import phone_oracle as oracle

T = PhoneNumberType
LINES = {
    T.MOBILE: Line.MOBILE,
    T.FIXED_LINE: Line.FIXED,
    T.FIXED_LINE_OR_MOBILE: Line.EITHER,
    T.TOLL_FREE: Line.TOLL_FREE,
    T.PREMIUM_RATE: Line.PREMIUM,
    T.VOIP: Line.VOIP,
    T.UNKNOWN: Line.UNKNOWN,
}
"""All others are `Line.OTHER`."""


def reference(number: int) -> tuple[str | None, Line]:
    """Return region and line by phonenumbers, of E.164 without its plus sign."""
    digits = str(number)
    known = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    code = next((int(digits[:n]) for n in (1, 2, 3) if int(digits[:n]) in known), None)
    if code is None:
        return None, Line.UNKNOWN
    national = digits[len(str(code)) :]
    parsed = PhoneNumber(country_code=code, national_number=int(national or 0))
    zeros = len(national) - len(national.lstrip("0"))
    if zeros:  # a number of zeros alone keeps one as its digit
        parsed.italian_leading_zero = True
        parsed.number_of_leading_zeros = zeros - (zeros == len(national))
    line = LINES.get(phonenumbers.number_type(parsed), Line.OTHER)
    return phonenumbers.region_code_for_number(parsed), line


def told(numbers: list[int]) -> list[tuple[str | None, Line]]:
    """Return what we say of the same numbers."""
    found = read_lines(pl.Series(numbers, dtype=pl.Int64))
    return [(region, Line(line)) for region, line in found.iter_rows()]


def disagreements(numbers: list[int]) -> list[tuple[int, object, object]]:
    """Return the numbers that are something else to phonenumbers."""
    pairs = zip(numbers, map(reference, numbers), told(numbers), strict=True)
    return [(number, theirs, ours) for number, theirs, ours in pairs if theirs != ours]


def test_each_type_of_each_region_is_told_as_libphonenumber_does() -> None:
    """Protects people from paying for landlines: examples of all types, and near-numbers of them.

    The near-numbers hold neighbours of each range, and what no plan has.
    """
    chance = random.Random(16)
    numbers = [int(code + national) for _, code, national in oracle.examples()]
    for _, code, national in oracle.examples():
        numbers += [int(code + oracle._changed(national, chance)) for _ in range(5)]
    assert disagreements([number for number in numbers if number < 10**16]) == []
    assert {line for _, line in told(numbers)} == set(Line)


@given(st.lists(st.integers(10**6, 10**15), max_size=20))
@settings(deadline=None, max_examples=40)
def test_any_digits_are_told_as_libphonenumber_does(numbers: list[int]) -> None:
    """Protects the file from an error where a number is none at all."""
    assert disagreements(numbers) == []


def test_more_numbers_than_are_read_at_once_keep_their_places() -> None:
    """Protects long lists: what is told stands beside its number behind the first million, too."""
    numbers = pl.select(pl.repeat(447400123456, AT_ONCE + 1, dtype=pl.Int64)).to_series()
    numbers = pl.concat([numbers, pl.Series([442079460018], dtype=pl.Int64)])
    assert read_lines(numbers)["line"].tail(2).to_list() == [Line.MOBILE, Line.FIXED]
    assert read_lines(numbers)["line"].len() == AT_ONCE + 2


def test_what_may_be_mobile_is_kept_as_one() -> None:
    """Protects American lists: with their mobiles alone, nobody would be left."""
    assert Line.EITHER in KEPT["mobile"]
    assert Line.FIXED not in KEPT["mobile"] | KEPT["no_fixed"]
