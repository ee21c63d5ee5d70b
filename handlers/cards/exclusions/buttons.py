"""Callback data of these buttons, and those that open the pages."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.shared.texts import Phrases
from storage.memory.exclusions import Standing


class PickAct(StrEnum):
    """Pages about some numbers of a list, and the one thing that they do by themselves."""

    WAYS = "w"
    ASK = "a"  # whether these are never to be checked
    NEVER = "n"
    WITHOUT = "o"  # which list's numbers are to be left out
    COMMON = "c"  # which list's numbers alone are to stay


class PickButton(CallbackData, prefix="xl"):
    """A button that leads to some numbers of a list, or to none of them ever."""

    act: PickAct
    id: str


class CompareButton(CallbackData, prefix="xc"):
    """A button that makes a list of the numbers that another one has, too, or hasn't."""

    id: str
    other: str
    common: bool


class EmptyAct(StrEnum):
    """Whether the never-check list is to be emptied."""

    ASK = "a"
    YES = "y"
    NO = "n"


class EmptyButton(CallbackData, prefix="xe"):
    """A button about the never-check list of this chat."""

    act: EmptyAct


def ways_button(say: Phrases, list_id: str) -> InlineKeyboardBuilder:
    """The button on the card of a list that leads to fewer of its numbers."""
    ways = PickButton(act=PickAct.WAYS, id=list_id)
    return InlineKeyboardBuilder().button(text=say.plain("button-pick"), callback_data=ways)


def empty_button(say: Phrases, standing: Standing) -> InlineKeyboardBuilder:
    """The button that empties the never-check list; none where nothing is on it."""
    buttons = InlineKeyboardBuilder()
    if standing.count:
        ask = EmptyButton(act=EmptyAct.ASK)
        buttons.button(text=say.plain("button-empty"), callback_data=ask)
    return buttons
