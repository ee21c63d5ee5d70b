"""Files that are no lists: each answer says what to do, and nothing is spent."""

import pytest

from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
ZIP = b"PK\x03\x04" + bytes(60)
MB = 1_000_000

FILES = {
    "empty": ("empty.txt", b"", "The file is empty"),
    "blank lines": ("blank.txt", b"\n \r\n\t\n", "The file is empty"),
    "no numbers": ("words.txt", b"1\ntwo\nthree\n", "None of its 3 lines is a phone number"),
    "a picture called csv": ("list.csv", PNG, "That is a picture"),
    "an archive": ("list.zip", ZIP, "This file is damaged"),
    "a pdf": ("list.txt", b"%PDF-1.7\n" + bytes(range(256)), "I can't read numbers from a PDF"),
    "noise": ("list.txt", bytes(range(256)) * 40, "That isn't a text file"),
    "broken UTF-16": ("list.txt", b"\xff\xfe" + b"\x00\xd8" * 40, "letters of this file"),
}


@pytest.mark.parametrize("case", FILES)
async def test_what_is_no_list(story: Story, case: str) -> None:
    """Protects the answer to a bad file: it says what is wrong and what to send instead."""
    name, data, says = FILES[case]
    anna = await story.says_hello()
    await anna.uploads(name, data)
    card = await anna.sees(says)
    assert name in card.shown
    assert not any("Telegram activity" in row for row in card.buttons)
    assert not story.world.ekyc.posts


async def test_too_large_for_telegram(story: Story) -> None:
    """Protects against silence over 20 MB, which Telegram doesn't let bots download."""
    anna = await story.says_hello()
    await anna.uploads("big.txt", b"1" * (21 * MB))
    await anna.sees("files of up to 20 MB")


async def test_wrong_extension_is_read_all_the_same(story: Story) -> None:
    """Protects people whose phone names files freely: content counts, not the name."""
    anna = await story.says_hello()
    await anna.uploads("photo.jpg", "\n".join(numbers(4)).encode("utf-16"))
    await anna.sees("photo.jpg: 4 numbers ready")


async def test_one_column_csv_with_a_header(story: Story) -> None:
    """Protects exports: a header line is neither a number nor an error."""
    anna = await story.says_hello()
    await anna.uploads("list.csv", ("Phone\r\n" + "\r\n".join(numbers(4))).encode("utf-8-sig"))
    await anna.sees("list.csv: 4 numbers ready", gone="not a number")


async def test_all_duplicates(story: Story) -> None:
    """Protects the count where one number is repeated: one is ready, the rest is named."""
    anna = await story.says_hello()
    await anna.uploads("same.txt", "\n".join(numbers(1) * 9).encode())
    await anna.sees("same.txt: 1 number ready · 8 duplicates")


async def test_strangers_names_are_shown_as_they_are(story: Story) -> None:
    """Protects cards from markup, overlong and right-to-left names."""
    anna = await story.says_hello()
    await anna.uploads("<b>&amp;.txt", numbers(1)[0].encode())
    await anna.sees("<b>&amp;.txt: 1 number ready")
    await story.passes(10)
    await anna.uploads("x" * 200 + ".txt", numbers(1)[0].encode())
    await anna.sees("x" * 47 + "…: 1 number ready")
    await story.passes(10)
    hebrew = "\u05e8\u05e9\u05d9\u05de\u05d4.txt"
    await anna.uploads(hebrew, numbers(1)[0].encode())
    await anna.sees(f"\u2068{hebrew}\u2069: 1 number ready")


async def test_a_sweep_is_refused(story: Story) -> None:
    """Protects other people's numbers: a contiguous range is not a real list."""
    anna = await story.says_hello()
    await anna.uploads("range.txt", "\n".join(f"+447400{i:06}" for i in range(300)).encode())
    await anna.sees("300 of these numbers follow each other")
