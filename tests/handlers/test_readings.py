"""What cards tell of a reading, how they name columns and files."""

import csv
import io
from dataclasses import replace
from typing import Any, get_args

import pytest

from handlers.cards.columns import LABEL, column_label
from handlers.cards.list import list_card
from handlers.cards.question import question_card
from handlers.cards.rejects import preview
from handlers.shared import questions, readings
from handlers.shared.callbacks import TableButton, WishButton
from handlers.shared.card import Card
from handlers.shared.formats import file_stem
from handlers.shared.questions import AskedColumn, ColumnChoice
from handlers.shared.readings import ReadingTold, TableRead
from sheets.glass.answers import Assumption, Column, Counts
from sheets.glass.shapes import Wish
from storage.lists.list_parts import StoredPart
from storage.lists.lists import ListState, NumberList
from tests.support.screens.screens import filled
from tests.support.screens.wording import TEXTS

SAY = TEXTS["en"]
TABLE = TableRead("a.csv", (), (), 0, "text", "", "", "")
NATIONAL = replace(TABLE, notation="dialled", country="DE")
OTHER = AskedColumn(7, "a.csv", (ColumnChoice(1, "Home", "+49 30 1"),))
TELEGRAMS_LIMIT = 64
"""Bytes of callback data. Source: https://core.telegram.org/bots/api#inlinekeyboardbutton"""


def number_list(told: ReadingTold, **values: Any) -> NumberList:
    """Return a ready list that told this."""
    counts = dict.fromkeys(("duplicates", "rejected", "national"), 0)
    usual = {"id": "z" * 12, "chat_id": 1, "title": "a.csv", "state": ListState.READY, "ready": 9}
    text = {"reading": readings.to_json(told), "asked": "", "wishes": ""}
    return filled(NumberList, **(counts | usual | text | values))


def card_of(*tables: TableRead, home: str | None = None, **values: Any) -> Card:
    """Return the card of a list of these tables."""
    return list_card(SAY, number_list(ReadingTold(tables), **values), [], home=home)


def said(card: Card) -> list[str]:
    """Return what the card says of the reading."""
    return card.text.partition("\n\n")[0].split("\n")[1:]


def labels(card: Card) -> list[str]:
    """Return the labels of its buttons."""
    rows = card.keyboard.inline_keyboard if card.keyboard else []
    return [button.text for row in rows for button in row]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (TABLE, []),
        (replace(TABLE, why="everywhere"), ["all columns"]),
        (
            replace(NATIONAL, columns=("Phone",), places=(1,), count=1, why="header"),
            ["column “Phone” · read as 🇩🇪 Germany"],
        ),
        (
            replace(TABLE, columns=("", "Ã©t"), places=(0, 2), count=2, why="book"),
            ["columns 1, 3"],
        ),
        (replace(TABLE, columns=("A",) * 3, places=(0, 1, 2), count=9), ["9 columns"]),
        (replace(TABLE, source="a.xlsx / May", why="everywhere"), ["May: all columns"]),
        (replace(NATIONAL, country=""), ["read as 🇫🇷 France"]),
        (replace(NATIONAL, notation="coded", country="GB"), ["read as 🇬🇧 United Kingdom"]),
        (
            replace(NATIONAL, notation="coded", country=""),
            ["read with the country codes they begin with"],
        ),
        (
            replace(NATIONAL, notation="unknown", country="", rival="GB"),
            ["looks like 🇬🇧 United Kingdom, not read yet"],
        ),
    ],
)
def test_what_a_table_was_taken_for(table: TableRead, says: list[str]) -> None:
    """Protects money: column, sheet and country are said, and nothing that wasn't assumed."""
    assert said(card_of(table, region="FR")) == says


def test_many_tables_are_told_in_short() -> None:
    """Protects a phone's screen from a workbook of fifty sheets."""
    sheets = [
        replace(TABLE, source=f"a.xlsx / {n}", columns=(f"P{n}",), places=(0,), count=1)
        for n in range(9)
    ]
    lines = ["0: column “P0”", "1: column “P1”", "2: column “P2”", "and 6 more"]
    assert said(card_of(*sheets)) == lines
    alike = [replace(each, columns=("P",)) for each in sheets]
    assert said(card_of(*alike)) == ["column “P”"]
    assert said(card_of(sheets[0], TABLE, sheets[1]))[0] == "a.xlsx / 0: column “P0”"


def test_a_list_that_reads_badly_says_so() -> None:
    """Protects a list of another country than the one that was applied."""
    bad = card_of(NATIONAL, region="DE", rejected=5)
    assert said(bad)[1].startswith("Many lines are no numbers of that country")
    assert len(said(card_of(NATIONAL, region="DE", rejected=4))) == 1
    assert said(card_of(TABLE, region="DE", rejected=9)) == []


def test_the_country_stays_only_where_it_was_chosen() -> None:
    """Protects a chat's country: it is offered only after a choice, and never to a group."""
    always = "Always 🇩🇪 Germany here"
    chosen = {"region": "DE", "wishes": "country"}
    assert always in labels(card_of(NATIONAL, home="FR", **chosen))
    assert always in labels(card_of(NATIONAL, home=None, **chosen))
    assert always not in labels(card_of(NATIONAL, home="DE", **chosen))
    assert always not in labels(card_of(NATIONAL, home="FR", region="DE"))
    assert always not in labels(card_of(NATIONAL, home="FR", chat_id=-1, **chosen))
    assert always not in labels(card_of(TABLE, home="FR", **chosen))


def test_another_column_is_offered_for_each_file() -> None:
    """Protects several files at once: the column of each can be changed, up to three."""
    tables = [
        replace(TABLE, source=f"{n}.csv", asked=replace(OTHER, message_id=n)) for n in range(5)
    ]
    assert "Another column" in labels(card_of(tables[0], replace(tables[0], source="b / c")))
    found = [label for label in labels(card_of(*tables)) if "column" in label]
    assert found == [f"{n}.csv: another column" for n in range(3)]


def test_a_chosen_column_is_no_choice() -> None:
    """Protects from a button that changes nothing."""
    choices = (Column(0, "Work", "+49 30 1", 3), Column(1, "Home", "+49 30 2", 3))
    parts = [StoredPart(7, "f", 1, "a.csv", "")]

    def asked(*places: int) -> AskedColumn | None:
        told = Assumption(
            "a.csv", 0, ("",) * len(places), places, "chosen", "", "", "", choices=choices
        )
        counts = Counts("read", 3, 0, 0, 0, 1, assumed=(told,))
        stored = readings.to_json(readings.told_by(counts, parts))
        return readings.from_json(stored).tables[0].asked

    one, both = asked(0), asked(0, 1)
    assert one is not None
    assert both is not None
    assert ([each.place for each in one.columns], one.offers(-1), one.offers(0)) == (
        [1],
        True,
        False,
    )
    assert ([each.place for each in both.columns], both.offers(-1)) == ([0, 1], False)


def test_numbers_of_no_country_have_none() -> None:
    """Protects the card from a region without a name, such as that of +800."""
    told = Assumption("a", 0, (), (), "text", "coded", "001", "XX")
    counts = Counts("read", 3, 0, 0, 0, 1, assumed=(told,), suggested=("001", "DE"))
    kept = readings.told_by(counts, [StoredPart(7, "f", 1, "a", "")])
    assert (kept.tables[0].country, kept.tables[0].rival, kept.suggested) == ("", "", ("DE",))


def test_countries_come_from_the_list_first() -> None:
    """Protects people from a search: rivals, what the list fits, the chat's own, the language's."""
    rival = replace(NATIONAL, notation="unknown", country="", rival="GB")
    told = ReadingTold((rival,), suggested=("BR", "GB", "US"))
    asking = number_list(told, state=ListState.ASKING, asks="country", national=3)
    shown = [label.partition(" ")[0] for label in labels(question_card(SAY, asking, "FR"))[:-1]]
    assert shown == ["🇬🇧", "🇧🇷", "🇺🇸", "🇫🇷", "🇮🇳", "🇨🇦", "🇦🇺", "🇳🇬"]
    again = number_list(ReadingTold((NATIONAL,)), asks="country", region="DE", wishes="country")
    assert "🇩🇪" not in str(labels(question_card(SAY, again, "FR")))


@pytest.mark.parametrize(
    ("header", "example", "label"),
    [
        ("Телефон", "+7 912 390-05-79", "Телефон: +7 912 390-05-79"),
        ("Phone\n(work)", "+4915123580489", "Phone (work): +4915123580489"),
        ("Numbers of a customer’s desk", "+49 151 2358", "Numbers of …tomer’s desk: +49 151 2358"),
        ("Phone", "call Ann: +49 151 23580489", "Phone: call Ann:…1 23580489"),
        ("", "+49 30 1", "Column 3: +49 30 1"),
        ("  \t", "+49 30 1", "Column 3: +49 30 1"),
        ("#", "+49 30 1", "Column 3: +49 30 1"),
        ("Call +49 30 901820", "+49 30 1", "Column 3: +49 30 1"),
        ("79123900579", "+49 30 1", "Column 3: +49 30 1"),
        ("Ð¢ÐµÐ»ÐµÑ„Ð¾Ð½", "+49 30 1", "Column 3: +49 30 1"),
        ("Ð¢ÐµÐ»ÐµÑ\x84Ð¾Ð½", "+49 30 1", "Column 3: +49 30 1"),
        ("РўРµР»РµС„РѕРЅ", "+49 30 1", "Column 3: +49 30 1"),
        ("Òåëåôîí", "+49 30 1", "Column 3: +49 30 1"),
        ("Tel�fono", "+49 30 1", "Column 3: +49 30 1"),
        ("Pho\x00ne", "+49 30 1", "Column 3: +49 30 1"),
        ("w" * 61, "+49 30 1", "Column 3: +49 30 1"),
        ("Téléphone", "+49 30 1", "Téléphone: +49 30 1"),
        ("شماره‌تلفن", "+98 21 1", "شماره‌تلفن: +98 21 1"),
        ("電話", "+81 3 1", "電話: +81 3 1"),
    ],
)  # fmt: skip
def test_columns_are_named_so_that_people_know_them(header: str, example: str, label: str) -> None:
    """Protects the choice of a column: what can't be read is named by its place."""
    found = column_label(SAY, ColumnChoice(2, header, example))
    assert found == label
    assert len(found) <= LABEL


def test_callback_data_fits() -> None:
    """Protects every card: Telegram refuses one whose buttons carry too much."""
    for wish in get_args(Wish):
        data = WishButton(id="z" * 12, wish=wish, on=True).pack()
        assert len(data.encode()) <= TELEGRAMS_LIMIT
    assert len(TableButton(id="z" * 12, table=49).pack().encode()) <= TELEGRAMS_LIMIT


def test_an_older_question_is_still_answered() -> None:
    """Protects a question that was asked before an upgrade."""
    columns = '[{"place": 1, "header": "", "example": "1"}]'
    stored = f'{{"message_id": 7, "source": "a", "columns": {columns}}}'
    asked = questions.column_from_json(stored)
    assert asked.offers(-1)
    assert asked.offers(1)
    assert not asked.offers(0)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("'=cmd()", "=cmd()"),
        ("'+44 12", "+44 12"),
        ("''+44 12", "'+44 12"),
        ("a;'=cmd()", "a;=cmd()"),
        ("'hello'", "'hello'"),
        ("a\tb\r\nc", "a b c"),
        ('say "hi", you', 'say "hi", you'),
        ("w" * 30 + " +49 30 901820 55", "w" * 19 + "…" + "www +49 30 901820 55"),
    ],
)
def test_left_out_lines_are_shown_as_they_were(cell: str, shown: str) -> None:
    """Protects the person's own words: our apostrophe and the quotes of csv are not theirs."""
    out = io.StringIO()
    csv.writer(out).writerows([["h"] * 4, ["a.csv", 3, cell, "why"]])
    assert f"3: {shown} — why" in preview(SAY, "a", out.getvalue().encode("utf-8-sig"))


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("customers.csv", "customers"),
        ("crm.xlsx and 1 more", "crm and 1 more"),
        ("v1.2.csv", "v1.2"),
        ("Dr. Who", "Dr. Who"),
        ("Pasted list", "Pasted list"),
        (".csv", "csv"),
    ],
)
def test_a_file_is_named_once(title: str, stem: str) -> None:
    """Protects names of files from a second ending: customers · left out.csv."""
    assert file_stem(title) == stem
