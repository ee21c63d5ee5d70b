"""Cards of schedules: the questions before one is made, and all that one says.

All else is as in `screens`.
"""

from collections.abc import Iterator
from typing import Any

from checking.schedules.schedules import Planned, cap_for
from handlers.schedules.card import how_card, how_often_card, schedule_card
from handlers.shared.texts import Phrases
from storage.records.schedules import Every, Says, Schedule, ScheduleState
from storage.tasks.task_states import TaskState
from tests.support.screens.money import DEAR
from tests.support.screens.screens import (
    CHECKS,
    ID,
    MILLION,
    NOW,
    Screen,
    Word,
    of_card,
    own_checks,
    task_of,
)


def schedule_of(says: Says, state: ScheduleState = ScheduleState.ON, most: int = 0) -> Schedule:
    """Return a schedule that says this; most: what it starts by itself."""
    return Schedule(
        id=ID,
        chat_id=1,
        thread_id=None,
        person_id=1,
        task_id=ID,
        check_key="band",
        every=Every.QUARTER,
        first_at=NOW,
        due_at=NOW + 1.5,
        told_at=NOW,
        next_at=NOW,
        state=state,
        says=says,
        shown=None,
        card_id=None,
        most_numbers=most or None,
        most_millionths=most * 9_000 or None,
        most_currency="USD" if most else None,
        list_id=None,
        is_open=False,
    )


def schedule_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield the questions, and the cards of schedules with and without a price and a cap."""
    task = task_of(word, TaskState.DELIVERED)
    for check in (*CHECKS, *own_checks(word, 1), None):
        yield of_card("how often", how_often_card(say, task, check))
        for price in (DEAR, None):
            has_texts = price is None
            for every in Every:
                values: dict[str, Any] = {"every": every, "due_at": NOW, "has_texts": has_texts}
                card = how_card(say, task, check, cap=cap_for(task, price), **values)
                yield of_card(f"how {every}", card)
            for says in Says:
                state = ScheduleState.STOPPED if says is Says.STOPPED else ScheduleState.ON
                schedule = schedule_of(says, state, MILLION if price else 0)
                planned = Planned(schedule, task, price, has_texts, NOW)
                yield of_card(f"schedule {says}", schedule_card(say, planned, check))
