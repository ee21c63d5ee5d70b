"""A finished list is begun anew: from its file, its texts or its numbers, up to the quote."""

import asyncio

from checking.again import Begun
from handlers.shared.places import place_of
from sandbox.http import faults
from sandbox.people.person import Person
from storage.tasks import chat_tasks
from storage.tasks.tasks import Task
from tests.support.stories.crowd import DAY, labels
from tests.support.stories.excluding import never_checks
from tests.support.stories.lists import numbers
from tests.support.stories.memory import checked
from tests.support.stories.story import Story

NATIONAL = "\n".join(f"0{number[3:]}" for number in numbers(20))


async def newest(story: Story) -> Task:
    """Return the check that was begun last in Anna's chat."""
    assert story.app is not None
    database = story.app.database
    async with database.read() as connection:
        return (await chat_tasks.of_chat(connection, database.vault, story.anna.id, limit=1))[0]


async def begun_anew(story: Story, task: Task) -> Begun | None:
    """Begin a finished check anew, where its list was sent."""
    assert story.app is not None
    return await story.app.ctx.again.begin(task, place_of(task))


async def pastes(person: Person, wanted: list[str]) -> None:
    """Have pasted numbers checked."""
    card = await person.sees("numbers ready", after=await person.sends("\n".join(wanted)))
    await person.presses("Active number", on=card)
    await person.presses("Start", on=card)
    await person.sees("Done", in_message=card)


async def test_a_file_is_read_once_more_and_quoted(story: Story) -> None:
    """Protects the question of next month: the same file, up to Start, without sending it."""
    anna = await story.says_hello()
    file = await checked(anna, numbers(30), "Telegram activity")
    await story.passes(40 * DAY)
    before = len(story.world.ekyc.tasks)
    begun = await begun_anew(story, await newest(story))
    assert begun is not None
    assert begun.is_new
    quote = await anna.sees("30 numbers go to the service", after=file.message)
    assert "numbers.txt" in quote.shown
    assert "Telegram activity" in quote.shown
    assert labels(quote) == ["‹ Back", "Start"]
    assert len(story.world.ekyc.tasks) == before, "nothing starts by itself"
    await anna.presses("Back", on=quote)
    await anna.sees("numbers.txt: 30 numbers ready", in_message=quote)
    await anna.presses("Band", on=quote)
    await anna.presses("Start", on=quote)
    await anna.sees("Done", in_message=quote)
    assert story.world.ekyc.tasks[-1].numbers == numbers(30)


async def test_it_is_read_in_the_same_way(story: Story) -> None:
    """Protects people from the questions of last time: the country that was said holds."""
    anna = await story.says_hello()
    sent = await anna.uploads("numbers.txt", NATIONAL.encode())
    question = await anna.sees("Which country", after=sent)
    await anna.presses("United Kingdom", on=question)
    await anna.sees("20 numbers ready", in_message=question)
    await anna.presses("Band", on=question)
    await anna.presses("Start", on=question)
    await anna.sees("Done", in_message=question)
    await story.passes(100 * DAY)
    await begun_anew(story, await newest(story))
    quote = await anna.sees("20 numbers go to the service", after=question)
    await anna.presses("Start", on=quote)
    await anna.sees("Done", in_message=quote)
    assert story.world.ekyc.tasks[-1].numbers == numbers(20)


async def test_two_at_once_make_one_list(story: Story) -> None:
    """Protects people, and the reader, from the same list twice; after its start it may be anew."""
    anna = await story.says_hello()
    file = await checked(anna, numbers(30))
    await story.passes(100 * DAY)
    task = await newest(story)
    first, second = await asyncio.gather(begun_anew(story, task), begun_anew(story, task))
    assert first is not None
    assert second is not None
    assert first.list_id == second.list_id
    assert sorted([first.is_new, second.is_new]) == [False, True]
    quote = await anna.sees("30 numbers go to the service", after=file.message)
    await story.restarts()
    third = await begun_anew(story, task)
    assert third == Begun(first.list_id, is_new=False)
    await anna.presses("Start", on=quote)
    await anna.sees("Done", in_message=quote)
    fourth = await begun_anew(story, task)
    assert fourth is not None
    assert fourth.is_new
    assert fourth.list_id != first.list_id


async def test_a_file_that_is_gone_is_told_as_ever(story: Story) -> None:
    """Protects people from waiting: the card says that Telegram has the file no more."""
    anna = await story.says_hello()
    file = await checked(anna, numbers(30))
    await story.passes(2 * DAY)
    gone = faults.Refuse("Bad Request: wrong file_id or the file is temporarily unavailable")
    story.world.telegram.faults.add("getFile", gone, times=None)
    await begun_anew(story, await newest(story))
    await anna.sees("Telegram didn't give me the file", after=file.message)


async def test_a_paste_is_begun_anew_while_it_is_kept(story: Story) -> None:
    """Protects what people pasted: a week later nothing of it is here, and that is known."""
    anna = await story.says_hello()
    await pastes(anna, numbers(12))
    await story.passes(3 * DAY)
    task = await newest(story)
    last = anna.messages[-1]
    assert await begun_anew(story, task) is not None
    quote = await anna.sees("12 numbers", after=last)
    await anna.presses("Back", on=quote)
    await anna.presses("Discard", on=quote)
    await story.passes(5 * DAY)
    assert await begun_anew(story, task) is None


async def test_a_part_of_a_list_is_begun_anew_from_its_numbers(story: Story) -> None:
    """Protects money: a check of one group is not begun anew with the whole file."""
    anna = await story.says_hello()
    story.world.ekyc.known |= dict.fromkeys(numbers(30), "yes") | dict.fromkeys(numbers(12), "no")
    await checked(anna, numbers(30))
    await anna.presses("More…")
    await anna.presses("Another check on these numbers")
    which = await anna.sees("on which of its numbers?")
    await anna.presses("Band: no", on=which)
    card = await anna.sees("12 numbers ready")
    await anna.presses("Active number", on=card)
    await anna.presses("Start", on=card)
    file = await anna.receives_file()
    while "Active" not in file.name:
        file = await anna.receives_file()
    task = await newest(story)
    assert await begun_anew(story, task) is not None
    await anna.sees("12 numbers", after=file.message)
    await story.passes(10 * DAY)
    assert await begun_anew(story, task) is None, "its numbers are erased"


async def test_what_is_never_to_be_checked_stays_out_of_it(story: Story) -> None:
    """Protects a promise: numbers that are kept are begun anew without the excluded ones."""
    anna = await story.says_hello()
    story.world.ekyc.known |= dict.fromkeys(numbers(30), "yes") | dict.fromkeys(numbers(12), "no")
    await checked(anna, numbers(30))
    await anna.presses("More…")
    await anna.presses("Another check on these numbers")
    await anna.presses("Band: no", on=await anna.sees("on which of its numbers?"))
    card = await anna.sees("12 numbers ready")
    await anna.presses("Active number", on=card)
    await anna.presses("Start", on=card)
    await anna.sees("Done", in_message=card)
    task = await newest(story)
    told = await never_checks(anna, numbers(5))
    assert await begun_anew(story, task) is not None
    await anna.sees("7 numbers", after=told)
