"""How columns are named: by their header and a number from them, else by their place."""

import unicodedata
from contextlib import suppress

from handlers.shared.formats import shortened
from handlers.shared.questions import ColumnChoice
from handlers.shared.texts import Phrases

LABEL = 38
"""Characters that a button shows on a phone."""
LONGEST_EXAMPLE, SHORTEST_HEADER = 20, 12
LONGEST_HEADER = 60
"""What is longer is a sentence, and not what the column is called."""
MOST_DIGITS = 4
"""Of a header; what has more is a value."""

_MISREAD = ("cp1252", "latin-1", "cp1251")
"""Encodings that UTF-8 is taken for."""
_JOINERS = "\u200c\u200d"
"""Letters of Persian and of India need them."""
_NEVER_SHOWN = {"Cc", "Cn", "Co", "Cs"}
_FEWEST_LETTERS = 4


def column_label(say: Phrases, choice: ColumnChoice) -> str:
    """Name a column on a button."""
    example = shortened(_shown(choice.example), LONGEST_EXAMPLE)
    header = readable(choice.header)
    if not header:
        return say.plain("button-column-bare", place=choice.place + 1, example=example)
    room = max(LABEL - len(example) - len(": "), SHORTEST_HEADER)
    return say.plain("button-column", header=shortened(header, room), example=example)


def readable(header: str) -> str:
    """Return a header on one line; an empty text if it wouldn't tell people which column it is."""
    text = _shown(header)
    damaged = "\ufffd" in text or any(unicodedata.category(each) in _NEVER_SHOWN for each in text)
    is_value = sum(each.isdecimal() for each in text) > MOST_DIGITS
    if damaged or is_value or len(text) > LONGEST_HEADER or _is_misread(text):
        return ""
    return text if any(each.isalpha() for each in text) else ""


def _shown(text: str) -> str:
    """Return a text on one line, without marks that turn what stands around it."""
    kept = (each for each in text if each in _JOINERS or unicodedata.category(each) != "Cf")
    return " ".join("".join(kept).split())


def _is_misread(text: str) -> bool:
    """Tell whether a text was decoded from another encoding than its own."""
    letters = [each for each in text if each.isalpha()]
    # No language has words of accented letters alone; Cyrillic read as Latin looks like that.
    if len(letters) >= _FEWEST_LETTERS and all("À" <= each <= "ÿ" for each in letters):
        return True
    for encoding in _MISREAD:
        with suppress(UnicodeError):
            if text.encode(encoding).decode("utf-8") != text:
                return True
    return False
