"""The cards of lookups in chats, kept up to date while an answer is pending."""

import asyncio
import hashlib
from functools import partial
from weakref import WeakValueDictionary

from checking.lookups.instances import SHOWN_AFTER
from checking.lookups.outlook import Outlook
from handlers.cards.lookup import inquiry_card
from handlers.shared.context import BotContext
from handlers.shared.messages import keep
from handlers.shared.places import is_group, place_of
from storage.lookups import inquiries
from storage.lookups.inquiries import Inquiry

SECONDS_BETWEEN_LOOKS = 5.0  # between edits of a waiting card, plus one for each place in line
SECONDS_IN_A_GROUP = 15.0  # the same in a group: Telegram takes twenty messages a minute there
SECONDS_IN_A_PAUSE = 60.0  # the same while all instances pause
LONGEST_BETWEEN_LOOKS = 120.0


class LookupScreen:
    """Renders stored inquiries and shows them. Raises aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def show(self, inquiry_id: str) -> None:
        """Show the state of an inquiry; an unchanged card is not edited."""
        async with self._locks.setdefault(inquiry_id, asyncio.Lock()):
            async with self._ctx.database.read() as connection:
                inquiry = await inquiries.get(connection, self._ctx.database.vault, inquiry_id)
                if inquiry is None:
                    return
                outlook = await self._ctx.lookups.outlook(connection, inquiry)
            await self._show(inquiry, outlook)

    async def show_answered(self, inquiry: Inquiry) -> None:
        """Show an inquiry that the lookup cache answered, as it was just stored."""
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
        keyboard = card.keyboard.model_dump_json() if card.keyboard else ""
        digest = hashlib.sha256(f"{card.text}\n{keyboard}".encode()).hexdigest()
        card_id, lost = inquiry.card_id, inquiry.cards_lost
        if card_id is None or digest != inquiry.shown_digest:
            place, ends = place_of(inquiry), outlook is None
            card_id, lost = await keep(self._ctx.bot, place, card_id, card, lost=lost, ends=ends)
        least = SECONDS_IN_A_GROUP if is_group(inquiry.chat_id) else SECONDS_BETWEEN_LOOKS
        show_at = now
        if outlook is not None:
            # When a waiting card may be out of date.
            least += outlook.place
            pause = max(least, SECONDS_IN_A_PAUSE)
            if outlook.try_at is not None:
                left = min(outlook.try_at - now, SECONDS_IN_A_PAUSE)
                pause = min(max(least, left), LONGEST_BETWEEN_LOOKS)
            show_at = now + pause
        await self._ctx.database.together(
            partial(
                inquiries.shown,
                found=inquiry,
                card_id=card_id,
                cards_lost=lost,
                digest=digest,
                show_at=show_at,
                changed_at=now + SHOWN_AFTER,
            )
        )
