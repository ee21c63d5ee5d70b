"""People who submit lists and ask about numbers."""

import asyncio
import re
from collections.abc import Callable

from sandbox.telegram.store.chats import Message
from soak.diary import Allowance, Order, Question, files_for
from soak.habits import Restless
from soak.hands import ENDS, STUCK, UNCLEAR

CHECKS = ("Telegram activity", "WhatsApp details", "Active number", "Band")
OVER = "more than is left for you today"
_LEFT = re.compile(r"([\d,]+) of [\d,]+ numbers left for you today")


class Customer(Restless):
    """Submits lists and asks about numbers until the time is over."""

    async def lives(self, until: Callable[[], bool]) -> None:
        """Do one thing after the other, and write it into the diary."""
        while not until():
            await asyncio.sleep(self._chance.uniform(0.05, 3.0))
            if until():
                return
            if self._old and self._chance.random() < 0.2:
                await self._taps_late()
            elif self._person.chat.private and self._chance.random() < 0.5:
                await self._asks()
            else:
                await self._orders()

    async def _asks(self) -> None:
        (number,) = self._diary.fresh(1)
        known = self._chance.choice(["", str(self._chance.randrange(10**8, 10**9))])
        self._world.green.known[number.removeprefix("+")] = known
        message = await self._person.sends(number)
        self._diary.questions.append(Question(self._person, message, number))

    async def _orders(self) -> None:
        order = await self._submits(self._diary.fresh(self._chance.randint(2, 60)))
        try:
            await self._follows(order)
        except AssertionError:
            order.outcome = f"waited in vain, {order.outcome}"

    async def _follows(self, order: Order) -> None:
        """Choose a check, start it and wait for its end."""
        card = await self._card(order)
        order.check = self._chance.choice(CHECKS)
        await self._looks_at(order, card)
        if OVER in card.shown:
            order.outcome = "over the quota"
            if self._chance.random() > 0.2:  # they send others tomorrow
                return
            await self._owner.raises(self._person)
            await self._taps(order, card, "Back", gone="go to the service")
            await self._looks_at(order, card)
        if not await self._agrees(order, card, "Start", gone="[Start]"):
            order.outcome = "over the quota"
            return
        order.outcome = "started"
        await self._meanwhile(order, card)
        while order.outcome in {"started", "sent again"}:
            await self._decides(order, card)

    async def _looks_at(self, order: Order, card: Message) -> None:
        """Choose the check, and note what is left of the day."""
        now = self._world.clock.now()
        await self._taps(order, card, order.check, until="go to the service")
        if found := _LEFT.search(card.shown):
            left = int(found[1].replace(",", ""))
            told = self._world.clock.now()
            self._diary.allowances.append(Allowance(self._person, now, told, left))

    async def _decides(self, order: Order, card: Message) -> None:
        """Wait for the end, and decide when the bot asks."""
        await self._hears(order, card)
        if files_for(order):
            order.outcome = "delivered"
        elif UNCLEAR in card.shown and self._chance.random() < 0.7:
            await self._taps_late()
            if await self._agrees(order, card, "Send again", gone=UNCLEAR):
                order.outcome = "sent again"
            else:
                order.outcome = "over the quota, dropped"
                await self._taps(order, card, "Drop it", gone=UNCLEAR)
        elif UNCLEAR in card.shown:
            order.outcome = "dropped"
            await self._taps(order, card, "Drop it", gone=UNCLEAR)
        elif sign := next((each for each in STUCK if each in card.shown), None):
            await self._taps(order, card, "Look again", gone=sign)
        else:
            order.outcome = next(end for end in ENDS if end in card.shown)
