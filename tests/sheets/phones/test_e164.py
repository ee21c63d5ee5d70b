import random
import re._parser as regex  # the standard library's own parser of a pattern

import phonenumbers
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneMetadata

from sheets.phones import e164, numbering_plan
from sheets.phones.e164 import normalise
from sheets.phones.reasons import Reason
from tests.support.sheets import phone_oracle as oracle

# Regions whose plans have something the others don't: transform rules, carrier codes, leading
# digits, shared calling codes, another international prefix.
PECULIAR = (
    *("AG", "AR", "AU", "BR", "CC", "CI", "CN", "CO", "CR", "FI", "GA", "GB", "GG", "HU", "IM"),
    *("IT", "JE", "JP", "KR", "KZ", "LT", "MG", "MN", "MX", "NF", "NO", "PR", "RU", "SJ", "SM"),
    *("TJ", "US", "UZ", "VA", "ZW"),
)
WIDE = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
BULK = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def one(text: str | None, region: str | None = None) -> tuple[str | None, str | None]:
    """Return E.164 and reason of a single text."""
    [answer] = normalise(pl.Series([text], dtype=pl.String), region).rows()
    return answer


@BULK
@given(seed=st.integers(0, 2**32))
def test_international_lists_agree_with_phonenumbers(seed: int) -> None:
    """The column rules equal libphonenumber's own, for numbers of any region."""
    chance = random.Random(seed)
    texts = [oracle.written(oracle.made_up(chance, None), chance) for _ in range(400)]
    assert oracle.disagreements(texts, None) == []


@pytest.mark.parametrize("region", PECULIAR)
def test_national_lists_agree_where_plans_are_peculiar(region: str) -> None:
    """Trunk prefixes, mobile tokens and carrier codes are read as libphonenumber reads them."""
    chance = random.Random(region)
    texts = [oracle.written(oracle.made_up(chance, region), chance) for _ in range(120)]
    assert oracle.disagreements(texts, region) == []


@BULK
@given(seed=st.integers(0, 2**32), region=st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_national_lists_agree_with_phonenumbers(seed: int, region: str) -> None:
    """Whichever country a chat has, its numbers are read by that country's plan."""
    chance = random.Random(seed)
    texts = [oracle.written(oracle.made_up(chance, region), chance) for _ in range(150)]
    assert oracle.disagreements(texts, region) == []


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("+113101234", None, None),  # without the 1 the rest is too short for a number
        ("01700145837", "IL", "+9721700145837"),  # 017 dials abroad, but not before a 0
        ("+810992917123701", "TJ", None),  # 810 dials abroad, but +81 is Japan
        ("+00 44 20 7946 0958", "GB", "+442079460958"),
        ("17700145837", "IL", None),
        ("+77012345678", None, "+77012345678"),  # +7, and not Russian
        ("+12684641234", None, "+12684641234"),  # +1, and not of the United States
    ],
)
def test_rare_turns_of_the_plan(text: str, region: str | None, number: str | None) -> None:
    """Rules that generated lists rarely reach, each compared with libphonenumber."""
    assert oracle.reference(text, region) == number
    assert one(text, region)[0] == number


def test_every_kind_of_every_region_is_a_number() -> None:
    """No region, type or non-geographic code is missing from the compiled plan."""
    texts = [f"+{code}{national}" for _, code, national in oracle.examples()]
    known = [oracle.valid(text, None) for text in texts]
    found = normalise(pl.Series(texts))["e164"].to_list()
    assert found == known
    assert sum(text is not None for text in found) > 1300


def test_patterns_of_types_allow_only_possible_lengths() -> None:
    """The plan leaves out length checks; a metadata update that needs them must be noticed."""
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        for region in regions:
            data = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
            for name in numbering_plan._TYPES:
                kind = getattr(data, name)
                if kind is None or not kind.national_number_pattern:
                    continue
                lengths = _lengths(regex.parse(kind.national_number_pattern))
                assert lengths <= set(kind.possible_length), (region, name)


def _lengths(pattern: regex.SubPattern) -> set[int]:
    """Return the lengths of the texts that a pattern of digits matches."""
    total = {0}
    for operation, argument in pattern:
        match str(operation):
            case "LITERAL" | "IN":
                part = {1}
            case "SUBPATTERN":
                part = _lengths(argument[3])
            case "BRANCH":
                part = set().union(*map(_lengths, argument[1]))
            case "MAX_REPEAT":
                low, high, repeated = argument
                part, sums = set(), {0}
                for count in range(high + 1):
                    part |= sums if count >= low else set()
                    sums = {a + b for a in sums for b in _lengths(repeated)}
            case other:
                pytest.fail(f"a pattern has {other}, which nobody thought of")
        total = {a + b for a in total for b in part}
    return total


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+79876543210", "+79876543210"),
        ("79876543210", "+79876543210"),
        ("+7 (987) 654-32-10", "+79876543210"),
        ("(+7) 987.654.32.10", "+79876543210"),
        ("tel:+79876543210", "+79876543210"),
        ("Anna: 7 987 654 32 10", "+79876543210"),
        ("'79876543210", "+79876543210"),
        ('="79876543210"', "+79876543210"),
        ("79876543210.0", "+79876543210"),
        ("79,876,543,210", "+79876543210"),
        ("79876543210,", "+79876543210"),
        ("79876543210\r", "+79876543210"),
        ("\x0079876543210\x00", "+79876543210"),
        ("\u200b\ufeff+7\u00a0987\u200f6543210\u202c", "+79876543210"),
        ("+٧٩٨٧٦٥٤٣٢١٠", "+79876543210"),
        ("+۷۹۸۷۶۵۴۳۲۱۰", "+79876543210"),
        ("\N{FULLWIDTH PLUS SIGN}" + "79876543210".translate(WIDE), "+79876543210"),
        ("+79876543210 ext. 12", "+79876543210"),
        ("+79876543210 доб. 5", "+79876543210"),
        ("+79876543210;ext=12", "+79876543210"),
        ("+79876543210 x7", "+79876543210"),
        ("0049 30 901820", "+4930901820"),
        ("011 44 20 7946 0958", "+442079460958"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+49 0 30 901820", "+4930901820"),
        ("+390669812345", "+390669812345"),
        ("+54 9 11 2345 6789", "+5491123456789"),
    ],
)
def test_ways_to_write_a_number(text: str, number: str) -> None:
    """People, phone books and spreadsheets write numbers in these ways."""
    assert one(text) == (number, None)


@pytest.mark.parametrize("text", ["(201) 555-7715", "201-555-7715", "(201)5557715"])
@pytest.mark.parametrize("region", [None, "PL"])
def test_an_area_code_is_no_calling_code(text: str, region: str | None) -> None:
    """Only (20) is Egypt: otherwise a stranger there would be paid for."""
    assert one(text, region)[0] is None
    assert one("(20) 100 123 4567", region) == ("+201001234567", None)


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("8 987 654 32 10", "RU", "+79876543210"),
        ("8~10 44 20 7946 0958", "RU", "+442079460958"),
        ("030 901820", "DE", "+4930901820"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("(415) 555-2671", "US", "+14155552671"),
        ("011 15 2345-6789", "AR", "+5491123456789"),
        ("0 15 11 96123-4567", "BR", "+5511961234567"),
        ("06 698 12345", "IT", "+390669812345"),
        ("79876543210", "DE", "+79876543210"),
        ("+79876543210", "US", "+79876543210"),
    ],
)
def test_ways_to_dial_within_a_country(text: str, region: str, number: str) -> None:
    """A chat with a country need not write its numbers internationally."""
    assert one(text, region) == (number, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, Reason.NOT_A_NUMBER),
        ("", Reason.NOT_A_NUMBER),
        ("ask Anna", Reason.NOT_A_NUMBER),
        ("+", Reason.NOT_A_NUMBER),
        ("id79876543210", Reason.NOT_A_NUMBER),
        ("79876543210 79876543211", Reason.TOO_LONG),
        ("+79876543210 +79876543211", Reason.NOT_A_NUMBER),
        ("7" * 251, Reason.TOO_LONG),
        ("7 " * 126, Reason.NOT_A_NUMBER),
        ("4.41E+11", Reason.DIGITS_LOST),
        ("4,41e+11", Reason.DIGITS_LOST),
        ("+7987", Reason.TOO_SHORT),
        ("+44 20 7946", Reason.TOO_SHORT),
        ("+1 415 555 2671 99", Reason.TOO_LONG),
        ("+44 20 7946 0958 1234", Reason.TOO_LONG),
        ("+999 123 456 78", Reason.UNKNOWN_COUNTRY),
        ("8 987 654 32 10", Reason.NO_COUNTRY),
        ("030 901820", Reason.NO_COUNTRY),
        ("+7 000 000 00 00", Reason.NOT_IN_USE),
    ],
)
def test_reasons_tell_what_is_wrong(text: str | None, reason: Reason) -> None:
    """The report says what a person can do about a line, and nothing is ever guessed."""
    assert one(text) == (None, reason)


def test_a_spreadsheets_decimals_are_no_digits() -> None:
    """The one deliberate difference from libphonenumber, which takes .0 for a digit."""
    assert oracle.valid("+79876543210.0", None) is None
    assert one("+79876543210.0") == ("+79876543210", None)
    assert one("8419920.00") == (None, Reason.NO_COUNTRY)
    assert oracle.reference("8419920.00", None) == "+841992000"


def test_answers_stand_beside_their_texts() -> None:
    """Numbers are split by calling code; they must come back in their own order."""
    texts = [text for _ in range(50) for text in ("+79876543210", "x", "0049 30 901820", "12")]
    answers = normalise(pl.Series(texts))["e164"].to_list()
    assert answers == ["+79876543210", None, "+4930901820", None] * 50


@pytest.mark.parametrize("count", [2, 3, 101])
def test_halves_of_a_long_list_are_read_as_the_whole(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Protects long lists, which two threads read: each answer stays beside its text."""
    chance = random.Random(count)
    made = [oracle.written(oracle.made_up(chance, "DE"), chance) for _ in range(count)]
    texts = pl.Series([*made[:-1], "no number"])
    whole = normalise(texts, "DE")
    monkeypatch.setattr(e164, "WORTH_HALVING", 2)
    assert normalise(texts, "DE").equals(whole)


def test_no_texts_no_answers() -> None:
    """An empty column keeps its shape, so that callers need no special case."""
    for region in (None, "DE"):
        answers = normalise(pl.Series([], dtype=pl.String), region)
        assert answers.columns == ["e164", "reason"]
        assert answers.is_empty()


def test_unknown_region_is_refused() -> None:
    """A misspelt country is a mistake of ours, not a list without numbers."""
    with pytest.raises(ValueError, match="XX"):
        normalise(pl.Series(["1"]), "XX")
