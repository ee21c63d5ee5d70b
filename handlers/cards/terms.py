"""The terms, which everyone agrees to once, before their first check or lookup."""

from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.shared.callbacks import (
    CheckButton,
    ConsentAct,
    ConsentButton,
    DecisionAct,
    DecisionButton,
)
from handlers.shared.card import Card, keyboard_of
from handlers.shared.texts import Phrases
from storage.tasks.tasks import Task


def terms_of_task(say: Phrases, task: Task) -> Card:
    """The terms in place of the quote; agreeing starts the check, *Back* shows the quote again."""
    back = CheckButton(id=task.list_id, check=task.check_key)
    agree = DecisionButton(act=DecisionAct.AGREE, id=task.id, posts=task.posts)
    buttons = InlineKeyboardBuilder()
    buttons.button(text=say.plain("button-back"), callback_data=back)
    buttons.button(text=say.plain("button-agree-start"), callback_data=agree, style="success")
    return Card(say.html("consent-text"), keyboard_of(buttons))


def terms_of_lookup(say: Phrases, list_id: str = "") -> Card:
    """The terms in reply to a message with numbers, or for the numbers of a short list."""
    act = ConsentAct.SHORT_LIST if list_id else ConsentAct.LOOK_UP
    agree, button = ConsentButton(act=act, id=list_id), InlineKeyboardBuilder()
    button.button(text=say.plain("button-agree"), callback_data=agree, style="success")
    return Card(say.html("consent-text"), keyboard_of(button))
