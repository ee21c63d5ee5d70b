"""People who submit lists and ask about numbers."""

import asyncio
import contextlib
from collections.abc import Callable

from soak.diary import Order, Question
from soak.habits import FEW, HALF, Restless
from soak.hands import OVER, START
from soak.turns import Habit

MOST_AFTERWARDS = 3
CHECKS = ("Telegram activity", "WhatsApp details", "Active number", "Band")
OF_HABITS = {Habit.REPEATS: "LINE", Habit.IS_HELD: "LINE", Habit.KEEPS: "Viber"}
AS_FILE = {Habit.DELETES_LIST: True, Habit.KEEPS: False}
"""Answers are known by the name of a file, and the cards of a basket's members name it, too."""


class Customer(Restless):
    """Submits lists and asks about numbers until the time is over."""

    async def lives(self, until: Callable[[], bool]) -> None:
        """Do one thing after the other, and write it into the diary."""
        while not until():
            await asyncio.sleep(self._chance.uniform(0.05, 3.0))
            if until():
                break
            if self._old and self._chance.random() < 0.2:
                await self._taps_late()
            elif self._person.chat.private and self._chance.random() < 0.5:
                await self._asks()
            else:
                await self._orders()
        for _ in range(MOST_AFTERWARDS):  # what each run must have comes on a slow machine, too
            if self._turns.due(self._habits) is not None:
                await self._orders()

    async def _asks(self) -> None:
        (number,) = self._diary.fresh(1)
        known = self._chance.choice(["", str(self._chance.randrange(10**8, 10**9))])
        self._world.green.known[number.removeprefix("+")] = known
        message = await self._person.sends(number)
        self._diary.questions.append(Question(self._person, [message], number))

    async def _orders(self) -> None:
        habit = self._turns.next(self._habits)
        numbers = {Habit.WAITS: (2, 60), Habit.IS_HELD: (HALF, HALF)}.get(habit, FEW)
        count, deletes = self._chance.randint(*numbers), habit is Habit.DELETES_LIST
        order = await self._submits(count, as_file=AS_FILE.get(habit))
        if deletes and self._chance.random() < 0.5:  # as some groups' bots do with every file
            self._person.deletes(order.sent[-1])
        try:
            done = await self._follows(order, habit)
        except AssertionError as error:
            order.outcome = f"waited in vain, {order.outcome}"
            self._diary.in_vain.append(str(error))
            return
        if done:
            self._diary.habits[habit] += 1
        elif habit is not Habit.WAITS:
            self._turns.missed(habit)

    async def _follows(self, order: Order, habit: Habit) -> bool:
        """Choose a check, start it, wait for its end; return whether the habit had its time."""
        card = await self._card(order)
        order.check = OF_HABITS.get(habit) or self._chance.choice(CHECKS)
        if habit is Habit.KEEPS:
            await self._keeps(order, card)
        card = await self._looks_at(order, card)
        if OVER in card.shown:
            order.outcome = "over the quota"
            if self._chance.random() > 0.2:  # they send others tomorrow
                return False
            await self._owner.raises(self._person)
            await self._taps(order, card, "Back", gone="go to the service")
            await self._looks_at(order, card)
        losing = habit is Habit.LOSES_ANSWERS
        with self._losing_answers(order) if losing else contextlib.nullcontext():
            if not await self._agrees(order, card, START, gone=f"[{START}]"):
                order.outcome = "over the quota"
                return False
            order.outcome = "started"
            done = await self._meanwhile(order, card, habit)
        await self._ends(order, card)
        if habit is Habit.REPEATS:
            return order.outcome == "delivered" and await self._repeats(order)
        return done
