"""Sending lists: what becomes a list, how its card counts, and the answer to everything else."""

import csv
import io

from tests.support.stories.lists import numbers
from tests.support.stories.story import Story


async def test_the_card_counts_what_was_read(story: Story) -> None:
    """Protects the counts: ready, repeated and rejected numbers add up to what was sent."""
    anna = await story.says_hello()
    lines = [*numbers(5), *numbers(2), "hello", "12"]
    await anna.uploads("my list.txt", "\n".join(lines).encode())
    card = await anna.sees("my list.txt: 5 numbers ready · 2 duplicates · 2 not numbers")
    assert "Nothing is spent yet" in card.shown
    assert [label for row in card.buttons for label in row] == [
        "Telegram activity",
        "WhatsApp details",
        "Active number",
        "Band",
        "Has Telegram, one by one",
        "Clean list (free)",
        "Leave out…",
        "Show what was left out",
        "Discard",
    ]


async def test_what_was_left_out_comes_as_a_sheet(story: Story) -> None:
    """Protects the report: each rejected line with its place, its text and the reason."""
    anna = await story.says_hello()
    lines = [numbers(1)[0], "=cmd()", "<b>Bob</b> & co", "+44 12"]
    await anna.uploads("list.txt", "\r\n".join(lines).encode())
    await anna.sees("1 number ready · 3 not numbers")
    await anna.presses("Show what was left out")
    sheet = await anna.receives_file()
    assert sheet.name == "list · left out.csv"
    rows = list(csv.reader(io.StringIO(sheet.data.decode("utf-8-sig"))))
    assert rows[0] == ["File", "Line", "Text", "Why"]
    assert [row[:3] for row in rows[1:]] == [
        ["list.txt", "2", "'=cmd()"],
        ["list.txt", "3", "<b>Bob</b> & co"],
        ["list.txt", "4", "'+44 12"],
    ]
    assert rows[3][3] == "too short"
    assert "2: =cmd() — not a phone number" in sheet.caption
    assert "<b>Bob</b> & co — not a phone number" in sheet.caption


async def test_a_long_paste_becomes_one_list(story: Story) -> None:
    """Protects split pastes: pieces cut by Telegram, inside a number too, are one list."""
    anna = await story.says_hello()
    pieces = await anna.pastes("\n".join(numbers(1000)))
    assert len(pieces) == 4
    card = await anna.sees("Pasted list: 1,000 numbers ready", gone="not numbers")
    assert len([m for m in anna.messages if m.by_bot and "ready" in m.shown]) == 1
    assert card.reply_to is pieces[0]


async def test_a_paste_that_dribbles_in_is_still_one_list(story: Story) -> None:
    """Protects slow phones: a piece that comes seconds after a full one belongs to it."""
    anna = await story.says_hello()
    text = "\n".join(numbers(500))
    await anna.sends(text[:4095].rsplit("\n", 1)[0])
    await story.passes(2.5)
    await anna.sends(text[len(text[:4095].rsplit("\n", 1)[0]) + 1 :])
    await anna.sees("Pasted list: 500 numbers ready")


async def test_several_files_become_one_list(story: Story) -> None:
    """Protects albums: files sent together are checked, and paid, as one list."""
    anna = await story.says_hello()
    files = [(f"{i}.txt", "\n".join(numbers(10, start=i * 8)).encode()) for i in range(3)]
    await anna.uploads_together(files)
    await anna.sees("0.txt and 2 more: 26 numbers ready · 4 duplicates")


async def test_lists_far_apart_stay_apart(story: Story) -> None:
    """Protects against mixing: two lists sent minutes apart are two lists."""
    anna = await story.says_hello()
    await anna.uploads("one.txt", numbers(1)[0].encode())
    await anna.sees("one.txt: 1 number ready")
    await story.passes(60)
    await anna.uploads("two.txt", numbers(2)[1].encode())
    await anna.sees("two.txt: 1 number ready")


async def test_two_people_at_once_get_two_lists(story: Story) -> None:
    """Protects against mixing: lists of different people never merge."""
    await story.starts(access="open")
    bob = story.world.person("Bob")
    await story.anna.uploads("anna.txt", "\n".join(numbers(3)).encode())
    await bob.uploads("bob.txt", "\n".join(numbers(4)).encode())
    await story.anna.sees("anna.txt: 3 numbers ready")
    await bob.sees("bob.txt: 4 numbers ready")


async def test_discard_erases(story: Story) -> None:
    """Protects privacy: a discarded list is gone, and its buttons say so."""
    anna = await story.says_hello()
    await anna.uploads("list.txt", "\n".join(numbers(3)).encode())
    card = await anna.sees("3 numbers ready")
    old_button = card.content.keyboard[0][0]["callback_data"]
    await anna.presses("Discard")
    await anna.sees("Discarded. The numbers are erased", in_message=card)
    answer = await anna.forges(old_button, card)
    assert "out of date" in answer.text


async def test_anything_else_gets_a_kind_answer(story: Story) -> None:
    """Protects against silence: any message gets an answer that says what to do."""
    anna = await story.says_hello()
    await anna.sends("hello?")
    await anna.sees("I didn't find phone numbers in that")
    await anna.sends("/nonsense")
    await anna.sees("I don't know that command")
    await anna.sends("/help")
    await anna.sees("How it works")
    await anna.shares_contact("12", "Bob")
    await anna.sees("I didn't find a phone number in that")
