"""Prices and costs as long as they get, for the cards that tell them."""

from decimal import Decimal
from typing import Any

from checking.prices.guess import Guess
from checking.prices.price import Price
from storage.people.costs import PostCost
from storage.people.usage import UsageState
from storage.tasks.task_money import TaskMoney

DEAR = Price(Decimal("9e6"), "USD", "about")
ALL_LEFT = Decimal("0.004")
POSTS = [
    PostCost(UsageState.UNCLEAR, Decimal("9e9"), "EUR", is_about=True),
    PostCost(UsageState.SPENT, Decimal("9e9"), "USD", is_about=True),
    PostCost(UsageState.SPENT, Decimal("9e9"), "EUR", is_about=False),
]
QUOTED = TaskMoney(*[None] * 5, quoted_millionths=9 * 10**15, quoted_currency="USD")
GUESS = Guess("unsure", Decimal("9e9"), Decimal("9e9"))
OF_TASKS: tuple[dict[str, Any], ...] = (
    {},
    {"posts": POSTS, "guess": GUESS, "shows_balance": True},
    {"posts": POSTS[:1], "guess": GUESS},
    {"posts": [PostCost(UsageState.SPENT, None, "", is_about=False)]},
)
"""What cards of tasks are told of money: nothing, everything, doubts, no price."""
