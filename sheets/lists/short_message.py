"""A few numbers in one message, to be looked up one by one.

Nearly always they are written plainly, and `phonenumbers` reads them at once. Everything else is
read by the rules for lists.
"""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import re_util

from sheets.files.documents import EmptyFile, NoNumbers
from sheets.lists import intake

LONGEST_PLAIN = 40  # characters
LONGEST_OTHER = 40  # characters of a text that is no number, as shown in the answer

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


def read_few(text: str, region: str | None = None) -> Few:
    """Read a message. Numbers come in order, each once. Slow; call it in a thread.

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
