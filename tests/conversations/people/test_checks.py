"""/checks: which checks are on offer, as owners turn them on and off."""

import pytest

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.costs import posted
from tests.support.stories.crowd import DAY, labels, let_in, said, two_owners
from tests.support.stories.lists import numbers
from tests.support.stories.memory import checked, opens
from tests.support.stories.story import Story
from tests.support.stories.teams import named

OURS = ["Telegram activity", "WhatsApp details", "Active number", "Band"]
TURNED = 15


async def page_of(owner: Person) -> Message:
    """Open the page of checks."""
    asked = await owner.sends("/checks")
    return await owner.sees("Checks: ", after=asked)


async def turns_on(owner: Person, page: Message, check: str) -> None:
    """Turn a check on, on whichever page it is."""
    while f"Turn on: {check}" not in labels(page):
        before = page.shown
        await owner.presses("▶", on=page)
        await owner.sees("Checks: ", gone=before, in_message=page)
    await owner.presses(f"Turn on: {check}", on=page)
    await owner.sees(f"🟢 {check} · ", in_message=page)


async def card_of(person: Person, count: int = 20, start: int = 0) -> Message:
    """Send a list; return its card."""
    sent = await person.uploads("numbers.txt", "\n".join(numbers(count, start)).encode())
    return await person.sees(f"{count} numbers ready", after=sent)


async def test_further_checks_are_off_until_an_owner_turns_them_on(story: Story) -> None:
    """Protects people from checks that nobody chose, and owners from a restart to add one."""
    olga = await two_owners(story)
    assert [each for each in labels(await card_of(story.anna)) if each in OURS] == OURS
    page = await page_of(story.anna)
    assert page.shown.startswith("Checks: 4 of 19 on. ")
    assert "🟢 Band · ≈ 0.10 USD · from 1 · never used" in page.shown
    assert "⚪ WhatsApp · ≈ 0.10 USD · from 500 · never used" in page.shown
    await turns_on(story.anna, page, "Viber")
    card = await card_of(story.anna, 25, start=30)
    await story.anna.presses("Viber", on=card)
    await story.anna.sees("whether it has a Viber account", in_message=card)
    await story.anna.presses("Start", on=card)
    file = await story.anna.receives_file()
    (task,) = story.world.checknumber.tasks
    assert (file.data, task.task_type) == (task.result_bytes, "viber")
    page = await page_of(olga)
    await olga.presses("▶", on=page)
    await olga.sees("Nov", in_message=page)
    (line,) = [line for line in page.shown.splitlines() if "Viber" in line]
    assert line.startswith("🟢 Viber · 1.00 USD · from 1 · Nov")
    assert line.endswith(": taken")
    await olga.presses("Turn off: Viber", on=page)
    await olga.sees("⚪ Viber", in_message=page)
    await story.restarts()
    assert "Viber" not in labels(await card_of(story.anna, 10))


async def test_what_never_went_to_the_service_is_no_last_use(story: Story) -> None:
    """Protects owners from "no answer yet" for ever: such a list asks the service nothing."""
    anna, ekyc = await story.says_hello(), story.world.ekyc
    ekyc.known |= dict.fromkeys(numbers(24), "yes")
    await checked(anna, numbers(24))

    async def last_use() -> str:
        shown = (await page_of(anna)).shown
        return next(line for line in shown.splitlines() if " Band · " in line)

    used = await last_use()
    assert used.endswith(": taken")
    await story.passes(2 * DAY)
    card = await opens(anna, numbers(20))
    await anna.presses("Get the list from memory", on=card)
    await anna.receives_file()
    assert await last_use() == used
    await ekyc.goes_down()
    card = await posted(anna, 30, start=100)
    await anna.sees("nothing is spent until it answers", in_message=card)
    assert await last_use() == used
    await anna.presses("Don't hand it in", on=card)
    await anna.sees("Nothing was spent", in_message=card)
    assert await last_use() == used


async def test_a_card_has_room_for_many_checks(story: Story) -> None:
    """Protects a phone's screen: six checks, and one button that shows them all."""
    anna = await story.says_hello()
    page = await page_of(anna)
    for check in ("Viber", "LINE", "Zalo", "Signal"):
        await turns_on(anna, page, check)
    card = await card_of(anna)
    offered = labels(card)
    assert offered[:7] == [*OURS, "Viber", "LINE", "More checks"]
    assert "Zalo" not in offered
    await anna.presses("More checks", on=card)
    await anna.sees("Which check?", gone="numbers ready", in_message=card)
    assert labels(card) == [*OURS, "Viber", "LINE", "Zalo", "Signal", "‹ Back"]
    await anna.presses("‹ Back", on=card)
    await anna.sees("20 numbers ready", in_message=card)
    await anna.presses("More checks", on=card)
    await anna.presses("Signal", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert story.world.checknumber.tasks[0].task_type == "signal"
    asked = await anna.sends("/start")
    greeting = await anna.sees("Also: Zalo, Signal", after=asked)
    assert "• Viber — " in greeting.shown


async def test_what_was_turned_off_meanwhile_is_not_started(story: Story) -> None:
    """Protects money: a card that was shown before offers nothing that an owner has turned off."""
    olga = await two_owners(story)
    quoted, listed = await card_of(story.anna), await card_of(story.anna, start=30)
    await story.anna.presses("Band", on=quoted)
    await story.anna.sees("20 numbers go to the service", in_message=quoted)
    await olga.presses("Turn off: Band", on=await page_of(olga))
    await olga.sees("⚪ Band")
    told = await story.anna.presses("Start", on=quoted)
    assert told.text.startswith("This check has been turned off. Nothing was spent")
    told = await story.anna.presses("Band", on=listed)
    assert told.text.startswith("This check has been turned off")
    assert story.world.ekyc.posts == []
    await story.anna.presses("Back", on=quoted)
    await story.anna.sees("20 numbers ready", in_message=quoted)
    assert "Band" not in labels(quoted)


async def test_a_group_chooses_among_what_is_on(story: Story) -> None:
    """Protects groups: what an owner turned on comes to them, and they may leave it out."""
    anna = await story.says_hello()
    group = story.world.group("Team", anna)
    here = anna.within(group)
    await turns_on(anna, await page_of(anna), "Viber")
    asked = await here.sends(named(story, "/settings"))
    card = await here.sees("Settings of this group", after=asked)
    assert "Viber" in card.shown
    assert "Zalo" not in card.shown
    await here.forges("w:x:zalo", card)
    await here.presses("Checks", on=card)
    await here.presses("✓ Viber", on=card)
    sent = await here.uploads("a.txt", "\n".join(numbers(20)).encode(), caption=named(story))
    ready = await here.sees("20 numbers ready", after=sent)
    assert "Viber" not in labels(ready)


async def test_only_owners_turn_checks(story: Story) -> None:
    """Protects the offer from everybody else: command, buttons and forged data."""
    await story.says_hello()
    bob = await let_in(story, "Bob")
    asked = await bob.sends("/checks")
    await bob.sees("I don't know that command", after=asked)
    card = await card_of(bob)
    assert (await bob.forges("o:viber:1:0", card)).text == "This card belongs to somebody else."
    page = await page_of(story.anna)
    for odd in ("o:nothing:1:0", "o:viber'--:1:0", "o::0:999999"):
        await story.anna.forges(odd, page)
    assert "4 of 19 on" in page.shown
    assert said(story.anna, "Something went wrong") == 0
    asked = await story.anna.sends("/help")
    await story.anna.sees("For owners: /checks", after=asked)


@pytest.mark.parametrize("ekyc_key", [True, False])
async def test_a_key_decides_what_can_be_on(story: Story, *, ekyc_key: bool) -> None:
    """Protects owners from a button that can't work: without a key its checks aren't listed."""
    keys = {"ekyc_api_key": None} if not ekyc_key else {"checknumber_api_key": None}
    await story.starts(**keys)
    page = await page_of(story.anna)
    listed = 3 if ekyc_key else 1 + TURNED
    assert f"of {listed} on" in page.shown
    assert ("Viber" in "".join(labels(page))) != ekyc_key
