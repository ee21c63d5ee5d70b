"""*I found it*: an unclear list is taken up by its task's id at the service, and paid once."""

import pytest

from sandbox.http import faults
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import data_of, labels, quoted
from tests.support.stories.steps import started
from tests.support.stories.story import Story

UNCLEAR = "I don't know whether the service took this list"
FOUND = "I found it at the service"
ASKED = "Reply to this message with its id"
FOLLOWED = "I follow that task now"


async def asked(person: Person, on: Message) -> Message:
    """Tap *I found it*, and return the question."""
    before = person.messages[-1]
    await person.presses(FOUND, on=on)
    return await person.sees(ASKED, after=before)


async def lost(story: Story) -> Message:
    """Anna, an owner, starts a check whose reply is lost; return the card."""
    story.world.ekyc.faults.add("create", faults.ReplyLost())
    card = await started(story)
    return await story.anna.sees(UNCLEAR, in_message=card)


async def test_a_found_task_is_followed_and_paid_once(story: Story) -> None:
    """Protects money: a list that was taken though the reply was lost is not paid again."""
    card = await lost(story)
    question = await asked(story.anna, card)
    await story.restarts()  # nothing of the question lives in memory
    (task,) = story.world.ekyc.tasks
    await story.anna.sends(f" {task.task_id}\n", reply_to=question)
    await story.anna.sees(FOLLOWED)
    file = await story.anna.receives_file()
    assert file.data == task.result_bytes
    await story.anna.sees("Done", in_message=card)
    assert len(story.world.ekyc.posts) == 1


async def test_what_doesnt_fit_is_refused(story: Story) -> None:
    """Protects a list from another's result: an id must be known, free, and of as many numbers."""
    anna, ekyc = story.anna, story.world.ekyc
    await started(story, 30, "Band")
    await anna.receives_file()
    card = await lost(story)
    question = await asked(anna, card)
    ekyc.faults.add("status", faults.bad_gateway())
    ekyc.faults.add("status", faults.refused(400, "invalid_request", "Invalid task ID"))
    for said, answer in (
        ("what is it", "This is no task id"),
        ("x" * 129, "This is no task id"),
        (ekyc.tasks[1].task_id, "can't ask the service right now"),
        ("d4nosuchtask", "doesn't know a task of that id"),
        ("d4nosuchtask", "doesn't know a task of that id"),
        (ekyc.tasks[0].task_id, "another number of numbers"),
    ):
        sent = await anna.sends(said, reply_to=question)
        await anna.sees(answer, after=sent)
    await anna.sees(UNCLEAR, in_message=card)
    ekyc.faults.add("create", faults.ReplyLost())
    other = await quoted(anna, 20, 500)
    await anna.presses("Start", on=other)
    await anna.sees(UNCLEAR, in_message=other)
    second = await asked(anna, other)
    await anna.sends(ekyc.tasks[1].task_id, reply_to=question)
    await anna.receives_file()
    sent = await anna.sends(ekyc.tasks[1].task_id, reply_to=second)
    await anna.sees("is that task already", after=sent)
    sent = await anna.sends(ekyc.tasks[2].task_id, reply_to=question)
    await anna.sees("Things have moved on with this list", after=sent)
    assert len(ekyc.posts) == 3


async def test_the_question_can_be_left(story: Story) -> None:
    """Protects the person from a question that stays: it goes away, and the card decides."""
    card = await lost(story)
    question = await asked(story.anna, card)
    await story.anna.presses("Cancel", on=question)
    await story.world.until(lambda: question.deleted or None, "the question is gone")
    await story.anna.presses("Drop it", on=card)
    await story.anna.sees("Dropped. I send nothing more", in_message=card)


@pytest.mark.parametrize("access", ["invite", "open"])
async def test_who_may_say_which_task_it_is(story: Story, access: str) -> None:
    """Protects other accounts' tasks: the owner may, and the person where access is open."""
    await story.starts(access="open")
    bob, eve = story.world.person("Bob"), story.world.person("Eve")
    await story.anna.sends("/start")
    await bob.sends("/start")
    await bob.sees("I check lists")
    await eve.sends("/start")
    await eve.sees("I check lists")
    story.world.ekyc.faults.add("create", faults.ReplyLost())
    card = await quoted(bob, 20)
    await bob.presses("Start", on=card)
    await bob.sees(UNCLEAR, in_message=card)
    (task,) = story.world.ekyc.tasks
    data = data_of(card, FOUND)
    assert "out of date" in (await eve.forges(data, on=eve.messages[1])).text
    if access == "open":
        question = await asked(bob, card)
        await bob.sends(task.task_id, reply_to=question)
    else:
        await story.restarts(access=access)
        note = await story.anna.sees("It is unclear whether ekyc took a list")
        question = await asked(story.anna, note)
        await story.anna.sends(task.task_id, reply_to=question)
        await story.anna.sees(FOLLOWED)
    await bob.sees("Done", in_message=card)
    assert FOUND not in labels(card)
    assert len(story.world.ekyc.posts) == 1
