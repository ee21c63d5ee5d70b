"""Daily quotas: how many numbers a person may have checked, and how many are left; budgets."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.limits.budgets import UNBOUND, Bounds, Budgets
from checking.limits.refusals import LimitError
from checking.people import People
from checking.prices.price import Price, price_of, service_price
from checking.services.catalogue import Check
from runtime.clock import Clock
from storage.people import day_counts, usage
from storage.people.usage import Known
from storage.sealing.vault import Vault
from storage.tasks.tasks import Task


class OverQuotaError(LimitError):
    """More than the person's quota of the day."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A person's numbers of a day (UTC); `limit` is None without a quota."""

    limit: int | None
    used: int

    @property
    def left(self) -> int | None:
        """How many may still be checked today; None without a quota."""
        return None if self.limit is None else max(self.limit - self.used, 0)

    def takes(self, numbers: int) -> bool:
        """Tell whether this many more may be checked today."""
        return self.left is None or numbers <= self.left


class Quotas:
    """Counts the numbers that people have checked, and looked up. Owners have no limit."""

    def __init__(
        self,
        people: People,
        vault: Vault,
        clock: Clock,
        budgets: Budgets,
        *,
        daily_numbers: int,
        daily_lookups: int,
    ) -> None:
        self._people = people
        self._vault = vault
        self._clock = clock
        self._daily = daily_numbers
        self._daily_lookups = daily_lookups
        self.budgets = budgets

    def limit_of(self, quota: int | None) -> int | None:
        """Return the limit that a stored quota means: None is the setting's, 0 is no limit."""
        return (self._daily if quota is None else quota) or None

    async def allowance(self, connection: AsyncConnection, person_id: int) -> Allowance:
        """Return this person's limit and use of today."""
        today = usage.day_of(self._clock.now())
        before, _ = await day_counts.of(connection, self._vault, person_id, today)
        used = before + await usage.used(connection, person_id, today)
        if self._people.is_owner(person_id):
            return Allowance(None, used)
        person = await self._people.find(connection, person_id)
        quota = person.quota if person else None
        if quota is None:
            quota = await day_counts.quota_before(connection, self._vault, person_id)
        return Allowance(self.limit_of(quota), used)

    async def reserve(
        self, connection: AsyncConnection, task: Task, check: Check | None, by: int
    ) -> None:
        """Count the next POST of a check against the day and the budgets of whoever asked for it.

        In the transaction that asks for it, in which that person may use the bot and has agreed to
        the terms. A check that is no longer offered (None) counts, too: the submitter ends it at no
        cost and says why. Raises LimitError, OverQuotaError and OverBudgetError among them.
        """
        if not await self._people.may_start(connection, by, task.chat_id):
            raise LimitError("access-over-alert")
        if task.is_remembered:
            return  # nothing is posted
        allowance = await self.allowance(connection, by)
        if not allowance.takes(task.numbers):
            raise OverQuotaError("quota-over-alert")
        price = await price_of(connection, check) if check else None
        true = await service_price(connection, check) if check else None
        cost = price.cost(task.numbers) if price else None
        currency = price.currency if price else check.currency if check else ""
        if check is not None:
            await self.budgets.admit(connection, by, task.chat_id, cost, currency)
        await usage.reserve(
            connection,
            task,
            person_id=by,
            day=usage.day_of(self._clock.now()),
            cost=cost,
            currency=currency,
            kind=price.kind if price else None,
            true=Known(true.cost(task.numbers), true.currency, true.kind) if true else None,
        )

    async def bounds(
        self, connection: AsyncConnection, task: Task, check: Check, price: Price | None, by: int
    ) -> Bounds:
        """Return the budgets that a quote must fit into; tell owners of one that can't be held."""
        if task.is_remembered:
            return UNBOUND
        cost = price.cost(task.numbers) if price else None
        currency = price.currency if price else check.currency
        found = await self.budgets.bounds(connection, by, task.chat_id, cost, currency)
        await self.budgets.tell_uncounted(connection, check.key, found)
        return found

    async def may_look_up(self, connection: AsyncConnection, person_id: int, numbers: int) -> None:
        """Raise OverQuotaError if a person's day has no room for so many lookups."""
        today = usage.day_of(self._clock.now())
        _, done = await day_counts.of(connection, self._vault, person_id, today)
        limit = None if self._people.is_owner(person_id) else self._daily_lookups or None
        if not Allowance(limit, done).takes(numbers):
            raise OverQuotaError("lookup-over-day")

    async def count_lookups(
        self, connection: AsyncConnection, person_id: int, numbers: int
    ) -> None:
        """Count lookups against a person's day, in the transaction that asks for them."""
        today = usage.day_of(self._clock.now())
        await day_counts.add(connection, self._vault, person_id, today, lookups=numbers)
