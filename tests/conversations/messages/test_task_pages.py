"""/tasks: everything that was ever checked here, page by page, and found by a word of its name."""

import pytest

from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import DAY, labels
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

MADE = "✅"


async def checked(person: Person, name: str, start: int) -> None:
    """Have a list of this name checked."""
    sent = await person.uploads(name, "\n".join(numbers(20, start)).encode())
    card = await person.sees("numbers ready", after=sent)
    await person.presses("Band", on=card)
    await person.presses("Start", on=card)
    await person.sees("Done", in_message=card)


def names_on(page: Message) -> list[str]:
    """Return the names of the lists on a page, from its buttons."""
    return [label.split(" · ")[1] for label in labels(page) if MADE in label]


async def test_everything_is_found_page_by_page(story: Story) -> None:
    """Protects people from losing what they paid for: the oldest check is still there."""
    anna = await story.says_hello()
    for number in range(10):
        await checked(anna, f"list {number}.txt", 100 * number)
        story.clock.jump(40 * DAY if number == 0 else 60)
    page = await anna.sees("Your checks", after=await anna.sends("/tasks"))
    assert "send /tasks and a word of it" in page.shown
    assert names_on(page) == [f"list {number}.txt" for number in range(9, 1, -1)]
    assert labels(page)[-2] == "Older ›"
    await anna.presses("Older ›", on=page)
    await story.passes(1)
    assert names_on(page) == ["list 1.txt", "list 0.txt"]
    assert [label.split(" · ")[0] for label in labels(page)[:2]] == ["✅ Jan 1", "✅ Nov 22, 2026"]
    await anna.presses("‹ Newer", on=page)
    await story.passes(1)
    assert names_on(page)[0] == "list 9.txt"


async def test_a_check_is_found_by_a_word_of_its_name(story: Story) -> None:
    """Protects people with many lists; what they look for is never part of a button."""
    anna = await story.says_hello()
    for number in range(10):
        await checked(anna, f"Müller {number}.txt", 100 * number)
    await checked(anna, "other.txt", 2000)
    page = await anna.sees("Checks with “MÜLLER”", after=await anna.sends("/tasks\nMÜLLER "))
    assert names_on(page) == [f"Müller {number}.txt" for number in range(9, 1, -1)]
    await anna.presses("Older ›", on=page)
    await story.passes(1)
    assert page.shown.startswith("Checks with “MÜLLER”")
    assert names_on(page) == ["Müller 1.txt", "Müller 0.txt"]
    data = [str(each) for row in page.content.keyboard for each in row]
    assert not any("müller" in each.partition("callback_data")[2].casefold() for each in data)
    none = await anna.sends("/tasks <b>nobody")
    await anna.sees("Nothing here with “<b>nobody”", after=none)


async def test_a_page_of_a_search_that_is_gone_says_so(story: Story) -> None:
    """Protects people from another list than they looked for: the question was deleted."""
    anna = await story.says_hello()
    for number in range(9):
        await checked(anna, f"list {number}.txt", 100 * number)
    asked = await anna.sends("/tasks list")
    page = await anna.sees("Checks with “list”", after=asked)
    before = page.shown
    anna.deletes(asked)
    answer = await anna.presses("Older ›", on=page)
    assert "out of date" in answer.text
    assert page.shown == before


@pytest.mark.parametrize("check", ["Telegram activity", "Band"])
async def test_a_finished_check_opens_with_all_that_its_result_has(
    story: Story, check: str
) -> None:
    """Protects people who come back later: groups, sheet and file are all one tap away."""
    anna = await story.says_hello()
    card = await anna.sees(
        "numbers ready", after=await anna.uploads("a.txt", "\n".join(numbers(60)).encode())
    )
    await anna.presses(check, on=card)
    await anna.presses("Start", on=card)
    file = await anna.receives_file()
    await anna.sees("Done", in_message=card)
    page = await anna.sees("Your checks", after=await anna.sends("/tasks"))
    await anna.presses("a.txt", on=page)
    opened = await anna.sees("Done", after=page)
    await anna.presses("More…", on=file.message)
    await story.passes(5)
    under = labels(file.message)
    assert labels(opened) == [*under, "Send the file again"]
    assert under[-6:] == [
        *("My sheet with the answers", "Raw file", "Another check on these numbers"),
        *("Check again", "Compare with…", "🔁 Every month…"),
    ]
    assert len(under) > 2
    await anna.presses("My sheet with the answers", on=opened)
    assert (await anna.receives_file()).name.endswith((".csv", ".xlsx"))
    await anna.presses("Send the file again", on=opened)
    assert (await anna.receives_file()).data == file.data
