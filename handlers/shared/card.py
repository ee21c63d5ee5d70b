"""A card: the text and the buttons of one message, and the words that every card uses."""

from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.services.catalogue import Check
from handlers.shared.texts import Phrases

LONGEST_TITLE = 48


@dataclass(frozen=True, slots=True)
class Card:
    """One message: Telegram HTML and buttons."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None


def keyboard_of(*blocks: InlineKeyboardBuilder) -> InlineKeyboardMarkup | None:
    """Stack blocks of buttons into one keyboard; None if there are no buttons."""
    rows = [row for block in blocks for row in block.export()]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def check_name(say: Phrases, check: Check | None, key: str = "") -> str:
    """The name of a check in this language, else the operator's; `key` for a removed check."""
    if check is None:
        return key
    name = f"check-{check.key}"
    return say.plain(name) if say.has(name) else check.title


def check_about(say: Phrases, check: Check) -> str:
    """A sentence about what a check finds out."""
    name = f"check-{check.key}-about"
    return say.plain(name) if say.has(name) else check.about


def short_title(title: str) -> str:
    """Cut a title so that the rest of the card has room."""
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
