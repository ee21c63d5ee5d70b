"""What a result amounts to, in words: below the file, in its picture, on its buttons.

A check may have words of its own (`bucket-wa_detail-no`); any other takes those of its scale
(`bucket-words-no`), so that a check which an operator added has words from the start.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Literal

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from handlers.shared.texts import Html, Phrases
from sheets.answers.meaning import Scale
from sheets.answers.summary import Bucket, Summary
from sheets.output.chart import Chart, Row

Group = Literal["yes", "no", "unknown"]

MOST_WORDS = 4
"""Answers of the service that are shown by their own word; the rest is added up."""
LONGEST_WORD = 20
"""Characters of such a word that stand below the file."""


def caption_lines(say: Phrases, check_key: str, scale: Scale, summary: Summary) -> list[Html]:
    """What a result amounts to, in about 600 characters; no lines for an empty list."""
    said: list[Html] = []
    missing: list[Html] = []
    for bucket in _shortened(summary.buckets):
        line = _said(say, check_key, scale, bucket, summary.total)
        (missing if bucket.key == "missing" else said).append(line)
    lines = [Html(" · ".join(said))] if said else []
    if summary.foreign:
        missing.append(say.html("said-foreign", numbers=summary.foreign))
    return lines + missing


def chart_words(
    say: Phrases,
    check_key: str,
    scale: Scale,
    summary: Summary,
    title: str,
    *,
    check_name: str = "",
    day: date | None = None,
) -> Chart:
    """Fill a picture with words.

    Args:
        say: The person's language.
        check_key: The check.
        scale: Its scale.
        summary: What the result amounts to.
        title: What the person calls the list.
        check_name: For checks without a name in our texts: the operator's.
        day: When the result came.

    Returns:
        What `chart.draw` draws.
    """
    named = f"check-{check_key}"
    check = say.plain(named) if say.has(named) else check_name or check_key
    if day is None:
        subtitle = say.plain("chart-subtitle", check=check, numbers=summary.total)
    else:
        written = format_date(day, "medium", locale=say.language)
        subtitle = say.plain("chart-subtitle-day", check=check, date=written, numbers=summary.total)
    rows = tuple(
        Row(
            bucket.key,
            bucket.count,
            _label(say, check_key, scale, bucket),
            f"{_number(say, bucket.count)} · {share(say, bucket.count, summary.total)}",
        )
        for bucket in _shortened(summary.buckets)
    )
    return Chart(title, subtitle, rows, say.plain("chart-footer"))


def group_name(say: Phrases, check_key: str, scale: Scale, group: Group) -> str:
    """What the numbers of a group are called."""
    return say.plain(_first(say, (f"group-{kind}-{group}" for kind in (check_key, scale, "words"))))


def group_label(say: Phrases, check_key: str, scale: Scale, group: Group, count: int) -> str:
    """The same, and how many they are: on the button that gives them."""
    name = group_name(say, check_key, scale, group)
    return say.plain("group-button", group=name, numbers=_number(say, count))


def share(say: Phrases, count: int, total: int) -> str:
    """A share in percent that says neither none nor all unless it is."""
    percent = round(100 * count / total) if total else 0
    sign = ""
    if percent == 0 and count:
        percent, sign = 1, "<"
    elif percent == 100 and count < total:  # noqa: PLR2004 - percent
        percent, sign = 99, ">"
    return sign + format_percent(percent / 100, locale=say.language)


def _shortened(buckets: tuple[Bucket, ...]) -> list[Bucket]:
    """The buckets with few words: the rarer ones are added up where the last word stands."""
    words = sorted((b for b in buckets if b.key == "word" and b.word), key=lambda b: -b.count)
    shown = words[:MOST_WORDS]
    others = sum(b.count for b in buckets if b.key == "word") - sum(b.count for b in shown)
    rest = [Bucket("word", others)] if others else []
    places = [place for place, bucket in enumerate(buckets) if bucket.key == "word"]
    if not places:
        return list(buckets)
    before, after = buckets[: places[0]], buckets[places[0] :]
    return list(chain(before, shown, rest, (b for b in after if b.key != "word")))


def _said(say: Phrases, check_key: str, scale: Scale, bucket: Bucket, total: int) -> Html:
    part = share(say, bucket.count, total)
    if bucket.key == "missing":
        return say.html("said-missing", numbers=bucket.count, share=part)
    if bucket.key == "word":
        if not bucket.word:
            return say.html("said-others", numbers=bucket.count, share=part)
        return say.html("said-word", numbers=bucket.count, share=part, word=_cut(bucket.word))
    keys = (f"said-{kind}-{bucket.key}" for kind in (check_key, scale, "words", "days"))
    return say.html(_first(say, keys), numbers=bucket.count, share=part)


def _label(say: Phrases, check_key: str, scale: Scale, bucket: Bucket) -> str:
    if bucket.key == "missing":
        return say.plain("bucket-missing")
    if bucket.key == "word":
        return bucket.word or say.plain("bucket-others")
    keys = (f"bucket-{kind}-{bucket.key}" for kind in (check_key, scale, "words", "days"))
    return say.plain(_first(say, keys))


def _first(say: Phrases, keys: Iterator[str]) -> str:
    """The first of several keys that has a text; the last one if none has."""
    key = ""
    for key in keys:
        if say.has(key):
            break
    return key


def _cut(word: str) -> str:
    """A service's own word on one line, short enough."""
    seen = (" " if letter.isspace() else letter for letter in word[: 10 * LONGEST_WORD])
    line = "".join(letter for letter in seen if not unicodedata.category(letter).startswith("C"))
    line = " ".join(line.split())
    return line if len(line) <= LONGEST_WORD else line[: LONGEST_WORD - 1].rstrip() + "…"


def _number(say: Phrases, number: int) -> str:
    return str(format_decimal(number, locale=say.language))
