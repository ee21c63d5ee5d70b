"""Every text in every language: it renders, fits, and uses one alphabet.

tests/house/test_texts.py checks that all languages have the same keys and values.
"""

import re
import unicodedata
from functools import cache
from itertools import product

import pytest

from checking.services import catalogue
from handlers.cards.reading import LONGEST_LABEL_SOURCE
from handlers.cards.rejects import preview
from handlers.cards.wording import caption_lines, group_label
from handlers.routers.task_pages import LONGEST_NAME
from handlers.shared.card import LONGEST_TITLE
from handlers.shared.formats import duration
from handlers.shared.texts import FALLBACK
from scripts import texts as texts_page
from sheets.answers.meaning import Scale
from sheets.answers.summary import Bucket, Group, Summary
from sheets.phones.reasons import Reason
from tests.support.screens.wording import (
    ALERT,
    BUTTON,
    CAPTION,
    COMMAND,
    END,
    HALF_BUTTON,
    ISOLATE,
    LANGUAGES,
    MESSAGE,
    TAG,
    TASK_BUTTON,
    TEXTS,
    TURNING,
    alerts,
    seen,
    texts,
    words_of,
)

OTHERS = [language for language in LANGUAGES if language != FALLBACK]
CHECKS = catalogue.load(frozenset()).all()
MILLION = 1_000_000
COUNTS = (0, 1, 2, 5, 21, MILLION)
HOUR = 3600
# The longest plausible value of each name. Those that are numbers are in COUNTED.
LENGTHS = {
    10: ["currency", "date", "id", "instance", "share", "since", "until"],
    23: ["full"],
    24: ["age", "ago", "alert", "at", "balance", "bar", "cost", "fell", "example", "icon", "time"],
    25: ["price", "word"],
    40: ["answer", "bot", "check", "country", "group", "header", "line", "reason", "rival"],
    41: ["bars", "change", "file", "language", "role", "where", "who"],  # our own texts
    48: ["account", "ref", "remote", "service", "source", "task", "title"],
    64: ["head", "name", "owner"],  # people's names: handlers.shared.formats.LONGEST_NAME
    60: ["present", "words", "written"],  # handlers.shared.readings.LONGEST_EXAMPLE
    100: ["link"],
    120: ["names"],
    200: ["about", "assumed", "checks", "text"],
    400: ["remembered"],
}
CHOSEN = {"period": "month", "which": "group_month", "every": "month", "sent_as": "parts"}
"""Values that choose a form of a text, and don't stand in it."""
WORDS = CHOSEN | {name: "w" * length for length, names in LENGTHS.items() for name in names}
COUNTED = {
    *("budget", "code", "count", "done", "duplicates", "failure", "ids", "lines", "maximum"),
    *("megabytes", "minimum", "more", "national", "number", "numbers", "pieces", "place"),
    *("lookups", "ready", "rejected", "spent", "success", "waiting", "all", "days", "known"),
    *("amounts", "hidden", "old", "on", "unusual", "left", "limit", "quota", "tasks", "used"),
}
_COMMAND = re.compile(r"(?<![\w<])/[a-z]+")
SCRIPTS = {
    "ru": {"CYRILLIC", "LATIN"},
    "tr": {"LATIN"},
    "zh": {"CJK", "LATIN"},
    "en": {"LATIN"},
}
# Names, commands and file extensions, which no language translates.
NAMES = {
    *("Telegram", "WhatsApp", "Band", "Numberdesk", "Bot", "API", "GREEN", "INSTANCES", "ID"),
    *("numberdesk", "doctor", "check", "country", "export", "forget", "help", "instances"),
    *("CHECKERS", "FILE", "checks", "privacy"),
    *("groups", "invite", "people", "settings", "start", "stats", "tasks", "JSON", "UTC"),
    *("E", "ISO", "VoIP"),  # E.164
    *("Viber", "LINE", "Zalo", "Signal", "RCS", "iMessage", "VK", "MAX", "Facebook", "Instagram"),
    *("PDF", "UTF", "MB", "GB", "csv", "txt", "vcf", "xlsx", "zip"),
}
# Words that a language has replaced by another: one thing has one name on all screens.
UNWANTED = {
    "ru": r"кто ведёт|Аккаунты для|Начать|\bСтарт\b",
    "tr": r"(?i)\bservis|botu (yöneten|işleten)",
    "zh": r"列表|检查(?!后)|管理者|你",
}
GROUPS: tuple[Group, ...] = ("yes", "no", "unknown")


def say(language: str, key: str, count: int = MILLION, /, **others: str) -> str:
    """Return a text as HTML; each number in it is `count`, and each word as long as can be."""
    names = texts(FALLBACK)[key].names
    words = {name: (WORDS | others)[name] for name in names - COUNTED}
    return TEXTS[language].html(key, **words, **dict.fromkeys(names & COUNTED, count))


def counts_of(key: str) -> tuple[int, ...]:
    """Return the counts that select a form of this text."""
    return COUNTS if texts(FALLBACK)[key].names & COUNTED else COUNTS[-1:]


def marks(said: str) -> list[str]:
    """Return tags, commands, signs and line ends of a text, sorted: languages order them freely."""
    signs = [letter for letter in said if letter == "\n" or unicodedata.category(letter) == "So"]
    return sorted([*TAG.findall(said), *_COMMAND.findall(said), *signs])


@cache
def longest(language: str, key: str, /, **others: str) -> int:
    """Return the length of a text at the count that makes it longest."""
    return max(len(seen(say(language, key, count, **others))) for count in counts_of(key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_fit(language: str) -> None:
    """Protects rare plural forms, and every message from Telegram's length limit."""
    assert {key for key in texts(language) if longest(language, key) > MESSAGE / 2} == set()
    start = ["start", "start-lookup", "start-checks", *["start-check"] * 10]
    assert sum(longest(language, key) + len("\n\n") for key in start) <= MESSAGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_fit_on_a_phone(language: str) -> None:
    """Protects buttons from being cut before they say what they do."""
    own = {key for key in texts(language) if key.startswith("button-")}
    # A person's own words are cut.
    short = {"header": "h" * 20, "example": "9" * 16, "source": "s" * LONGEST_LABEL_SOURCE}
    assert {key for key in own if longest(language, key, **short) > BUTTON} == set()
    bare = {key for key in own if not texts(language)[key].names}
    assert {key for key in bare if longest(language, key) > HALF_BUTTON} == set()
    task = {"title": "t" * LONGEST_NAME, "check": "c" * 20, "icon": "✅"}
    for key, days in (("tasks-line", 15), ("tasks-line-progress", 6)):
        assert longest(language, key, **task, date="d" * days) <= TASK_BUTTON


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_side_by_side_fit(language: str) -> None:
    """Protects the buttons of groups and checks, which share a row, from being cut."""
    phrases = TEXTS[language]
    labels = {phrases.plain(f"check-{check.key}") for check in CHECKS}
    for check, group in product(CHECKS, GROUPS):
        labels.add(group_label(phrases, check.key, check.meaning.scale, group, MILLION))
    assert {label for label in labels if len(label) > HALF_BUTTON} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_alerts_and_commands_fit(language: str) -> None:
    """Protects the notice after a tap: Telegram refuses a longer one, and nothing is shown."""
    assert {"notice-gone", "choose-unavailable", "error-short", "left-out-gone"} <= alerts()
    assert {"sweep-refused", "quota-over-alert", "group-paused"} <= alerts()
    keys = {*alerts(), *(key for key in texts(language) if key.startswith("notice-"))}
    assert {key for key in keys if longest(language, key) > ALERT} == set()
    menu = {key for key in texts(language) if key.startswith("command-")}
    assert {key for key in menu if not 0 < longest(language, key) <= COMMAND} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_fit(language: str) -> None:
    """Protects files: with too long a caption they are refused."""
    captions = {key for key in texts(language) if "caption" in key}
    assert {key for key in captions if longest(language, key) > CAPTION} == set()
    assert longest(language, "sheet-caption") + longest(language, "sheet-without") < CAPTION
    reasons = [TEXTS[language].plain(f"reason-{reason}") for reason in Reason] * 3
    rows = "".join(f"a.txt,{MILLION},{'&' * 60},{reason}\n" for reason in reasons)
    sheet = f"file,line,text,reason\n{rows}".encode()
    assert len(seen(preview(TEXTS[language], "t" * LONGEST_TITLE, sheet))) <= CAPTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_of_results_fit(language: str) -> None:
    """Protects the longest results: every kind of answer, and words of the service."""
    words = [Bucket("word", MILLION, f"{n}{'w' * 40}") for n in range(9)]
    last = [*words, Bucket("unknown", MILLION), Bucket("missing", MILLION)]
    kinds: dict[Scale, list[Bucket]] = {
        "days": [Bucket(kind, MILLION) for kind in ("day", "week", "month", "older")],
        "words": [Bucket(kind, MILLION) for kind in ("yes", "yes_with", "yes_without", "no")],
    }
    head = longest(language, "result-caption") + longest(language, "result-counts")
    for check in CHECKS:
        scale = check.meaning.scale
        amounts = Summary((*kinds[scale], *last), 15 * MILLION, MILLION)
        lines = caption_lines(TEXTS[language], check.key, scale, amounts)
        assert head + len(seen("\n".join(["", "", *lines]))) <= CAPTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_from_right_to_left_stay_by_themselves(language: str) -> None:
    """Protects a card from an Arabic name that would reorder the words around it."""
    inside = f"{ISOLATE}قائمة &lt;1&gt;{END}"
    for key in texts(language):
        shown = texts(FALLBACK)[key].names - COUNTED - CHOSEN.keys()
        names = dict.fromkeys(shown, "قائمة <1>")
        said = say(language, key, 5, **names)
        assert (inside in said) == bool(names), key
        rest = said.replace(inside, "")
        assert {unicodedata.bidirectional(letter) for letter in rest}.isdisjoint(TURNING), key


@pytest.mark.parametrize("language", OTHERS)
def test_markup_is_that_of_english(language: str) -> None:
    """Protects cards from an unclosed tag, a missing command and a missing sign."""
    for key in texts(FALLBACK):
        for count in counts_of(key):
            assert marks(say(language, key, count)) == marks(say(FALLBACK, key, count)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_has_letters_of_two_alphabets(language: str) -> None:
    """Protects readers (and their search) from a Latin letter in a Russian word."""
    for key in texts(language):
        for word in words_of(language, key):
            scripts = {unicodedata.name(letter).split()[0] for letter in word}
            scripts = {script.split("-")[0] for script in scripts}  # CJK UNIFIED IDEOGRAPH-4E2D
            assert scripts <= SCRIPTS[language], f"{key}: {word}"
            assert len(scripts) == 1 or language == "zh", f"{key}: {word}"


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_latin_words_are_names(language: str) -> None:
    """Protects from words left in English, or typed with the wrong keyboard: only names stay."""
    for key in texts(language):
        latin = set(re.findall("[A-Za-z]+", " ".join(words_of(language, key))))
        assert latin <= NAMES, f"{key}: translate the word, or add the name to NAMES"


def test_chinese_has_its_own_punctuation() -> None:
    """Protects Chinese sentences from half-width punctuation."""
    for key, pieces in texts("zh").items():
        words = TAG.sub("", re.sub(r"<code>[^<]*</code>", "5", "5".join(pieces.words)))
        assert re.findall(r"[,;:!?()«»\"']", words) == [], key
        assert re.findall(r"[，。：；？！、] | [，。：；？！、]", words) == [], key


@pytest.mark.parametrize(("language", "wrong"), [("ru", "“”\"'"), ("tr", '«»"'), ("en", "«»")])
def test_quotation_marks_are_those_of_the_language(language: str, wrong: str) -> None:
    """Protects the typography of a text: « » in Russian, “ ” in Turkish."""
    for key, pieces in texts(language).items():
        assert not set("".join(pieces.words)) & set(wrong), key


@pytest.mark.parametrize(
    ("language", "left", "ago"),
    [
        ("en", "less than a minute, about a minute, about 21 minutes", "3 hours ago, 2 days ago"),
        ("ru", "Осталось: менее минуты, около минуты, около 21 минуты", "3 часов назад, 2 дней"),
        ("tr", "Kalan süre: bir dakikadan az, yaklaşık bir dakika, 21", "3 saat önce, 2 gün önce"),
        ("zh", "剩余时间：不到 1 分钟, ：约 1 分钟, ：约 21 分钟", "服务约 3 小时前, 约 2 天前"),
    ],
)
def test_durations_fit_into_their_sentences(language: str, left: str, ago: str) -> None:
    """Protects sentences that are composed of two texts, in the case that a language needs."""
    phrases = TEXTS[language]
    for seconds, part in zip((5, 60, 21 * 60), left.split(", "), strict=True):
        assert part in phrases.html("task-time-left", time=duration(phrases, seconds))
    for seconds, part in zip((3 * HOUR, 48 * HOUR), ago.split(", "), strict=True):
        assert part in phrases.html("lookup-memory", age=duration(phrases, seconds))


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_called_by_their_names(language: str) -> None:
    """Protects people from looking for a button that has another name on their screen."""
    start = say(language, "button-start")
    for key in ("start", "help", "group-help"):
        assert f"<b>{start}</b>" in say(language, key)
    assert say(language, "button-agree-start") == f"{say(language, 'button-agree')} · {start}"
    for reason in ("result_unsafe", "not_offered", "key_refused"):
        assert say(language, "button-look-again") in say(language, f"task-expired-{reason}")


@pytest.mark.parametrize("language", UNWANTED)
def test_things_have_one_name(language: str) -> None:
    """Protects readers from two words for a list, a check, a service or an operator."""
    unwanted = re.compile(UNWANTED[language])
    assert {key for key in texts(language) if unwanted.search(say(language, key))} == set()


def test_english_says_one_of_one() -> None:
    """Protects from "1 numbers": each count has its singular (elsewhere CLDR's forms)."""
    counted = [key for key in texts(FALLBACK) if texts(FALLBACK)[key].names & COUNTED]
    plural = re.compile(
        r"(?<!of )(?<!from )(?<!than )(?<!most )(?<!\()\b1 (numbers|lines|checks)\b"
    )
    assert {key for key in counted if plural.search(seen(say(FALLBACK, key, 1)))} == set()


def test_page_of_texts_is_up_to_date() -> None:
    """Protects translators from an outdated table of texts."""
    same = texts_page.PAGE.read_text("utf-8") == texts_page.page()
    assert same, "run: python -m scripts.texts"
