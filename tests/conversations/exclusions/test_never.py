"""*Never check these*: numbers that are left out of every later list."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from structlog.testing import capture_logs

import bot.app
from bot.operations.rekey import NEXT_FILE, rekey
from checking.memory import exclusions
from handlers.outgoing.screen import Screen
from storage.schema import tables
from tests.conversations.lists.test_assumed import exported, labels
from tests.support.stories.baskets import asks_for_many, keeps
from tests.support.stories.excluding import asks, empties, never_checks, sends
from tests.support.stories.lists import numbers
from tests.support.stories.sheets_of import rows_of
from tests.support.stories.story import Story

DAY = 86_400.0
NEVER, OTHERS = numbers(12), numbers(20, start=100)
LEFT_OUT = "12 numbers are on your never-check list · left out"


async def rows(story: Story) -> list[tuple[int, int]]:
    """Return owner and count of what is stored."""
    assert story.app is not None
    table = tables.exclusions.c
    async with story.app.database.read() as connection:
        found = await connection.execute(sa.select(table.owner_id, table.count))
    return [(row.owner_id, row.count) for row in found]


async def test_they_are_left_out_of_later_lists(story: Story) -> None:
    """Protects people who must not be asked about, and money: they never reach a service."""
    anna = await story.says_hello()
    card = await never_checks(anna, NEVER)
    assert "12 numbers are left out of every later list" in card.shown
    assert not labels(card)
    await story.restarts()
    card = await sends(anna, "all.txt", [*OTHERS, *NEVER[:5], *NEVER], "all.txt: 20 numbers ready")
    assert LEFT_OUT in card.shown
    assert "not number" not in card.shown
    await anna.presses("Band", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert story.world.ekyc.tasks[0].numbers == OTHERS


@pytest.mark.parametrize("is_kept", [True, False])
async def test_a_tap_includes_them(story: Story, is_kept: bool) -> None:  # noqa: FBT001 # a case
    """Protects the person's say: what they include in one list is paid for, and they see it."""
    anna = await story.says_hello()
    await never_checks(anna, NEVER)
    card = await sends(anna, "all.txt", [*OTHERS, *NEVER], "all.txt: 20 numbers ready")
    await anna.presses("Include 12 never-check numbers", on=card)
    await anna.sees("32 numbers ready", in_message=card)
    assert "Numbers on your never-check list are included" in card.shown
    assert '"wishes": "excluded"' in await exported(story)
    await story.restarts()
    if not is_kept:
        await anna.presses("Leave never-check numbers out", on=card)
        await anna.sees(LEFT_OUT, in_message=card)
    await anna.presses("Band", on=card)
    await anna.presses("Start", on=card)
    await anna.receives_file()
    assert story.world.ekyc.tasks[0].numbers == ([*OTHERS, *NEVER] if is_kept else OTHERS)


async def test_what_was_left_out_says_why(story: Story) -> None:
    """Protects trust: each row that is left out stands in the sheet and in the clean list."""
    anna = await story.says_hello()
    await never_checks(anna, NEVER[:2])
    text = f"Name;Phone\nAnn;{OTHERS[0]}\nBob;{NEVER[1]}\nCid;none\n"
    sent = await anna.uploads("crm.csv", text.encode())
    card = await anna.sees("1 number ready · 1 not a number", after=sent)
    assert "One number is on your never-check list" in card.shown
    await anna.presses("Show what was left out", on=card)
    sheet = rows_of((await anna.receives_file()).data.decode("utf-8-sig"))
    assert [row[1:] for row in sheet[1:]] == [
        ["3", f"'{NEVER[1]}", "on your never-check list"],
        ["4", "none", "not a phone number"],
    ]
    await anna.presses("Clean list", on=card)
    clean = rows_of((await anna.receives_file()).data.decode(), ";")
    assert [(row[0], row[4], row[6]) for row in clean[1:]] == [
        (OTHERS[0], OTHERS[0], ""),
        ("", NEVER[1], "on your never-check list"),
        ("", "none", "not a phone number"),
    ]


async def test_a_list_of_nothing_else_says_so(story: Story) -> None:
    """Protects from a dead end: nothing is left to check, and a tap takes the numbers after all."""
    anna = await story.says_hello()
    await never_checks(anna, NEVER)
    card = await sends(anna, "same.txt", NEVER[:3], "Nothing in it is left to check")
    assert "3 numbers are on your never-check list" in card.shown
    await anna.presses("Include 3 never-check numbers", on=card)
    await anna.sees("same.txt: 3 numbers ready", in_message=card)


async def test_a_basket_is_filled_without_them(story: Story) -> None:
    """Protects what is kept for later: each list that is added is read by the same rule."""
    anna, never = await asks_for_many(story), numbers(12, start=300)
    await never_checks(anna, never)
    card = await keeps(anna, 20)
    both = [*numbers(29, start=200), *never]
    added = await sends(anna, "more.txt", both, "more.txt: 29 numbers ready")
    assert LEFT_OUT in added.shown
    await anna.sees("49 of 50 for Band", in_message=card)
    await anna.presses("Include 12 never-check numbers", on=added)
    await anna.sees("Enough for Band", in_message=card)
    assert "61 numbers ready" in card.shown


async def test_what_is_made_of_an_older_list_is_without_them(story: Story) -> None:
    """Protects numbers that were checked once: another check doesn't ask about them any more."""
    anna = await story.says_hello()
    card = await sends(anna, "all.txt", [*OTHERS, *NEVER], "all.txt: 32 numbers ready")
    await anna.presses("Band", on=card)
    await anna.presses("Start", on=card)
    result = (await anna.receives_file()).message
    await never_checks(anna, NEVER)
    await anna.presses("More…", on=result)
    await anna.presses("Another check", on=result)
    which = await anna.sees("on which of its numbers")
    await anna.presses("All", on=which)
    await anna.sees(LEFT_OUT)
    await anna.sees("all.txt: 20 numbers ready")


async def test_two_taps_keep_them_once(story: Story) -> None:
    """Protects the count: the second tap finds that it is done."""
    anna = await story.says_hello()
    sent = await anna.uploads("never.txt", "\n".join(NEVER).encode())
    card = await anna.sees("12 numbers ready", after=sent)
    await asks(anna, card)
    [data] = [
        str(each["callback_data"])
        for row in card.content.keyboard
        for each in row
        if each["text"] == "Never check these"
    ]
    await anna.forges(data, on=card)
    answer = await anna.forges(data, on=card)
    assert answer.text == "That was done already."
    assert await rows(story) == [(anna.id, 12)]


async def test_a_stop_in_between_loses_and_doubles_nothing(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects from a death between the commit and the card: it is done once, and shown."""
    show_list, begun = Screen.show_list, []
    monkeypatch.setattr(bot.app, "DRAIN_SECONDS", 0.1)

    async def lingers(_: Screen, list_id: str, **__: Any) -> None:
        begun.append(list_id)
        await asyncio.Event().wait()  # for ever: a stop moves time, too

    anna = await story.says_hello()
    sent = await anna.uploads("never.txt", "\n".join(NEVER).encode())
    card = await anna.sees("12 numbers ready", after=sent)
    await asks(anna, card)
    monkeypatch.setattr(Screen, "show_list", lingers)
    await anna.presses("Never check these", on=card)
    await story.world.until(lambda: begun or None, "it is kept")
    await story.stops()
    monkeypatch.setattr(Screen, "show_list", show_list)
    await story.starts()
    await anna.sees("12 numbers are left out of every later list", in_message=card)
    assert await rows(story) == [(anna.id, 12)]


async def test_it_is_emptied_after_a_question(story: Story) -> None:
    """Protects a list that can't be had back from one tap, and gives the last word to its owner."""
    anna = await story.says_hello()
    asked = await anna.sends("/privacy")
    page = await anna.sees("What I keep", after=asked)
    assert not labels(page)
    await never_checks(anna, NEVER)
    asked = await anna.sends("/privacy")
    page = await anna.sees("On the never-check list: 12 numbers, since", after=asked)
    await anna.presses("Empty the never-check list", on=page)
    await anna.sees("Empty it?", in_message=page)
    await anna.presses("Keep it", on=page)
    await anna.sees("as it was", in_message=page)
    assert await rows(story) == [(anna.id, 12)]
    asked = await anna.sends("/privacy")
    page = await anna.sees("On the never-check list", after=asked)
    await empties(anna, page)
    assert await rows(story) == []
    await sends(anna, "all.txt", NEVER, "all.txt: 12 numbers ready")


async def test_forget_erases_it(story: Story) -> None:
    """Protects the right to be forgotten: nothing is left of it, and nothing is left out."""
    anna = await story.says_hello()
    await never_checks(anna, NEVER)
    found = await exported(story)
    assert '"excluded"' in found
    assert "body" not in found.split('"excluded"')[1].split("]")[0]
    await anna.sends("/forget")
    await anna.presses("Erase everything")
    await anna.sees("is erased")
    assert await rows(story) == []
    await sends(anna, "all.txt", NEVER, "all.txt: 12 numbers ready")


async def test_a_new_key_loses_nothing_of_it(story: Story) -> None:
    """Protects a wish that is meant for ever from a change of the data key."""
    anna = await story.says_hello()
    await never_checks(anna, NEVER)
    await story.stops()
    assert story.made is not None
    assert "Done" in await rekey(story.made)
    told = story.home / NEXT_FILE  # where several replicas have to get the new key
    await story.starts(**({"data_key": SecretStr(told.read_text())} if told.exists() else {}))
    await sends(anna, "all.txt", [*OTHERS, *NEVER], LEFT_OUT)


async def test_more_than_fits_is_refused(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the reading of lists: what they are held against has a bound, and it is told."""
    monkeypatch.setattr(exclusions, "MOST_NUMBERS", 20)
    anna = await story.says_hello()
    await never_checks(anna, NEVER)
    card = await sends(anna, "more.txt", OTHERS, "20 numbers ready")
    await asks(anna, card)
    await anna.presses("Never check these", on=card)
    await anna.sees("more than 20 numbers on the never-check list")
    await anna.sees("more.txt: 20 numbers ready", in_message=card)
    assert await rows(story) == [(anna.id, 12)]


async def test_what_cannot_be_opened_lets_nothing_through(story: Story) -> None:
    """Protects numbers that must not be asked about where a row is damaged: the list waits."""
    anna = await story.says_hello()
    await never_checks(anna, NEVER)
    assert story.app is not None
    async with story.app.database.write() as connection:
        await connection.execute(sa.update(tables.exclusions).values(body_sealed=b"damaged"))
    with capture_logs() as logs:
        await sends(anna, "all.txt", [*OTHERS, *NEVER], "I can't open your never-check list")
    assert "exclusions not opened" in [each["event"] for each in logs]
    assert not story.world.ekyc.posts
    asked = await anna.sends("/privacy")
    page = await anna.sees("On the never-check list", after=asked)
    await empties(anna, page)
    await sends(anna, "again.txt", [*OTHERS, *NEVER], "again.txt: 32 numbers ready")


async def test_somebody_who_blocked_the_bot_has_a_last_day(story: Story) -> None:
    """Protects privacy where nobody can empty it any more: after 30 days it is erased."""
    anna = await story.says_hello()
    await never_checks(anna, NEVER)
    await anna.sends("\n".join(OTHERS))
    anna.blocks_bot()
    await story.passes(29 * DAY)
    assert await rows(story) == [(anna.id, 12)]
    await story.passes(3 * DAY)
    assert await rows(story) == []
