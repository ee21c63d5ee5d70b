"""Every card in every language, with the longest values and the worst foreign text.

`screens` and `screens_of_people` build them with the product's own functions.
"""

import importlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.shared.texts import FALLBACK, FOLDER
from sandbox.telegram.store.texts import UnreadableError, read_html, units
from tests.support.screens.screens import PURE, Screen, Word, left_out_screen
from tests.support.screens.screens_of_changes import change_screens
from tests.support.screens.screens_of_checks import MORE
from tests.support.screens.screens_of_exclusions import exclusion_screens
from tests.support.screens.screens_of_memory import memory_screens
from tests.support.screens.screens_of_people import (
    context_of,
    own_screens,
    owner_screens,
    people_screens,
    stand_in,
)
from tests.support.screens.screens_of_schedules import schedule_screens
from tests.support.screens.wording import HALF_BUTTON, LANGUAGES, TASK_BUTTON, TEXTS, texts

MOST_BUTTONS, MOST_IN_ROW, MOST_DATA, MOST_COPIED = 100, 8, 64, 256
MOST_ENTITIES = 100  # of one message; Telegram drops the rest
THIRD_BUTTON = 26
NAMES = HALF_BUTTON + 16  # names of countries, and titles by operators: a long one may be cut
TAGS = {"bold", "italic", "code", "blockquote", "expandable_blockquote", "date_time"}
# Possible names of lists, columns, accounts and people.
STRANGERS = {
    "wide": "😀",  # one letter, two units
    "markup": "<b>&amp;\"'</i>\n😀",
    "turning": "<b>&amp;\u202eقائمة 12 ",
}
_KEY = re.compile(r"[a-z]+(?:[-_][a-z_]+)+")
_OPENING = {"LRE", "RLE", "LRO", "RLO"}


def word_of(kind: str) -> Word:
    """Return foreign text of this kind, of any length."""
    said = STRANGERS[kind]
    return lambda length: (said * length)[:length]


def is_balanced(line: str) -> bool:
    """Tell whether all bidi controls in a line are closed at its end.

    As in Unicode's bidirectional algorithm, the end of an isolate closes the overrides in it.
    """
    opened: list[str] = []
    for letter in line:
        kind = unicodedata.bidirectional(letter)
        if kind in _OPENING or kind in {"LRI", "RLI", "FSI"}:
            opened.append(kind)
        elif kind == "PDF" and opened and opened[-1] in _OPENING:
            opened.pop()
        elif kind == "PDI":
            while opened and opened[-1] in _OPENING:
                opened.pop()
            if not opened:
                return False
            opened.pop()
    return not opened


def wrong_with_text(screen: Screen) -> str:
    """Return why Telegram would refuse the text, or a reader misread it; empty if it is fine."""
    try:
        shown = read_html(screen.text)
    except UnreadableError as error:
        return str(error)
    text, kinds = shown.text, {str(entity["type"]) for entity in shown.entities}
    problems = {
        f"{units(text)} of {screen.limit} units": not 0 < units(text) <= screen.limit,
        f"unknown {kinds - TAGS}": not kinds <= TAGS,
        f"{len(shown.entities)} entities": len(shown.entities) > MOST_ENTITIES,
        "strangers' markup": ("&lt;b" in screen.text) != ("<b" in text),
        "strangers' escapes": ("&amp;amp;" in screen.text) != ("&amp;" in text),
        "a placeholder": "{" in text or "}" in text,
        "None": bool(re.search(r"\b(None(?! of)|nan)\b", text)),
        "a key": bool(texts(FALLBACK).keys() & set(_KEY.findall(text))),
        "directions": not all(is_balanced(line) for line in text.splitlines()),
    }
    return ", ".join(name for name, is_so in problems.items() if is_so)


def wrong_with_buttons(screen: Screen) -> str:
    """Return why Telegram would refuse the buttons, or a reader misread them; empty if fine."""
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    problems = []
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in rows):
        problems.append("too many buttons")
    for row in rows:
        most = {1: TASK_BUTTON, 2: NAMES}.get(len(row), THIRD_BUTTON)
        problems += [f"{each.text!r}: {says}" for each in row if (says := _wrong(each, most))]
    return ", ".join(problems)


def _wrong(button: InlineKeyboardButton, most: int) -> str:
    data = (button.callback_data or "").encode()
    copied = button.copy_text.text if button.copy_text else ""
    problems = {
        "empty": not button.text.strip(),
        f"{len(button.text)} of {most} letters": len(button.text) > most,
        f"{len(data)} bytes": not (0 < len(data) <= MOST_DATA or copied),
        "too much to copy": len(copied) > MOST_COPIED,
        "a placeholder": "{" in button.text or "}" in button.text,
        "None": "None" in button.text,
        "a key": bool(texts(FALLBACK).keys() & set(_KEY.findall(button.text))),
    }
    return ", ".join(name for name, is_so in problems.items() if is_so)


def wrong(screens: Iterable[Screen]) -> dict[str, str]:
    """Return the screens that can't be shown, by name, with the reasons."""
    found = {}
    for screen in screens:
        says = ", ".join(filter(None, (wrong_with_text(screen), wrong_with_buttons(screen))))
        if says:
            found[screen.name] = says
    return found


@pytest.mark.parametrize("kind", STRANGERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_of_lists_and_checks(language: str, kind: str) -> None:
    """Protects everybody's cards: lists, questions, quotes, checks, results, lookups, groups."""
    say, word = TEXTS[language], word_of(kind)
    every = (*PURE, *MORE, memory_screens, change_screens, exclusion_screens, schedule_screens)
    built = [screen for build in every for screen in build(say, word)]
    assert wrong(built) == {}


@pytest.mark.parametrize("kind", STRANGERS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_pages_about_people(language: str, kind: str) -> None:
    """Protects owners from a name that breaks the page, and guests from a broken request."""
    say, word = TEXTS[language], word_of(kind)
    assert wrong([screen async for screen in people_screens(say, word)]) == {}


@pytest.mark.parametrize("count", [0, 300])
@pytest.mark.parametrize("kind", STRANGERS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_pages_behind_commands(
    language: str, kind: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the answers to /start, /stats, /privacy and others, on the first day and later."""
    say, word = TEXTS[language], word_of(kind)
    stand_in(monkeypatch, word, count=count)
    ctx = context_of(word, count=count, services=10, instances=10 if count else 0)
    built = [screen async for screen in owner_screens(say, word, ctx)]
    built += [screen async for screen in own_screens(say, word, ctx)]
    assert wrong(built) == {}


@pytest.mark.parametrize("kind", STRANGERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_caption_of_what_was_left_out(language: str, kind: str) -> None:
    """Protects the sheet of rejected rows: with too long a caption it is refused."""
    assert wrong([left_out_screen(TEXTS[language], word_of(kind))]) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_takes_strangers_words(language: str) -> None:
    """Protects texts that no card above shows: notes to owners, notices, messages to groups."""
    says = {}
    for key, pieces in texts(FALLBACK).items():
        for stranger in STRANGERS.values():
            said = TEXTS[language].html(key, **dict.fromkeys(pieces.names, stranger * 2))
            problem = wrong_with_text(Screen(key, said))
            if problem:
                says[key] = problem
    assert says == {}


@pytest.mark.parametrize("before", ["", "\u202e", "\u2067", "\u2069\u202e", "a\n\u202e"])
def test_strangers_cannot_turn_our_words(before: str) -> None:
    """Protects a card from a name that ends its isolate, or its line, and then adds an override."""
    said = TEXTS[FALLBACK].html("result-ready", title=f"{before}قائمة", check="Band")
    assert [line for line in said.splitlines() if not is_balanced(line)] == []


def test_buttons_have_heads_of_their_own() -> None:
    """Protects a button from being parsed as another kind, were both to have as many values."""
    for path in FOLDER.parent.rglob("*.py"):
        name = ".".join(path.relative_to(FOLDER.parents[1]).with_suffix("").parts)
        importlib.import_module(name)
    kinds = [kind for kind in CallbackData.__subclasses__() if kind.__module__[:8] == "handlers"]
    heads = Counter(kind.__prefix__ for kind in kinds)
    assert len(heads) > 10
    assert {head for head, count in heads.items() if count > 1} == set()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *[(text, "Start") for text in ("<b>a", "<u>a</u>", "", "a" * 4097, "None so far")],
        *[(text, "Start") for text in ("{ $title }", "button-start", "a \u202e b", "\u2069")],
        *[("Hello", label) for label in (" ", "a" * 81, "{ $ids }", "None", "button-start")],
    ],
)
def test_the_walk_sees_what_is_wrong(text: str, label: str) -> None:
    """Protects the tests above from passing without checking anything."""
    button = InlineKeyboardButton(text=label, callback_data="a")
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[button]])
    assert wrong([Screen("sound", "Hello", keyboard=None)]) == {}
    assert wrong([Screen("a card", text, keyboard)]) != {}
