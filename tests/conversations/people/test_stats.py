"""/stats: what owners see of checks, numbers, costs and errors."""

import csv
import io
from pathlib import Path

from sandbox.http import faults
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import DAY, quoted
from tests.support.stories.steps import started
from tests.support.stories.story import Story

PRICES = """
[band]
price = 2.5

[active_check]
price = 10
currency = "EUR"
"""


async def test_owners_see_what_was_checked_and_what_it_cost(story: Story, tmp_path: Path) -> None:
    """Protects the owners' money: costs by check and person, over a day, a week and a month."""
    file = tmp_path / "checks.toml"
    file.write_text(PRICES, "utf-8")
    await story.starts(access="open", checkers_file=file)
    bob = story.world.person("Bob")
    await started(story, 200, check="Band")
    await story.anna.receives_file()
    story.clock.jump(2 * DAY)
    story.world.ekyc.faults.add("create", faults.refused(402, "insufficient_balance"), times=1)
    refused = await quoted(bob, 50, start=400)
    await bob.presses("Start", on=refused)
    await bob.sees("Nothing was spent", in_message=refused)
    card = await quoted(bob, 100, start=600, check="Active number")
    await bob.presses("Start", on=card)
    await bob.receives_file()
    question = await story.anna.sends("/stats")
    page = await story.anna.sees("Today (UTC): checks 1, numbers 100 · 0.10 USD", after=question)
    assert page.shown.startswith("🟢 Nothing is failing.")
    assert "\nShown to people: 1.00 EUR\n" in page.shown
    assert "Active number: checks 1, numbers 100 · 0.10 USD" in page.shown
    assert f"\n{bob.id}: checks 1, numbers 100" in page.shown
    assert "Balance at ekyc: " in page.shown
    await story.anna.presses("Week", on=page)
    await story.anna.sees("The last 7 days: checks 2, numbers 300", in_message=page)
    assert "numbers 300 · 0.30 USD\nShown to people: " in page.shown
    assert page.shown.index("Band: checks 1, numbers 200") < page.shown.index("Active number: ")
    assert "\n····█·▄ numbers a day, at most 200" in page.shown
    assert page.buttons == [["Day", "✓ Week", "Month"], ["Costs as .csv"]]
    await bob.forges("s:30", card)
    await story.anna.presses("Month", on=page)
    await story.anna.sees("The last 30 days: checks 2, numbers 300", in_message=page)


async def test_who_is_forgotten_is_no_number(story: Story) -> None:
    """Protects owners from a person called 0, in the text and in the table."""
    await story.starts(access="open")
    bob = story.world.person("Bob")
    card = await quoted(bob, 100)
    await bob.presses("Start", on=card)
    await bob.receives_file()
    await bob.sends("/forget")
    await bob.presses("Erase everything")
    await bob.sees("is erased")
    question = await story.anna.sends("/stats")
    page = await story.anna.sees("Gone by their own wish: checks 1", after=question)
    assert "\n0: " not in page.shown
    await story.anna.presses("Costs as .csv", on=page)
    _, row = csv.reader(io.StringIO((await story.anna.receives_file()).data.decode("utf-8-sig")))
    assert row[1:5] == ["Gone by their own wish", "", "", ""]


async def test_what_fails_stands_first(story: Story) -> None:
    """Protects owners from missing errors: paused, unclear and expired come before the sums."""
    await story.says_hello()
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    card = await started(story, 20, check="Band")
    await story.anna.sees("I don't know whether the service took", in_message=card)
    story.world.checknumber.faults.add("create", faults.refused(401, "unauthorized"), times=None)
    story.world.checknumber.faults.add("status", faults.refused(401, "unauthorized"), times=None)
    await started(story, 30, check="Active number")
    await story.passes(5)
    await story.anna.presses("Pause", on=await _instances(story))
    question = await story.anna.sends("/stats")
    page = await story.anna.sees("Today (UTC)", after=question)
    lines = page.shown.split("\n\n")[0].splitlines()
    assert lines == [
        "🔑 checknumber refuses the key",
        f"⏸ Instance {story.world.green.instances[0].id} rests, as an owner said",
        "⚠️ 1 check became unclear in the last day",
    ]


async def _instances(story: Story) -> Message:
    question = await story.anna.sends("/instances")
    return await story.anna.sees("Instances", after=question)
