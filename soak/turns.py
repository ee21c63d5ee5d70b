"""What comes next: what each run must have, first; then chance."""

import random
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

What = TypeVar("What", bound=str)


class Habit(StrEnum):
    """What somebody does while a check runs."""

    WAITS = "just waits"
    LOSES_ANSWERS = "unclear twice"
    IS_REMOVED = "removals"
    FORGETS = "/forget"
    FORBIDS_FILES = "groups without files"
    DELETES_NOTICE = "deleted notices"
    DELETES_CARD = "deleted cards"
    DELETES_LIST = "deleted lists"
    BLOCKS = "blocked chats"
    REPEATS = "lists that are partly known"
    IS_HELD = "starts over a budget"
    KEEPS = "baskets"


EVERYWHERE = {Habit.WAITS: 6, Habit.DELETES_NOTICE: 2, Habit.DELETES_CARD: 2, Habit.DELETES_LIST: 2}
IN_GROUPS = EVERYWHERE | {Habit.FORBIDS_FILES: 3}
IN_PRIVATE = EVERYWHERE | {
    Habit.LOSES_ANSWERS: 2,
    Habit.IS_REMOVED: 2,
    Habit.FORGETS: 2,
    Habit.BLOCKS: 3,
    Habit.REPEATS: 2,
    Habit.IS_HELD: 2,
    Habit.KEEPS: 2,
}
DUE = [each for each in Habit if each is not Habit.WAITS] * 2
"""What must come in each run."""


class Turns(Generic[What]):
    """Chooses among things to do.

    Args:
        chance: Chooses once nothing is due.
        due: What must come in each run, however short: in this order, each as often as named.
    """

    def __init__(self, chance: random.Random, due: Sequence[What]) -> None:
        self._chance = chance
        self._due = list(due)

    def next(self, weights: Mapping[What, int]) -> What:
        """Return the first of these that is due, else one by their weights."""
        due = self.due(weights)
        if due is None:
            return self._chance.choices(list(weights), list(weights.values()))[0]
        self._due.remove(due)
        return due

    def due(self, weights: Mapping[What, int]) -> What | None:
        """Return the first of these that is due, if any."""
        return next((each for each in self._due if each in weights), None)

    def missed(self, what: What) -> None:
        """Make something due again that was chosen, and couldn't be done."""
        self._due.insert(0, what)
