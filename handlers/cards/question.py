"""The card of a question about a list: which column holds the numbers, or which country."""

from collections.abc import Sequence

from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.cards.list import discard_button
from handlers.shared import questions
from handlers.shared.callbacks import ColumnButton, CountryButton, ListAct, ListButton
from handlers.shared.card import Card, keyboard_of, short_title
from handlers.shared.texts import Html, Phrases
from sheets.phones import countries
from sheets.phones.countries import Country
from storage.lists.lists import ListState, NumberList


def question_card(say: Phrases, found: NumberList) -> Card:
    """The card of a list with an open question."""
    head = say.html("list-title", title=short_title(found.title))
    ask = _column_question if found.asks == "column" else _country_question
    lines, answers = ask(say, found)
    last = discard_button(say, found.id)
    if found.asks != "column" and found.state is ListState.READY:
        back = ListButton(act=ListAct.SHOW, id=found.id)
        last = InlineKeyboardBuilder().button(text=say.plain("button-back"), callback_data=back)
    return Card("\n".join([head, *lines]), keyboard_of(answers, last))


def _column_question(say: Phrases, found: NumberList) -> tuple[list[Html], InlineKeyboardBuilder]:
    question = questions.column_from_json(found.asked)
    answers = InlineKeyboardBuilder()
    for each in question.columns:
        if each.header:
            label = say.plain("button-column", header=each.header, example=each.example)
        else:
            place = each.place + 1
            label = say.plain("button-column-bare", place=place, example=each.example)
        answers.button(text=label, callback_data=ColumnButton(id=found.id, column=each.place))
    every = ColumnButton(id=found.id, column=questions.ALL_COLUMNS)
    answers.button(text=say.plain("button-all-columns"), callback_data=every)
    answers.adjust(1)
    source = short_title(question.source or found.title)
    return [say.html("ask-column", source=source)], answers


def _country_question(say: Phrases, found: NumberList) -> tuple[list[Html], InlineKeyboardBuilder]:
    question = questions.country_from_json(found.asked)
    lines = [say.html("ask-country", national=found.national), say.html("ask-country-how")]
    if question.text and not question.regions:
        lines.append(say.html("ask-country-none", text=question.text))
    offered = [countries.country(region, say.language) for region in question.regions]
    return lines, country_buttons(found.id, offered or countries.likely(say.language))


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
