import polars as pl
import pytest

from sheets.phones.cleaning import clean
from sheets.phones.e164 import Bare, Notation, both_readings, read_numbers
from sheets.phones.old_forms import present_forms


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("+52 1 55 4163 7146", None, 525541637146),
        ("5215541637145@c.us", None, 525541637145),
        ("044 55 4163 7147", "MX", 525541637147),
        ("+55 11 8765-4321", None, 5511987654321),
        ("(11) 8765-4321", "BR", 5511987654321),
        ("+8 912 390 05 79", "RU", 79123900579),
        ("+8 912 390 05 79", None, None),  # another country's trunk prefix, or a typing error
        ("044 55 4163 7147", None, None),
        ("+52 1 55 4163", None, None),
        ("+01 55 4163 7147", "MX", None),  # a plus sign, so no prefix of this country's
        ("+1 800 123 4567", "MX", None),
        ("1 800 123 4567", "MX", None),  # a 1 was dialled behind 52 alone
        ("n/a", "MX", None),
    ],
)
def test_numbers_of_old_phone_books(text: str, region: str | None, number: int | None) -> None:
    """A form that a country gave up is read in its present form, and nothing else is changed."""
    assert present_forms(pl.Series([text]), region).to_list() == [number]


@pytest.mark.parametrize(
    ("notation", "numbers"),
    [
        (Notation("DE"), [49447400395497, 4915123580489, 447400399945, None]),
        (Notation("DE", Bare.CODED), [447400395497, 4915123580489, 447400399945, None]),
        (Notation(None, Bare.UNKNOWN), [None, None, 447400399945, None]),
        (Notation(None, Bare.UNKNOWN, "44"), [447400395497, None, 447400399945, None]),
    ],
)
def test_a_notation_says_what_bare_digits_are(notation: Notation, numbers: list[int]) -> None:
    """Only numbers without a plus sign depend on how the whole list is written."""
    texts = pl.Series(["447400395497", "15123580489", "+44 7400 399945", "x"])
    if notation.bare is Bare.CODED:
        texts = texts.replace("15123580489", "4915123580489")
    assert read_numbers(texts, notation)[0].to_list() == numbers


def test_both_readings_stand_side_by_side() -> None:
    """What is weighed are the two ways to read the same digits."""
    dialled, coded = both_readings(clean(pl.Series(["447400395497", "15123580489", "1"])), "DE")
    assert dialled.to_list() == [49447400395497, 4915123580489, None]
    assert coded.to_list() == [447400395497, 15123580489, None]
    assert both_readings(clean(pl.Series(["447400395497"])), None)[0].to_list() == [None]
