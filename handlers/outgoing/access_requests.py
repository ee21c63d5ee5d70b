"""The messages about a request for access: one for each owner, one for the person.

Like everything shown, they follow what is stored: each call sends what is missing and edits
what is out of date.
"""

import asyncio
from weakref import WeakValueDictionary

import structlog
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from handlers.cards.people import access_card
from handlers.shared.context import BotContext
from handlers.shared.telegram_errors import is_chat_silent
from storage.people.people import Ask, Person, PersonStanding

ANSWERS = {PersonStanding.MEMBER: "access-yours", PersonStanding.REFUSED: "access-refused"}
"""Texts for the person; that the request arrived was answered where they tapped."""

log = structlog.get_logger("people")


class AccessRequests:
    """Keeps the messages about requests up to date."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        # Serializes the edits of one message, however many owners decide at once.
        self._locks: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()

    async def bring(self, person_id: int) -> None:
        """Send or edit the messages that are out of date."""
        _, asks = await self._ctx.people.asks(person_id)
        await asyncio.gather(*(self._bring(person_id, ask.reader_id) for ask in asks))

    async def bring_to(self, owner_id: int) -> None:
        """Send an owner what couldn't be sent before they wrote, of those who still wait."""
        for person_id in await self._ctx.people.unheard_by(owner_id):
            await self._bring(person_id, owner_id)

    async def _bring(self, person_id: int, reader_id: int) -> None:
        lock = self._locks.setdefault((person_id, reader_id), asyncio.Lock())
        async with lock:
            person, asks = await self._ctx.people.asks(person_id)
            ask = next((each for each in asks if each.reader_id == reader_id), None)
            if person is None or ask is None or ask.shown == person.standing:
                return
            message_id = ask.message_id
            try:
                message_id = await self._show(person, ask)
            except (TelegramForbiddenError, TelegramBadRequest) as error:
                # The bot can't write to an owner who never wrote to it; the others can decide.
                log.warning("access request not shown", error=error.message)
                if is_chat_silent(error):
                    return  # it is sent when they write
            await self._ctx.people.ask_shown(ask, message_id, person.standing)

    async def _show(self, person: Person, ask: Ask) -> int | None:
        say, bot = await self._ctx.say(ask.reader_id), self._ctx.bot
        if ask.reader_id == person.person_id:
            if person.standing in ANSWERS:
                await bot.send_message(ask.reader_id, say.html(ANSWERS[person.standing]))
            return None
        if ask.message_id is None and person.standing is not PersonStanding.ASKED:
            return None  # decided, before this owner could be asked
        card = await access_card(self._ctx, say, person)
        if ask.message_id is None:
            sent = await bot.send_message(ask.reader_id, card.text, reply_markup=card.keyboard)
            return sent.message_id
        await bot.edit_message_text(
            card.text,
            chat_id=ask.reader_id,
            message_id=ask.message_id,
            reply_markup=card.keyboard,
        )
        return ask.message_id
