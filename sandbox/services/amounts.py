"""What a pretend service says that a list costs."""

from dataclasses import dataclass
from decimal import Decimal

from sandbox.services.tasks import COMPLETED, EXPORTED, PENDING, PROCESSING

ALWAYS = frozenset({PENDING, PROCESSING, COMPLETED, EXPORTED, "failed"})
ON_STATUS = ALWAYS - {EXPORTED}
"""No more when it is exported."""
LATE = frozenset({EXPORTED})
"""Only when it is exported."""


@dataclass(slots=True)
class Amounts:
    """What lists of a task type cost, and what is told of it; may be changed at any time.

    price: Per number; None: the account's.
    estimated: Whether an amount is told when a list is taken.
    told_in: The states of a task in which its actual amount is told.
    says: Told instead of the amount that was charged, which stays as it is: "-1", "0".
    """

    price: float | Decimal | None = None
    currency: str = "USD"
    estimated: bool = True
    told_in: frozenset[str] = ALWAYS
    says: str | None = None

    def told(self, charged: Decimal) -> dict[str, str]:
        """Return an amount as the services write money: as text."""
        return {"amount": self.says or str(charged), "currency": self.currency}
