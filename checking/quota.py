"""Daily quotas: how many numbers a person may have checked, and how many are left."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.people import People
from checking.services.catalogue import Check
from runtime.clock import Clock
from storage.people import usage
from storage.tasks.tasks import Task


class OverQuotaError(Exception):
    """The check exceeds the person's quota of the day; raised to roll the transaction back."""


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
    """Counts the numbers that people have checked. Owners have no limit."""

    def __init__(self, people: People, clock: Clock, daily_numbers: int) -> None:
        self._people = people
        self._clock = clock
        self._daily = daily_numbers

    def limit_of(self, quota: int | None) -> int | None:
        """Return the limit that a stored quota means: None is the setting's, 0 is no limit."""
        return (self._daily if quota is None else quota) or None

    async def allowance(self, connection: AsyncConnection, person_id: int) -> Allowance:
        """Return this person's limit and use of today."""
        used = await usage.used(connection, person_id, usage.day_of(self._clock.now()))
        if self._people.is_owner(person_id):
            return Allowance(None, used)
        person = await self._people.find(connection, person_id)
        return Allowance(self.limit_of(person.quota if person else None), used)

    async def reserve(self, connection: AsyncConnection, task: Task, check: Check | None) -> None:
        """Count a check against its person's day, in the transaction that starts it.

        A check that is no longer offered (None) counts, too: the submitter ends it at no cost and
        says why. Raises OverQuotaError.
        """
        allowance = await self.allowance(connection, task.person_id)
        if not allowance.takes(task.numbers):
            raise OverQuotaError
        await usage.reserve(
            connection,
            task,
            person_id=task.person_id,
            day=usage.day_of(self._clock.now()),
            cost=check.cost(task.numbers) if check else None,
            currency=check.currency if check else "",
        )
