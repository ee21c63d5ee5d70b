"""Cards of checks of which some answers are remembered, built by the product's functions."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from checking.quota import Allowance
from checking.quotes import Offer, Quote
from handlers.cards.list import quote_card
from handlers.cards.result import result_caption, result_keyboard
from handlers.cards.task import task_card
from handlers.shared.texts import Phrases
from sheets.answers import summary
from sheets.answers.summary import Bucket, Summary
from storage.tasks.task_states import TaskState
from tests.support.screens.money import DEAR
from tests.support.screens.screens import (
    CHECKS,
    MILLION,
    NOW,
    Screen,
    Word,
    of_card,
    own_checks,
    task_of,
)
from tests.support.screens.wording import CAPTION

SPLITS = ((0, 1), (0, MILLION), (1, 1), (21, MILLION), (MILLION, MILLION))
"""How many numbers go to the service, and how many are remembered."""


def memory_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield quotes, cards in each state, and captions of checks with remembered answers."""
    checks = [*CHECKS, *own_checks(word)]
    offers = [Offer(check, paused=True) for check in checks]
    found = Summary((Bucket("yes", MILLION), Bucket("missing", 1)), MILLION + 1)
    told: list[dict[str, object]] = [{}, {"summary": summary.to_json(found)}]
    told[1]["result_chat_id"] = 7
    for check in checks:
        task, day = task_of(word, TaskState.DRAFT, check_key=check.key), Allowance(MILLION - 1, 5)
        quote = Quote(task, check, DEAR, DEAR, Decimal("0.004"), NOW, day, is_compared=False)
        yield of_card(f"quote {check.key} uncompared", quote_card(say, quote))
    for numbers, known in SPLITS:
        split = {"numbers": numbers, "known": known, "known_since": NOW, "created_at": NOW}
        for check in checks:
            task = task_of(word, TaskState.DRAFT, check_key=check.key, **split)
            for day in (Allowance(None, 9), Allowance(MILLION - 1, 5)):
                quote = Quote(task, check, DEAR, DEAR, Decimal("0.004"), NOW, day)
                for each in (quote, replace(quote, closed="unavailable")):
                    yield of_card(f"quote {check.key} {each.problem}", quote_card(say, each))
        for state in set(TaskState) - {TaskState.DRAFT}:
            for values in told:
                why = "refused" if state is TaskState.REJECTED else None
                task = task_of(word, state, reason=why, **split, **values)
                card = task_card(say, task, CHECKS[0], offers, NOW)
                yield of_card(f"task {state} with {known} known", card)
                caption = result_caption(say, task, CHECKS[0])
                buttons = result_keyboard(say, task, CHECKS[0])
                yield Screen(f"result with {known} known", caption, buttons, CAPTION)
