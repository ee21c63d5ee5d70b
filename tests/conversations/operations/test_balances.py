"""Balances that run low: owners are told, once for each fall."""

from decimal import Decimal
from pathlib import Path

from tests.support.stories.crowd import DAY, quoted, said, two_owners
from tests.support.stories.story import Story

HOUR = 3600.0
PRICES = '[band]\nprice = 10\nlisted = "2026-11"\n'
LOW = "The balance at ekyc is"


async def opens(story: Story, home: Path, **settings: object) -> None:
    """Start a bot with a price."""
    file = home / "checks.toml"
    file.write_text(PRICES, "utf-8")
    story.settings |= {"access": "open", "checkers_file": file, **settings}


async def test_owners_hear_of_each_fall_once(story: Story, tmp_path: Path) -> None:
    """Protects owners from an account that runs empty, and from hearing of it all day."""
    await opens(story, tmp_path, balance_alert={"ekyc": Decimal(5)})
    ekyc = story.world.ekyc
    ekyc.balance, ekyc.price = 5.10, 0.01
    olga = await two_owners(story, **story.settings)
    await story.passes(2 * HOUR)
    assert said(story.anna, LOW) == 0
    bob = story.world.person("Bob")
    card = await quoted(bob, 20)
    await bob.presses("Start", on=card)
    await bob.receives_file()
    await story.passes(2 * HOUR)  # nobody looks, but the bot
    for owner in (story.anna, olga):
        assert said(owner, f"{LOW} 4.90 USD, below your alert of 5.00 USD.") == 1
    ekyc.balance = 3.0
    await story.restarts()
    await story.passes(3 * HOUR)
    assert said(story.anna, LOW) == 1
    ekyc.balance = 5.0  # no longer below
    await story.passes(2 * HOUR)
    ekyc.balance = 4.99
    await story.passes(2 * HOUR)
    assert said(story.anna, LOW) == 2
    assert said(olga, f"{LOW} 4.99 USD, below your alert of 5.00 USD.") == 1
    assert said(bob, LOW) == 0


async def test_an_unknown_balance_is_no_fall(story: Story, tmp_path: Path) -> None:
    """Protects owners from alarms about a service that doesn't tell, or refuses the key."""
    await opens(story, tmp_path, balance_alert={"ekyc": Decimal(5), "checknumber": Decimal(5)})
    story.world.ekyc.balance_status = 404
    story.world.checknumber.balance = 4.0
    await story.says_hello()
    await story.passes(2 * HOUR)
    await story.anna.sees("The balance at checknumber is 4.00 USD, below your alert of 5.00 USD.")
    assert said(story.anna, LOW) == 0


async def test_a_quote_over_the_balance_is_told_once_a_day(story: Story, tmp_path: Path) -> None:
    """Protects people who wait for a top-up that nobody knows about."""
    await opens(story, tmp_path)
    story.world.ekyc.balance = 0.30
    await story.says_hello()
    bob = story.world.person("Bob")
    card = await quoted(bob, 50)
    assert "it must be topped up, and the bot's owner has been told" in card.shown
    told = "Somebody chose a check that costs more than the balance at ekyc: Band, 0.50 USD."
    await story.anna.sees(f"{told} The balance is 0.30 USD.")
    await quoted(bob, 60, start=100)
    await story.passes(60)
    assert said(story.anna, "costs more than the balance") == 1
    story.clock.jump(DAY)
    await quoted(bob, 50, start=200)
    await story.passes(60)
    assert said(story.anna, told) == 2


async def test_stats_say_how_long_the_balance_lasts(story: Story, tmp_path: Path) -> None:
    """Protects owners from being surprised; what can't be known isn't guessed."""
    await opens(story, tmp_path)
    story.world.ekyc.balance = 3.4
    anna = await story.says_hello()
    page = await anna.sees("Balance at ekyc", after=await anna.sends("/stats"))
    assert "enough for" not in page.shown
    bob = story.world.person("Bob")
    card = await quoted(bob, 350)  # 3.50, of which the sandbox's account pays 0.35
    await bob.presses("Start", on=card)
    await bob.receives_file()
    story.clock.jump(60)
    page = await anna.sees("Balance at ekyc", after=await anna.sends("/stats"))
    line = "Balance at ekyc: 3.05 USD · enough for about 61 days at this week's pace"
    assert line in page.shown.splitlines()
    story.world.ekyc.balance = 30.0
    story.clock.jump(60)
    page = await anna.sees("Balance at ekyc", after=await anna.sends("/stats"))
    assert "Balance at ekyc: 30.00 USD" in page.shown.splitlines()
    story.world.ekyc.balance_status = 404  # so that nothing tells what the next one costs
    card = await quoted(bob, 20, start=700, check="WhatsApp details")
    await bob.presses("Start", on=card)
    await bob.receives_file()
    story.world.ekyc.balance_status = 200
    story.clock.jump(60)
    page = await anna.sees("Balance at ekyc", after=await anna.sends("/stats"))
    assert "enough for" not in page.shown
