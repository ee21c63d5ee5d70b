"""The card before Start: the checks, their prices, and what prevents a start."""

from pathlib import Path

import pytest

from sandbox.http import faults
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story


async def test_a_check_without_a_key_is_not_offered(story: Story) -> None:
    """Protects against a check that can't work: without a key (or user id) it is not offered."""
    await story.starts(checknumber_api_key=None, ekyc_user_id="")
    await story.anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    card = await story.anna.sees("20 numbers ready")
    offered = [label for row in card.buttons for label in row]
    ways = ["Clean list (free)", "Leave out…", "Discard"]
    assert offered == ["Telegram activity", "Band", *ways]


async def test_a_bot_without_any_key_says_so(story: Story) -> None:
    """Protects the first start: a bot without keys says so, and the list is not lost."""
    await story.starts(checknumber_api_key=None, ekyc_api_key=None)
    await story.anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await story.anna.sees("No check is set up at the moment")


async def test_price_minimum_and_balance_are_shown(story: Story, tmp_path: Path) -> None:
    """Protects money: the known price is shown before Start."""
    own = tmp_path / "checkers.toml"
    own.write_text("[band]\nprice = 4.0\nminimum = 15\n[tg_active]\nminimum = 100\n")
    story.world.ekyc.balance = 0.001  # half of what the service takes for these
    await story.starts(checkers_file=own)
    await story.anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    card = await story.anna.sees("20 numbers ready")
    await story.anna.presses("Band")
    await story.anna.sees("Price: 0.08 USD", in_message=card)
    assert "Balance of the account: 0.001 USD" in card.shown
    assert "Smallest list the service takes: 15" in card.shown
    assert "The balance may not be enough" in card.shown
    await story.anna.presses("Back")
    await story.anna.presses("Telegram activity")
    await story.anna.sees("from 100 numbers on, and this list has 20", in_message=card)
    buttons = [label for row in card.buttons for label in row]
    assert buttons == ["\u2039 Back", "Keep it, add more"]


async def test_a_service_that_hides_its_balance(story: Story) -> None:
    """Protects against guessing: an unknown balance isn't shown at all."""
    story.world.ekyc.balance_status = 404
    anna = await story.says_hello()
    await anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    card = await anna.sees("20 numbers ready")
    await anna.presses("Band")
    await anna.sees("20 numbers go to the service", in_message=card)
    assert "Balance" not in card.shown


async def test_an_operators_own_check_works_like_the_others(story: Story, tmp_path: Path) -> None:
    """Protects the catalogue: another task_type of a service needs a file and no code."""
    own = tmp_path / "checkers.toml"
    own.write_text(
        '[viber_new]\ntitle = "Viber <new>"\nabout = "Tells who has Viber."\n'
        'service = "ekyc"\nflavour = "tasks_v1"\ntask_type = "viber"\n'
    )
    await story.starts(checkers_file=own)
    await story.anna.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await story.anna.sees("20 numbers ready")
    await story.anna.presses("Viber <new>")
    await story.anna.sees("Tells who has Viber.")
    await story.anna.presses("Start")
    file = await story.anna.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    assert story.world.ekyc.tasks[0].task_type == "viber"


async def test_a_tap_works_though_it_can_t_be_answered(story: Story) -> None:
    """Protects a person who taps while Telegram has errors: the button still does its work."""
    anna = await story.says_hello()
    await anna.sends("\n".join(numbers(3)))
    card = await anna.sees("3 numbers ready")
    story.world.telegram.faults.add("answerCallbackQuery", faults.bad_gateway())
    with pytest.raises(AssertionError, match="gets an answer"):
        await anna.presses("Band", on=card, within=0.5)
    await anna.sees("3 numbers go to the service", in_message=card)
    assert not [each for each in anna.messages if "Something went wrong" in each.shown]
