"""The cards that ask: which column holds the numbers, and in which country they are national."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from handlers.shared import questions
from handlers.shared.callbacks import ColumnButton, CountryButton, ListAct, ListButton
from handlers.shared.cards import Card, Rows, button_of, keyboard_of, short_title
from handlers.shared.texts import Phrases
from sheets.phones import countries
from sheets.phones.countries import Country
from storage.lists.lists import ListState, NumberList

COUNTRIES_IN_ROW = 2


def asking_card(say: Phrases, found: NumberList) -> Card:
    """The card of a list that waits for its person to say what is meant."""
    if found.asks == "column":
        return _column_card(say, found)
    return _country_card(say, found)


def _column_card(say: Phrases, found: NumberList) -> Card:
    question = questions.column_from_json(found.asked)
    lines = [
        say.html("list-title", title=short_title(found.title)),
        say.html("ask-column", source=short_title(question.source or found.title)),
    ]
    rows = [
        [button_of(_column_label(say, each), ColumnButton(id=found.id, column=each.place))]
        for each in question.columns
    ]
    every = ColumnButton(id=found.id, column=questions.ALL_COLUMNS)
    rows.append([button_of(say.plain("button-all-columns"), every)])
    return Card("\n".join(lines), keyboard_of([*rows, _discard_row(say, found)]))


def _column_label(say: Phrases, column: questions.ColumnChoice) -> str:
    if not column.header:
        return say.plain("button-column-bare", place=column.place + 1, example=column.example)
    return say.plain("button-column", header=column.header, example=column.example)


def _country_card(say: Phrases, found: NumberList) -> Card:
    question = questions.country_from_json(found.asked)
    lines = [
        say.html("list-title", title=short_title(found.title)),
        say.html("ask-country", national=found.national),
        say.html("ask-country-how"),
    ]
    if question.text and not question.regions:
        lines.append(say.html("ask-country-none", text=question.text))
    rows = country_rows(found.id, _offered(say, question))
    if found.state is ListState.READY:
        back = ListButton(act=ListAct.SHOW, id=found.id)
        return Card(
            "\n".join(lines), keyboard_of([*rows, [button_of(say.plain("button-back"), back)]])
        )
    return Card("\n".join(lines), keyboard_of([*rows, _discard_row(say, found)]))


def _offered(say: Phrases, question: questions.AskedCountry) -> list[Country]:
    if question.regions:
        return [countries.country(region, say.language) for region in question.regions]
    return countries.likely(say.language)


def country_rows(list_id: str, offered: Sequence[Country]) -> Rows:
    """A button for each country."""
    buttons: list[InlineKeyboardButton] = [
        button_of(
            f"{each.flag} {each.name} +{each.calling_code}",
            CountryButton(id=list_id, region=each.region),
        )
        for each in offered
    ]
    return [buttons[i : i + COUNTRIES_IN_ROW] for i in range(0, len(buttons), COUNTRIES_IN_ROW)]


def _discard_row(say: Phrases, found: NumberList) -> list[InlineKeyboardButton]:
    discard = ListButton(act=ListAct.DISCARD, id=found.id)
    return [button_of(say.plain("button-discard"), discard)]
