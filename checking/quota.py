"""How many numbers a person may have checked a day, and what is left of it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.people import People
from checking.services.catalogue import Check
from runtime.clock import Clock
from storage.people import usage
from storage.tasks.tasks import Task


class OverQuotaError(Exception):
    """The person's day doesn't hold that many numbers any more: undo the commit."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A person's day (UTC) in numbers; `limit` None: as many as they like."""

    limit: int | None
    used: int

    @property
    def left(self) -> int | None:
        """How many may still be checked today; None: as many as they like."""
        return None if self.limit is None else max(self.limit - self.used, 0)

    def takes(self, numbers: int) -> bool:
        """Whether so many more may be checked today."""
        return self.left is None or numbers <= self.left


class Quotas:
    """Counts what people have checked. Owners have no limit."""

    def __init__(self, people: People, clock: Clock, daily_numbers: int) -> None:
        self._people = people
        self._clock = clock
        self._daily = daily_numbers

    def limit_of(self, quota: int | None) -> int | None:
        """What a person's own quota comes to: the setting's where there is none; 0 is no limit."""
        return (self._daily if quota is None else quota) or None

    async def allowance(self, connection: AsyncConnection, person_id: int) -> Allowance:
        """What this person may have checked today, and has."""
        used = await usage.used(connection, person_id, usage.day_of(self._clock.now()))
        if self._people.is_owner(person_id):
            return Allowance(None, used)
        person = await self._people.find(connection, person_id)
        return Allowance(self.limit_of(person.quota if person else None), used)

    async def reserve(self, connection: AsyncConnection, task: Task, check: Check | None) -> None:
        """Take a check from its person's day, in the commit that starts it.

        One that is not offered any more is taken, too: the submitter ends it, for free, and says
        why. Raises OverQuotaError.
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
