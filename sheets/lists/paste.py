"""A long paste that arrived as several messages.

Telegram's clients cut a text every 4096 UTF-16 units, also within a number; the server then strips
blanks from both ends of each piece.
"""

import re
from collections.abc import Sequence
from itertools import groupby

import polars as pl

from sheets.phones.cleaning import LONGEST_TEXT
from sheets.phones.e164 import normalise

MESSAGE_UNITS = 4096
"""UTF-16 units in the longest message (Bot API, `Message.text`)."""

_STRIPPED = 16  # blanks that a full message may have lost at the cut
_REACH = 2 * LONGEST_TEXT  # characters at the cut; half of a number is shorter
_LINE = re.compile(r"[^\r\n]*")
_SEPARATOR = re.compile(r"[,;|\t\n\r]")


def join_runs(texts: Sequence[str | None], region: str | None = None) -> list[str | None]:
    """Join each run of messages; None stands for a document, which ends a run."""
    joined: list[str | None] = []
    for _, run in groupby(texts, key=lambda text: text is None):
        chunks = list(run)
        joined += join([chunk for chunk in chunks if chunk is not None], region) or chunks
    return joined


def join(chunks: Sequence[str], region: str | None = None) -> list[str]:
    """Join numbers that were cut between two messages.

    Args:
        chunks: Texts of consecutive messages.
        region: As for `e164.normalise`.

    Returns:
        As many texts. Where a number was cut, the first line of the later text moves to the end
        of the earlier one and leaves an empty line behind, so that line numbers stay true.
    """
    joined: list[list[str]] = []
    ends_in = 0  # the text at whose end the next one goes on
    for place, chunk in enumerate(chunks):
        first = 0
        if place and is_cut(chunks[place - 1], chunk, region):
            line = _LINE.match(chunk)
            first = line.end() if line else 0
            joined[ends_in].append(chunk[:first])
        joined.append([chunk[first:]])
        if first < len(chunk) or not first:
            ends_in = place
    return ["".join(pieces) for pieces in joined]


def is_cut(earlier: str, later: str, region: str | None = None) -> bool:
    """True if a number begins at the end of one message and ends in the next.

    The earlier message must be full. Two numbers that are valid by themselves stay two; otherwise
    the two ends belong together if they form a valid number.
    """
    if len(earlier.encode("utf-16-le")) // 2 < MESSAGE_UNITS - _STRIPPED:
        return False
    earlier, later = earlier[-_REACH:], later[:_REACH]
    end, start = _SEPARATOR.split(earlier)[-1], _SEPARATOR.split(later, maxsplit=1)[0]
    if not end.strip() or not start.strip():
        return False
    # The whole ends first, a number may hold blanks; then the last and the first word.
    halves = [(end, start), (end.split()[-1], start.split()[0])]
    texts = [text for left, right in halves for text in (left, right, left + right)]
    left, right, both = (
        normalise(pl.Series(texts[kind::3]), region)["e164"].is_not_null() for kind in range(3)
    )
    return bool((both & ~(left & right)).any())
