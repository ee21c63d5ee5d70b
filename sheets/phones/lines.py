"""What kind of line a number belongs to, as its country's plan tells."""

from enum import StrEnum
from typing import Literal


class Line(StrEnum):
    """A type of number, as libphonenumber tells them apart."""

    MOBILE = "mobile"
    FIXED = "fixed"
    EITHER = "either"
    """Mobile or fixed: the plan doesn't tell, as in the United States and Canada."""
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    VOIP = "voip"
    OTHER = "other"
    """Shared cost, personal numbers, pagers, company-wide numbers, voicemail."""
    UNKNOWN = "unknown"
    """No plan has it."""


Kept = Literal["mobile", "no_fixed"]

KEPT: dict[Kept, frozenset[Line]] = {
    "mobile": frozenset({Line.MOBILE, Line.EITHER}),
    "no_fixed": frozenset(Line) - {Line.FIXED},
}
"""The lines that a person keeps who wants only mobiles, or no landlines.

What may be mobile is kept as one: a check asks whether somebody answers there on a phone, and a
number left out by mistake is never asked about.
"""
