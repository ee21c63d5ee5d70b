"""The button that makes a list clean, the caption of its file, and the lists made of it."""

from collections.abc import Mapping

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.keyboard import InlineKeyboardBuilder
from babel.numbers import format_decimal

from handlers.shared.callbacks import LinesButton, ListAct, ListButton
from handlers.shared.card import keyboard_of, short_title
from handlers.shared.texts import Html, Phrases
from sheets.glass.shapes import CleanList
from sheets.output.clean_words import CleanWords
from sheets.phones.lines import KEPT, Kept, Line
from sheets.phones.reasons import Reason

_HEAD = ("number", "country", "code", "line", "given", "row", "remark")


def clean_button(say: Phrases, list_id: str) -> InlineKeyboardBuilder:
    """The button on the card of a list that makes it clean."""
    clean = ListButton(act=ListAct.CLEAN, id=list_id)
    return InlineKeyboardBuilder().button(text=say.plain("button-clean"), callback_data=clean)


def clean_words(say: Phrases) -> CleanWords:
    """The words inside the file."""
    return CleanWords(
        head=[say.plain(f"clean-head-{name}") for name in _HEAD],
        lines={line: say.plain(f"line-{line}") for line in Line},
        reasons={reason: say.plain(f"reason-{reason}") for reason in Reason},
        again=say.plain("clean-again"),
        language=say.language,
    )


def clean_caption(say: Phrases, title: str, clean: CleanList, *, has_buttons: bool) -> Html:
    """The caption of the file: how many numbers it has of which line, and what can be done next."""
    counts = [
        say.html("clean-line", line=say.plain(f"line-{line}"), numbers=clean.lines[line])
        for line in Line
        if clean.lines.get(line)
    ]
    if clean.duplicates:
        counts.append(say.html("list-duplicates", duplicates=clean.duplicates))
    if clean.rejected:
        counts.append(say.html("clean-left-out", rejected=clean.rejected))
    numbers = sum(clean.lines.values())
    head = say.html("clean-caption", title=short_title(title), numbers=numbers)
    then = say.html("clean-next-lines" if has_buttons else "clean-next")
    return Html("\n".join([head, " · ".join(counts), then]))


def line_buttons(
    say: Phrases, list_id: str, lines: Mapping[Line, int]
) -> InlineKeyboardMarkup | None:
    """A button for each list that would be another: some numbers are kept, and some are not."""
    buttons, shown = InlineKeyboardBuilder(), {0, sum(lines.values())}
    for kept in KEPT:
        count = sum(lines.get(line, 0) for line in KEPT[kept])
        if count not in shown:  # the second keeps what the first does, so equal counts are one list
            shown.add(count)
            written = str(format_decimal(count, locale=say.language))
            label = say.plain("group-button", group=kept_name(say, kept), numbers=written)
            buttons.button(text=label, callback_data=LinesButton(id=list_id, kept=kept))
    buttons.adjust(2)
    return keyboard_of(buttons)


def kept_name(say: Phrases, kept: Kept) -> str:
    """The name of a list of some lines."""
    return say.plain(f"kept-{kept}")
