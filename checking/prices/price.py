"""The price of a check, read where something is decided: on every replica it is the same."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.services.catalogue import Check
from storage.records import learnt_prices


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
