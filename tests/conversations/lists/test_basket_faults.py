"""What a basket holds is what its members hold: read again, gone, waiting, or left alone."""

from collections.abc import Hashable, Sequence

import pytest

from runtime.confined.exchange import BrokenWorkError
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from sheets.glass.glass import Glass
from sheets.glass.shapes import Numbers
from tests.support.canaries import blobs
from tests.support.stories.baskets import asks_for_many, keeps, sends_file
from tests.support.stories.crowd import data_of, labels
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import cells_of, rows_of
from tests.support.stories.story import Story

DAY = 86_400.0


async def kept(story: Story) -> list[str]:
    """Return the blobs with numbers, or texts of people, that are stored."""
    assert story.app is not None
    stored = await blobs(story.app.database)
    return [purpose for purpose, *_ in stored if purpose in {"lists.body", "parts.text"}]


async def keeps_german(story: Story) -> tuple[Person, Message, Message]:
    """Keep a list, and add 35 numbers in national form; return the cards of both."""
    anna = await asks_for_many(story)
    await anna.sends("/country Germany")
    await anna.presses("Germany")
    await anna.sees("Numbers without a country code are read here as those of")
    card = await keeps(anna)
    german = "\n".join(f"0171 23456{place:02}" for place in range(40, 75))
    sent = await anna.uploads("de.txt", german.encode())
    added = await anna.sees("de.txt: 35 numbers ready", after=sent)
    await anna.sees("Enough for Band", in_message=card)
    return anna, card, added


async def reads_as(anna: Person, added: Message, country: str) -> None:
    """Have a list read with another country."""
    await anna.presses("Change the country", on=added)
    await anna.sends(country)
    await anna.presses(country, on=added)


async def test_a_member_that_has_nothing_any_more_gives_nothing(story: Story) -> None:
    """Protects money and people: numbers that were read wrongly and discarded are never posted."""
    anna, card, added = await keeps_german(story)
    await anna.presses("Band: see the price", on=card)
    await anna.sees("55 numbers go to the service", in_message=card)
    start = data_of(card, "Start")
    await reads_as(anna, added, "Singapore")
    await anna.sees("20 of 50 for Band", in_message=card)
    assert (await anna.forges(start, card)).text.startswith("This card is out of date")
    await anna.presses("Discard", on=added)
    await anna.sees("Discarded", in_message=added)
    await story.passes(30)
    assert "20 of 50 for Band" in card.shown
    await anna.presses("Choose another check", on=card)
    await anna.presses("Active number", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert [task.numbers for task in story.world.checknumber.tasks] == [numbers(20)]
    assert story.world.ekyc.posts == []


async def test_a_closed_basket_counts_a_member_read_again_once(story: Story) -> None:
    """Protects numbers from being checked twice: read again, they stay in the basket alone."""
    anna, card, added = await keeps_german(story)
    await anna.presses("Don't add more", on=card)
    await anna.sees("55 numbers ready", in_message=card)
    await reads_as(anna, added, "Austria")
    await anna.sees("read as 🇦🇹 Austria", in_message=added)
    await story.passes(30)
    assert any("Take it out" in label for label in labels(added))
    assert "55 numbers ready" in card.shown
    await anna.presses("Band", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    (task,) = story.world.ekyc.tasks
    assert task.numbers[:20] == numbers(20)
    assert {number[:3] for number in task.numbers[20:]} == {"+43"}


async def test_a_sheet_reads_each_list_as_its_own_card_said(story: Story) -> None:
    """Protects answers that were paid for: each stands beside its row, whatever its country."""
    anna = await asks_for_many(story)
    await anna.sends("/country Germany")
    await anna.presses("Germany")
    await anna.sees("Numbers without a country code are read here as those of")
    card = await keeps(anna)
    rows = "".join(f"n{place},0664 12345{place:02}\n" for place in range(40, 75))
    sent = await anna.uploads("at.csv", f"Name,Phone\n{rows}".encode())
    added = await anna.sees("at.csv", after=sent)
    await reads_as(anna, added, "Austria")
    await anna.sees("read as 🇦🇹 Austria", in_message=added)
    await anna.sees("Enough for Band", in_message=card)
    await anna.uploads("bad.txt", b"%PDF-1.7\n")
    await anna.sees("bad.txt")
    await anna.presses("Band: see the price", on=card)
    await anna.presses("Start", on=card)
    first = await anna.receives_file()
    await anna.presses("My sheet with the answers", on=first.message)
    sheets = [await anna.receives_file() for _ in range(2)]
    answered = rows_of(sheets[1].data.decode("utf-8-sig"))[1:]
    assert len(answered) == 35
    assert all(row[2] for row in answered)


async def test_a_list_that_waits_outlives_its_basket(story: Story) -> None:
    """Protects a list that was sent just now: it doesn't go with what was kept a week before."""
    anna = await asks_for_many(story)
    await keeps(anna)
    await story.passes(7 * DAY - 900)
    await story.passes(2400)
    sent = await anna.sends("\n".join(f"0171 23456{place}" for place in range(40, 44)))
    asking = await anna.sees("Pasted list", after=sent)
    assert "Discard" in labels(asking)
    await story.passes(3000)
    assert await kept(story) == ["parts.text"]
    await anna.sends("Germany")
    await anna.presses("Germany", on=asking)
    await anna.sees("4 numbers ready", in_message=asking)
    assert "Added" not in asking.shown


async def test_lists_outlive_a_basket_that_breaks(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects what was kept from a fault of ours: its lists are there, each with its own card."""

    async def breaks(self: Glass, lists: Sequence[bytes], *, of: Hashable) -> Numbers:
        raise BrokenWorkError(f"died over {len(lists)} lists of {of} at {self}")

    anna = await asks_for_many(story)
    await keeps(anna)
    with monkeypatch.context() as broken:
        broken.setattr(Glass, "join", breaks)
        added = await sends_file(anna, "more.txt", 10, 20)
        await story.passes(1200)
    assert "Added" not in added.shown
    first = await anna.sees("first.txt: 20 numbers ready")
    for each, count in ((added, 10), (first, 20)):
        await anna.presses("Band", on=each)
        await anna.sees(f"this list has {count}", in_message=each)
        await anna.presses("Keep it, add more", on=each)
        await anna.sees(f"{count} of 50 for Band", in_message=each)


async def test_a_clean_list_reads_each_list_as_its_own_card_said(story: Story) -> None:
    """Protects a clean list of a basket: it has the numbers that a check would have."""
    anna, card, added = await keeps_german(story)
    await reads_as(anna, added, "Austria")
    await anna.sees("read as 🇦🇹 Austria", in_message=added)
    await anna.presses("Don't add more", on=card)
    await anna.sees("55 numbers ready", in_message=card)
    await anna.presses("Clean list (free)", on=card)
    files = [await anna.receives_file() for _ in range(2)]
    text = "".join(str(cells_of(file.data)) for file in files)
    assert text.count("+43171") >= 35
    assert "+49171" not in text
