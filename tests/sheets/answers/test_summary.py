import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.answers.answers import Answers
from sheets.answers.counting import members, summarise
from sheets.answers.meaning import Meaning
from sheets.answers.summary import Bucket, Group, Summary, from_json, groups, to_json

DAYS = Meaning(("Number",), ("telegram_days",), "days", unknown=("unknown", "n/a"))
WORDS = Meaning(
    ("Number",), ("whatsapp",), yes=("yes", "Active"), no=("no",), detail_column=" Signature"
)
GROUPS: tuple[Group, ...] = ("yes", "no", "unknown")
FIRST = 447400000000


def numbers(count: int) -> pl.Series:
    """Return a list of that many numbers."""
    return pl.Series("number", [f"+{FIRST + n}" for n in range(count)], dtype=pl.String)


def told(answers: list[str], **columns: list[str]) -> Answers:
    """Return a service's answers to the first numbers of a list."""
    frame = pl.DataFrame(
        {"number": range(FIRST, FIRST + len(answers)), "answer": answers, **columns},
        schema_overrides={"number": pl.Int64, "answer": pl.String},
    )
    return Answers(frame, ("answer's own", *columns))


def counted(summary: Summary) -> dict[str, int]:
    """Return keys, or words, with their counts, in the order shown."""
    return {bucket.word or bucket.key: bucket.count for bucket in summary.buckets}


def test_days_are_counted_by_how_long_ago() -> None:
    """Protects the scale: a day, a week, a month, longer; and no day is no answer."""
    answers = ["1", "0", "7", "7 days", "2", "30", "30.0", "31", "400", "N/A", "", "-", "soon"]
    summary = summarise(numbers(15), told(answers), DAYS)
    assert counted(summary) == {
        "day": 2, "week": 3, "month": 2, "older": 2, "unknown": 4, "missing": 2,
    }  # fmt: skip
    assert groups(DAYS, summary) == {"yes": 5, "no": 4, "unknown": 6}


@pytest.mark.parametrize("answer", ["2025-11-21", "1/7", "-1", "1e5", "٣", "7 years", "+7"])
def test_what_is_no_number_of_days_is_unknown(answer: str) -> None:
    """Protects against reading a date, or anything else, as days since the last visit."""
    assert counted(summarise(numbers(1), told([answer]), DAYS)) == {"unknown": 1}


def test_a_yes_on_the_scale_of_days_says_nothing_of_a_week() -> None:
    """Protects from false claims: registered isn't seen lately, and "no" isn't long ago."""
    summary = summarise(numbers(3), told(["yes", "no", "1"]), DAYS)
    assert counted(summary) == {"day": 1, "yes": 1, "no": 1}
    assert groups(DAYS, summary) == {"yes": 1, "no": 0, "unknown": 2}


def test_words_are_compared_without_case_and_blanks() -> None:
    """Protects against a service that changes its capitals."""
    summary = summarise(numbers(5), told(["YES", " active ", "No", "UNKNOWN", ""]), WORDS)
    assert counted(summary) == {"yes": 2, "no": 1, "unknown": 2}


def test_other_words_survive_and_are_no_no() -> None:
    """Protects a service's new words: the commonest by themselves, the rest together."""
    answers = [*["Blue"] * 3, "blue", *["Red"] * 3, *["Green"] * 2, *["x" * 60] * 2, "a", "b", "c"]
    summary = summarise(numbers(len(answers)), told(answers), WORDS)
    assert summary.buckets == (
        Bucket("word", 4, "Blue"),
        Bucket("word", 3, "Red"),
        Bucket("word", 2, "Green"),
        Bucket("word", 2, "x" * 40),
        Bucket("word", 3, ""),
    )
    assert groups(WORDS, summary) == {"yes": 0, "no": 0, "unknown": 14}


def test_a_detail_splits_the_yes_answers() -> None:
    """Protects the line "with a status": only a yes is split, and blanks are no status."""
    answers = told(["yes", "yes", "yes", "no"], SIGNATURE=["Hi", " \t", "", "Hi"])
    summary = summarise(numbers(4), answers, WORDS)
    assert counted(summary) == {"yes_with": 1, "yes_without": 2, "no": 1}
    assert groups(WORDS, summary) == {"yes": 3, "no": 1, "unknown": 0}


def test_numbers_that_did_not_come_back_are_missing_never_no() -> None:
    """Protects from the costliest mistake: to drop a number that was never checked."""
    summary = summarise(numbers(3), told(["no"]), WORDS)
    assert counted(summary) == {"no": 1, "missing": 2}
    assert members("no", numbers(3), told(["no"]), WORDS).to_list() == [f"+{FIRST}"]


def test_numbers_nobody_asked_about_are_counted_apart() -> None:
    """Protects the sum: a number that only the service added is no answer to the list."""
    summary = summarise(numbers(2), told(["yes"] * 5), WORDS)
    assert (counted(summary), summary.total, summary.foreign) == ({"yes": 2}, 2, 3)


@settings(max_examples=60, deadline=None)
@given(
    answers=st.lists(
        st.one_of(st.sampled_from(["yes", "no", "unknown", "1", "7", "N/A", ""]), st.text()),
        max_size=20,
    ),
    more=st.integers(-5, 5),
    meaning=st.sampled_from([DAYS, WORDS]),
)
def test_everything_adds_up(answers: list[str], more: int, meaning: Meaning) -> None:
    """Protects the sums, whatever a service writes: buckets, buttons, and the lists behind them."""
    asked, said = numbers(max(0, len(answers) + more)), told(answers)
    summary = summarise(asked, said, meaning)
    assert sum(bucket.count for bucket in summary.buckets) == summary.total == asked.len()
    assert all(bucket.count > 0 for bucket in summary.buckets)
    found = {group: members(group, asked, said, meaning) for group in GROUPS}
    assert {group: one.len() for group, one in found.items()} == groups(meaning, summary)
    assert sorted(pl.concat(found.values()).to_list()) == asked.to_list()
    assert all(one.to_list() == sorted(one) for one in found.values())
    assert from_json(to_json(summary)) == summary


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"buckets":[["maybe",1,""]],"total":1,"foreign":0}', "null", "7"]
)
def test_what_is_no_summary_is_refused(text: str) -> None:
    """Protects the cards from a row that another program has written."""
    with pytest.raises(ValueError, match=r"."):
        from_json(text)
