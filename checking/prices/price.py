"""The price of a check, read where something is decided: on every replica it is the same."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.services.catalogue import Check
from storage.records import learnt_prices
from storage.schema.price_tables import MILLION
from storage.tasks.task_money import MoneyChanges
from storage.tasks.tasks import Task

NEARLY = Decimal("0.1")  # of a price: services round, and change their prices


@dataclass(frozen=True, slots=True)
class Price:
    """What 1,000 numbers cost.

    kind: own (the operator's, from CHECKERS_FILE), learnt (from what the service charged last), or
        about (the service's list price, which changes).
    """

    per_1000: Decimal
    currency: str
    kind: Literal["own", "learnt", "about"]

    @property
    def is_about(self) -> bool:
        """True if the service may well charge otherwise."""
        return self.kind == "about"

    def cost(self, numbers: int) -> Decimal:
        """Return the cost of this many numbers."""
        return self.per_1000 * numbers / 1000


def quoted(numbers: int, price: Price | None) -> MoneyChanges:
    """Return what a card says that so many numbers cost, to be stored with a task."""
    if price is None:
        return MoneyChanges(quoted_millionths=None, quoted_currency=None)
    cost = round(price.cost(numbers) * MILLION)
    return MoneyChanges(quoted_millionths=cost, quoted_currency=price.currency)


def is_dearer(task: Task, price: Price | None) -> bool:
    """Tell whether a task costs more by now than its card said, for certain or about.

    What services take varies a little; the operator's own price doesn't. What was said to be about
    is asked about as soon as that: the new price is learnt, so it is asked once.
    """
    said = task.money.quoted_millionths
    if said is None:
        return False
    if price is None or price.currency != task.money.quoted_currency:
        return True
    most = said if price.kind == "own" else said * (1 + NEARLY)
    return round(price.cost(task.numbers) * MILLION) > most


async def price_of(connection: AsyncConnection, check: Check) -> Price | None:
    """Return what people are to see: the operator's own price, else the service's."""
    if check.price is not None:
        return Price(check.price, check.currency, "own")
    return await service_price(connection, check)


async def service_price(connection: AsyncConnection, check: Check) -> Price | None:
    """Return what the service most likely takes, which is for the owners; None if unknown."""
    learnt = await learnt_prices.get(connection, check.service, check.word)
    if learnt is not None:
        return Price(learnt.amount * 1000 / learnt.numbers, learnt.currency, "learnt")
    if check.list_price is not None:
        return Price(check.list_price, check.list_currency, "about")
    return None
