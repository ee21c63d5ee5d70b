"""The words of a clean list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CleanWords:
    """What a clean list says besides numbers.

    head: titles for E.164, country, its code, line, text as given, row, remark.
    lines: a word for each `Line`. reasons: one for each `Reason`.
    again: the remark at a number that stands above already.
    language: of the countries' names.
    """

    head: Sequence[str]
    lines: Mapping[str, str]
    reasons: Mapping[str, str]
    again: str
    language: str
