"""The card of a schedule in its chat: news come as a new message, which is the card since."""

import asyncio
from weakref import WeakValueDictionary

from handlers.schedules.card import schedule_card
from handlers.shared.context import BotContext
from handlers.shared.messages import put
from handlers.shared.places import Place
from storage.records import schedules
from storage.records.schedules import DAY, IN_PLACE, Changes, Says


class ScheduleScreen:
    """Renders stored schedules and shows them. Raises aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def show(self, schedule_id: str, *, anew: bool = False) -> None:
        """Show what a schedule says; anew: as a new message, which somebody asked for."""
        async with self._locks.setdefault(schedule_id, asyncio.Lock()):
            planned = await self._ctx.schedules.planned(schedule_id)
            if planned is None or (planned.schedule.shown == planned.schedule.says and not anew):
                return
            seen = planned.schedule
            say, check = await self._ctx.say(seen.chat_id), self._ctx.catalogue.get(seen.check_key)
            # Its first card is the message of the question, which its person has before them.
            is_first = seen.shown is None
            in_place = (is_first or seen.says in IN_PLACE) and not anew
            card_id = await put(
                self._ctx.bot,
                Place(seen.chat_id, seen.thread_id),
                seen.card_id if in_place else None,
                schedule_card(say, planned, check),
            )
            told = None
            if seen.says is Says.TOMORROW and seen.told_at is None:
                # Whenever it came: it is begun a day later, so that there is time to skip it.
                now = self._ctx.clock.now()
                told = Changes(told_at=now, next_at=max(seen.due_at, now + DAY))
            async with self._ctx.database.write() as connection:
                await schedules.shown(connection, seen, card_id, told)
        self._ctx.wake_up.notify()
