"""Budgets: how much money a person, and a group, may spend in a day and in a month (UTC).

A check that is started counts for whoever started it and, in a group, for the group: by its quote,
then by what it really cost. Owners have no limit; what they start in a group counts for the group.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.limits.refusals import LimitError
from runtime.clock import Clock
from runtime.money import USUAL_CURRENCY, Money
from storage.people import budgets as stored
from storage.people import chats, costs, groups, usage
from storage.people.budgets import Holder, Period
from storage.records import done_once
from storage.records import services as notes
from storage.sealing.vault import Vault

TOLD_AT = (80, 100)  # percent of a budget


class OverBudgetError(LimitError):
    """More than is left of a budget, or a price that can't be held against it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What its holder may spend in a period, and has spent; `limit` is None without one."""

    holder: Holder
    period: Period
    limit: Decimal | None
    used: Decimal
    currency: str

    @property
    def left(self) -> Decimal | None:
        """How much may still be spent; None without a limit."""
        return None if self.limit is None else max(self.limit - self.used, Decimal())

    @property
    def values(self) -> dict[str, str | Money]:
        """What texts about a limit say of it."""
        whose = "group" if self.holder.is_group else "own"
        limit, left = self.limit or Decimal(), self.left or Decimal()
        return {
            "which": f"{whose}_{self.period}",
            "left": Money(left, self.currency),
            "limit": Money(limit, self.currency),
        }


@dataclass(frozen=True, slots=True)
class Bounds:
    """The budgets that a start must fit into, and what it costs; `cost` is None if unknown."""

    budgets: tuple[Budget, ...] = ()
    cost: Decimal | None = None
    currency: str = ""

    @property
    def tightest(self) -> Budget | None:
        """The budget of which the least is left."""
        return min(self.budgets, key=lambda each: each.left or Decimal(), default=None)

    @property
    def nearly(self) -> Budget | None:
        """The tightest budget, if less than half of it would stay; a refusal says it otherwise."""
        budget = self.tightest
        if budget is None or budget.limit is None or self.refusal is not None:
            return None
        left = (budget.left or Decimal()) - (self.cost or Decimal())
        return budget if left * 2 < budget.limit else None

    @property
    def is_uncounted(self) -> bool:
        """True if there is a budget, and no price that could be held against it."""
        return any(self.cost is None or each.currency != self.currency for each in self.budgets)

    @property
    def refusal(self) -> OverBudgetError | None:
        """Why the check can't be started; None if it can."""
        tightest = self.tightest
        if tightest is None:
            return None
        if self.is_uncounted:
            return OverBudgetError("choose-uncounted", currency=tightest.currency)
        if (self.cost or Decimal()) > (tightest.left or Decimal()):
            return OverBudgetError("choose-over_budget", **tightest.values)
        return None


UNBOUND = Bounds()


class Budgets:
    """Reads budgets where they decide, so that a change holds on every replica at once.

    daily, monthly: A person's, unless an owner set another one. Groups have those that owners set.
    """

    def __init__(
        self,
        vault: Vault,
        clock: Clock,
        owners: Sequence[int],
        daily: Money | None = None,
        monthly: Money | None = None,
    ) -> None:
        self._vault = vault
        self._clock = clock
        self._owners = list(owners)
        usual = {Period.DAY: daily, Period.MONTH: monthly}
        self._usual = {period: each.amount for period, each in usual.items() if each}
        self.currency = next((each.currency for each in usual.values() if each), USUAL_CURRENCY)

    async def of(self, connection: AsyncConnection, holder: Holder) -> list[Budget]:
        """Return the budgets of a person or a group, by day and by month, also without a limit."""
        limits = await self._limits(connection, holder)
        used = await stored.spent(connection, self._vault, holder, self.currency, self._today())
        return [Budget(holder, each, limits[each], used[each], self.currency) for each in Period]

    async def bounds(
        self,
        connection: AsyncConnection,
        by: int,
        chat_id: int,
        cost: Decimal | None,
        currency: str,
    ) -> Bounds:
        """Return the budgets that a start by this person in this chat must fit into."""
        counting = () if by in self._owners else await self._counting(connection, by, chat_id)
        return Bounds(counting, cost, currency)

    async def admit(
        self,
        connection: AsyncConnection,
        by: int,
        chat_id: int,
        cost: Decimal | None,
        currency: str,
    ) -> None:
        """Tell once that a budget nears its end with this start, in its transaction.

        Raises OverBudgetError if it doesn't fit.
        """
        budgets = await self._counting(connection, by, chat_id)
        bounds = Bounds(() if by in self._owners else budgets, cost, currency)
        if refusal := bounds.refusal:
            raise refusal
        counted = cost if currency == self.currency else None  # an owner's may be in another
        await self._tell(connection, by, budgets, counted or Decimal())

    async def tell_spent(self, connection: AsyncConnection, task_id: str) -> None:
        """Tell once that a budget nears its end by what a check really cost."""
        if (payer := await costs.payer(connection, task_id)) is not None:
            by, chat_id = payer
            budgets = await self._counting(connection, by, chat_id)
            await self._tell(connection, by, budgets, Decimal())

    async def tell_uncounted(
        self, connection: AsyncConnection, check_key: str, bounds: Bounds
    ) -> None:
        """Tell the owners once a month of a check that nobody with a budget can start."""
        month = Period.MONTH.named(self._today())
        if bounds.is_uncounted and await done_once.first(
            connection, f"uncounted {check_key} {month}", f"{month}-31"
        ):
            values = {"check": check_key, "currency": self.currency}
            await self._note(connection, self._owners, "owner-uncounted", values)

    async def _limits(
        self, connection: AsyncConnection, holder: Holder
    ) -> dict[Period, Decimal | None]:
        if not holder.is_group and holder.id in self._owners:
            return dict.fromkeys(Period)
        known = await stored.limits(connection, self._vault, holder)
        usual = {} if holder.is_group else self._usual
        return {
            period: (usual.get(period) if limit is None else limit) or None
            for period, limit in known.items()
        }

    async def _counting(
        self, connection: AsyncConnection, by: int, chat_id: int
    ) -> tuple[Budget, ...]:
        """Return the budgets, with a limit, that a start by this person in this chat counts for."""
        found: list[Budget] = []
        for holder in [Holder(by)] + [Holder(chat_id, is_group=True)] * (chat_id < 0):
            if any((await self._limits(connection, holder)).values()):
                found += await self.of(connection, holder)
        return tuple(each for each in found if each.limit is not None)

    async def _tell(
        self, connection: AsyncConnection, by: int, budgets: Sequence[Budget], cost: Decimal
    ) -> None:
        """Tell a person of their own budgets, and the owners of a group's."""
        # In groups the card of the next quote says it: a message there is for everybody.
        listens = by > 0 and await chats.listens(connection, by)
        for each in budgets:
            news = 0
            if each.holder.is_group or listens:
                news = await self._news(connection, each, each.used + cost)
            if not news:
                continue
            limit, holder = each.limit or Decimal(), each.holder
            values = {"period": str(each.period), "left": str(limit - each.used - cost)}
            values |= {"limit": str(limit), "currency": each.currency}
            is_end = news == TOLD_AT[-1]
            if holder.is_group:
                titles = await groups.titles(connection, self._vault, [holder.id])
                values["group"] = titles[holder.id]
                key = "owner-group-budget-spent" if is_end else "owner-group-budget-nearly"
                await self._note(connection, self._owners, key, values)
            else:
                key = "budget-spent" if is_end else "budget-nearly"
                await self._note(connection, [holder.id], key, values)

    async def _news(self, connection: AsyncConnection, budget: Budget, used: Decimal) -> int:
        """Return the share of a budget that is reached and wasn't told before; 0 if none is."""
        limit, news = budget.limit or Decimal(), 0
        name = f"budget {budget.holder.digest(self._vault)} {budget.period.named(self._today())}"
        for share in TOLD_AT:
            # After another limit was set it may be told once more.
            what, until = f"{name} {limit} {share}", f"{self._today()[:8]}31"
            is_reached = used * 100 >= limit * share
            if is_reached and await done_once.first(connection, what, until):
                news = share
        return news

    async def _note(
        self, connection: AsyncConnection, readers: list[int], key: str, values: dict[str, str]
    ) -> None:
        now = self._clock.now()
        await notes.note_owners(connection, self._vault, readers, key=key, values=values, now=now)

    def _today(self) -> str:
        return usage.day_of(self._clock.now())
