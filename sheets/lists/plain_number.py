"""One number in its plainest form, which is how nearly all are sent that come alone.

`phonenumbers` reads it at once; everything else is read by the rules for lists.
"""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import re_util

LONGEST_PLAIN = 40  # characters

re_util.enable_pattern_cache()  # else phonenumbers recompiles most patterns on each call

# With a plus sign, there is only one way to read it.
_PLAIN = re.compile(r"\+[0-9](?:[ ()\-]{0,2}[0-9]){6,18}\)?")


@dataclass(frozen=True, slots=True)
class Few:
    """The content of a message: E.164 numbers with their +, and other texts."""

    numbers: list[str]
    others: list[str]

    @property
    def is_one_number(self) -> bool:
        """True for one number and nothing else."""
        return len(self.numbers) == 1 and not self.others


def read_plain(text: str) -> Few | None:
    """Read a message that is one number in its plainest form; None if it is anything else."""
    text = text.strip()
    if len(text) > LONGEST_PLAIN or not _PLAIN.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return Few([phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)], [])
