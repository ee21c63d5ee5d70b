"""How a person wants a list read: the words that `sheets.glass.shapes.Wish` knows."""

from typing import get_args

from sheets.glass.shapes import Wish
from storage.lists.list_parts import Member
from storage.lists.lists import NumberList


def wishes_of(found: NumberList | Member) -> tuple[Wish, ...]:
    """Return how the person wants the list read."""
    words = (found.wishes or "").split()
    return tuple(wish for wish in get_args(Wish) if wish in words)


def wishes_with(found: NumberList, wish: Wish, *, on: bool) -> str | None:
    """Return the wishes of a list with this one, or without it, as they are stored."""
    others = set(wishes_of(found)) - {wish}
    return " ".join(sorted(others | {wish} if on else others)) or None
