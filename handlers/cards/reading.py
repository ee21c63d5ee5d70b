"""What a list was taken for, on its card, and the buttons that have it read in another way."""

from collections.abc import Sequence

from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.wishes import wishes_of
from handlers.cards.columns import readable
from handlers.shared.callbacks import ListAct, ListButton, TableButton, WishButton
from handlers.shared.formats import country_text, shortened
from handlers.shared.places import is_group
from handlers.shared.readings import ReadingTold, TableRead
from handlers.shared.texts import Html, Phrases
from sheets.glass.shapes import Wish
from storage.lists.lists import NumberList

MOST_TABLES = 3
"""Tables of a list that the card tells of; and those whose column it offers to change."""
LONGEST_HEADER, LONGEST_SOURCE = 32, 40
LONGEST_LABEL_SOURCE = 24
_SHEET = " / "


def reading_lines(say: Phrases, found: NumberList, told: ReadingTold) -> list[Html]:
    """Say what was assumed, and nothing of a list that left nothing to assume."""
    said = [
        (_source(table, told.tables), Html(" · ".join(pieces)))
        for table in told.tables
        if (pieces := [*_columns(say, table), *_country(say, table, found.region)])
    ]
    if len(said) > 1 and len({text for _, text in said}) == 1 and len(said) == len(told.tables):
        said = [("", said[0][1])]
    lines = [
        say.html("list-of-table", source=source, assumed=text) if source else text
        for source, text in said[:MOST_TABLES]
    ]
    if len(said) > MOST_TABLES:
        lines.append(say.html("list-more-tables", more=len(said) - MOST_TABLES))
    # Many lines are no numbers, which another country may be able to mend.
    if told.is_bare and found.region and 2 * found.rejected >= found.ready > 0:
        lines.append(say.html("list-reads-badly"))
    return lines + _notes(say, found, told)


def read_as(found: NumberList, told: ReadingTold) -> str | None:
    """Return the region as whose numbers those without a plus sign were read."""
    read = {table.country or found.region for table in told.tables if table.notation}
    return read.pop() if len(read) == 1 else found.region


def change_buttons(
    say: Phrases, found: NumberList, told: ReadingTold, home: str | None
) -> tuple[InlineKeyboardBuilder, InlineKeyboardBuilder]:
    """The buttons that have a list read in another way: its country and columns, its wishes.

    home: the region of its chat.
    """
    ways = InlineKeyboardBuilder()
    if found.national:
        label = say.plain("button-country", national=found.national)
        ways.button(text=label, callback_data=ListButton(act=ListAct.COUNTRY, id=found.id))
    elif told.is_bare:
        label = say.plain("button-change-country")
        ways.button(text=label, callback_data=ListButton(act=ListAct.COUNTRY, id=found.id))
    chosen = "country" in wishes_of(found) and found.region not in {None, home}
    # The country that was chosen for a list may become that of its chat.
    if chosen and told.is_bare and not is_group(found.chat_id):
        label = say.plain("button-always", country=country_text(say, found.region or ""))
        ways.button(text=label, callback_data=ListButton(act=ListAct.ALWAYS, id=found.id))
    # The tables whose column can be changed; a part's tables have one column.
    by_message = {
        table.asked.message_id: (place, table)
        for place, table in reversed(list(enumerate(told.tables)))
        if table.asked is not None
    }
    open_ = sorted(by_message.values())[:MOST_TABLES]
    for place, table in open_:
        label = say.plain("button-another-column")
        if len(open_) > 1:
            source = shortened(_source(table, told.tables), LONGEST_LABEL_SOURCE)
            label = say.plain("button-another-column-of", source=source)
        ways.button(text=label, callback_data=TableButton(id=found.id, table=place))
    ways.adjust(1)
    return ways, _wish_buttons(say, found, told)


def _wish_buttons(say: Phrases, found: NumberList, told: ReadingTold) -> InlineKeyboardBuilder:
    # What was made of another list has no parts to read again.
    wished = wishes_of(found) if found.root_id is None else ()
    buttons = InlineKeyboardBuilder()

    def add(wish: Wish, without: str, with_: str) -> None:
        is_on = wish in wished
        again = WishButton(id=found.id, wish=wish, on=not is_on)
        buttons.button(text=with_ if is_on else without, callback_data=again)

    if told.unusual:
        add(
            "unusual",
            say.plain("button-unusual-in", unusual=told.unusual),
            say.plain("button-unusual-out", unusual=told.unusual),
        )
    if told.hidden or "hidden" in wished:
        add(
            "hidden",
            say.plain("button-hidden-in", hidden=told.hidden),
            say.plain("button-hidden-out"),
        )
    if told.old_forms:
        add(
            "old_forms_out",
            say.plain("button-old-forms-out", old=told.old_forms),
            say.plain("button-old-forms-in", old=told.old_forms),
        )
    if told.excluded or "excluded" in wished:
        add(
            "excluded",
            say.plain("button-excluded-in", numbers=told.excluded),
            say.plain("button-excluded-out"),
        )
    buttons.adjust(1)
    return buttons


def _source(table: TableRead, tables: Sequence[TableRead]) -> str:
    """Name a table: by its sheet in the only file, by its file among several."""
    file, _, sheet = table.source.partition(_SHEET)
    is_only = all(each.source.partition(_SHEET)[0] == file for each in tables)
    if is_only:
        return shortened(sheet, LONGEST_SOURCE)
    return shortened(table.source, LONGEST_SOURCE)


def _columns(say: Phrases, table: TableRead) -> list[Html]:
    if table.why == "everywhere":
        return [say.html("list-all-columns")]
    if not table.places:
        return []
    if table.count > len(table.places):
        return [say.html("list-columns-many", count=table.count)]
    names = [
        say.html("list-column-name", header=shortened(header, LONGEST_HEADER))
        if (header := readable(written))
        else str(place + 1)
        for place, written in zip(table.places, table.columns, strict=True)
    ]
    return [say.html("list-columns", count=table.count, names=Html(", ".join(names)))]


def _country(say: Phrases, table: TableRead, region: str | None) -> list[Html]:
    if table.rival:
        return [say.html("list-unread", country=country_text(say, table.rival))]
    if table.notation not in {"dialled", "coded"}:
        return []
    country = table.country or (region if table.notation == "dialled" else None)
    if country:
        return [say.html("list-read-as", country=country_text(say, country))]
    return [say.html("list-read-coded")]


def _notes(say: Phrases, found: NumberList, told: ReadingTold) -> list[Html]:
    wished = wishes_of(found)
    notes = []
    if told.old_forms and "old_forms_out" in wished:
        notes.append(say.html("list-old-forms-out", old=told.old_forms))
    elif told.old_forms:
        written, present = told.old_example or ("…", "…")
        example = {"written": written, "present": present}
        notes.append(say.html("list-old-forms", old=told.old_forms, **example))
    if told.unusual:
        example = {"example": told.unusual_example or "…"}
        is_in = "unusual" in wished
        text = say.html(
            "list-unusual-in" if is_in else "list-unusual", unusual=told.unusual, **example
        )
        notes.append(text)
    if "hidden" in wished:
        notes.append(say.html("list-hidden-in"))
    elif told.hidden:
        notes.append(say.html("list-hidden", hidden=told.hidden))
    if "excluded" in wished:
        notes.append(say.html("list-excluded-in"))
    elif told.excluded:
        notes.append(say.html("list-excluded", numbers=told.excluded))
    return notes
