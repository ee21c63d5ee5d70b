"""The messages about somebody who asks for access: one for each owner, one for the person.

They are brought up to what is stored, like everything that is shown: whoever comes by sends
what was not sent, and edits what says something old.
"""

import asyncio
from weakref import WeakValueDictionary

import structlog
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from handlers.shared.callbacks import AskAct, AskButton
from handlers.shared.cards import Card, button_of, keyboard_of
from handlers.shared.context import BotContext
from handlers.shared.texts import Phrases
from storage.people.people import Ask, Person, PersonStanding

log = structlog.get_logger("people")


class AccessRequests:
    """Shows how somebody who asked for access stands."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        # One message is edited by one at a time, however many owners decide at once.
        self._locks: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()

    async def bring(self, person_id: int) -> None:
        """Send or edit the messages that don't say yet how things stand."""
        _, asks = await self._ctx.people.asks(person_id)
        await asyncio.gather(*(self._bring(person_id, ask.reader_id) for ask in asks))

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
                # An owner who never wrote to the bot can't be told; the others can decide.
                log.warning("not told who asks", error=error.message)
            await self._ctx.people.ask_shown(ask, message_id, person.standing)

    async def _show(self, person: Person, ask: Ask) -> int | None:
        say, bot = await self._ctx.say(ask.reader_id), self._ctx.bot
        if ask.reader_id == person.person_id:
            text = _answer(say, person)
            if text is not None:
                await bot.send_message(ask.reader_id, text)
            return None
        card = await self._owner_card(say, person)
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

    async def _owner_card(self, say: Phrases, person: Person) -> Card:
        values = {"name": person.name, "id": str(person.person_id)}
        if person.standing is PersonStanding.ASKED:
            yes = AskButton(act=AskAct.LET_IN, person=person.person_id)
            no = AskButton(act=AskAct.REFUSE, person=person.person_id)
            row = [
                button_of(say.plain("button-let-in"), yes, style="success"),
                button_of(say.plain("button-refuse"), no),
            ]
            return Card(say.html("access-asked", **values), keyboard_of([row]))
        by = person.decided_by
        owner = await self._ctx.people.name(by) if by is not None else ""
        values["owner"] = owner or str(by)
        return Card(say.html(f"access-decided-{person.standing}", **values))


def _answer(say: Phrases, person: Person) -> str | None:
    """What the person is told; that they asked they were told where they did."""
    if person.standing is PersonStanding.MEMBER:
        return say.html("access-yours")
    if person.standing is PersonStanding.REFUSED:
        return say.html("access-refused")
    return None
