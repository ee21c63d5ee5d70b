"""Remembered answers, against a plain dict of the newest answer to each number."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.answers.answers import Answers
from sheets.answers.counting import keys_of
from sheets.answers.meaning import Meaning
from sheets.memory import blocks, splitting
from sheets.memory.digests import digests_of
from sheets.memory.splitting import Block, read, split, write

KEY, OTHER = bytes(range(32)), bytes(32)
WORDS = Meaning(("Number",), ("Answer",), yes=("yes", "active"), no=("no",), detail_column="sign")
DAYS = Meaning(("Number",), ("Answer",), scale="days", unknown=("n/a",))
Result = dict[int, tuple[str, str]]
"""The answer to each number, and the detail beside it."""

NUMBERS = st.integers(447400000000, 447400000019)
SAID = st.sampled_from(("yes", "YES", "active", "no", "unknown", "n/a", "", "hidden", "1", "400 d"))
RESULTS = st.dictionaries(NUMBERS, st.tuples(SAID, st.sampled_from(("", "busy"))))
MEMORY = st.dictionaries(st.integers(0, 99), st.tuples(RESULTS, st.sampled_from((KEY, OTHER))))


def written(*numbers: int) -> pl.Series:
    """Return numbers as they are submitted."""
    return pl.Series([f"+{number}" for number in numbers], dtype=pl.String)


def answers_of(result: Result) -> Answers:
    """Return a result as it was read from a service's file."""
    columns = {
        "number": list(result),
        "answer": [said for said, _ in result.values()],
        "sign": [detail for _, detail in result.values()],
    }
    schema = {"number": pl.Int64, "answer": pl.String, "sign": pl.String}
    return Answers(pl.DataFrame(columns, schema=schema), ("Answer", "sign"))


def buckets_of(result: Result, meaning: Meaning) -> dict[int, str]:
    """Return the bucket in which the summary counts each answer."""
    found = keys_of(written(*result), answers_of(result), meaning)
    return dict(found.select("number", "key").rows())


def block_of(result: Result, meaning: Meaning, key: bytes = KEY, at: float = 1.0) -> Block:
    """Return a block of these answers."""
    data, count = blocks.encode(written(*result), answers_of(result), meaning, key)
    kept = [each for each in buckets_of(result, meaning).values() if each not in UNKNOWN]
    assert count == len(kept)
    return Block(at, data, key)


UNKNOWN = {"unknown", "missing"}


@settings(max_examples=60)
@given(
    MEMORY,
    st.lists(NUMBERS, unique=True),
    st.sampled_from((WORDS, DAYS)),
    st.sampled_from((1, 9, 2_000_000)),
)
def test_a_list_is_split_as_a_dict_would_do_it(
    memory: dict[int, tuple[Result, bytes]], asked: list[int], meaning: Meaning, at_once: int
) -> None:
    """Protects money and answers: each number has its newest answer, or is asked about."""
    newest: dict[int, tuple[str, str, float]] = {}
    for at, (result, _) in sorted(memory.items()):
        for number, bucket in buckets_of(result, meaning).items():
            if bucket not in UNKNOWN:
                newest[number] = (result[number][0], bucket, float(at))
    held = [block_of(result, meaning, key, at) for at, (result, key) in memory.items()]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(splitting, "_ROWS_AT_ONCE", at_once)
        patched.setattr(splitting, "_NUMBERS_AT_ONCE", at_once)
        found = split(written(*asked), held)
    known = read(write(found))
    assert found.new.to_list() == [f"+{each}" for each in asked if each not in newest]
    assert known.columns == ["number", "answer", "bucket", "answered_at"]
    assert sorted(known.rows()) == sorted(
        (number, *newest[number]) for number in asked if number in newest
    )


def test_unknown_is_never_remembered() -> None:
    """Protects people from an old "unknown", or none at all: the service may know by now."""
    result: Result = {1: ("unknown", ""), 2: ("", ""), 3: ("Verizon", ""), 4: ("no", "")}
    numbers = written(1, 2, 3, 4, 5)
    data, count = blocks.encode(numbers, answers_of(result), WORDS, KEY)
    found = split(numbers, [Block(1.0, data, KEY)])
    assert count == 2
    assert found.new.to_list() == ["+1", "+2", "+5"]
    assert sorted(read(write(found)).rows()) == [(3, "Verizon", "word", 1.0), (4, "no", "no", 1.0)]


NO_ANSWERS = ["Error", "error: 504", "Failed", "TIMEOUT", "timed out", "pending", "Retry",
              "try again", "None", "null", "N/A", "?", "\u2014"]  # fmt: skip


@pytest.mark.parametrize("said", NO_ANSWERS)
def test_what_means_no_answer_anywhere_is_never_remembered(said: str) -> None:
    """Protects people from a service's bad minute, which would be their answer for months."""
    words = (said, "Errorless", "Failover Ltd", "nonesuch")
    result: Result = {number: (word, "") for number, word in enumerate(words, 1)}
    meaning = Meaning(("Number",), ("Answer",), unknown=("?!",))
    data, count = blocks.encode(written(*result), answers_of(result), meaning, KEY)
    assert split(written(*result), [Block(1.0, data, KEY)]).new.to_list() == ["+1"]
    assert count == len(result) - 1
    named = Meaning(("Number",), ("Answer",), yes=(said,))
    assert buckets_of(result, named)[1] == "yes"


def test_a_service_adds_no_answers_to_other_numbers() -> None:
    """Protects the memory from answers that nobody asked or paid for."""
    data, count = blocks.encode(written(1), answers_of({1: ("yes", ""), 2: ("no", "")}), WORDS, KEY)
    assert count == 1
    assert split(written(1, 2), [Block(1.0, data, KEY)]).new.to_list() == ["+2"]


def test_a_block_holds_neither_numbers_nor_details() -> None:
    """Protects people from whoever has opened a block: no number is there, nor any detail."""
    result: Result = {447400123456: ("yes", "my private words"), 447400123457: ("yes", "")}
    data = block_of(result, WORDS).data
    for number in result:
        assert f"{number}".encode() not in data
        assert number.to_bytes(8, "little") not in data
    assert b"private" not in data
    known = read(write(split(written(*result), [Block(1.0, data, KEY)])))
    assert dict(known.select("number", "bucket").rows()) == {
        447400123456: "yes_with",
        447400123457: "yes_without",
    }


def test_digests_hang_on_their_key() -> None:
    """Protects people from being compared: equal numbers look equal under one key alone."""
    numbers = written(447400123456, 1, 999_999_999_999_999)
    mine, theirs = (set(digests_of(numbers, key)) for key in (KEY, OTHER))
    assert len(mine | theirs) == 6
    assert digests_of(numbers[1:2], KEY)[0] in mine
    # RFC 7693: blocks that were stored years ago, or elsewhere, have the same digests.
    assert digests_of(numbers[:1], KEY).to_list() == [5322286036197604441]


@pytest.mark.parametrize("words", [3, 97, 9_700])
@pytest.mark.parametrize("most", [1 << 16, 40])
def test_a_block_is_small(words: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the disk: 20 bytes a number at most, however many different answers there are."""
    monkeypatch.setattr(blocks, "MOST_ANSWERS", most)
    monkeypatch.setattr(blocks, "BYTES_OF_ANY", 0)
    result: Result = {number: (f"{number % words:090}", "") for number in range(1, 9_701)}
    result |= dict.fromkeys(range(20000, 20009), ("long" * 26, ""))
    data, count = blocks.encode(written(*result), answers_of(result), WORDS, KEY)
    assert count <= min(words, most) * -(-9_700 // words)
    assert len(data) <= 20 * 9_709 + 1_000
    assert (count == 9_700) == (words <= min(97, most))
    found = split(written(*result), [Block(1.0, data, KEY)])
    assert all(result[number][0] == said for number, said, *_ in read(write(found)).rows())
    assert found.known.height == count
