"""Unusual lists: odd names, bytes and sizes."""

from functools import partial

import pytest

from sheets.lists import intake
from tests.support.confinement import NearPool
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

LINES = numbers(3)
RIGHT_TO_LEFT = "\u202etxt.exe"

# What the file is called, what is in it, and what its card calls it.
READ = {
    "500 letters": ("x" * 500 + ".txt", "\n".join(LINES).encode(), "x" * 47 + "…"),
    "turned around": (RIGHT_TO_LEFT, "\n".join(LINES).encode(), "txt.exe"),
    "emoji and marks": ("📱 & <i>.txt", "\n".join(LINES).encode(), "📱 & <i>.txt"),
    "of another place": ("../../etc/passwd", "\n".join(LINES).encode(), "passwd"),
    "NUL bytes": ("nul.txt", "\n\0".join(LINES).encode() + bytes(40), "nul.txt"),
    "UTF-16 without a mark": ("wide.txt", "\n".join(LINES).encode("utf-16-le"), "wide.txt"),
    "a mark in front": ("bom.csv", "\n".join(LINES).encode("utf-8-sig"), "bom.csv"),
    "old Mac lines": ("mac.txt", "\r".join(LINES).encode(), "mac.txt"),
    "ten million columns": ("wide.csv", b"," * 10_000_000 + b"\n" + LINES[0].encode(), "wide.csv"),
}


async def test_odd_lists_are_read_as_they_are_meant(story: Story) -> None:
    """Protects people from odd programs: each list is read, and keeps its name."""
    anna = await story.says_hello()
    for case, (name, data, shown) in READ.items():
        sent = await anna.uploads(name, data)
        count = "1 number ready" if case == "ten million columns" else "3 numbers ready"
        card = await anna.sees(count, after=sent)
        assert shown in card.shown, case
        assert "not number" not in card.shown, case
        await story.passes(20)
    assert not story.world.ekyc.posts


async def test_a_list_over_the_maximum_is_refused_in_time(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects from a surprise after Start: too many numbers are refused before any payment."""
    story.pool = NearPool()
    monkeypatch.setattr(intake, "read", partial(intake.read, maximum=100))
    anna = await story.says_hello()
    await anna.uploads("many.txt", "\n".join(numbers(101)).encode())
    card = await anna.sees("100 numbers")
    assert "ready" not in card.shown
    assert not any("Telegram activity" in row for row in card.buttons)
    await anna.uploads("enough.txt", "\n".join(numbers(100) * 2).encode())
    await anna.sees("enough.txt: 100 numbers ready · 100 duplicates")
