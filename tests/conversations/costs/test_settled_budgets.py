"""Budgets after the service has said what a check really cost."""

from runtime.money import parse_money
from tests.support.stories.costs import posted, used
from tests.support.stories.crowd import labels, quoted
from tests.support.stories.story import Story

CHECK = "Telegram activity"


async def test_a_check_that_cost_less_frees_its_budget(story: Story) -> None:
    """Protects budgets from a list price: what the service took counts, once it says so."""
    await story.starts(access="open", daily_budget=parse_money("0.10 USD"))
    bob, ekyc = story.world.person("Bob"), story.world.ekyc
    ekyc.price, ekyc.pace.per_second = 0.0001, 1
    card = await posted(bob, 200, check=CHECK)
    await bob.sees("of 200", in_message=card)
    assert "Cost ≈ 0.07 USD" in card.shown
    over = await quoted(bob, 200, 1000, CHECK)
    left = "more than is left of your budget for today (0.03 USD of 0.10 USD)"
    assert left in over.shown
    assert "Cost 0.02 USD" in (await bob.receives_file()).caption
    assert await used(story) == [("spent", "0.02", "actual", "0.02", "actual")]
    settled = await quoted(bob, 400, 2000, CHECK)
    assert "Left of your budget for today: 0.08 USD of 0.10 USD" in settled.shown
    assert "Start" in labels(settled)


async def test_a_budget_that_ends_by_what_the_service_took_is_told(story: Story) -> None:
    """Protects people from surprises: the list price was about, and the service took more."""
    await story.starts(access="open", daily_budget=parse_money("1 USD"))
    bob = story.world.person("Bob")
    story.world.ekyc.price = 0.034
    card = await quoted(bob, 25, check=CHECK)
    assert "≈" in card.shown
    await bob.presses("Start", on=card)
    await bob.receives_file()
    await bob.sees("You have 0.15 USD left of your budget for today (1.00 USD).")
