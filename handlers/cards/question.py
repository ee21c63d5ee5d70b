"""The card of a question about a list: which column holds the numbers, or which country."""

from collections.abc import Sequence

from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.wishes import wishes_of
from handlers.cards.columns import column_label
from handlers.cards.list import discard_button
from handlers.cards.reading import read_as
from handlers.shared import questions, readings
from handlers.shared.callbacks import ColumnButton, CountryButton, ListAct, ListButton
from handlers.shared.card import Card, keyboard_of, short_title
from handlers.shared.formats import country_text
from handlers.shared.places import is_group
from handlers.shared.readings import ReadingTold
from handlers.shared.texts import Html, Phrases
from sheets.phones import countries
from sheets.phones.countries import Country
from storage.lists.lists import ListState, NumberList

MOST_COUNTRIES = 8
"""Buttons of countries, two in a row."""


def question_card(say: Phrases, found: NumberList, home: str | None = None) -> Card:
    """The card of a list with an open question; `home` is the region of its chat."""
    head = say.html("list-title", title=short_title(found.title))
    if found.asks == "column":
        lines, answers = _column_question(say, found)
    else:
        lines, answers = _country_question(say, found, home)
    last = discard_button(say, found.id)
    if found.state is not ListState.ASKING:
        back = ListButton(act=ListAct.SHOW, id=found.id)
        last = InlineKeyboardBuilder().button(text=say.plain("button-back"), callback_data=back)
    return Card("\n".join([head, *lines]), keyboard_of(answers, last))


def _column_question(say: Phrases, found: NumberList) -> tuple[list[Html], InlineKeyboardBuilder]:
    question = questions.column_from_json(found.asked)
    answers = InlineKeyboardBuilder()
    for each in question.columns:
        label = column_label(say, each)
        answers.button(text=label, callback_data=ColumnButton(id=found.id, column=each.place))
    if question.every:
        every = ColumnButton(id=found.id, column=questions.ALL_COLUMNS)
        answers.button(text=say.plain("button-all-columns"), callback_data=every)
    answers.adjust(1)
    source = short_title(question.source or found.title)
    return [say.html("ask-column", source=source)], answers


def _country_question(
    say: Phrases, found: NumberList, home: str | None
) -> tuple[list[Html], InlineKeyboardBuilder]:
    question = questions.country_from_json(found.asked)
    told = readings.from_json(found.reading)
    region = read_as(found, told) or home
    if region and told.rivals and "country" not in wishes_of(found):
        names = country_text(say, region), country_text(say, told.rivals[0])
        which = say.html("ask-country-rival", country=names[0], rival=names[1])
    elif region and told.is_bare and found.state is not ListState.ASKING:
        which = say.html("ask-country-again", country=country_text(say, region))
    else:
        which = say.html("ask-country", national=found.national)
    # In a group a message reaches the bot only as a reply.
    how = "ask-country-how-here" if is_group(found.chat_id) else "ask-country-how"
    lines = [which, say.html(how)]
    if question.text and not question.regions:
        lines.append(say.html("ask-country-none", text=question.text))
    regions = question.regions or _suggested(say, found, told, home)
    offered = [countries.country(region, say.language) for region in regions]
    return lines, country_buttons(found.id, offered)


def _suggested(say: Phrases, found: NumberList, told: ReadingTold, home: str | None) -> list[str]:
    """Return the regions to offer: what the list looks like, its chat's own, the language's."""
    likely = (each.region for each in countries.likely(say.language))
    regions = dict.fromkeys([*told.rivals, *told.suggested, home, *likely])
    # As one that was tried it would read the same again.
    is_tried = "country" in wishes_of(found) or not told.rivals
    tried = read_as(found, told) if is_tried and found.state is not ListState.ASKING else None
    return [each for each in regions if each and each != tried][:MOST_COUNTRIES]


def country_buttons(list_id: str, offered: Sequence[Country]) -> InlineKeyboardBuilder:
    """A button for each country, two in a row."""
    buttons = InlineKeyboardBuilder()
    for each in offered:
        buttons.button(
            text=f"{each.flag} {each.name} +{each.calling_code}",
            callback_data=CountryButton(id=list_id, region=each.region),
        )
    buttons.adjust(2)
    return buttons
