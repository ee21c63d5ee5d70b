"""The pages about fewer numbers of a list, and about the never-check list."""

from collections.abc import Sequence

from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.cards.exclusions.buttons import (
    CompareButton,
    EmptyAct,
    EmptyButton,
    PickAct,
    PickButton,
)
from handlers.cards.reading import LONGEST_LABEL_SOURCE
from handlers.shared.callbacks import ListAct, ListButton
from handlers.shared.card import Card, keyboard_of, short_title
from handlers.shared.formats import date_text, shortened
from handlers.shared.places import is_group
from handlers.shared.texts import Html, Phrases
from storage.lists.lists import NumberList
from storage.memory.exclusions import Standing

MOST_OTHERS = 10


def ways_card(say: Phrases, found: NumberList) -> Card:
    """The page that leads to fewer numbers of a list."""
    ways = InlineKeyboardBuilder()
    for key, act in (
        ("button-pick-without", PickAct.WITHOUT),
        ("button-pick-common", PickAct.COMMON),
        ("button-pick-ask", PickAct.ASK),
    ):
        ways.button(text=say.plain(key), callback_data=PickButton(act=act, id=found.id))
    ways.adjust(1)
    show = ListButton(act=ListAct.SHOW, id=found.id)
    back = InlineKeyboardBuilder().button(text=say.plain("button-back"), callback_data=show)
    lines = [say.html("list-title", title=short_title(found.title)), Html(""), say.html("pick-ask")]
    return Card("\n".join(lines), keyboard_of(ways, back))


def never_card(say: Phrases, found: NumberList) -> Card:
    """The question whether the numbers of a list are never to be checked."""
    never = InlineKeyboardBuilder()
    act = PickButton(act=PickAct.NEVER, id=found.id)
    never.button(text=say.plain("button-pick-ask"), callback_data=act, style="danger")
    head = say.html("list-title", title=short_title(found.title))
    text = say.html("never-ask", numbers=found.ready)
    return Card(f"{head}\n\n{text}", keyboard_of(never, _back(say, found)))


def others_card(
    say: Phrases, found: NumberList, others: Sequence[NumberList], *, common: bool
) -> Card:
    """The page to choose the list on that another one is compared with."""
    choices = InlineKeyboardBuilder()
    for other in others:
        label = say.plain(
            "button-beside",
            source=shortened(other.title, LONGEST_LABEL_SOURCE),
            numbers=other.ready,
            date=date_text(say, other.created_at),
        )
        button = CompareButton(id=found.id, other=other.id, common=common)
        choices.button(text=label, callback_data=button)
    choices.adjust(1)
    head = say.html("list-title", title=short_title(found.title))
    text = say.html("compare-common" if common else "compare-without")
    return Card(f"{head}\n\n{text}", keyboard_of(choices, _back(say, found)))


def _back(say: Phrases, found: NumberList) -> InlineKeyboardBuilder:
    ways = PickButton(act=PickAct.WAYS, id=found.id)
    return InlineKeyboardBuilder().button(text=say.plain("button-back"), callback_data=ways)


def excluded_text(say: Phrases, found: NumberList) -> Html:
    """The card of a list whose numbers are never to be checked."""
    numbers = int(found.trouble_detail or 0)
    kept = say.html("list-never", title=short_title(found.title), numbers=numbers)
    where = say.html("never-where-here" if is_group(found.chat_id) else "never-where")
    return Html(f"{kept}\n{where}")


def standing_lines(say: Phrases, standing: Standing) -> list[Html]:
    """How many numbers are on the never-check list, and since when; nothing of an empty one."""
    if standing.since is None:
        return []
    date = date_text(say, standing.since)
    return [say.html("never-standing", numbers=standing.count, date=date)]


def empty_card(say: Phrases, standing: Standing) -> Card:
    """The question whether the never-check list is to be emptied."""
    answers = InlineKeyboardBuilder()
    no, yes = EmptyButton(act=EmptyAct.NO), EmptyButton(act=EmptyAct.YES)
    answers.button(text=say.plain("button-keep"), callback_data=no)
    answers.button(text=say.plain("button-empty"), callback_data=yes, style="danger")
    lines = [*standing_lines(say, standing), say.html("never-empty-ask")]
    return Card("\n".join(lines), keyboard_of(answers))
