"""What the desk offers, and a check's terms before it is started."""

from dataclasses import dataclass
from decimal import Decimal

from checking.limits.budgets import UNBOUND, Bounds
from checking.limits.refusals import LimitError
from checking.prices.price import Price
from checking.quota import Allowance
from checking.services.catalogue import Check
from storage.tasks.tasks import Task


class PriceChangedError(LimitError):
    """It costs more than its card said."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A check as a list card offers it. `paused`: its service refuses our key."""

    check: Check
    paused: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A draft task and its terms, as shown before Start.

    price: What people are to see. service_price: What the service most likely takes.
    checked_at: When this list last had this check.
    allowance: The day of whoever asks, without this check.
    bounds: The budgets that it must fit into.
    closed: Why only what is remembered can be had, as the end of a text key: the check is turned
        off, or its service refuses our key.
    is_compared: False if the list couldn't be held against what is remembered.
    """

    task: Task
    check: Check
    price: Price | None
    service_price: Price | None
    balance: Decimal | None
    checked_at: float | None
    allowance: Allowance
    bounds: Bounds = UNBOUND
    closed: str | None = None
    is_compared: bool = True

    @property
    def is_startable(self) -> bool:
        """True if no limit is in the way."""
        return self.problem is None and self.bounds.refusal is None

    @property
    def is_too_poor(self) -> bool:
        """True if the account's balance is less than what the service most likely takes."""
        if self.balance is None or self.service_price is None:
            return False
        return self.service_price.cost(self.task.numbers) > self.balance

    @property
    def problem(self) -> str | None:
        """The text key of the reason why the task can't start now."""
        if self.task.is_remembered:
            return None
        if self.closed is not None:
            return self.closed
        if self.task.numbers < self.check.minimum:
            is_enough = self.task.all_numbers >= self.check.minimum
            return "new_too_few" if is_enough else "too_few"
        if self.task.numbers > self.check.maximum:
            return "too_large"
        limit = self.allowance.limit
        if limit is not None and self.task.numbers > limit:
            return "over_day"
        if not self.allowance.takes(self.task.numbers):
            return "over_quota"
        return None
