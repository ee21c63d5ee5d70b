"""A few numbers in one message, to be looked up one by one."""

from sheets.files.documents import EmptyFile, NoNumbers
from sheets.lists import intake
from sheets.lists.plain_number import Few, read_plain

LONGEST_OTHER = 40  # characters of a text that is no number, as shown in the answer


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
