"""Whole cards, built by the product's functions from stored rows: each in every state.

A *word* returns foreign text of a given length, for titles, names, headers and answers.
"""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_args

from aiogram.types import InlineKeyboardMarkup
from phonenumbers import SUPPORTED_REGIONS

from checking.lookups.outlook import Outlook
from checking.quota import Allowance
from checking.quotes import Offer, Quote
from checking.services import catalogue
from checking.services.catalogue import Check
from handlers.cards.clean import clean_caption, line_buttons
from handlers.cards.group import GroupSettings, Page, settings_card
from handlers.cards.list import list_card, quote_card
from handlers.cards.lookup import inquiry_card
from handlers.cards.question import question_card
from handlers.cards.rejects import preview
from handlers.cards.result import group_buttons, no_files_card, result_caption, result_keyboard
from handlers.cards.task import task_card
from handlers.cards.terms import terms_of_lookup, terms_of_task
from handlers.shared import questions, readings
from handlers.shared.card import Card
from handlers.shared.questions import AskedColumn, AskedCountry, ColumnChoice
from handlers.shared.readings import ReadingTold, TableRead
from handlers.shared.texts import FALLBACK, Phrases
from sheets.answers import summary
from sheets.answers.meaning import Scale
from sheets.answers.summary import Bucket, Summary
from sheets.glass.shapes import CleanList, Wish
from sheets.phones.countries import name
from sheets.phones.lines import Line
from storage.lists.lists import ListState, NumberList
from storage.lookups.inquiries import Inquiry
from storage.lookups.lookups import Answer, Lookup, LookupState
from storage.people.chats import FirstFile, GroupRules, HandIn, Results
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task
from tests.support.screens.money import ALL_LEFT, DEAR, OF_TASKS, POSTS, QUOTED
from tests.support.screens.wording import CAPTION, MESSAGE, TEXTS, texts

Word = Callable[[int], str]
Row = TypeVar("Row")
MILLION = 1_000_000
NOW, ID = 1_790_000_000.0, "z" * 10  # as storage.sealing.ids makes them
CHECKS = catalogue.load(frozenset()).all()
REGIONS = tuple(
    dict.fromkeys(
        region
        for language in TEXTS.languages
        for region in sorted(SUPPORTED_REGIONS, key=lambda each: len(name(each, language)))[-2:]
    )
)
"""The regions with the longest names."""


@dataclasses.dataclass(frozen=True, slots=True)
class Screen:
    """One message; `limit` is Telegram's limit of its text."""

    name: str
    text: str
    keyboard: InlineKeyboardMarkup | None = None
    limit: int = MESSAGE


def filled(row: type[Row], **values: object) -> Row:
    """Return a stored row: None in all other columns."""
    assert dataclasses.is_dataclass(row)
    return row(**dict.fromkeys(field.name for field in dataclasses.fields(row)) | values)  # type: ignore[return-value] # what it is a type of


def own_checks(word: Word, count: int = 2) -> list[Check]:
    """Return checks that an operator may put into CHECKERS_FILE, at maximum length."""
    about = word(500).replace("\u202e", "")  # operators don't attack their own bot
    values: dict[str, Any] = {"service": "ekyc", "flavour": "tasks_v1", "task_type": "t"}
    return [
        Check(key=f"{n:a>30}", title=about[:40], about=about, price=9_999.99, minimum=2, **values)
        for n in range(count)
    ]


def number_list(word: Word, **values: object) -> NumberList:
    """Return a list with maximum values."""
    counts = dict.fromkeys(("ready", "duplicates", "rejected", "national"), MILLION)
    told = {"asked": "", "reading": "", "chat_id": 1}
    return filled(NumberList, **{"id": ID, "title": word(200), **counts, **told, **values})


def readings_of(word: Word) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yield names, stored readings with all that can be told, and values of their lists."""
    choices = tuple(ColumnChoice(n, word(200), word(60)) for n in range(8))
    tables = tuple(
        TableRead(
            source=word(100) + " / " + word(100) + str(n),
            columns=(word(30), word(200), ""),
            places=(0, 1, 1999),
            count=3,
            why="book",
            notation="unknown" if n == 1 else "dialled",
            country="" if n else "BO",
            rival="GB" if n == 1 else "",
            asked=AskedColumn(n, word(200), choices),
        )
        for n in range(50)
    )
    told = ReadingTold(tables, MILLION, (word(60),) * 2, MILLION, word(60), MILLION, REGIONS[:4], 9)
    stored = readings.to_json(told)
    yield "as it was assumed", stored, {"region": "BO"}
    yield "as it was wished", stored, {"region": "BO", "wishes": " ".join(get_args(Wish))}


def task_of(word: Word, state: TaskState, **values: object) -> Task:
    """Return a task with maximum values."""
    usual: dict[str, object] = {"state": state, "check_key": CHECKS[0].key, "money": QUOTED}
    usual |= {"id": ID, "list_id": ID, "chat_id": -1, "person_id": 1, "submitted_at": NOW - 9e4}
    usual |= {"title": word(200), "summary": "", "remote_id": word(128), "reason_text": word(300)}
    usual |= {**dict.fromkeys(("numbers", "posts"), MILLION), "known": 0, "started_at": NOW - 9e4}
    return filled(Task, **dict.fromkeys(("success", "failure"), MILLION // 3) | usual | values)


def of_card(name: str, card: Card) -> Screen:
    """Return a card as it is sent."""
    return Screen(name, card.text, card.keyboard)


def family(head: str) -> list[str]:
    """Return the endings of the texts' keys that begin with this head."""
    return [key.removeprefix(head) for key in texts(FALLBACK) if key.startswith(head)]


def list_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield cards of a list: each state and each error, with all possible buttons and none."""
    checks = [*CHECKS, *own_checks(word)]
    offers = [Offer(check, check.key == "band") for check in checks]
    for state in set(ListState) - {ListState.UNREADABLE}:
        found = number_list(word, state=state)
        yield of_card(f"list {state}", list_card(say, found, offers, looks_up=True))
    for count in (0, 1, 5, 21):
        few = dict.fromkeys(("ready", "duplicates", "rejected", "national"), count)
        found = number_list(word, state=ListState.READY, **few)
        yield of_card(f"list of {count}", list_card(say, found, []))
    for kind, stored, values in readings_of(word):
        for state in (ListState.READY, ListState.UNREADABLE):
            trouble = {"trouble": "no_numbers", "trouble_detail": "1000000"}
            found = number_list(word, state=state, reading=stored, **trouble, **values)
            yield of_card(f"list {kind}, {state}", list_card(say, found, offers, looks_up=True))
    for trouble in set(family("trouble-")) - {"card", "country", "nothing-spent"}:
        values = {"state": ListState.UNREADABLE, "trouble": trouble, "trouble_detail": "1000000"}
        yield of_card(f"trouble {trouble}", list_card(say, number_list(word, **values), offers))


def left_out_screen(say: Phrases, word: Word) -> Screen:
    """Return the caption of the sheet of rejected rows, with its maximum of long rows."""
    reason = max((say.plain(f"reason-{each}") for each in family("reason-")), key=len)
    text = word(60).replace('"', '""')
    rows = f'a,{MILLION},"{text}",{reason}\n' * 20
    return Screen("left out", preview(say, word(48), f"h,h,h,h\n{rows}".encode()), limit=CAPTION)


def clean_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield captions of clean lists, and buttons of lists made of them: full, and with one number.

    The text above a list of mobiles goes along.
    """
    for count in (1, 21, MILLION):
        for lines in (dict.fromkeys(Line, count), {Line.MOBILE: count}):
            clean = CleanList([], lines, count, count)
            buttons = line_buttons(say, ID, lines)
            caption = clean_caption(say, word(200), clean, has_buttons=buttons is not None)
            yield Screen("clean list", caption, buttons, CAPTION)
        yield Screen("mobile or fixed", say.html("kept-either", numbers=count))


def question_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield questions to the person: about the column, and the country at each step of a search."""
    choices = tuple(ColumnChoice(n, word(40) if n else "", word(24)) for n in range(8))
    columns = questions.column_to_json(AskedColumn(1, word(200), choices))
    found = number_list(word, state=ListState.ASKING, asks="column", asked=columns)
    yield of_card("column", question_card(say, found))
    for state in (ListState.ASKING, ListState.READY):
        for question in ("", AskedCountry(word(60)), AskedCountry(word(60), REGIONS)):
            text = questions.country_to_json(question) if isinstance(question, AskedCountry) else ""
            found = number_list(word, state=state, asks="country", asked=text)
            yield of_card(f"country {state}", question_card(say, found, "DE"))
    for kind, stored, values in readings_of(word):
        asked: dict[str, object] = {"asks": "country", "reading": stored, **values}
        found = number_list(word, state=ListState.READY, **asked)
        yield of_card(f"country, {kind}", question_card(say, found, "DE"))


def quote_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield quotes: dear and cheap, too few and too many numbers, within the quota and beyond."""
    for check in [*CHECKS, *own_checks(word)]:
        days = [Allowance(None, 9), Allowance(MILLION * 3, MILLION * 2 + 1)]
        days.append(Allowance(MILLION - 1, 0))
        for numbers, day in zip((1, MILLION, MILLION, 20 * MILLION), (*days, days[0]), strict=True):
            task = task_of(word, TaskState.DRAFT, numbers=numbers, check_key=check.key)
            for price, left in ((None, None), (DEAR, ALL_LEFT)):
                quote = Quote(task, check, price, price, left, NOW if price else None, day)
                card = quote_card(say, quote, shows_balance=True)
                yield of_card(f"quote {check.key} {quote.problem}", card)
        yield of_card("terms", terms_of_task(say, task))
    for list_id in ("", ID):
        yield of_card("terms of a lookup", terms_of_lookup(say, list_id))


def task_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield cards of tasks in each state, for each reason; the check may be gone meanwhile."""
    own = own_checks(word)
    offers = [Offer(check, paused=True) for check in [*CHECKS, *own]]
    reasons: dict[TaskState, list[str]] = {
        TaskState.CONFIRMED: ["", *family("task-waiting-")],
        TaskState.REJECTED: [each for each in family("rejected-") if each != "do"],
        TaskState.EXPIRED: ["", *(each for each in family("task-expired-") if each != "do")],
        TaskState.EXPORTED: ["", "unfetchable"],
    }
    for state in set(TaskState) - {TaskState.DRAFT}:
        for reason in reasons.get(state, [""]):
            for check in (CHECKS[0], own[0], None):
                key = check.key if check else "k" * 30
                task = task_of(word, state, reason=reason or None, check_key=key)
                for money in OF_TASKS:
                    card = task_card(say, task, check, offers, NOW, **money)
                    yield of_card(f"task {state} {reason}", card)
    private = task_of(word, TaskState.DELIVERED, result_chat_id=7)
    begun = task_of(word, TaskState.PROCESSING, success=0, failure=0)
    for what, task in (("task private", private), ("task begun", begun)):
        yield of_card(what, task_card(say, task, CHECKS[0], [], NOW))


def result_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield captions and buttons of results, with every kind of answer at once."""
    kinds: dict[Scale, list[Bucket]] = {
        "days": [Bucket(kind, MILLION) for kind in ("day", "week", "month", "older")],
        "words": [Bucket(kind, MILLION) for kind in ("yes", "yes_with", "yes_without", "no")],
    }
    words = [Bucket("word", MILLION - n, word(40)) for n in range(9)]
    last = [Bucket("word", 5), Bucket("unknown", MILLION), Bucket("missing", MILLION)]
    for check in [*CHECKS, *own_checks(word)]:
        buckets = (*kinds[check.meaning.scale], *words, *last)
        found = Summary(buckets, sum(bucket.count for bucket in buckets), MILLION)
        values = {"check_key": check.key, "summary": summary.to_json(found)}
        task = task_of(word, TaskState.DELIVERED, **values)
        yield Screen(
            f"result {check.key}",
            result_caption(say, task, check, POSTS),
            result_keyboard(say, task, check),
            CAPTION,
        )
        buttons = group_buttons(say, task, check, found, act="c").as_markup()
        yield Screen("another check", say.html("another-which", title=word(48)), buttons)
    bare = task_of(word, TaskState.DELIVERED)
    yield of_card("no files", no_files_card(say, bare, CHECKS[0]))
    yield Screen("result without a summary", result_caption(say, bare, None), None, CAPTION)


def lookup_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield cards of one lookup or ten: waiting for seconds, for days or unknown; answered."""
    answers = [Answer(bool(account), account, 0.0) for account in (word(64), "")]
    answers.append(Answer(found=True, account="", answered_at=NOW))
    each: list[dict[str, object]] = [{"state": LookupState.ANSWERED, "answer": a} for a in answers]
    each += [{"state": LookupState.WAITING, "answer": answer} for answer in (None, answers[0])]
    each += [{"state": state} for state in (LookupState.REFUSED, LookupState.CANCELLED)]
    outlooks = [None, Outlook(99_999, None), Outlook(1, NOW + 5), Outlook(9, NOW + 5)]
    outlooks += [Outlook(99_999, NOW + 900_000, why) for why in (None, "failing", "unready")]
    kinds = [filled(Lookup, number="+447400123456", from_memory=True, **v) for v in each]
    for lookups in [*([kind] for kind in kinds), [kinds[0]] * 10, (kinds * 2)[:10]]:
        inquiry = filled(Inquiry, id=ID, lookups=lookups)
        for outlook in outlooks if inquiry.is_open else [None]:
            card = inquiry_card(say, inquiry, outlook, NOW, may_ask_again=True)
            yield of_card(f"lookup {lookups[0].state} of {len(lookups)}", card)


def group_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield a group's settings: each page, with all checks and with none."""
    checks = (*CHECKS, *own_checks(word, 6))
    off = frozenset(check.key for check in checks)
    for rules in (GroupRules(), GroupRules(HandIn.EVERYONE, off, Results.PRIVATE)):
        for region in (None, *REGIONS):
            settings = GroupSettings(rules, region, FirstFile.LIST, checks)
            for page in Page:
                yield of_card(f"settings {page}", settings_card(say, TEXTS, settings, page))


PURE = (
    list_screens,
    clean_screens,
    question_screens,
    quote_screens,
    task_screens,
    result_screens,
    lookup_screens,
    group_screens,
)
