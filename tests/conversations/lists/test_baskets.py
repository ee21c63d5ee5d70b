"""A list below the minimum is kept, and what is sent next is added to it."""

import itertools
from collections.abc import Hashable, Sequence

import pytest

from runtime.confined.exchange import BrokenWorkError
from sheets.glass.glass import Glass
from sheets.glass.shapes import Numbers
from tests.support.canaries import blobs
from tests.support.stories.baskets import MINIMUM, asks_for_many, file_of, keeps, sends_file
from tests.support.stories.crowd import labels, quoted, said
from tests.support.stories.faulting import paid
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import rows_of
from tests.support.stories.story import Story

DAY = 86_400.0


async def kept(story: Story) -> list[str]:
    """Return the blobs with numbers, or texts of people, that are stored."""
    assert story.app is not None
    stored = await blobs(story.app.database)
    return [purpose for purpose, *_ in stored if purpose in {"lists.body", "parts.text"}]


async def test_a_list_is_kept_until_it_is_long_enough(story: Story) -> None:
    """Protects a short list: files, pastes and single numbers join it, each number once."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    assert labels(card) == ["Choose another check", "Don't add more", "Discard"]
    added = await sends_file(anna, "second.txt", 15, 15)
    await anna.sees("Added to first.txt: 30 of 50 for Band now", in_message=added)
    await anna.sees("30 of 50 for Band", in_message=card)
    assert "5 duplicates" in card.shown
    single, rest = numbers(1, 30)[0], numbers(18, 31)
    await anna.sends(single)
    await anna.sees("31 of 50 for Band", in_message=card)
    await anna.shares_contact(rest[0], "Carol")
    await anna.sees("32 of 50 for Band", in_message=card)
    await anna.sends("\n".join(rest[1:]))
    await anna.sees("49 of 50 for Band", in_message=card)
    assert story.world.green.asked == []
    last = await sends_file(anna, "last.txt", 3, 49)
    await anna.sees("Added to first.txt: 52 now, enough for Band", in_message=last)
    await anna.sees("Enough for Band, which asks for 50", in_message=card)
    assert story.world.ekyc.posts == []
    await anna.presses("Band: see the price", on=last)
    await anna.sees("52 numbers go to the service", in_message=last)
    await anna.presses("Start", on=last)
    file = await anna.receives_file()
    (task,) = story.world.ekyc.tasks
    assert (file.data, task.numbers, paid(story)) == (task.result_bytes, numbers(52), 1)
    own = await sends_file(anna, "next.txt", 4, 100)
    assert "Added" not in own.shown


async def test_restarts_lose_and_double_nothing(story: Story) -> None:
    """Protects a basket from restarts at every step: before a file is read, added, counted."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    for place in range(3):
        await story.restarts()
        sent = await anna.uploads(f"{place}.txt", file_of(10, 20 + 10 * place))
        await story.restarts()
        await anna.sees(f"{place}.txt: 10 numbers ready", after=sent)
    await story.restarts()
    await anna.sees("Enough for Band", in_message=card)
    await anna.presses("Band: see the price", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert [task.numbers for task in story.world.ekyc.tasks] == [numbers(50)]
    for place in range(3):
        assert said(anna, f"{place}.txt: 10 numbers ready") == 1


async def test_what_was_sent_for_something_else_is_taken_out(story: Story) -> None:
    """Protects a file that wasn't meant for the basket: it is a list of its own again."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    other = await sends_file(anna, "other.txt", 25, 15)
    await anna.sees("40 of 50 for Band", in_message=card)
    await anna.presses("Take it out", on=other)
    await anna.sees("Which check?", in_message=other)
    await anna.sees("20 of 50 for Band", in_message=card)
    assert "duplicate" not in card.shown
    await anna.presses("Active number", on=other)
    await anna.sees("25 numbers go to the service", in_message=other)
    await anna.presses("Start", on=other)
    await anna.receives_file()
    assert [task.numbers for task in story.world.checknumber.tasks] == [numbers(25, 15)]
    assert "20 of 50 for Band" in card.shown
    data = f"l:t:{(await stored_ids(story))['other.txt']}"
    assert (await anna.forges(data, other)).text == "That was done already."


async def stored_ids(story: Story) -> dict[str, str]:
    """Return the ids of all lists by title."""
    assert story.app is not None
    database = story.app.database
    async with database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT id, title_sealed FROM lists")
        opened = database.vault.open_text
        return {opened(row[1], "lists.title", row[0]): row[0] for row in rows if row[1]}


async def test_nothing_more_is_added_when_somebody_says_so(story: Story) -> None:
    """Protects people who change their mind: the list is like any other, with all it has."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    more = await sends_file(anna, "more.txt", 10, 20)
    await anna.sees("30 of 50 for Band", in_message=card)
    await anna.presses("Don't add more", on=card)
    await anna.sees("Which check?", in_message=card)
    assert "30 numbers ready" in card.shown
    alone = await sends_file(anna, "alone.txt", 5, 60)
    assert "Added" not in alone.shown
    await anna.presses("Take it out", on=more)
    await anna.sees("20 numbers ready", in_message=card)
    await anna.presses("Telegram activity", on=card)
    await anna.presses("Keep it, add more", on=card)
    await anna.sees("20 of 30 for Telegram activity", in_message=card)


async def test_another_check_is_chosen_for_all_of_it(story: Story) -> None:
    """Protects the way out: a check without a minimum takes the list as it stands."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    await sends_file(anna, "more.txt", 5, 20)
    await anna.sees("25 of 50 for Band", in_message=card)
    await anna.presses("Choose another check", on=card)
    await anna.sees("Which check?", in_message=card)
    await anna.presses("Telegram activity", on=card)
    await anna.sees("from 30 numbers on, and this list has 25", in_message=card)
    await anna.presses("Keep it, add more", on=card)
    await anna.sees("25 of 30 for Telegram activity", in_message=card)
    await anna.presses("Choose another check", on=card)
    await anna.presses("Active number", on=card)
    await anna.presses("Start", on=card)
    first = await anna.receives_file()
    (task,) = story.world.checknumber.tasks
    assert (first.data, task.numbers) == (task.result_bytes, numbers(25))
    await anna.presses("My sheet with the answers", on=first.message)
    sheets = [await anna.receives_file() for _ in range(2)]
    rows = [rows_of(sheet.data.decode("utf-8-sig")) for sheet in sheets]
    assert sum(map(len, rows)) >= 25


async def test_a_late_start_sends_no_other_list(story: Story) -> None:
    """Protects money: what was quoted before more was added can't be started any more."""
    anna = await asks_for_many(story)
    card = await keeps(anna, 49)
    await anna.presses("Choose another check", on=card)
    await anna.presses("Active number", on=card)
    await anna.sees("49 numbers go to the service", in_message=card)
    (start,) = [
        each["callback_data"]
        for row in card.content.keyboard
        for each in row
        if each["text"] == "Start"
    ]
    await sends_file(anna, "more.txt", 5, 49)
    await anna.sees("Enough for Band", in_message=card)
    assert (await anna.forges(start, card)).text.startswith("This card is out of date")
    assert story.world.checknumber.posts == []


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no numbers at all"])
async def test_a_file_that_cannot_be_read_spoils_nothing(story: Story, data: bytes) -> None:
    """Protects what is kept from a bad file, which gets an answer of its own."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    sent = await anna.uploads("bad.txt", data)
    await anna.sees("bad.txt", after=sent)
    await sends_file(anna, "good.txt", 5, 20)
    await anna.sees("25 of 50 for Band", in_message=card)


async def test_discard_erases_all_that_was_added(story: Story) -> None:
    """Protects people who want it gone: no number and no text of any part is left."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    await anna.sends("\n".join(numbers(12, 20)))
    await anna.sees("32 of 50 for Band", in_message=card)
    assert await kept(story)
    await anna.presses("Discard", on=card)
    await anna.sees("Discarded", in_message=card)
    assert await kept(story) == []
    own = await sends_file(anna, "next.txt", 4, 100)
    assert "Added" not in own.shown


async def test_it_ends_with_the_days_of_its_list(story: Story) -> None:
    """Protects numbers from being kept for ever by adding to them."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    await story.passes(6 * DAY)
    await sends_file(anna, "late.txt", 5, 20)
    await anna.sees("25 of 50 for Band", in_message=card)
    await story.passes(1.2 * DAY)
    assert await kept(story) == []
    own = await sends_file(anna, "next.txt", 4, 100)
    assert "Added" not in own.shown


async def test_a_refusal_offers_to_keep_the_list(story: Story) -> None:
    """Protects a list whose minimum nobody knew: it is kept with what the service said."""
    story.world.ekyc.minimums["band"] = 30
    anna = await story.says_hello()
    card = await quoted(anna, 20)
    await anna.presses("Start", on=card)
    await anna.sees("only 20 compliant numbers remain for band", in_message=card)
    assert "Nothing was spent" in card.shown
    await anna.presses("Keep it, add more", on=card)
    await anna.sees("20 of 30 for Band", in_message=card)
    story.world.ekyc.unfit = set(numbers(1))
    await sends_file(anna, "more.txt", 10, 20)
    await anna.sees("Enough for Band", in_message=card)
    await anna.presses("Band: see the price", on=card)
    await anna.presses("Start", on=card)
    await anna.sees("only 29 compliant numbers remain", in_message=card)
    await anna.presses("Keep it, add more", on=card)
    await anna.sees("Enough for Band", in_message=card)
    await sends_file(anna, "one.txt", 2, 30)
    await anna.presses("Band: see the price")
    await anna.presses("Start")
    await anna.receives_file()
    assert paid(story) == 1
    assert story.world.ekyc.tasks[0].numbers == numbers(32)


async def test_it_counts_up_to_the_minimum_of_now(story: Story) -> None:
    """Protects the card from yesterday's offer: the check may be turned off meanwhile."""
    anna = await asks_for_many(story)
    card = await keeps(anna)
    asked = await anna.sends("/checks")
    page = await anna.sees(f"Band · ≈ 0.10 USD · from {MINIMUM}", after=asked)
    await anna.presses("Turn off: Band", on=page)
    added = await sends_file(anna, "more.txt", 5, 20)
    await anna.sees("isn't on offer at the moment", in_message=card)
    assert added.shown.endswith("Added to first.txt.")
    await anna.presses("Turn on: Band", on=page)
    await sends_file(anna, "again.txt", 5, 25)
    await anna.sees("30 of 50 for Band", in_message=card)


async def test_an_interrupted_filling_is_done_again(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects what was added from a process that dies over it: nothing is lost or doubled."""
    join, tries = Glass.join, itertools.count()

    async def breaks(self: Glass, lists: Sequence[bytes], *, of: Hashable) -> Numbers:
        if next(tries) < 2:
            raise BrokenWorkError("died")
        return await join(self, lists, of=of)

    anna = await asks_for_many(story)
    card = await keeps(anna)
    monkeypatch.setattr(Glass, "join", breaks)
    added = await sends_file(anna, "more.txt", 10, 15)
    await anna.sees("25 of 50 for Band", in_message=card)
    await anna.sees("Added to first.txt: 25 of 50", in_message=added)
    assert next(tries) == 3
