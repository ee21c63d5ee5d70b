"""A few numbers in one message: the fast path for plain ones, and the same rules as lists."""

import random

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets.files.documents import EmptyFile, NoNumbers
from sheets.lists import intake
from sheets.lists.plain_number import Few, read_plain
from sheets.lists.short_message import LONGEST_OTHER, read_few
from sheets.phones.e164 import normalise
from tests.support.sheets import phone_oracle as oracle

ONE, TWO = "+447400000007", "+447400000014"
BULK = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PIECES = [ONE, TWO, "+44 7400 000007", "+49 (0)30 901820", "+12015550123", "+1 (201) 555-0123"]
PIECES += ["79876543210", "8 987 654 32 10", "030 901820", "4.41E+11", "Anna ", "+", "12.05.2024"]
SIGNS = ["", " ", "-", "(", ")", ") ", " (", "  ", "--", "- "]


@pytest.mark.parametrize(
    "text",
    [
        *("+79876543210", "+7 987 654 32 10", "+7 (987) 654-32-10", "+7-987-654-32-10"),
        *("  +79876543210\n", "+7(987)6543210", "+7  987  6543210"),
    ],
)
def test_a_plain_number_is_read_at_once(text: str) -> None:
    """Protects the quick answer: the usual forms of one number take the fast path."""
    assert read_plain(text) == Few(["+79876543210"], [])
    assert read_few(text) == Few(["+79876543210"], [])
    assert read_few(text).is_one_number


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "79876543210", "8 987 654 32 10", "+7987", "+7 987 654", "+999 123 456 789"),
        *("+79876543210 +79876543211", "+79876543210\n+79876543211", "+79876543210,"),
        *("Anna +79876543210", "+79876543210 Anna", "+7.987.654.32.10", "++79876543210"),
        *("+79876543210#1", "+00447400000007", "٠٠٧٩٨٧٦٥٤٣٢١٠", "+7\t9876543210"),
        "+7" + "  987" * 10,
    ],
)
def test_what_may_be_anything_is_left_to_the_long_way(text: str) -> None:
    """Protects from a guess: only one number in its plainest form takes the fast path."""
    assert read_plain(text) is None


@pytest.mark.parametrize(
    ("text", "numbers", "others"),
    [
        ("", [], []),
        (" \n\n\t", [], []),
        ("Hello there", [], ["Hello there"]),
        (f"{ONE}\n{TWO}", [ONE, TWO], []),
        (f"{TWO}, {ONE};{TWO}", [TWO, ONE], []),
        (f"{ONE}{TWO}", [ONE, TWO], []),
        (f"{ONE} {TWO}", [ONE, TWO], []),
        ("447400000007 447400000014", [ONE, TWO], []),
        (f"Anna {ONE}\nBoris\n8 987 654 32 10", [ONE], ["Boris", "8 987 654 32 10"]),
        (f"{ONE}\n  {'x' * 99}", [ONE], ["x" * LONGEST_OTHER]),
        (f"{'9' * 60}\n{ONE}", [ONE], ["9" * LONGEST_OTHER]),
    ],
)
def test_a_message_is_read(text: str, numbers: list[str], others: list[str]) -> None:
    """Protects what people write: numbers in order, each once, and the rest reported."""
    assert read_few(text) == Few(numbers, others)
    assert not read_few(text).is_one_number


def test_one_number_among_others_is_not_alone() -> None:
    """Protects the short answer from hiding what was not understood."""
    assert not read_few(f"{ONE}\nn/a").is_one_number
    assert read_few(f"Anna: {ONE}").is_one_number
    assert not Few([ONE, TWO], []).is_one_number
    assert not Few([], []).is_one_number


def test_a_country_reads_national_numbers() -> None:
    """Protects chats with a country; a number with a plus sign reads the same in all of them."""
    assert read_few("8 987 654 32 10", "RU") == Few(["+79876543210"], [])
    assert read_few(ONE, "RU") == Few([ONE], [])
    with pytest.raises(ValueError, match="XX"):
        read_few("8 987 654 32 10", "XX")


@pytest.mark.parametrize("text", ["ID3 +447400000007", "RIFF", "%PDF-1.4", "{\\rtf1", "BM"])
def test_a_message_is_never_taken_for_a_file(text: str) -> None:
    """Protects a word that some kind of file begins with: a message is always text."""
    found = read_few(text)
    assert found.numbers == ([ONE] if ONE in text else [])
    assert found.others == ([] if ONE in text else [text])


def plain_texts(chance: random.Random, count: int) -> list[str]:
    """Texts near international numbers with their plus sign, with signs between the digits."""
    texts = []
    for _ in range(count):
        text = oracle.made_up(chance, None)
        text = text if text.startswith("+") else f"+{text}"
        if chance.random() < 0.6:
            signs = [chance.choice(SIGNS) if chance.random() < 0.3 else "" for _ in text]
            text = text[0] + "".join(map("".join, zip(text[1:], signs, strict=False)))
        texts.append(text)
    return texts


@BULK
@given(seed=st.integers(0, 2**32))
def test_plain_numbers_are_read_as_lists_are(seed: int) -> None:
    """Protects from two readings of one number, depending on how it was sent."""
    texts = plain_texts(random.Random(seed), 400)
    found = normalise(pl.Series(texts))["e164"].to_list()
    plain = [read_plain(text) for text in texts]
    for text, number, few in zip(texts, found, plain, strict=True):
        assert few in {None, number} if few is None else few == Few([number], []), text
        is_plainest = text[1:].isdigit() and len(text) > 7 and not text.startswith("+00")
        assert not is_plainest or (few is None) == (number is None), text
    assert sum(few is not None for few in plain) > 50
    assert sum(few is None for few in plain) > 50


def listed(text: str, region: str | None) -> list[str]:
    """Return the numbers of a list with this text."""
    try:
        return intake.read([intake.Part("", text, "text")], region).numbers.to_list()
    except (EmptyFile, NoNumbers):
        return []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    pieces=st.lists(st.sampled_from([*PIECES, ", ", ";", " ", "\n", "\n"]), max_size=6),
    region=st.sampled_from([None, "RU", "DE", "US"]),
)
def test_a_message_holds_what_a_list_would(pieces: list[str], region: str | None) -> None:
    """Protects from two readings of one text: for few numbers or many, the rules are the same."""
    text = "".join(pieces)
    few = read_few(text, region)
    assert few.numbers == listed(text, region)
    assert all(other == other.strip() and len(other) <= LONGEST_OTHER for other in few.others)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    numbers=st.lists(st.sampled_from([ONE, TWO, "+12015550123", "+4930901820"]), min_size=2),
    glue=st.sampled_from(["", " "]),
)
def test_numbers_glued_by_their_plus_signs_are_all_found(numbers: list[str], glue: str) -> None:
    """Protects each number of a paste that has lost its line ends."""
    reading = intake.read([intake.Part("", glue.join(numbers), "text")])
    assert reading.numbers.to_list() == list(dict.fromkeys(numbers))
    assert (reading.total, reading.rejected) == (len(numbers), 0)
