"""A month of a team, with and without remembered answers: what it pays. Writes README's table.

Each week the team sends 5,000 numbers, of which 70% stood in the list of the week before, and has
them checked three times. The bot is played through the sandbox, on its clock:

    python -m scripts.month

What was paid is what the sandbox's services charged. It ends with an error if their balances, or
the costs that the bot stored, say something else. No test plays it, as it takes a minute.
"""

import asyncio
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from storage.people import usage
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

PAGE = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- month -->\n", "<!-- /month -->\n"
CHECKS = {
    "tg_active": "Telegram activity",
    "wa_detail": "WhatsApp details",
    "active_check": "Active number",
}
LISTS, NUMBERS, NEW = 4, 5_000, 1_500
WEEK = 7 * 24 * 3600.0
PATIENCE = 300.0  # real seconds for a check, on a busy machine


@dataclass(frozen=True, slots=True)
class Taken:
    """What services took for a check: numbers, and USD."""

    numbers: int = 0
    paid: Decimal = Decimal()

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.numbers + other.numbers, self.paid + other.paid)


Month = Mapping[str, Taken]  # by check


async def played(home: Path, *, remembers: bool) -> Month:
    """Play the month; return what the services took."""
    settings: dict[str, Any] = {}
    if not remembers:
        settings["checkers_file"] = home / "own.toml"
        off = "".join(f"[{check}]\nremember_days = 0\n" for check in CHECKS)
        settings["checkers_file"].write_text(off, "utf-8")
    async with Story(home, **settings) as story:
        anna, before = await story.says_hello(), balance(story)
        for week in range(LISTS):
            body = "\n".join(numbers(NUMBERS, start=week * NEW)).encode()
            for name in CHECKS.values():
                sent = await anna.uploads("team.txt", body)
                card = await anna.sees(f"{NUMBERS:,} numbers ready", after=sent, within=PATIENCE)
                await anna.presses(name, on=card)
                await anna.sees("service", in_message=card, within=PATIENCE)
                labels = [label for row in card.buttons for label in row]
                start = next(each for each in labels if each.startswith(("Start", "Check the")))
                await anna.presses(start, on=card)
                await anna.sees("Done", in_message=card, within=PATIENCE)
            await story.passes(WEEK)
        taken = dict.fromkeys(CHECKS, Taken())
        for service in (story.world.ekyc, story.world.checknumber):
            for task in service.tasks:
                taken[task.task_type] += Taken(len(task.numbers), service.cost_of(task))
        paid = {check: each.paid for check, each in taken.items()}
        stored = await costs(story)
        if paid != stored or sum(paid.values()) != before - balance(story):
            raise SystemExit(f"services charged {paid}, the bot stored {stored}")
        return taken


def balance(story: Story) -> Decimal:
    """Return what both services say is left."""
    left = (story.world.ekyc.balance, story.world.checknumber.balance)
    return sum((Decimal(str(each)) for each in left), Decimal())


async def costs(story: Story) -> dict[str, Decimal]:
    """Return what the bot says that services took for each check, in USD."""
    assert story.app is not None
    async with story.app.database.read() as connection:
        found = await usage.by_check(connection, usage.day_of(0.0))
    return {check: found[check].true["USD"] for check in CHECKS}


def table(without: Month, with_memory: Month) -> str:
    """Return the table: a row for each check, and one for all."""
    lines = [
        "| check | numbers sent without memory | with memory | paid without memory | with memory |",
        "|---|---:|---:|---:|---:|",
    ]
    rows = [(name, without[check], with_memory[check]) for check, name in CHECKS.items()]
    every = (sum(without.values(), Taken()), sum(with_memory.values(), Taken()))
    for name, before, after in [*rows, ("**together**", *every)]:
        sent = f"{before.numbers:,} | {after.numbers:,}"
        lines.append(f"| {name} | {sent} | {before.paid:,.2f} USD | {after.paid:,.2f} USD |")
    return "\n".join(lines) + "\n"


async def main() -> None:
    """Play both months, and write the table."""
    found = []
    for remembers in (False, True):
        with tempfile.TemporaryDirectory() as home:
            found.append(await played(Path(home), remembers=remembers))
    made = table(*found)
    sys.stdout.write(made)
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}{made}{END}{tail}", "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
