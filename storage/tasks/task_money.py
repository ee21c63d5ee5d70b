"""What is known of a task's money. What it costs people stands in its usage."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TypedDict

from storage.schema.price_tables import MILLION


@dataclass(frozen=True, slots=True)
class TaskMoney:
    """Amounts in the service's words, and the account's balance there.

    balance_before: of the last POST, as a decimal; None: unknown.
    balance_after: of a POST that is unclear.
    estimated_millionths, actual_millionths: what the service says that it costs, as it says it: it
        may be absurd. Of amount_currency.
    quoted_millionths: what its card said before Start or *Send again*, of quoted_currency; None: no
        price.
    """

    balance_before: str | None
    balance_after: str | None
    estimated_millionths: int | None
    actual_millionths: int | None
    amount_currency: str | None
    quoted_millionths: int | None
    quoted_currency: str | None

    @property
    def quoted(self) -> tuple[Decimal, str] | None:
        """What its card said: amount and currency."""
        if self.quoted_millionths is None or self.quoted_currency is None:
            return None
        return Decimal(self.quoted_millionths) / MILLION, self.quoted_currency


NAMES = tuple(each.name for each in fields(TaskMoney))


class MoneyChanges(TypedDict, total=False):
    """Columns of a task's money that may change; `TaskMoney` explains them."""

    balance_before: str | None
    balance_after: str | None
    estimated_millionths: int | None
    actual_millionths: int | None
    amount_currency: str | None
    quoted_millionths: int | None
    quoted_currency: str | None
