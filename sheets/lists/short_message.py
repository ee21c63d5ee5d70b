"""A few numbers in one message, to be looked up one by one.

Nearly always they are written plainly, and `phonenumbers` reads them at once. Everything
else is read as lists are, by the same rules.
"""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import re_util

from sheets.files.documents import EmptyFile, NoNumbers
from sheets.lists import intake

LONGEST_PLAIN = 40  # characters
LONGEST_OTHER = 40  # characters of a text that is no number, which we show again

re_util.enable_pattern_cache()  # else it compiles its patterns anew, most of them each time

# Written with a plus sign, there is only one way to read it.
_PLAIN = re.compile(r"\+[0-9](?:[ ()\-]{0,2}[0-9]){6,18}\)?")


@dataclass(frozen=True, slots=True)
class Few:
    """What stands in a message: E.164 numbers with their +, and texts that are none."""

    numbers: list[str]
    others: list[str]

    @property
    def is_one_number(self) -> bool:
        """Whether it is a number and nothing else."""
        return len(self.numbers) == 1 and not self.others


def read_plain(text: str) -> Few | None:
    """Read a message that is one number in its plainest form; None: it may be anything."""
    plain = _read_plain(text.strip())
    return None if plain is None else Few([plain], [])


def read_few(text: str, region: str | None = None) -> Few:
    """Read a message. Numbers come in order, each once. Takes a while: call it in a thread.

    Args:
        text: One or more lines; numbers may also be separated by commas or semicolons.
        region: ISO 3166 country whose national numbers are meant, such as "DE".

    Raises:
        ValueError: libphonenumber knows no such region.
    """
    plain = read_plain(text)
    if plain is not None:
        return plain
    try:
        reading = intake.read([intake.Part("", text, "text")], region)
    except EmptyFile:
        return Few([], [])
    except NoNumbers as error:
        return Few([], _texts(error.left_out["text"].to_list()))
    return Few(reading.numbers.to_list(), _texts(reading.left_out["text"].to_list()))


def _texts(texts: list[str]) -> list[str]:
    return [each.strip()[:LONGEST_OTHER].strip() for each in texts]


def _read_plain(text: str) -> str | None:
    if len(text) > LONGEST_PLAIN or not _PLAIN.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
