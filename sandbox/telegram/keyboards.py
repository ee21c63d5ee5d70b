"""The rules for inline keyboards.

Source: https://core.telegram.org/bots/api#inlinekeyboardbutton
"""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.telegram.store.chats import Keyboard
from sandbox.telegram.store.limits import BUTTONS_MAX, CALLBACK_DATA_MAX
from sandbox.telegram.store.refusals import RefusedError

_LOOKS = {"text", "icon_custom_emoji_id", "style"}
_STYLES = {None, "danger", "success", "primary"}
_SCHEMES = ("http://", "https://", "tg://")
_COPY_MAX = 256


def checked_keyboard(markup: InlineKeyboardMarkup | None) -> Keyboard:
    """Check a keyboard and return its rows as plain fields.

    Raises:
        RefusedError: A button is empty, has no or two actions, or data of the wrong length.
    """
    if markup is None:
        return ()
    rows = [row for row in markup.inline_keyboard if row]
    if sum(len(row) for row in rows) > BUTTONS_MAX:
        raise RefusedError("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check(button)
    return tuple(tuple(button.model_dump(exclude_none=True) for button in row) for row in rows)


def _check(button: InlineKeyboardButton) -> None:
    fields = button.model_dump(exclude_none=True)
    if not button.text.strip():
        raise RefusedError(
            'can\'t parse inline keyboard button: Field "text" must be non-empty',
        )
    if len(fields.keys() - _LOOKS) != 1:
        raise RefusedError("Text buttons are unallowed in the inline keyboard")
    if button.style not in _STYLES:
        raise RefusedError("invalid button style specified")
    data = button.callback_data
    if data is not None and not 1 <= len(data.encode()) <= CALLBACK_DATA_MAX:
        raise RefusedError("BUTTON_DATA_INVALID")
    if button.url is not None and not button.url.startswith(_SCHEMES):
        raise RefusedError(
            f"inline keyboard button URL '{button.url}' is invalid: Unsupported URL protocol"
        )
    if button.copy_text is not None and not 1 <= len(button.copy_text.text) <= _COPY_MAX:
        raise RefusedError("BUTTON_COPY_TEXT_INVALID")
