"""Private results of a group: settled once, and brought by whoever works for the person's chat."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from handlers.outgoing.results.recipients import Recipients
from handlers.shared.callbacks import GroupButton, TaskAct, TaskButton
from handlers.shared.places import MisdirectedError, result_place
from runtime.due_loop import Kind, Name
from sandbox.http import faults
from sandbox.people.group import Group
from sandbox.people.person import Person
from storage.people import chats
from storage.people.chats import GroupRules, Results
from storage.schema import tables
from storage.tasks import chat_tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task
from tests.support.databases.temporary import set_columns
from tests.support.stories.story import Story
from tests.support.stories.teams import sets, started


async def in_a_private_group(story: Story) -> tuple[Group, Person, Person]:
    """Make a group whose results go to the person alone.

    Return it, Bob, who can be reached, and Carol, its administrator.
    """
    await story.starts(access="open")
    bob, carol = story.world.person("Bob"), story.world.person("Carol")
    await bob.sends("/start")
    group = story.world.group("Team", carol, [bob])
    await sets(carol.within(group), "Where results go", "privately")
    return group, bob, carol


async def stored(story: Story, group: Group) -> Task:
    """Return the task of this group."""
    assert story.app is not None
    database = story.app.database
    async with database.read() as connection:
        return (await chat_tasks.of_chat(connection, database.vault, group.id, limit=1))[0]


async def test_a_private_result_waits_for_the_persons_chat(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the file from coming twice, from the group's replica and from the person's."""
    group, bob, _ = await in_a_private_group(story)
    assert story.app is not None
    claims, theirs = story.app.database.claims, {bob.id}
    take = claims.take

    async def takes(kind: Kind, names: Iterable[Name]) -> set[Name]:
        return await take(kind, set(names) - theirs)

    monkeypatch.setattr(claims, "take", takes)
    await started(story, bob.within(group))
    await story.passes(60)
    task = await stored(story, group)
    assert (task.state, task.result_chat_id) == (TaskState.FETCHED, bob.id)
    assert not [each for each in bob.messages if each.document]
    theirs.clear()
    await bob.receives_file()
    await story.passes(60)
    assert len([each for each in bob.messages if each.by_bot and each.document]) == 1


async def test_where_a_result_goes_is_settled_once(story: Story) -> None:
    """Protects a private result from whoever decided by rules that have changed since."""
    group, bob, _ = await in_a_private_group(story)
    assert story.app is not None
    ctx, database = story.app.ctx, story.app.database
    await started(story, bob.within(group))
    await bob.receives_file()
    task = await stored(story, group)
    async with database.write() as connection:
        await set_columns(connection, tables.tasks, task.id, state="fetched", result_chat_id=None)
    unsettled = replace(task, state=TaskState.FETCHED, result_chat_id=None)
    first = await Recipients(ctx).settle(unsettled)
    async with database.write() as connection:
        rules = GroupRules(results=Results.HERE)
        await chats.set_rules(connection, group.id, rules, story.clock.now())
    second = await Recipients(ctx).settle(unsettled)
    assert first is not None
    assert second is not None
    assert (first.goes_to, second.goes_to) == (bob.id, bob.id)
    async with database.write() as connection:
        await set_columns(connection, tables.tasks, task.id, state="delivered")
    assert await Recipients(ctx).settle(unsettled) is None


async def test_a_private_result_never_leaves_for_somebody_else(story: Story) -> None:
    """Protects the person where the file leaves: whatever is stored, nobody else gets it."""
    group, bob, _ = await in_a_private_group(story)
    assert story.app is not None
    away = story.world.ekyc.faults.add("result", faults.Dropped(), times=None)
    await started(story, bob.within(group))
    await story.passes(30)
    task, dora = await stored(story, group), story.world.person("Dora")
    await dora.sends("/start")
    async with story.app.database.write() as connection:
        await set_columns(connection, tables.tasks, task.id, result_chat_id=dora.id)
    away.off()
    with capture_logs() as logs:
        await story.passes(600)
    assert not [each for each in (*dora.messages, *group.messages) if each.by_bot and each.document]
    assert "private result misdirected" in [line["event"] for line in logs]
    assert str(dora.id) not in str(logs)
    with pytest.raises(MisdirectedError):
        result_place(await stored(story, group))


async def test_a_private_result_is_its_persons_alone(story: Story) -> None:
    """Protects the answers from the group's administrators, by buttons of others and by forged."""
    group, bob, carol = await in_a_private_group(story)
    await started(story, bob.within(group))
    await bob.receives_file()
    result = await bob.sees("20 numbers checked")
    task = await stored(story, group)
    forged = [
        TaskButton(act=TaskAct.SHEET, id=task.id).pack(),
        TaskButton(act=TaskAct.ANOTHER, id=task.id).pack(),
        TaskButton(act=TaskAct.HERE, id=task.id).pack(),
        GroupButton(act="f", id=task.id, group="yes").pack(),
        GroupButton(act="c", id=task.id, group="yes").pack(),
    ]
    card = next(each for each in group.messages if each.by_bot)
    await carol.within(group).forges(TaskButton(act=TaskAct.FILE, id=task.id).pack(), on=card)
    for person in (carol, bob):
        for data in forged:
            await person.within(group).forges(data, on=card)
    await story.passes(60)
    assert not [each for each in group.messages if each.by_bot and each.document]
    assert len([each for each in bob.messages if each.by_bot and each.document]) == 1
    await bob.presses("More…", on=result)
    await bob.presses("Another check", on=result)
    await bob.presses("All 20 numbers", on=await bob.sees("on which of its numbers"))
    await bob.sees("20 numbers ready")
