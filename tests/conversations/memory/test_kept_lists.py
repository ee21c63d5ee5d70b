"""Lists with too few new numbers are kept, and only new ones count until the check can start."""

from pathlib import Path

from sandbox.people.person import Person
from tests.support.stories.baskets import sends_file
from tests.support.stories.crowd import labels
from tests.support.stories.lists import numbers
from tests.support.stories.memory import checked, opens
from tests.support.stories.story import Story


async def asks_for(story: Story, home: Path, minimum: int) -> Person:
    """Start a bot whose Band asks for that many numbers."""
    own = home / "own.toml"
    own.write_text(f"[band]\nminimum = {minimum}\n")
    story.settings["checkers_file"] = own
    return await story.says_hello()


async def test_new_numbers_are_added_until_they_are_enough(story: Story, tmp_path: Path) -> None:
    """Protects money: nobody has to pay for all again to have few new ones checked."""
    anna = await asks_for(story, tmp_path, 25)
    await checked(anna, numbers(30))
    card = await opens(anna, numbers(40))
    await anna.presses("Keep it, add more", on=card)
    await anna.sees("10 of 25 for Band", in_message=card)
    assert "30 of its numbers were answered before: only new ones count" in card.shown
    assert labels(card) == ["Choose another check", "Don't add more", "Discard"]
    known = await sends_file(anna, "known.txt", 15, 5)
    await anna.sees("Added to numbers.txt: 10 of 25 for Band now", in_message=known)
    await anna.sees("15 duplicates", in_message=card)
    assert "10 of 25 for Band" in card.shown
    last = await sends_file(anna, "last.txt", 20, 35)
    await anna.sees("Added to numbers.txt: 25 now, enough for Band", in_message=last)
    await anna.sees("Enough for Band, which asks for 25", in_message=card)
    await anna.presses("Band: see the price", on=card)
    await anna.sees("55 numbers · 30 were answered in the last 90 days", in_message=card)
    await anna.presses("Check the 25", on=card)
    file = await anna.receives_file()
    assert "55 numbers · 25 checked now, in this file · 30 from memory" in file.caption
    assert [task.numbers for task in story.world.ekyc.tasks] == [numbers(30), numbers(25, 30)]


async def test_what_is_remembered_fills_no_basket(story: Story, tmp_path: Path) -> None:
    """Protects people from a basket that seems full: a list that is too short as a whole, too."""
    anna = await asks_for(story, tmp_path, 15)
    await checked(anna, numbers(15))
    card = await opens(anna, numbers(14, 5))
    await anna.presses("Keep it, add more", on=card)
    await anna.sees("4 of 15 for Band", in_message=card)
    await sends_file(anna, "more.txt", 5, 19)
    await anna.sees("9 of 15 for Band", in_message=card)
    assert "Band: see the price" not in labels(card)
