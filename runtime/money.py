"""Amounts of money, as operators write them."""

import re
from dataclasses import dataclass
from decimal import Decimal

USUAL_CURRENCY = "USD"
_WRITTEN = re.compile(
    r"(\d{1,9}(?:\.\d{1,6})?)\s*([A-Za-z]{3})?|([A-Za-z]{3})\s*(\d{1,9}(?:\.\d{1,6})?)"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


def parse_money(text: str) -> Money:
    """Read `5`, `0.50`, `5 USD` or `USD 5`. Raises ValueError."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError("is no amount: write it as 5, 0.50 or 5 USD")
    amount, currency = found[1] or found[4], found[2] or found[3] or USUAL_CURRENCY
    return Money(Decimal(amount), currency.upper())
