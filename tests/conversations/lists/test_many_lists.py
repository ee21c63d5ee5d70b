"""A person with many lists, or with much in them, delays nobody and fills nothing."""

import pytest

from checking.limits import shares
from checking.limits.shares import MOST_WAITING
from sandbox.http import faults
from tests.support.stories.lists import numbers
from tests.support.stories.steps import started
from tests.support.stories.story import Story


async def test_more_lists_than_one_may_have_waiting_are_refused(story: Story) -> None:
    """Protects the database from one person; what was taken is read, and the rest can be resent."""
    anna = await story.says_hello()
    away = story.world.telegram.faults.add("getFile", faults.Dropped(), times=None)
    for place in range(MOST_WAITING):
        await anna.uploads(f"list {place}.txt", "\n".join(numbers(place + 3)).encode())
        await story.passes(2)
    await anna.uploads("one more.txt", "\n".join(numbers(2)).encode())
    await anna.sees(f"You have {MOST_WAITING} lists waiting to be read")
    away.off()
    for place in range(MOST_WAITING):
        await anna.sees(f"list {place}.txt: {place + 3} numbers ready")
    await anna.uploads("one more.txt", "\n".join(numbers(2)).encode())
    await anna.sees("one more.txt: 2 numbers ready")


async def test_more_numbers_than_one_may_keep_are_refused(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the disk; what was discarded makes room."""
    monkeypatch.setattr(shares, "MOST_KEPT_BYTES", 250)
    anna = await story.says_hello()
    await anna.uploads("first.txt", "\n".join(numbers(40)).encode())
    await anna.sees("first.txt: 40 numbers ready")
    await anna.uploads("second.txt", "\n".join(numbers(41)).encode())
    await anna.sees("numbers for you. Please discard lists that you don't need")
    await anna.presses("Discard")
    await anna.uploads("second.txt", "\n".join(numbers(41)).encode())
    await anna.sees("second.txt: 41 numbers ready")


async def test_a_list_made_of_a_result_counts_as_well(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the disk from taps."""
    monkeypatch.setattr(shares, "MOST_KEPT_BYTES", 250)
    await started(story, 60, "Active number")
    await story.anna.receives_file()
    await story.anna.presses("More…")
    await story.anna.presses("Another check on these numbers")
    await story.anna.presses("All 60 numbers")
    await story.anna.sees("numbers for you. Please discard lists that you don't need")


async def test_more_parts_than_a_list_takes_begin_another(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects memory from a list of very many messages; each number is read all the same."""
    monkeypatch.setattr(shares, "MOST_PARTS", 2)
    anna = await story.says_hello()
    for number in numbers(6)[::2]:
        await anna.sends(f"{number} and\n{number[:-1]}9")
    await anna.sees("4 numbers ready")
    await anna.sees("2 numbers ready")
