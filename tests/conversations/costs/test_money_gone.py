"""A check that ends without a result says whether its money is gone: yes, no, or not known."""

import pytest

from handlers.shared.texts import Texts
from sandbox.http import faults
from sandbox.services.amounts import Amounts
from sandbox.services.tasks import PROCESSING
from tests.support.screens.wording import LANGUAGES, texts
from tests.support.stories.costs import posted, used
from tests.support.stories.crowd import DAY, quoted
from tests.support.stories.story import Story

GONE = "The money for this check is spent: "
NOT_GONE = "Nothing was spent"
UNCLEAR = "It isn't known whether it was charged."
EARLIER = "that one may still be charged"


async def test_a_failed_check_is_paid(story: Story) -> None:
    """Protects people from hoping: the service took the list, charged it, and then gave up."""
    story.world.ekyc.faults.add("status", faults.Failed(), times=1)
    anna = await story.says_hello()
    card = await posted(anna, 300)
    await anna.sees("then gave up", in_message=card)
    assert f"{GONE}0.30 USD." in card.shown
    assert await used(story) == [("spent", "0.3", "actual", "0.3", "actual")]
    assert "Price: ≈ 0.03 USD" in (await quoted(anna, 300, start=1000)).shown


async def test_a_failed_check_that_was_not_charged_is_given_back(story: Story) -> None:
    """Protects a person's day and the figures: the service says that it charged nothing."""
    story.world.ekyc.amounts["band"] = Amounts(says="0", estimated=False)
    story.world.ekyc.faults.add("status", faults.Failed(), times=1)
    await story.starts(access="open", daily_numbers=300)
    bob = story.world.person("Bob")
    card = await posted(bob, 300)
    await bob.sees("then gave up", in_message=card)
    assert NOT_GONE in card.shown
    assert GONE not in card.shown
    assert await used(story) == [("given_back", "0.03", "about", "0", "actual")]
    assert "300 of 300 numbers left" in (await quoted(bob, 300, start=1000)).shown


NEVER = frozenset[str]()
OUT = 404  # of the balance
FAILED = {
    "it fell": (Amounts(told_in=NEVER), 200, f"{GONE}≈ 0.03 USD.", ("spent", "balance")),
    "it is the same": (Amounts(price=0, told_in=NEVER), 200, NOT_GONE, ("given_back", "actual")),
    "it isn't told": (Amounts(told_in=NEVER, estimated=False), OUT, UNCLEAR, ("unclear", "about")),
    "an estimate": (Amounts(told_in=NEVER), OUT, UNCLEAR, ("unclear", "estimated")),
}


@pytest.mark.parametrize("case", FAILED)
async def test_a_failed_check_without_an_amount(story: Story, case: str) -> None:
    """Protects people from a guess told as a fact: the balance tells, or nobody knows."""
    amounts, balance, says, known = FAILED[case]
    story.world.ekyc.amounts["band"] = amounts
    story.world.ekyc.balance_status = balance
    story.world.ekyc.faults.add("status", faults.Failed(), times=1)
    anna = await story.says_hello()
    card = await posted(anna, 300)
    await anna.sees("then gave up", in_message=card)
    assert says in card.shown
    assert EARLIER not in card.shown
    assert [(state, kind) for state, *_, kind in await used(story)] == [known]


async def test_nothing_charged_yet_is_not_nothing_charged(story: Story) -> None:
    """Protects the figures from a zero that a service tells while a list is at work."""
    ekyc = story.world.ekyc
    ekyc.amounts["band"] = Amounts(says="0", estimated=False, told_in=frozenset({PROCESSING}))
    ekyc.pace.per_second, ekyc.balance_status = 10, OUT
    anna = await story.says_hello()
    card = await posted(anna, 300)
    await anna.sees("of 300\nTime left", in_message=card)
    ekyc.faults.add("status", faults.Failed(), times=1)
    ekyc.amounts["band"].told_in = frozenset()
    await anna.sees("then gave up", in_message=card)
    assert UNCLEAR in card.shown
    assert await used(story) == [("unclear", "0.03", "about", "0.03", "about")]


async def test_an_expired_check_is_paid(story: Story) -> None:
    """Protects people from hoping, also where the service tells no amount and there's no price."""
    story.world.ekyc.pace.per_second = 0
    anna = await story.says_hello()
    cards = [await posted(anna, 300), await posted(anna, 30, 500, "WhatsApp details")]
    await story.passes(1.2 * DAY)
    for card in cards:
        await anna.sees("hasn't moved on with this list", in_message=card)
    assert f"{GONE}≈ 0.03 USD." in cards[0].shown
    assert "The money for this check is spent." in cards[1].shown


async def test_nobody_knows_of_an_unclear_check(story: Story) -> None:
    """Protects people from a guess told as a fact, also when nobody has decided for a month."""
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    anna = await story.says_hello()
    card = await posted(anna, 300)
    await anna.sees("may have been taken and charged, or not", in_message=card)
    await story.passes(32 * DAY)
    await anna.sees("This check waited for 30 days", in_message=card)
    assert UNCLEAR in card.shown
    assert await used(story) == [("unclear", "0.03", "about", "0.03", "about")]


async def test_what_was_never_sent_costs_nothing(story: Story) -> None:
    """Protects people from worry: dropped before it was handed in, by them or after a month."""
    anna = await story.says_hello()
    await story.world.ekyc.goes_down()
    cards = [await posted(anna, 300), await posted(anna, 300, start=1000)]
    await anna.sees("nothing is spent until it answers", in_message=cards[0])
    assert "Cost ≈ 0.03 USD" in cards[0].shown
    await anna.presses("Don't hand it in", on=cards[0])
    await anna.sees(f"{NOT_GONE}. Your list is still here", in_message=cards[0])
    await story.passes(1.2 * DAY)
    await anna.sees(NOT_GONE, in_message=cards[1])
    assert [state for state, *_ in await used(story)] == ["given_back"] * 2


async def test_a_result_tells_of_an_unclear_try_before(story: Story) -> None:
    """Protects people who sent a list again: the first try may have been charged, too."""
    story.world.ekyc.faults.add("create", faults.ReplyLost(), times=1)
    anna = await story.says_hello()
    card = await posted(anna, 300)
    await anna.presses("Send again (may be charged twice)", on=card)
    assert "Cost 0.30 USD" in (await anna.receives_file()).caption
    await anna.sees("Done · 300", in_message=card)
    assert "Cost 0.30 USD" in card.shown
    assert EARLIER in card.shown
    assert [state for state, *_ in await used(story)] == ["unclear", "spent"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_one_phrase_for_money_that_is_not_gone(language: str) -> None:
    """Protects people from wondering whether other words mean something else."""
    say = Texts()[language]
    phrase = say.plain("money-not-gone").rstrip(".。")
    ends = [key for key in texts(language) if key.startswith("rejected-") and key != "rejected-do"]
    assert len(ends) > 10
    without = [key for key in (*ends, "task-cancelled") if phrase not in say.plain(key)]
    assert without == []
