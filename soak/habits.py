"""What people do besides: they tap late, delete, block the bot, are removed, and go for good."""

import asyncio
import contextlib
from collections.abc import Generator, Mapping

from sandbox.http import faults
from sandbox.people.group import Group
from sandbox.telegram.store.chats import Message
from soak.diary import CENTS, QUOTA, Budget, Order, current, files_for
from soak.hands import (
    ENDS,
    FROM_MEMORY,
    NO_FILES,
    START,
    START_NEW,
    STUCK,
    TAP_SECONDS,
    UNCLEAR,
    Hands,
    data_of,
    halts,
    not_taken,
)
from soak.owner import insists
from soak.turns import EVERYWHERE, IN_GROUPS, IN_PRIVATE, Habit

GRACE_SECONDS = 0.5
"""Real seconds in which what was being sent may still arrive."""
FEW = (2, 9)  # numbers, so that a day has room for more
MANY = (QUOTA // 2 + 1, QUOTA)  # so that the card says what is left
DOLLARS = 1  # a day, for somebody who is held to a budget
HALF = DOLLARS * 100 // CENTS // 2 + 1  # numbers of which a day holds so many only once
MINIMUM = 12  # numbers that Viber asks for, in the soak's CHECKERS_FILE
H = Habit


class Restless(Hands):
    """Somebody who doesn't just wait."""

    @property
    def _habits(self) -> Mapping[Habit, int]:
        """What they may do while a check runs, and its weights; owners are refused nothing."""
        if not self._person.chat.private:
            return IN_GROUPS
        return EVERYWHERE if self._owner.is_(self._person) else IN_PRIVATE

    async def _meanwhile(self, order: Order, card: Message, habit: Habit) -> bool:
        """Do it while the check runs; return False if it came too late for that."""
        early = habit in {H.DELETES_CARD, H.IS_REMOVED, H.FORGETS}
        if early and (halts(card) or files_for(order)):
            return False
        match habit:
            case H.LOSES_ANSWERS:
                return await self._is_unsure_twice(order, card)
            case H.IS_REMOVED:
                return await self._is_removed(order, card)
            case H.FORGETS:
                await self._forgets(order)
            case H.FORBIDS_FILES:
                return await self._forbids_files(order, card)
            case H.BLOCKS:
                await self._blocks()
            case H.IS_HELD:
                return await self._is_held()
            case H.DELETES_NOTICE:
                self._watcher.deletes_notice(order)
                await self._hears(order, card)
                return self._watcher.has_deleted(order)
            case H.DELETES_CARD | H.DELETES_LIST:
                await self._deletes(order, card, habit)
            case _:
                pass
        return True

    @contextlib.contextmanager
    def _losing_answers(self, order: Order) -> Generator[None]:
        """Let the services take this list, and lose each answer to that."""
        lost = [
            service.faults.add("create", faults.ReplyLost(), times=None, number=order.numbers[0])
            for service in (self._world.ekyc, self._world.checknumber)
        ]
        try:
            yield
        finally:
            for planned in lost:
                planned.off()

    async def _is_unsure_twice(self, order: Order, card: Message) -> bool:
        """Send a list again, tap that once more when it was unclear again, and ask what is left."""
        card = await self._hears(order, card)
        first = data_of(card, "Send again")
        if not first or not await self._agrees(order, card, "Send again", gone=UNCLEAR):
            return False
        order.outcome = "sent again"
        card = await self._hears(order, card)
        if UNCLEAR not in card.shown:
            return False
        await insists(lambda: self._person.forges(first, card, within=TAP_SECONDS))
        await self._looks_at_another(MANY)
        return True

    async def _deletes(self, order: Order, card: Message, habit: Habit) -> None:
        """Delete the list, or its card, and perhaps the card that comes instead, too."""
        if habit is H.DELETES_LIST:
            self._person.deletes(order.sent[-1])
            return
        self._removes(card)
        if self._chance.random() < 0.5:
            return

        def another() -> Message | None:
            now = current(order, card)
            return now if not now.deleted or files_for(order) else None

        new = await self._waits(order, another, "of a check whose card was deleted")
        if not halts(new) and not files_for(order):
            self._removes(new)

    def _removes(self, card: Message) -> None:
        """Delete a message of the bot's; in a group an administrator's bot does it."""
        if self._person.chat.private:
            self._person.deletes(card)
        else:
            Group(self._world.state, self._person.chat, self._person.user).cleans(card)

    async def _forbids_files(self, order: Order, card: Message) -> bool:
        """Have the group take no files until the check ends, and a bit longer."""
        chat = self._person.chat
        chat.takes_files = False
        try:
            await self._hears(order, card)
            asked = not_taken(order)
            if asked is not None:
                order.privately = True
                await self._has_it_brought(order, asked)
            await asyncio.sleep(self._chance.uniform(0.2, 2.0))
        finally:
            chat.takes_files = True
        return asked is not None

    async def _has_it_brought(self, order: Order, asked: Message) -> None:
        """Have a result that the group took no file of sent privately, or here after all."""
        label, chat = "Send it to me privately", self._person.chat
        if not order.privately:
            label = "Try here again"
            await self._waits(order, lambda: chat.takes_files or None, "that files are allowed")
        await self._taps(order, asked, label, gone=NO_FILES)

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

    async def _is_removed(self, order: Order, card: Message) -> bool:
        """Be removed, try to start another list, and be let in again when the first is done."""
        other, quote = await self._looks_at_another(FEW)
        start = data_of(quote, "Start")
        await self._owner.removes(self._person)
        if start:
            other.outcome = "removed before Start"
            await insists(lambda: self._person.forges(start, quote, within=TAP_SECONDS))
        await insists(self._knocks)
        await self._hears(order, card)
        await self._owner.lets_back(self._person)
        return bool(start)

    async def _is_held(self) -> bool:
        """Look at another list, and start it when the owner has set a budget that it exceeds."""
        other, quote = await self._looks_at_another((HALF, HALF), "LINE")
        if not data_of(quote, START):
            return False
        await self._owner.grants(self._person, DOLLARS)
        budget = Budget(self._person, DOLLARS * 100, self._world.clock.now())
        self._diary.budgets.append(budget)
        agreed = await self._agrees(other, quote, START, gone=f"[{START}]")
        budget.ended = self._world.clock.now()
        await self._owner.grants(self._person, 0)
        if agreed:  # the first one wasn't charged, or on another day
            other.outcome = "started"
            await self._ends(other, quote)
        return not agreed

    async def _keeps(self, order: Order, card: Message) -> None:
        """Keep a list that is too short, add two, and take the second out; it is checked after."""
        await self._taps(order, card, order.check, until=f"from {MINIMUM} numbers on")
        await self._taps(order, card, "Keep it, add more", until=f" of {MINIMUM} for ")
        more, wrong = await self._adds(MINIMUM - len(order.numbers)), await self._adds(FEW[0])
        order.numbers += more[0].numbers
        await self._taps(*wrong, "Take it out", gone="[Take it out")

    async def _adds(self, count: int) -> tuple[Order, Message]:
        """Send another list, which is added to the one that is kept; return its card, too."""
        added = await self._submits(count)
        added.outcome = "added"
        return added, await self._card(added)

    async def _repeats(self, order: Order) -> bool:
        """Send a list once more with new numbers, and then as it is: all of it is known."""
        again = await self._submits(self._chance.randint(*FEW), order.numbers)
        again.check = order.check
        card = await self._looks_at(again, await self._card(again))
        if not data_of(card, START_NEW) or not await self._agrees(
            again, card, START_NEW, gone=f"[{START_NEW}"
        ):
            again.outcome = "only looked at"
            return False
        again.outcome = "started"
        await self._ends(again, card)
        if again.outcome != "delivered":
            return False
        same = await self._submits(0, again.numbers)
        same.check = order.check
        card = await self._looks_at(same, await self._card(same))
        if not data_of(card, FROM_MEMORY):
            same.outcome = "only looked at"
            return False
        same.outcome = "started"
        await self._taps(same, card, FROM_MEMORY, gone=f"[{FROM_MEMORY}")
        await self._ends(same, card)
        return True

    async def _looks_at_another(
        self, numbers: tuple[int, int], check: str = "Band"
    ) -> tuple[Order, Message]:
        """Send another list, and choose a check that isn't started; return its card, too."""
        other = await self._submits(self._chance.randint(*numbers))
        other.check, other.outcome = check, "only looked at"
        return other, await self._looks_at(other, await self._card(other))

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

    async def _ends(self, order: Order, card: Message) -> None:
        """Wait for the end of a check, whatever the bot asks meanwhile."""
        while order.outcome in {"started", "sent again"}:
            await self._decides(order, card)

    async def _decides(self, order: Order, card: Message) -> None:
        """Wait for the end, and decide when the bot asks."""
        card = await self._hears(order, card)
        if files_for(order):
            order.outcome = "delivered"
        elif asked := not_taken(order):
            if order.privately is None:  # asked twice, they say the same: the first tap counts
                order.privately = self._chance.random() < 0.5
            await self._has_it_brought(order, asked)
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
