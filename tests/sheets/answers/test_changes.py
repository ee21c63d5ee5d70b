"""What changed between two results, number by number."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sheets.answers.answers import Answers
from sheets.answers.changes import Side, compare, counts
from sheets.answers.meaning import Meaning
from sheets.answers.merging import CHECKED_ON
from sheets.answers.summary import Change

MEANING = Meaning(("Number",), ("days",), scale="days")
WORDS = Meaning(("Number",), ("said",))
NUMBERS = st.integers(min_value=447_400_000_000, max_value=447_400_000_020)
GIVEN = st.dictionaries(NUMBERS, st.sampled_from(["0", "7", "8", "400", "N/A", None]))
SWAPPED: dict[Change, Change] = {
    "became_yes": "became_no",
    "became_no": "became_yes",
    "new": "gone",
    "gone": "new",
    "unchanged": "unchanged",
    "not_known": "not_known",
}


def side(said: dict[int, str | None], day: str = "2026-11-01", *, is_whole: bool = True) -> Side:
    """Return one of two results; None: the number is missing in the service's file."""
    rows = [(number, answer) for number, answer in said.items() if answer is not None]
    schema = {"number": pl.Int64, "answer": pl.String}
    answers = Answers(pl.DataFrame(rows, schema=schema, orient="row"), ("days",))
    numbers = pl.Series([f"+{number}" for number in said], dtype=pl.String)
    return Side(numbers, answers, day, is_whole)


@given(GIVEN, GIVEN)
def test_each_number_changes_in_one_way(
    before: dict[int, str | None], now: dict[int, str | None]
) -> None:
    """Protects the counts that people act on: they add up, and are what one would count by hand."""

    def group(answer: str | None) -> str:
        return {"0": "yes", "7": "yes", "8": "no", "400": "no"}.get(answer or "", "unknown")

    def change(number: int) -> str:
        if number not in before or number not in now:
            return "new" if number in now else "gone"
        was, becomes = group(before[number]), group(now[number])
        if "unknown" in {was, becomes}:
            return "not_known"
        return "unchanged" if was == becomes else f"became_{becomes}"

    found = compare(side(before), side(now), MEANING)
    assert sum(counts(found).values()) == len(before | now)
    assert dict(found.select("number", "change").rows()) == {n: change(n) for n in before | now}
    said = dict(zip(found["number"], found.select("before", "now").rows(), strict=True))
    assert said == {n: (before.get(n), now.get(n)) for n in before | now}
    assert found["number"].to_list() == [*now, *(number for number in before if number not in now)]


@given(GIVEN, GIVEN)
def test_looked_at_backwards_the_groups_swap(
    before: dict[int, str | None], now: dict[int, str | None]
) -> None:
    """Protects the direction: what became active was inactive, and never the other way round."""
    forwards = counts(compare(side(before), side(now), MEANING))
    backwards = counts(compare(side(now), side(before), MEANING))
    assert forwards == {change: backwards[SWAPPED[change]] for change in SWAPPED}


@given(GIVEN, GIVEN)
def test_without_its_numbers_nothing_is_called_new_or_gone(
    before: dict[int, str | None], now: dict[int, str | None]
) -> None:
    """Protects people from news that are none: an answer that isn't remembered is no new number."""
    remembered = {number: answer for number, answer in before.items() if number in now}
    found = counts(compare(side(remembered, is_whole=False), side(now), MEANING))
    assert (found["new"], found["gone"]) == (0, 0)
    assert sum(found.values()) == len(now)


def test_words_of_the_service_are_compared_as_they_are() -> None:
    """Protects checks whose answers nobody explained: another word is a change of unknown kind."""
    before = {1: "Tele2", 2: "MTS", 3: "yes", 4: "yes"}
    now = {1: "tele2", 2: "Beeline", 3: "MTS", 4: "no"}
    found = compare(side({**before}), side({**now}), WORDS)
    assert found["change"].to_list() == ["unchanged", "not_known", "not_known", "became_no"]


def test_each_answer_has_its_own_day() -> None:
    """Protects dates: a remembered answer has the day on which it was given."""
    schema = {"number": pl.Int64, "answer": pl.String, CHECKED_ON: pl.String}
    rows = [(1, "0", "2026-10-01"), (2, "9", "2026-10-09")]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    numbers = pl.Series(["+1", "+2", "+3"])
    before = Side(numbers, Answers(frame, ("days", CHECKED_ON)), "2026-10-30", is_whole=True)
    found = compare(before, side({1: "0", 2: None, 3: "8"}, "2026-11-30"), MEANING)
    assert found["before_day"].to_list() == ["2026-10-01", "2026-10-09", None]
    assert found["now_day"].to_list() == ["2026-11-30", None, "2026-11-30"]
