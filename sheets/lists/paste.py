"""A long paste that arrived as several messages.

Telegram's clients cut a text every 4096 UTF-16 units, also within a number; the server then strips
blanks from both ends of each piece.
"""

import re
from collections.abc import Sequence
from itertools import groupby

import polars as pl

from sheets.phones.e164 import normalise

MESSAGE_UNITS = 4096
"""UTF-16 units in the longest message (Bot API, `Message.text`)."""

_STRIPPED = 16  # blanks that a full message may have lost at the cut
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
    joined = list(chunks)
    # From the end, so that a text which is only part of one line moves on as a whole.
    for later in range(len(joined) - 1, 0, -1):
        if is_cut(joined[later - 1], joined[later], region):
            first = _LINE.match(joined[later])
            length = first.end() if first else 0
            joined[later - 1] += joined[later][:length]
            joined[later] = joined[later][length:]
    return joined


def is_cut(earlier: str, later: str, region: str | None = None) -> bool:
    """True if a number begins at the end of one message and ends in the next.

    The earlier message must be full. Two numbers that are valid by themselves stay two; otherwise
    the two ends belong together if they form a valid number.
    """
    if len(earlier.encode("utf-16-le")) // 2 < MESSAGE_UNITS - _STRIPPED:
        return False
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
