"""What people do besides: they tap late, block the bot, are removed, and go for good."""

import asyncio
import contextlib

from sandbox.telegram.store.chats import Message
from soak.diary import Order, files_for
from soak.hands import TAP_SECONDS, Hands, data_of
from soak.owner import insists

GRACE_SECONDS = 0.5
"""Real seconds in which what was being sent may still arrive."""


class Restless(Hands):
    """Somebody who doesn't just wait."""

    async def _meanwhile(self, order: Order, card: Message) -> None:
        """Do something while a check runs; owners and groups have other worries."""
        if not self._person.chat.private or self._owner.is_(self._person):
            return
        match self._chance.choices(("wait", "block", "removal", "forget"), (6, 3, 3, 3))[0]:
            case "block":
                await self._blocks()
            case "removal":
                await self._is_removed(order, card)
            case "forget":
                await self._forgets(order)
            case _:
                pass

    async def _taps_late(self) -> None:
        """Tap a button once more that their client still shows: it agrees to nothing new."""
        if self._old:
            card, data = self._chance.choice(self._old[-3:])
            with contextlib.suppress(AssertionError):  # the bot died over it
                await self._person.forges(data, card, within=TAP_SECONDS)
                self._diary.habits["late taps"] += 1

    async def _blocks(self) -> None:
        """Block the bot for a while."""
        self._person.blocks_bot()
        await asyncio.sleep(self._chance.uniform(0.2, 3.0))
        self._person.unblocks_bot()
        self._diary.habits["blocked chats"] += 1

    async def _is_removed(self, order: Order, card: Message) -> None:
        """Be removed, try to start another list, and be let in again when the first is done."""
        other = await self._submits(self._diary.fresh(self._chance.randint(2, 9)))
        other.check, other.outcome = "Band", "removed before Start"
        quote = await self._card(other)
        await self._taps(other, quote, other.check, until="go to the service")
        start = data_of(quote, "Start")
        await self._owner.removes(self._person)
        if start:
            await insists(lambda: self._person.forges(start, quote, within=TAP_SECONDS))
        await insists(self._knocks)
        await self._hears(order, card)
        await self._owner.lets_back(self._person)
        self._diary.habits["removals"] += 1

    async def _knocks(self) -> None:
        """Write while they are removed; when it is answered, so is all from before."""
        sent = await self._person.sends("hello?")
        await self._person.sees("", after=sent, within=TAP_SECONDS)

    async def _forgets(self, order: Order) -> None:
        """Have everything erased, and come back by a new link."""
        await insists(self._erases)
        for each in self._diary.questions:
            if each.person is self._person:
                each.forgotten = True
        await asyncio.sleep(GRACE_SECONDS)
        order.forgotten = (self._world.clock.now(), len(files_for(order)))
        order.outcome = "forgotten"
        self._diary.habits["/forget"] += 1
        await self._owner.lets_in(self._person)

    async def _erases(self) -> None:
        sent = await self._person.sends("/forget")
        # Who was erased, by a bot that died before it said so, stands before the door.
        asked = await self._person.sees("", after=sent, within=TAP_SECONDS)
        if "invited people only" in asked.shown:
            return
        asked = await self._person.sees(
            "Erase everything about you", after=sent, within=TAP_SECONDS
        )
        await self._person.presses("Erase everything", on=asked, within=TAP_SECONDS)
        await self._person.sees("is erased", in_message=asked, within=TAP_SECONDS)
