"""Putting the cards of lookups into chats, and keeping them up to date while they wait."""

import asyncio
import hashlib
from functools import partial
from weakref import WeakValueDictionary

from checking.lookups.desk import Outlook
from handlers.cards.lookup import inquiry_card
from handlers.shared.cards import Card
from handlers.shared.context import BotContext
from handlers.shared.messages import put
from handlers.shared.places import is_group, place_of
from storage.lookups import inquiries
from storage.lookups.inquiries import Inquiry

SECONDS_BETWEEN_LOOKS = 5.0  # at a card that waits, and more the further back it stands
SECONDS_IN_A_GROUP = 15.0  # the same in a group, which gets twenty messages and edits a minute
SECONDS_IN_A_PAUSE = 60.0  # the same while nothing is asked anyway
LONGEST_BETWEEN_LOOKS = 120.0


class LookupScreen:
    """Renders what is stored and shows it. Raises aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def show(self, inquiry_id: str) -> None:
        """Show how an inquiry stands; what is shown already is left as it is."""
        async with self._locks.setdefault(inquiry_id, asyncio.Lock()):
            async with self._ctx.database.read() as connection:
                inquiry = await inquiries.get(connection, self._ctx.database.vault, inquiry_id)
                if inquiry is None:
                    return
                outlook = await self._ctx.lookups.outlook(connection, inquiry)
            await self._show(inquiry, outlook)

    async def show_answered(self, inquiry: Inquiry) -> None:
        """Show an inquiry that memory answered, as it was just stored."""
        async with self._locks.setdefault(inquiry.id, asyncio.Lock()):
            await self._show(inquiry, None)

    async def _show(self, inquiry: Inquiry, outlook: Outlook | None) -> None:
        now = self._ctx.clock.now()
        card = inquiry_card(
            await self._ctx.say(inquiry.chat_id),
            inquiry,
            outlook,
            now,
            may_ask_again=inquiry.person_id in self._ctx.owners,
        )
        digest, card_id = _digest(card), inquiry.card_id
        if card_id is None or digest != inquiry.shown_digest:
            card_id = await put(self._ctx.bot, place_of(inquiry), card_id, card)
        least = SECONDS_IN_A_GROUP if is_group(inquiry.chat_id) else SECONDS_BETWEEN_LOOKS
        show_at = now if outlook is None else now + _pause(outlook, now, least)
        await self._ctx.database.together(
            partial(inquiries.shown, found=inquiry, card_id=card_id, digest=digest, show_at=show_at)
        )


def _pause(outlook: Outlook, now: float, shortest: float) -> float:
    """Seconds after which a waiting card may have to say something else."""
    least = shortest + outlook.place
    if outlook.try_at is None:
        return max(least, SECONDS_IN_A_PAUSE)
    return min(max(least, min(outlook.try_at - now, SECONDS_IN_A_PAUSE)), LONGEST_BETWEEN_LOOKS)


def _digest(card: Card) -> str:
    keyboard = card.keyboard.model_dump_json() if card.keyboard else ""
    return hashlib.sha256(f"{card.text}\n{keyboard}".encode()).hexdigest()
