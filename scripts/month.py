"""A month of a team, with and without remembered answers: what it pays. Writes README's table.

Each week the team sends 5,000 numbers, of which 70% stood in the list of the week before, and has
them checked three times. The bot is played through the sandbox, on its clock:

    python -m scripts.month
"""

import asyncio
import sys
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

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
PRICE = Decimal("1.00")  # the sandbox's, in USD for 1,000 numbers
PATIENCE = 300.0  # real seconds for a check, on a busy machine


async def played(home: Path, *, remembers: bool) -> Counter[str]:
    """Play the month; return how many numbers the services took for each check."""
    settings: dict[str, Any] = {}
    if not remembers:
        settings["checkers_file"] = home / "own.toml"
        off = "".join(f"[{check}]\nremember_days = 0\n" for check in CHECKS)
        settings["checkers_file"].write_text(off, "utf-8")
    async with Story(home, **settings) as story:
        anna = await story.says_hello()
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
        posts = [*story.world.ekyc.posts, *story.world.checknumber.posts]
        sent_numbers: Counter[str] = Counter()
        for post in posts:
            if post.charged:
                sent_numbers[post.task_type] += len(post.numbers)
        return sent_numbers


def table(without: Counter[str], with_memory: Counter[str]) -> str:
    """Return the table: a row for each check, and one for all."""
    lines = [
        "| check | numbers sent without memory | with memory | paid without memory | with memory |",
        "|---|---:|---:|---:|---:|",
    ]
    rows = [(name, without[check], with_memory[check]) for check, name in CHECKS.items()]
    rows.append(("**together**", without.total(), with_memory.total()))
    for name, before, after in rows:
        paid = [f"{PRICE * count / 1000:,.2f} USD" for count in (before, after)]
        lines.append(f"| {name} | {before:,} | {after:,} | {paid[0]} | {paid[1]} |")
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
