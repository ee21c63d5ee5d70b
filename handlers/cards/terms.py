"""The terms: what somebody agrees to once, before their first check or lookup."""

from aiogram.types import InlineKeyboardButton

from handlers.shared.callbacks import CheckButton, ConsentAct, ConsentButton
from handlers.shared.cards import Card, button_of, keyboard_of
from handlers.shared.texts import Phrases
from storage.tasks.tasks import Task


def terms_of_task(say: Phrases, task: Task) -> Card:
    """In place of the quote; agreeing is the Start, and back is the quote again."""
    back = CheckButton(id=task.list_id, check=task.check_key)
    agree = _agree(say, "button-agree-start", ConsentAct.START, task.id)
    row = [button_of(say.plain("button-back"), back), agree]
    return Card(say.html("consent-text"), keyboard_of([row]))


def terms_of_lookup(say: Phrases, list_id: str = "") -> Card:
    """In answer to a message with numbers, or for the numbers of a short list."""
    act = ConsentAct.SHORT_LIST if list_id else ConsentAct.LOOK_UP
    return Card(
        say.html("consent-text"), keyboard_of([[_agree(say, "button-agree", act, list_id)]])
    )


def _agree(say: Phrases, key: str, act: ConsentAct, about: str) -> InlineKeyboardButton:
    return button_of(say.plain(key), ConsentButton(act=act, id=about), style="success")
