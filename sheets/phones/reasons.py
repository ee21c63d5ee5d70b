"""Why a text is no phone number that can be checked."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a text is no number that can be checked."""

    NOT_A_NUMBER = "not_a_number"
    """Words, a date, several things at once."""
    DIGITS_LOST = "digits_lost"
    """4.41E+11: rounded by a spreadsheet, so the digits can't be known."""
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    UNKNOWN_COUNTRY = "unknown_country"
    """Its calling code doesn't exist."""
    NO_COUNTRY = "no_country"
    """It looks national, and no country was given."""
    UNUSUAL = "unusual"
    """The length is right, but no range is known in which it lies; the person may include it."""
    NOT_IN_USE = "not_in_use"
    """The length is right, but no valid number begins like this."""
    EXCLUDED = "excluded"
    """A number, but one that is never to be checked; the person may include it."""
