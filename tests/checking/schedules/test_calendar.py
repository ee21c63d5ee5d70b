"""When schedules are due: in every month, on the right day, at the same hour, for years."""

import calendar
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking.schedules.calendar import MONTHS, due_date, next_due
from storage.records.schedules import DAY, LONGEST, Every

MOMENTS = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 # hypothesis adds the zone
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001 # the same
    timezones=st.just(UTC),
)
BY_MONTH = st.sampled_from([Every.MONTH, Every.QUARTER])
NUMBERS = st.integers(min_value=1, max_value=240)


def day_of(moment: float) -> str:
    """Return a date (UTC)."""
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


@given(MOMENTS, BY_MONTH, NUMBERS)
def test_it_never_drifts_and_is_in_the_right_month(
    first: datetime, every: Every, number: int
) -> None:
    """Protects people who count on the day: the 31st comes back after a short month."""
    due = datetime.fromtimestamp(due_date(first.timestamp(), every, number), UTC)
    months = (due.year - first.year) * 12 + due.month - first.month
    assert months == number * MONTHS[every]
    assert due.day == min(first.day, calendar.monthrange(due.year, due.month)[1])
    assert (due.hour, due.minute, due.second) == (first.hour, first.minute, first.second)


@given(MOMENTS, NUMBERS)
def test_weeks_are_seven_days(first: datetime, number: int) -> None:
    """Protects a weekly list from wandering through the week."""
    due = due_date(first.timestamp(), Every.WEEK, number)
    assert due == pytest.approx(first.timestamp() + 7 * DAY * number)


@given(MOMENTS, st.sampled_from(Every), st.floats(min_value=0, max_value=4000 * DAY))
def test_the_next_is_the_first_that_is_later(first: datetime, every: Every, passed: float) -> None:
    """Protects due dates from being left out or repeated, however late somebody looks."""
    at = first.timestamp()
    due = next_due(at, every, at + passed)
    assert due > at + passed
    number = next(n for n in range(1, 1000) if due_date(at, every, n) == due)
    assert number == 1 or due_date(at, every, number - 1) <= at + passed
    assert next_due(at, every, due) == due_date(at, every, number + 1)
    assert next_due(at, every, due) - due + DAY <= LONGEST[every]


def test_the_last_of_january() -> None:
    """Protects the 31st, by example."""
    first = datetime(2027, 1, 31, 12, tzinfo=UTC).timestamp()
    days = [day_of(due_date(first, Every.MONTH, number)) for number in range(1, 15)]
    assert days[:4] == ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    assert days[12] == "2028-02-29"
    assert day_of(due_date(first, Every.QUARTER, 1)) == "2027-04-30"
