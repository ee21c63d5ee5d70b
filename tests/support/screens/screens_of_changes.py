"""Comparisons of two results, and finished checks as /tasks opens them."""

from collections.abc import Iterator

from handlers.cards.result import opened_card
from handlers.cards.task import task_card
from handlers.routers.again.changes import changes_card
from handlers.shared.texts import Phrases
from sheets.answers import summary
from sheets.answers.summary import CHANGES, Bucket, Summary
from sheets.glass.shapes import Changes
from storage.tasks.task_states import TaskState
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
from tests.support.screens.wording import CAPTION


def change_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield comparisons with all changes and with one, and all buttons of a finished check."""
    found = Summary((Bucket("yes", MILLION), Bucket("no", 1)), MILLION + 1)
    told: dict[str, object] = {"summary": summary.to_json(found), "before": ID}
    for check in [*CHECKS, *own_checks(word)]:
        task = task_of(word, TaskState.DELIVERED, check_key=check.key, **told)
        for counts in (dict.fromkeys(CHANGES, MILLION), dict.fromkeys(CHANGES, 0) | {"gone": 1}):
            changes = Changes([], counts, is_whole=False)
            card = changes_card(say, task, task, check, changes)
            yield Screen(f"changes {check.key}", card.text, card.keyboard, CAPTION)
        for state in (TaskState.DELIVERED, TaskState.FAILED, TaskState.EXPIRED):
            task = task_of(word, state, check_key=check.key, **told)
            card = opened_card(say, task_card(say, task, check, [], NOW), task, check)
            yield of_card(f"opened {state}", card)
