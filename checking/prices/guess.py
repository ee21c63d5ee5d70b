"""What the account's balance says of a POST that had no clear answer."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.prices.price import NEARLY, price_of, service_price
from checking.services.catalogue import Check
from storage.tasks.tasks import Task


@dataclass(frozen=True, slots=True)
class Guess:
    """What the balance says of an unclear POST: taken, not_taken or unsure. `fell`: by how much."""

    word: str
    fell: Decimal
    cost: Decimal | None


async def guess(connection: AsyncConnection, task: Task, check: Check) -> Guess | None:
    """Guess from the balance before and after its last POST; None if one of them is unknown."""
    money = task.money
    if money.balance_before is None or money.balance_after is None:
        return None
    fell = Decimal(money.balance_before) - Decimal(money.balance_after)
    price = await service_price(connection, check)
    if price is None or price.is_about:  # a list price may be far off, the operator's own is not
        price = await price_of(connection, check)
    cost = None if price is None or price.is_about else price.cost(task.numbers)
    if fell <= 0:
        return Guess("not_taken", fell, cost)
    is_ours = cost is None or abs(fell - cost) <= cost * NEARLY
    return Guess("taken" if is_ours else "unsure", fell, cost)
