"""The summary of a result: exact shares, four languages, services' words made harmless."""

import html
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.cards.wording import (
    LONGEST_WORD,
    MOST_WORDS,
    caption_lines,
    chart_words,
    group_label,
    share,
)
from handlers.shared.texts import Texts
from sheets.answers.meaning import Scale
from sheets.answers.summary import Bucket, Group, Summary

TEXTS = Texts()
LANGUAGES = ("en", "ru", "zh", "tr")
SCALES: dict[str, Scale] = {
    "tg_active": "days",
    "wa_detail": "words",
    "active_check": "words",
    "band": "words",
    "an_operators_own": "words",
    "another_of_days": "days",
}
MILLION = 1_000_000


def lines(buckets: list[Bucket], check: str, language: str = "en", foreign: int = 0) -> list[str]:
    """Return the lines of the caption for a summary with these buckets."""
    summary = Summary(tuple(buckets), sum(bucket.count for bucket in buckets), foreign)
    return [*caption_lines(TEXTS[language], check, SCALES[check], summary)]


def test_caption_says_each_kind_of_answer() -> None:
    """Protects the caption of the file: counts, shares, and nothing else counted as a no."""
    days = [
        *(Bucket("day", 1310), Bucket("week", 402), Bucket("older", 283)),
        *(Bucket("unknown", 41), Bucket("missing", 12)),
    ]
    *answers, missing, foreign = lines(days, "tg_active", foreign=3)
    assert answers == [
        "1,310 seen within a day (64%)",
        "402 seen 2–7 days ago (20%)",
        "283 seen more than 30 days ago (14%)",
        "41 unknown (2%)",
    ]
    assert missing == "12 numbers the service did not return (1%)"
    assert foreign == "3 numbers in the file were not in your list"
    words = [Bucket("yes", 1), Bucket("no", 1), Bucket("unknown", 1), Bucket("missing", 1)]
    assert lines(words, "active_check") == [
        *("1 active (25%)", "1 inactive (25%)", "1 unknown (25%)"),
        "1 number the service did not return (25%)",
    ]


def test_nothing_is_said_of_nothing() -> None:
    """Protects captions of empty results from empty lines."""
    assert lines([], "band") == []
    assert lines([], "band", foreign=1) == ["1 number in the file was not in your list"]
    assert lines([Bucket("missing", 5)], "band") == ["5 numbers the service did not return (100%)"]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 номер сервис"),
        (3, "3 номера сервис"),
        (5, "5 номеров сервис"),
        (21, "21 номер сервис"),
    ],
)
def test_russian_plurals(count: int, said: str) -> None:
    """Protects Russian readers from wrong plural forms."""
    assert lines([Bucket("missing", count)], "band", "ru")[0].startswith(said)


@pytest.mark.parametrize(
    ("language", "count", "total", "said"),
    [
        ("en", 64, 100, "64%"),
        ("ru", 64, 100, "64\u00a0%"),
        ("tr", 64, 100, "%64"),
        ("zh", 64, 100, "64%"),
        ("en", 0, 10, "0%"),
        ("en", 0, 0, "0%"),
        ("en", 10, 10, "100%"),
        ("en", 1, 1000, "<1%"),
        ("en", 999, 1000, ">99%"),
        ("tr", 1, 1000, "<%1"),
    ],
)
def test_shares_are_written_as_the_language_does(
    language: str, count: int, total: int, said: str
) -> None:
    """Protects shares: they are exact, and written as the language does."""
    assert share(TEXTS[language], count, total) == said


@given(st.integers(0, 10 * MILLION), st.integers(1, 10 * MILLION))
@settings(max_examples=60, deadline=None)
def test_shares_say_none_and_all_only_when_they_mean_it(count: int, more: int) -> None:
    """Protects the one number in a million, and the one that is missing."""
    say = TEXTS["en"]
    assert (share(say, count, count + more) == "0%") == (count == 0)
    assert share(say, count, count + more) != "100%"
    assert share(say, count + 1, count + 1) == "100%"


def test_strangers_words_do_no_harm() -> None:
    """Protects the caption from markup, line breaks and bidi controls in a service's words."""
    said = lines([Bucket("word", 1, "<b>&\n\u202ebusy\x00"), Bucket("word", 1, "مشغول")], "band")
    assert said == ["1 “&lt;b&gt;&amp; busy” (50%)", "1 “\u2068مشغول\u2069” (50%)"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", SCALES)
def test_captions_stay_short(language: str, check: str) -> None:
    """Protects the caption's limit: every kind of answer, huge counts and long words."""
    days = [Bucket(key, 10 * MILLION) for key in ("day", "week", "month", "older")]
    answers = [Bucket(key, 10 * MILLION) for key in ("yes_with", "yes_without", "no")]
    buckets = [
        *(days if SCALES[check] == "days" else answers),
        *(Bucket("word", 10 * MILLION, f"{n} {'w' * 500}") for n in range(30)),
        *(Bucket("word", MILLION), Bucket("unknown", MILLION), Bucket("missing", MILLION)),
    ]
    said = "\n".join(lines(buckets, check, language, MILLION))
    seen = html.unescape(re.sub(r"<[^>]+>", "", said))
    assert len(seen) <= 600
    assert max(map(len, re.findall(r"w+…", seen))) <= LONGEST_WORD


def test_rare_words_are_added_up() -> None:
    """Protects the picture from a bar for each of a hundred words, and its sum."""
    words = [Bucket("word", count, f"word {count}") for count in range(1, 101)]
    buckets = (Bucket("yes", 7), *words, Bucket("word", 50), Bucket("unknown", 3))
    summary = Summary(buckets, sum(bucket.count for bucket in buckets))
    rows = chart_words(TEXTS["en"], "band", "words", summary, "a.txt").rows
    assert [row.label for row in rows] == [
        *("Has Band", "word 100", "word 99", "word 98", "word 97"),
        *("Other answers", "Unknown"),
    ]
    assert len(rows) == MOST_WORDS + 3
    assert sum(row.count for row in rows) == summary.total


def test_picture_is_named_after_list_and_check() -> None:
    """Protects the title of the picture, also for checks that only an operator defined."""
    summary = Summary((Bucket("yes", 1500), Bucket("no", 500)), 2000)
    say = TEXTS["en"]
    chart = chart_words(say, "band", "words", summary, "a.txt", day=date(2026, 5, 18))
    assert (chart.title, chart.subtitle) == ("a.txt", "Band · May 18, 2026 · 2,000 numbers")
    assert [(row.label, row.value) for row in chart.rows] == [
        ("Has Band", "1,500 · 75%"),
        ("No Band", "500 · 25%"),
    ]
    own = chart_words(say, "line_type", "words", summary, "a.txt", check_name="Line type")
    assert own.subtitle == "Line type · 2,000 numbers"
    assert [row.label for row in own.rows] == ["Yes", "No"]


GROUPS: dict[str, tuple[str, str, str]] = {
    "tg_active": ("Seen within a week", "Seen longer ago", "Unknown"),
    "wa_detail": ("With WhatsApp", "Without WhatsApp", "Unknown"),
    "active_check": ("Only active", "Only inactive", "Unknown"),
    "band": ("Band: yes", "Band: no", "Unknown or other"),
    "an_operators_own": ("Yes", "No", "Unknown"),
    "another_of_days": ("Seen within a week", "Seen longer ago", "Unknown"),
}


@pytest.mark.parametrize("check", GROUPS)
def test_buttons_name_their_group(check: str) -> None:
    """Protects the buttons: they name their group, and its count."""
    groups: tuple[Group, ...] = ("yes", "no", "unknown")
    said = [group_label(TEXTS["en"], check, SCALES[check], group, 1712) for group in groups]
    assert said == [f"{label} · 1,712" for label in GROUPS[check]]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_results_are_told_in_one_language(language: str) -> None:
    """Protects readers from mixed languages: no text of a result falls back to English."""
    english, own = set(_said("en")), set(_said(language))
    assert english & own == set()


def _said(language: str) -> list[str]:
    """Return every word of a result, without numbers and proper names."""
    say = TEXTS[language]
    keys = ("day", "week", "month", "older", "yes", "yes_with", "yes_without", "no", "unknown")
    buckets = tuple(Bucket(key, 5) for key in (*keys, "word", "missing"))  # type: ignore[arg-type] # mypy widens the literals
    summary = Summary(buckets, 5 * len(buckets), 1)
    found: list[str] = []
    for check, scale in SCALES.items():
        chart = chart_words(say, check, scale, summary, "")
        found += [row.label for row in chart.rows] + [chart.footer]
        found += caption_lines(say, check, scale, summary)
        groups: tuple[Group, ...] = ("yes", "no", "unknown")
        found += [group_label(say, check, scale, group, 1) for group in groups]
    return found
