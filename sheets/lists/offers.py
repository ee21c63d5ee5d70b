"""What failed pieces could be after all: numbers in old forms, and unusual ones.

Both are shown to the person and counted apart: the first are read unless they wish them out, the
second are read only when they wish so.
"""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from sheets.phones.e164 import Bare, Notation
from sheets.phones.failures import REASONS
from sheets.phones.old_forms import present_forms
from sheets.phones.reasons import Reason
from sheets.phones.unusual import possible_numbers

UNUSUAL = "unusual"
OLD_FORMS_OUT = "old_forms_out"

_ONCE = [Reason.TOO_LONG.value, Reason.NOT_IN_USE.value, Reason.UNKNOWN_COUNTRY.value]
"""Why old forms are no numbers today."""
_SHOWN = 40  # characters of an example


@dataclass(frozen=True, slots=True)
class Offers:
    """How many there are of each, and an example: of old forms as written and as E.164.

    excluded: different numbers that are left out because they are never to be checked.
    """

    old_forms: int = 0
    old_example: tuple[str, str] | None = None
    unusual: int = 0
    unusual_example: str = ""
    excluded: int = 0

    def __add__(self, other: "Offers") -> "Offers":
        """Count those of two tables together."""
        return Offers(
            self.old_forms + other.old_forms,
            self.old_example or other.old_example,
            self.unusual + other.unusual,
            self.unusual_example or other.unusual_example,
            self.excluded + other.excluded,
        )


def with_offers(
    pieces: pl.DataFrame, notation: Notation, wishes: Collection[str]
) -> tuple[pl.DataFrame, Offers]:
    """Read those of these failed pieces that the person wishes; say which others there are.

    Args:
        pieces: As `splitting.split` returns them.
        notation: How the numbers of the list are written.
        wishes: As `sheets.glass.shapes.Wish`.

    Returns:
        The pieces with more numbers, and with `Reason.UNUSUAL` where that is why there is none.
    """
    once = _old(pieces, notation)
    old = Offers()
    if not once.is_empty():
        text, form = pieces["core"][once["at"][0]], once["number"][0]
        old = Offers(once.height, (text[:_SHOWN], f"+{form}"))
        if OLD_FORMS_OUT not in wishes:
            pieces = pieces.with_columns(pieces["number"].scatter(once["at"], once["number"]))
    # Of the others, what nothing speaks against but that no range is known.
    unknown = (pieces["why"] == Reason.NOT_IN_USE).fill_null(value=False)
    places = (pieces["number"].is_null() & unknown).arg_true()
    places = places.filter(~places.is_in(once["at"].implode()))
    numbers = possible_numbers(pieces["core"].gather(places), notation)
    possible = pl.DataFrame({"at": places, "number": numbers}).drop_nulls()
    if possible.is_empty():
        return pieces, old
    example = pieces["core"][possible["at"][0]][:_SHOWN]
    if UNUSUAL in wishes:
        read = pieces["number"].scatter(possible["at"], possible["number"])
        pieces = pieces.with_columns(read)
    else:
        reasons = pieces["reason"].cast(pl.String).scatter(possible["at"], Reason.UNUSUAL.value)
        pieces = pieces.with_columns(reasons.cast(REASONS))
    return pieces, old + Offers(unusual=possible.height, unusual_example=example)


def _old(pieces: pl.DataFrame, notation: Notation) -> pl.DataFrame:
    """Return at, number of pieces that were numbers once; none where the country is in doubt."""
    once = pieces["why"].is_in(_ONCE) | pieces["text"].str.contains("@", literal=True)
    places = (pieces["number"].is_null() & once).arg_true()
    if notation.bare is Bare.UNKNOWN:
        places = places.clear()
    forms = present_forms(pieces["core"].gather(places), notation.region)
    return pl.DataFrame({"at": places, "number": forms}).drop_nulls()
