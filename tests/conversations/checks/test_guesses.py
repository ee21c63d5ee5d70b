"""What the account's balance says of a POST whose fate is unclear, as the card tells it."""

from pathlib import Path

import pytest

from sandbox.http import faults
from sandbox.http.faults import Fault
from tests.support.stories.crowd import quoted
from tests.support.stories.steps import started
from tests.support.stories.story import Story

UNCLEAR = "I don't know whether the service took this list"
TAKEN, NOT_TAKEN = "most likely the list was taken", "most likely the list was not taken"
UNSURE = "that tells nothing for sure"

CASES: dict[str, tuple[Fault, float | None, str]] = {
    "charged, no price": (faults.ReplyLost(), None, TAKEN),
    "charged as priced": (faults.ReplyLost(), 1.0, TAKEN),
    "charged otherwise": (faults.ReplyLost(), 50.0, UNSURE),
    "not charged": (faults.Dropped(), 1.0, NOT_TAKEN),
}


@pytest.mark.parametrize("case", CASES)
async def test_the_balance_tells_what_most_likely_happened(
    story: Story, tmp_path: Path, case: str
) -> None:
    """Protects the person's decision: the card says what the balance makes likely."""
    fault, price, says = CASES[case]
    if price is not None:
        own = tmp_path / "own.toml"
        own.write_text(f"[tg_active]\nprice = {price}\n")
        story.settings["checkers_file"] = own
    story.world.ekyc.faults.add("create", fault)
    card = await started(story)
    await story.anna.sees(UNCLEAR, in_message=card)
    assert says in card.shown


async def test_a_balance_that_isnt_told_is_no_guess(story: Story) -> None:
    """Protects the person from a guess out of nothing."""
    story.world.ekyc.balance_status = 404
    story.world.ekyc.faults.add("create", faults.ReplyLost())
    card = await started(story)
    await story.anna.sees(UNCLEAR, in_message=card)
    assert "💡" not in card.shown


async def test_what_others_cost_is_no_guess(story: Story) -> None:
    """Protects the person from a wrong guess: another list was charged at the same time."""
    ekyc, anna = story.world.ekyc, story.anna
    await story.says_hello()
    first, second = await quoted(anna, 20), await quoted(anna, 30, 100)
    ekyc.faults.add("create", faults.Slow(60, then=faults.bad_gateway()))
    await anna.presses("Start", on=first)
    await anna.presses("Start", on=second)
    await anna.sees(UNCLEAR, in_message=first)
    assert "💡" not in first.shown
    assert [post.charged for post in ekyc.posts] == [False, True]
