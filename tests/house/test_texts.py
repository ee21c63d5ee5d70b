"""The texts: every key in use exists in every language, and no other.

Texts missing in a language fall back to English. Whether texts render and fit is
checked by tests/handlers/test_languages.py.

Keys in the code are literals, or composed of a head and a value of the code. FAMILIES lists these
heads with every possible value; the values come from the code where it knows them all.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from checking.services import catalogue, errors
from checking.services.green_meanings import RULES
from handlers.cards.group import Page
from handlers.cards.lookup import PASSING
from handlers.cards.wording import COLUMNS
from handlers.intake.reader import _KINDS
from handlers.outgoing.costs_file import HEAD
from handlers.routers.owner.stats import PERIODS
from handlers.shared.commands import ADMIN_MENU, GROUP_MENU, MENU, OWNER_MENU
from handlers.shared.texts import FALLBACK, FOLDER, MissingTextError, Texts
from sheets.glass.answers import NotKept
from sheets.phones.lines import KEPT, Line
from sheets.phones.reasons import Reason
from storage.lookups.lookups import LookupState
from storage.people.chats import FirstFile, HandIn, Results
from storage.people.people import PersonStanding
from storage.records.schedules import Every, Says
from storage.tasks.task_states import TaskState

ROOT = Path(__file__).parents[2]
SOURCES = [path for name in ("bot", "handlers", "checking") for path in (ROOT / name).rglob("*.py")]
LANGUAGES = sorted(home.name for home in FOLDER.iterdir() if home.is_dir())
SPOKEN = {"html", "plain", "has"}
_HEAD = re.compile(r"[a-z][a-z_]*(?:-[a-z_]+)*-")
PLURALS = {"zero", "one", "two", "few", "many", "other"}
WITHIN = {"not_a_list-"}  # these follow another head, and are in its family


def _refusals(kind: type[errors.RefusedError] = errors.RefusedError) -> Iterator[str]:
    yield kind.reason
    for more in kind.__subclasses__():
        yield from _refusals(more)


CHECKS = [check.key for check in catalogue.load(frozenset()).all()]
REWORDED = (errors.KeyRefusedError, errors.BusyError)
# The lines of a card about one number: its state, or the answer.
LOOKUP_STATES = {*map(str, LookupState), "yes", "unnamed", "no", "again"} - {"answered"}
LOOKUP_TROUBLES = {
    *(rule.error.reason for rule in RULES if not issubclass(rule.error, REWORDED)),
    *("refused", "busy", "failing"),
}
# States whose card has several sentences have their own keys.
SPOKEN_OTHERWISE = {"draft", "fetched", "rejected", "expired"}
# Checks with their own words for answers; the others use those of their scale.
AMOUNTS = {
    *(f"days-{key}" for key in ("day", "week", "month", "older")),
    *(f"words-{key}" for key in ("yes", "yes_with", "yes_without", "no", "unknown")),
    *(f"wa_detail-{key}" for key in ("yes", "yes_with", "yes_without", "no")),
    *(f"{check}-{key}" for check in ("active_check", "band") for key in ("yes", "no")),
}
GROUPED = {
    *(f"{check}-{key}" for check in ("words", "band") for key in ("yes", "no", "unknown")),
    *(f"{check}-{key}" for check in ("days", "wa_detail", "active_check") for key in ("yes", "no")),
}
WAITS = {each.reason for each in (errors.NotSentError, errors.BusyError, errors.BrokenError)}
SETTING_PAGES = {str(page) for page in Page} - {"all"}
KINDS: dict[str, Iterable[str]] = {"hand-in-": HandIn, "line-": Line, "reason-": Reason}
KINDS |= {"results-": Results, "button-every-": Every, "schedule-every-": Every}
KINDS |= {"first-file-": FirstFile}
FAMILIES: dict[str, set[str]] = {
    "bucket-": AMOUNTS | {f"tg_active-{key}" for key in ("day", "week", "month", "older")},
    "said-": AMOUNTS,
    "group-": GROUPED,
    "check-": {*CHECKS, *(f"{key}-about" for key in CHECKS)},
    "instance-answer-": {"yes", "no", *LOOKUP_TROUBLES},
    "instance-trouble-": LOOKUP_TROUBLES - {"not_a_number"},
    "owner-instance-": {"back", *LOOKUP_TROUBLES} - {"busy", "not_a_number"},
    "lookup-": {"queued", *LOOKUP_STATES},
    "lookup-line-": LOOKUP_STATES,
    "lookup-why-": {"other", *PASSING},
    "access-decided-": {"member", "refused", "removed"},
    **{head: {str(each) for each in kind} for head, kind in KINDS.items()},
    **{head: set(PERIODS.values()) for head in ("button-stats-", "stats-")},
    "choose-": {"too_few", "new_too_few", "too_large", "over_quota", "over_day"},  # Quote.problem
    "column-": COLUMNS,
    "sheet-said-": {*get_args(NotKept)} - {""},
    "clean-head-": {"number", "country", "code", "line", "given", "row", "remark"},
    "command-": {*MENU, *GROUP_MENU, *ADMIN_MENU, *OWNER_MENU},
    "costs-": {*HEAD},
    "known-": {"actual", "odd", "estimated", "learnt", "about", "balance", "unknown"},
    "found-not-": {"no_id", "unknown", "other_list", "uncounted", "taken", "unreachable", "late"},
    "schedule-says-": {str(says) for says in Says} - {"stopped"},
    **dict.fromkeys(("settings-", "button-settings-"), SETTING_PAGES),
    "kept-": {*KEPT},
    "left-out-head-": {"file", "line", "text", "reason"},
    "rejected-": {*_refusals(), *WAITS, "not_offered", "held_back", "numbers_gone"},
    "role-": {"owner", *(str(standing) for standing in PersonStanding)},
    "task-": {str(state) for state in TaskState} - SPOKEN_OTHERWISE,
    "task-cancelled-": {"undecided", "perhaps_charged"},
    "task-guess-": {"taken", "not_taken", "unsure", "taken-by", "unsure-by"},
    "task-expired-": {
        *("no_progress", "not_offered", "result_unsafe", "result_set_aside", "unreached"),
        *("key_refused", "service_busy", "unknown_task"),
    },
    "task-waiting-": WAITS,
    "trouble-": {
        *("download", "broken", "empty", "no_numbers", "damaged", "harmful", "too_wide"),
        *("too_much", "too_much_kept", "sweep", "too_big", "too_many", "undecodable", "sealed"),
        *("all_excluded", *(f"not_a_list-{kind}" for kind in {*_KINDS.values(), "unknown"})),
    },
}


class _Variables(Visitor):
    """Collects the variables of a text."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


class _Plurals(Visitor):
    """Collects the sets of plural forms in a text."""

    def __init__(self) -> None:
        self.offered: list[set[str]] = []

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        keys = (variant.key for variant in node.variants)
        names = {key.name for key in keys if isinstance(key, ftl.Identifier)}
        if names <= PLURALS:
            self.offered.append(names)
        self.generic_visit(node)


@cache
def texts(language: str) -> dict[str, frozenset[str]]:
    """Return each key of a language, and the variables in its text."""
    found: dict[str, frozenset[str]] = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            place = f"{language}/{path.name}"
            assert not isinstance(entry, ftl.Junk), f"{place}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{place}: {entry.id.name} stands twice"
                variables = _Variables()
                variables.visit(entry)
                found[entry.id.name] = frozenset(variables.names)
    return found


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Return every node of the code that may use texts, with its place."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            line = getattr(node, "lineno", 0)
            yield f"{path.relative_to(ROOT).as_posix()}:{line}", node


def is_spoken(node: ast.AST) -> bool:
    """Tell whether this is a call such as say.html("key", …)."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SPOKEN
        and bool(node.args)
    )


def literals_of(node: ast.expr) -> Iterator[str]:
    """Return the keys that an expression may stand for, as far as it tells."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals_of(node.body)
        yield from literals_of(node.orelse)


def heads() -> dict[str, str]:
    """Return the heads of composed keys, and where they are."""
    found = {}
    for place, node in nodes():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            head = str(node.values[0].value)
            if _HEAD.fullmatch(head):
                found[head] = place
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_parsed(language: str) -> None:
    """Protects against texts that Fluent silently skips, and duplicate keys."""
    assert texts(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys(language: str) -> None:
    """Protects people from English between their own words, and from a card without a value."""
    english, own = texts(FALLBACK), texts(language)
    assert english.keys() - own.keys() == set(), "these are to be translated"
    assert own.keys() - english.keys() == set(), "English has no such texts"
    assert {key: names for key, names in own.items() if english[key] != names} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_forms_of_their_language(language: str) -> None:
    """Protects readers of Russian from "5 номера": each form is there, and none too many."""
    forms = {*Locale.parse(language).plural_form.tags, "other"}
    plurals = _Plurals()
    for path in sorted((FOLDER / language).glob("*.ftl")):
        plurals.visit(FluentParser().parse(path.read_text("utf-8")))
    assert [names for names in plurals.offered if names != forms] == []
    assert plurals.offered or language in {"tr", "zh"}, "the visitor finds nothing any more"


def test_every_key_in_the_code_has_a_text() -> None:
    """Protects against MissingTextError in front of a person."""
    known = texts(FALLBACK)
    missing = {
        f"{place} {key}"
        for place, node in nodes()
        if is_spoken(node)
        for key in literals_of(node.args[0])  # type: ignore[attr-defined]
        if key not in known
    }
    assert missing == set()


def test_every_value_in_a_text_is_given() -> None:
    """Protects against a text with a value that the code doesn't give; `bot` always is."""
    known = texts(FALLBACK)
    lacking = {
        f"{place} {key}: {name}"
        for place, node in nodes()
        if isinstance(node, ast.Call)
        and is_spoken(node)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr != "has"
        and all(word.arg for word in node.keywords)  # the rest come from a dict
        for key in literals_of(node.args[0])
        for name in known.get(key, frozenset()) - {"bot", *(word.arg for word in node.keywords)}
    }
    assert lacking == set()


def test_every_made_up_key_belongs_to_a_family() -> None:
    """Protects keys that no search finds: each possible one is listed above."""
    known = FAMILIES.keys() | WITHIN
    unknown = {head: place for head, place in heads().items() if head not in known}
    assert unknown == {}, "add the head to FAMILIES with all values that may follow"
    assert FAMILIES.keys() <= heads().keys(), "a family in FAMILIES is not used any more"


@pytest.mark.parametrize("head", FAMILIES)
def test_every_member_of_a_family_has_a_text(head: str) -> None:
    """Protects rare cases, whose texts are hardly ever seen."""
    assert {f"{head}{tail}" for tail in FAMILIES[head]} - texts(FALLBACK).keys() == set()


def test_no_text_is_left_over() -> None:
    """Protects translators from needless work."""
    used = {f"{head}{tail}" for head, tails in FAMILIES.items() for tail in tails}
    for _, node in nodes():
        if isinstance(node, ast.Call) and is_spoken(node):
            used |= set(literals_of(node.args[0]))
        # Keys that are passed on before they are rendered; a word alone may mean anything.
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "-" in node.value:
            used.add(node.value)
    assert texts(FALLBACK).keys() - used == set()


def test_missing_texts_are_said_in_english(tmp_path: Path) -> None:
    """Protects people whose language is incomplete: each missing key is English, plurals too."""
    for language, text in (
        ("en", "here = Here\ncount = { $n ->\n    [one] one\n   *[other] many\n }\n"),
        ("ru", "here = Здесь\n"),
    ):
        (tmp_path / language).mkdir()
        (tmp_path / language / "a.ftl").write_text(text, "utf-8")
    say = Texts(folder=tmp_path)["ru"]
    assert (say.language, say.plain("here")) == ("ru", "Здесь")
    assert (say.plain("count", n=21), say.html("count", n=1)) == ("many", "one")
    assert (say.has("count"), say.has("nowhere")) == (True, False)
    with pytest.raises(MissingTextError, match="ru: nowhere"):
        say.plain("nowhere")
