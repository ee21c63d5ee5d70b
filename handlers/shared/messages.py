"""Show a card in a chat: edit the message that shows it, or send one."""

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message

from handlers.shared.card import Card
from handlers.shared.places import Place
from handlers.shared.telegram_errors import is_card_gone

log = structlog.get_logger("cards")

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def put(bot: Bot, place: Place, card_id: int | None, card: Card) -> int:
    """Edit the card, or send it if there is none (any more); return its message id.

    Raises aiogram's errors.
    """
    shown, _ = await keep(bot, place, card_id, card, lost=0, ends=True)
    assert shown is not None  # what ends something is always shown
    return shown


async def keep(
    bot: Bot, place: Place, card_id: int | None, card: Card, *, lost: int, ends: bool
) -> tuple[int | None, int]:
    """Do as `put`, but show a card that was deleted twice only when something ends.

    lost: How often it was deleted. Returns its message id, None if it isn't shown, and how often
    it was deleted by now: somebody who deletes it doesn't want to watch.
    """
    if card_id is not None:
        try:
            await bot.edit_message_text(
                card.text,
                chat_id=place.chat_id,
                message_id=card_id,
                reply_markup=card.keyboard,
                link_preview_options=_preview(card),
            )
        except TelegramBadRequest as error:
            if not is_card_gone(error):
                raise
            lost += 1
        else:
            return card_id, lost
    if lost > 1 and not ends:
        return None, lost
    sent = await bot.send_message(
        text=card.text,
        reply_markup=card.keyboard,
        link_preview_options=_preview(card),
        **place.sending(),
    )
    return sent.message_id, lost


async def turn(query: CallbackQuery, card: Card) -> None:
    """Replace the message whose button was tapped with another page.

    If the message can't be edited (deleted, or forged), nothing happens.
    """
    bot, message = query.bot, query.message
    if bot is None or message is None:
        return
    try:
        await bot.edit_message_text(
            card.text,
            chat_id=message.chat.id,
            message_id=message.message_id,
            reply_markup=card.keyboard,
            link_preview_options=_preview(card),
        )
    except TelegramBadRequest as error:
        log.info("page edit refused", says=error.message)


async def unfold(query: CallbackQuery, keyboard: InlineKeyboardMarkup | None) -> None:
    """Replace the buttons of the message that was tapped; as `turn`, without its text."""
    if not isinstance(query.message, Message):
        return
    try:
        await query.message.edit_reply_markup(reply_markup=keyboard)
    except TelegramBadRequest as error:
        log.info("page edit refused", says=error.message)


def _preview(card: Card) -> LinkPreviewOptions | None:
    """Disable previews where needed: file names look like addresses to Telegram."""
    return _NO_PREVIEW if "." in card.text else None
