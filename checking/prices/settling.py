"""What a task costs in the end: the service's amounts are stored, and learnt from.

An amount is learnt from only when the list was checked to its end: before that, services may tell
a part. What is absurd (nothing, less than nothing, another currency, or a hundred times what the
price list says, up or down) is a fault of the service's, or a change that a person should see: it
counts as the true cost and owners are told in /stats, but neither later quotes nor what people see
follow it. Nor is an amount learnt from that rounding makes a tenth of, a cent for three numbers, or
that may be the least a service takes for any list, ten cents for thirty.
"""

from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.services.bulk import Amount
from checking.services.catalogue import Check
from storage.people import costs
from storage.people.usage import Known
from storage.records import learnt_prices
from storage.records.learnt_prices import Learnt
from storage.schema.price_tables import MILLION
from storage.tasks.tasks import Task

ABSURD = 100  # times the list price
MOST_ROUNDED = Decimal("0.1")  # of an amount
CENT = Decimal("0.01")  # "0.1" is ten cents, not about ten: no service rounds to more than a cent
FEW = 100  # numbers, for which the least that a service takes may be more than their price
MANY = 10_000  # a price that was learnt from more follows lists of a tenth of these all the same
MUCH_FEWER = 10  # times


def actual(task: Task, told: Amount | None) -> Amount | None:
    """Return what the service says that a task costs, now or before.

    Zero counts only where it is told at the end: before, it may mean that nothing is charged yet.
    """
    before = task.money.actual_millionths
    if told is not None or not before:
        return told
    return Amount(Decimal(before) / MILLION, task.money.amount_currency or "")


async def estimate(
    connection: AsyncConnection, *, task: Task, check: Check | None, told: Amount | None
) -> None:
    """Count with what the service says of a task that it has taken, until it has ended."""
    if check and told and not _is_odd(task, check, told, is_done=False):
        known = Known(told.amount, told.currency or check.list_currency, "estimated")
        await costs.settle(connection, task.id, known, is_final=False)


async def settle(
    connection: AsyncConnection,
    *,
    task: Task,
    check: Check,
    told: Amount | None,
    fell: Decimal | None,
    is_done: bool,
    now: float,
) -> None:
    """Store what a task cost that has ended at the service.

    told: The actual amount. fell: By how much the balance fell, where nothing else is known.
    is_done: The list was checked to its end; else nothing to pay is no fault, and is given back. If
        nothing is known of one that failed, it isn't known whether it is paid: a balance that rose
        says no more, as somebody may have topped it up.
    """
    if told is None:
        if fell is not None and fell > 0:
            known = Known(fell, check.list_currency, "balance")
            await costs.settle(connection, task.id, known, is_final=False)
        elif fell == 0 and not is_done:
            await costs.refund(connection, task.id)
        elif not is_done:
            await costs.doubt(connection, task.id)
        return
    if not told.amount and not is_done:
        await costs.refund(connection, task.id)
        return
    currency = told.currency or check.list_currency
    is_odd = _is_odd(task, check, told, is_done=is_done)
    known = Known(told.amount, currency, "odd" if is_odd else "actual")
    await costs.settle(connection, task.id, known)
    if is_done and not is_odd and _is_precise(told.amount):
        await _learn(connection, check, Learnt(told.amount, task.numbers, currency), now)


async def _learn(connection: AsyncConnection, check: Check, told: Learnt, now: float) -> None:
    before = await learnt_prices.get(connection, check.service, check.word)
    if before is None and check.list_price:
        before = Learnt(check.list_price, 1000, check.list_currency)
    if not _may_be_least(told, before):
        await learnt_prices.put(connection, check.service, check.word, told, now)


def _is_odd(task: Task, check: Check, told: Amount, *, is_done: bool) -> bool:
    if told.amount <= 0 or told.currency not in {"", check.list_currency}:
        return True
    if not check.list_price:
        return False
    listed = check.list_price * task.numbers / 1000
    least = listed / ABSURD if is_done else 0
    return not least <= told.amount <= listed * ABSURD


def _is_precise(amount: Decimal) -> bool:
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int)  # it is finite
    return min(Decimal(1).scaleb(exponent), CENT) / 2 <= amount * MOST_ROUNDED


def _may_be_least(told: Learnt, before: Learnt | None) -> bool:
    """Tell whether an amount may be the least that a service takes, however short the list is.

    Such an amount is in whole cents, for few numbers, or far fewer than the price `before` was
    learnt from, and not cheaper than that: a short list may lower a price, and never raises it.
    """
    few = FEW if before is None else max(FEW, min(before.numbers, MANY) // MUCH_FEWER)
    if told.numbers >= few or told.amount % CENT:
        return False
    return before is None or told.amount / told.numbers >= before.amount / before.numbers
