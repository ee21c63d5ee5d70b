"""The summary of a result in words: in the caption, in the picture, on the buttons.

A check may have words of its own (`bucket-wa_detail-no`); any other uses those of its scale
(`bucket-words-no`), so checks added by an operator have words from the start.
"""

import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import chain

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from checking.services.catalogue import Check
from handlers.shared.card import check_name
from handlers.shared.texts import Html, Phrases
from sheets.answers.meaning import Scale
from sheets.answers.summary import Bucket, Group, Summary
from sheets.output.chart_rows import Chart, Row

COLUMNS = {"tg_active", "wa_detail", "wa_detail-signature", "wa_detail-status_update"}
COLUMNS |= {"active_check", "band"}
"""Checks whose answer column a text names, and other columns of theirs."""
MOST_WORDS = 4
"""Answers shown in the service's own word; the rarer ones are added up."""
LONGEST_WORD = 20
"""Characters of such a word in the caption."""


def caption_lines(say: Phrases, check_key: str, scale: Scale, summary: Summary) -> list[Html]:
    """The summary, a group a line, in about 600 characters; no lines for an empty list."""
    answers: list[Html] = []
    missing: list[Html] = []
    for bucket in _shortened(summary.buckets):
        count, part = bucket.count, share(say, bucket.count, summary.total)
        if bucket.key == "missing":
            missing.append(say.html("said-missing", numbers=count, share=part))
        elif bucket.key != "word":
            keys = (f"said-{kind}-{bucket.key}" for kind in (check_key, scale, "words", "days"))
            answers.append(say.html(_first(say, keys), numbers=count, share=part))
        elif bucket.word:
            # A word of the service on one line, without control characters, cut to fit.
            seen = (" " if each.isspace() else each for each in bucket.word[: 10 * LONGEST_WORD])
            line = "".join(each for each in seen if not unicodedata.category(each).startswith("C"))
            word = " ".join(line.split())
            if len(word) > LONGEST_WORD:
                word = word[: LONGEST_WORD - 1].rstrip() + "…"
            answers.append(say.html("said-word", numbers=count, share=part, word=word))
        else:
            answers.append(say.html("said-others", numbers=count, share=part))
    if summary.foreign:
        missing.append(say.html("said-foreign", numbers=summary.foreign))
    return answers + missing


def chart_words(
    say: Phrases,
    check_key: str,
    scale: Scale,
    summary: Summary,
    title: str,
    *,
    check_name: str = "",
    day: date | None = None,
    footer: str = "",
) -> Chart:
    """Label the chart of a result.

    Args:
        say: The language of the chart.
        check_key: The check.
        scale: The scale of its answers.
        summary: The counts to show.
        title: The title of the list.
        check_name: The operator's name of a check that our texts don't name.
        day: The date of the result.
        footer: In place of the usual one.

    Returns:
        The input of `chart.draw`.
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
    return Chart(title, subtitle, rows, footer or say.plain("chart-footer"))


def group_name(say: Phrases, check_key: str, scale: Scale, group: Group) -> str:
    """The name of a group of numbers."""
    return say.plain(_first(say, (f"group-{kind}-{group}" for kind in (check_key, scale, "words"))))


def group_label(say: Phrases, check_key: str, scale: Scale, group: Group, count: int) -> str:
    """The name of a group and its count, for a button."""
    name = group_name(say, check_key, scale, group)
    return say.plain("group-button", group=name, numbers=_number(say, count))


def column_titles(say: Phrases, check: Check) -> dict[str, str]:
    """The titles of the columns of a check, by the service's own ones in small letters.

    The answer's has the key "". Others without a text keep the service's title.
    """
    titles = {"": check_name(say, check)}
    for column in COLUMNS:
        key, _, detail = column.partition("-")
        if key == check.key:
            titles[detail] = say.plain(f"column-{column}")
    return titles


def share(say: Phrases, count: int, total: int) -> str:
    """A share in percent; 0% and 100% only when they are exact."""
    percent = round(100 * count / total) if total else 0
    sign = ""
    if percent == 0 and count:
        percent, sign = 1, "<"
    elif percent == 100 and count < total:  # noqa: PLR2004 - percent
        percent, sign = 99, ">"
    return sign + format_percent(percent / 100, locale=say.language)


def _shortened(buckets: tuple[Bucket, ...]) -> list[Bucket]:
    """Keep the most frequent words; one bucket behind them adds up the rest."""
    words = sorted((b for b in buckets if b.key == "word" and b.word), key=lambda b: -b.count)
    shown = words[:MOST_WORDS]
    others = sum(b.count for b in buckets if b.key == "word") - sum(b.count for b in shown)
    rest = [Bucket("word", others)] if others else []
    places = [place for place, bucket in enumerate(buckets) if bucket.key == "word"]
    if not places:
        return list(buckets)
    before, after = buckets[: places[0]], buckets[places[0] :]
    return list(chain(before, shown, rest, (b for b in after if b.key != "word")))


def _label(say: Phrases, check_key: str, scale: Scale, bucket: Bucket) -> str:
    if bucket.key == "missing":
        return say.plain("bucket-missing")
    if bucket.key == "word":
        return bucket.word or say.plain("bucket-others")
    keys = (f"bucket-{kind}-{bucket.key}" for kind in (check_key, scale, "words", "days"))
    return say.plain(_first(say, keys))


def _first(say: Phrases, keys: Iterator[str]) -> str:
    """The first key that has a text; the last one if none has."""
    key = ""
    for key in keys:
        if say.has(key):
            break
    return key


def _number(say: Phrases, number: int) -> str:
    return str(format_decimal(number, locale=say.language))
