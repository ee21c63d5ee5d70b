"""When a schedule is due: by the calendar (UTC), at the hour at which it was made."""

import calendar
from datetime import UTC, datetime, timedelta

from storage.records.schedules import LONGEST, Every

MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}


def due_date(first_at: float, every: Every, number: int) -> float:
    """Return the due date of this number, from 1, of a schedule made at `first_at`.

    It is counted from the first day, not from the due date before: the 31st becomes the last day of
    a shorter month, and is the 31st again in the next.
    """
    first = datetime.fromtimestamp(first_at, UTC)
    if every is Every.WEEK:
        return (first + timedelta(weeks=number)).timestamp()
    years, month = divmod(first.month - 1 + MONTHS[every] * number, 12)
    year, month = first.year + years, month + 1
    day = min(first.day, calendar.monthrange(year, month)[1])
    return first.replace(year=year, month=month, day=day).timestamp()


def next_due(first_at: float, every: Every, after: float) -> float:
    """Return the first due date later than `after`."""
    number = max(int((after - first_at) / LONGEST[every]), 1)  # it is never beyond the one sought
    while (due := due_date(first_at, every, number)) <= after:
        number += 1
    return due
