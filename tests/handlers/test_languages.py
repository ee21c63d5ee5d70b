"""Every text in every language: it can be shown, it fits, and it is in one alphabet.

That all languages have the same keys and values is for tests/house/test_texts.py to say.
"""

import ast
import html
import re
import unicodedata
from functools import cache
from itertools import product

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from checking import catalogue
from handlers.cards import LONGEST_TITLE, duration
from handlers.leftovers import preview
from handlers.result_words import caption_lines, group_label
from handlers.tasks import LONGEST_LABEL_TITLE
from handlers.texts import FALLBACK, FOLDER, Texts
from sheets.phones import Reason
from sheets.summary import Bucket, Group, Scale, Summary

TEXTS = Texts()
LANGUAGES = sorted(TEXTS.languages)
OTHERS = [language for language in LANGUAGES if language != FALLBACK]
CHECKS = catalogue.load(frozenset()).all()
# Characters that Telegram takes, after its markup is read.
MESSAGE, CAPTION, ALERT, COMMAND = 4096, 1024, 200, 256
# Characters that a button shows on a phone, before it is cut: alone in its row, one of two, a task.
BUTTON, HALF_BUTTON, TASK_BUTTON = 64, 40, 80
MILLION = 1_000_000
COUNTS = (0, 1, 2, 5, 21, MILLION)
HOUR = 3600
# How long each value can plausibly be. Those that are numbers stand in COUNTED.
LENGTHS = {
    10: ["date", "id", "instance", "share"],
    24: ["age", "ago", "at", "balance", "bar", "cost", "example", "icon", "time", "word"],
    40: ["answer", "check", "country", "group", "header", "line", "reason", "service"],
    48: ["account", "name", "ref", "remote", "source", "task", "title"],
    200: ["about", "checks", "text"],
}
WORDS = {name: "w" * length for length, names in LENGTHS.items() for name in names}
COUNTED = {
    *("budget", "code", "count", "done", "duplicates", "failure", "ids", "lines", "maximum"),
    *("megabytes", "minimum", "more", "national", "number", "numbers", "pieces", "place"),
    *("ready", "rejected", "spent", "success", "waiting"),
}
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"</?[a-z][^>]*>")
_COMMAND = re.compile(r"(?<![\w<])/[a-z]+")
SCRIPTS = {
    "ru": {"CYRILLIC", "LATIN"},
    "tr": {"LATIN"},
    "zh": {"CJK", "LATIN"},
    "en": {"LATIN"},
}
# Names, commands and endings of files, which no language writes in letters of its own.
NAMES = {
    *("Telegram", "WhatsApp", "Band", "Numberdesk", "Bot", "API", "GREEN", "INSTANCES", "ID"),
    *("numberdesk", "doctor", "check", "country", "help", "instances", "tasks"),
    *("PDF", "UTF", "MB", "GB", "csv", "txt", "vcf", "xlsx", "zip"),
}
ISOLATE, END = "\u2068", "\u2069"
TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}
GROUPS: tuple[Group, ...] = ("yes", "no", "unknown")


class _Pieces(Visitor):
    """Collects the words of a text between its values, and the values' names."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.names: set[str] = set()

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802 - the library's name
        self.words.append(str(node.value))

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - as above
        self.names.add(node.id.name)


@cache
def texts(language: str) -> dict[str, _Pieces]:
    """Each key of a language with the pieces of its text."""
    found = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            if isinstance(entry, ftl.Message):
                found[entry.id.name] = _Pieces()
                found[entry.id.name].visit(entry)
    return found


def words_of(language: str, key: str) -> set[str]:
    """The words of a text, without markup and values."""
    return set(_WORD.findall(_TAG.sub(" ", " ".join(texts(language)[key].words))))


def say(language: str, key: str, count: int = MILLION, **others: str) -> str:
    """A text as HTML: each of its numbers is `count`, and its words are as long as can be."""
    names = texts(FALLBACK)[key].names
    words = {name: (WORDS | others)[name] for name in names - COUNTED}
    return TEXTS[language].html(key, **words, **dict.fromkeys(names & COUNTED, count))


def counts_of(key: str) -> tuple[int, ...]:
    """The counts that make a difference to a text."""
    return COUNTS if texts(FALLBACK)[key].names & COUNTED else COUNTS[-1:]


def marks(said: str) -> list[str]:
    """The tags, commands, signs and line ends of a text, in no order: languages differ in that."""
    signs = [letter for letter in said if letter == "\n" or unicodedata.category(letter) == "So"]
    return sorted([*_TAG.findall(said), *_COMMAND.findall(said), *signs])


def seen(markup: str) -> str:
    """What Telegram counts."""
    return html.unescape(_TAG.sub("", markup))


@cache
def longest(language: str, key: str, **others: str) -> int:
    """The length of a text at the count that makes it longest."""
    return max(len(seen(say(language, key, count, **others))) for count in counts_of(key))


@cache
def alerts() -> set[str]:
    """The texts that are shown over a tapped button, as the code names them."""
    return {
        ast.literal_eval(said.args[0])
        for path in FOLDER.parent.glob("*.py")
        for answer in _calls(ast.parse(path.read_text("utf-8")), "answer")
        for word in answer.args
        for said in _calls(word, "plain")
    }


def _calls(tree: ast.AST, method: str) -> list[ast.Call]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if getattr(call.func, "attr", "") == method]


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_fit(language: str) -> None:
    """Protects the rare plural that nobody tried, and messages from Telegram's limit."""
    assert {key for key in texts(language) if longest(language, key) > MESSAGE / 2} == set()
    start = ["start", "start-lookup", "start-checks", *["start-check"] * 10]
    assert sum(longest(language, key) + len("\n\n") for key in start) <= MESSAGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_fit_on_a_phone(language: str) -> None:
    """Protects buttons from being cut before they say what happens."""
    own = {key for key in texts(language) if key.startswith("button-")}
    short = {"header": "h" * 20, "example": "9" * 16}  # the person's own words may be cut
    assert {key for key in own if longest(language, key, **short) > BUTTON} == set()
    bare = {key for key in own if not texts(language)[key].names}
    assert {key for key in bare if longest(language, key) > HALF_BUTTON} == set()
    task = {"title": "t" * LONGEST_LABEL_TITLE, "check": "c" * 20, "icon": "✅"}
    lines = ("tasks-line", "tasks-line-progress")
    assert {key for key in lines if longest(language, key, **task) > TASK_BUTTON} == set()


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
    """Protects answers to a tap: Telegram refuses longer ones, and then nothing is seen."""
    assert {"notice-gone", "choose-unavailable", "error-short", "left-out-gone"} <= alerts()
    keys = {*alerts(), *(key for key in texts(language) if key.startswith("notice-"))}
    assert {key for key in keys if longest(language, key) > ALERT} == set()
    menu = {key for key in texts(language) if key.startswith("command-")}
    assert {key for key in menu if not 0 < longest(language, key) <= COMMAND} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_fit(language: str) -> None:
    """Protects files: one whose caption is too long isn't taken at all."""
    captions = {key for key in texts(language) if "caption" in key}
    assert {key for key in captions if longest(language, key) > CAPTION} == set()
    assert longest(language, "sheet-caption") + longest(language, "sheet-without") < CAPTION
    reasons = [TEXTS[language].plain(f"reason-{reason}") for reason in Reason] * 3
    rows = "".join(f"a.txt,{MILLION},{'&' * 60},{reason}\n" for reason in reasons)
    sheet = f"file,line,text,reason\n{rows}".encode()
    assert len(seen(preview(TEXTS[language], "t" * LONGEST_TITLE, sheet))) <= CAPTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_of_results_fit(language: str) -> None:
    """Protects the results with the most to say: every kind of answer, and words of the service."""
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
    """Protects a card from an Arabic name that would pull the words around it to its side."""
    inside = f"{ISOLATE}قائمة &lt;1&gt;{END}"
    for key in texts(language):
        names = dict.fromkeys(texts(FALLBACK)[key].names - COUNTED, "قائمة <1>")
        said = say(language, key, 5, **names)
        assert (inside in said) == bool(names), key
        rest = said.replace(inside, "")
        assert {unicodedata.bidirectional(letter) for letter in rest}.isdisjoint(TURNING), key


@pytest.mark.parametrize("language", OTHERS)
def test_markup_is_that_of_english(language: str) -> None:
    """Protects cards from a tag that isn't closed, a lost command and a lost sign."""
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
    """Protects Chinese sentences from half-width marks, which look torn there."""
    for key, pieces in texts("zh").items():
        words = _TAG.sub("", re.sub(r"<code>[^<]*</code>", "5", "5".join(pieces.words)))
        assert re.findall(r"[,;:!?()«»\"']", words) == [], key
        assert re.findall(r"[，。：；？！、] | [，。：；？！、]", words) == [], key


@pytest.mark.parametrize(("language", "wrong"), [("ru", "“”\"'"), ("tr", '«»"'), ("en", "«»")])
def test_quotation_marks_are_those_of_the_language(language: str, wrong: str) -> None:
    """Protects the look of a text: « » in Russian, “ ” in Turkish."""
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
    """Protects sentences that are put together of two texts, in whatever case a language wants."""
    phrases = TEXTS[language]
    for seconds, part in zip((5, 60, 21 * 60), left.split(", "), strict=True):
        assert part in phrases.html("task-time-left", time=duration(phrases, seconds))
    for seconds, part in zip((3 * HOUR, 48 * HOUR), ago.split(", "), strict=True):
        assert part in phrases.html("lookup-memory", age=duration(phrases, seconds))


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_called_by_their_names(language: str) -> None:
    """Protects people from looking for a button that is called otherwise on their screen."""
    for key in ("start", "help"):
        assert f"<b>{say(language, 'button-start')}</b>" in say(language, key)
    assert say(language, "button-look-again") in say(language, "task-expired-result_unsafe")
