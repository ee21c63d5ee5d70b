"""An answer with a task id is kept until the database has it, whatever happens meanwhile."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from sandbox.http import faults
from sandbox.world import World
from storage.database import LostLeaseError
from storage.people import usage
from storage.records import services as stored
from storage.records.answers import FILE, Answer
from storage.tasks.task_states import TaskState
from tests.support.clocks import StoryClock
from tests.support.databases.replicas import Others
from tests.support.one_post import Post

S = TaskState
ID = "d4late"


async def turns_up(post: Post) -> list[str]:
    """Start anew with the answer to its POST in the file; return the keys of the owners' notes."""
    post.answers.keep(Answer("t1", 1, "ekyc", ID))
    made = Post(post.world, StoryClock(), post.database, post.home)
    await made.submitter.recover()
    await made.submitter.due(0.0, 10, [])
    assert made.answers.waiting() == []
    assert not (post.home / FILE).read_bytes().strip(b"\0")
    await made.close()
    async with post.database.read() as connection:
        return [
            each.key for each in await stored.owner_notes_waiting(connection, post.database.vault)
        ]


@pytest.mark.parametrize("state", [S.SUBMITTING, S.UNCONFIRMED, S.CONFIRMED])
async def test_an_id_that_turns_up_is_followed(post: Post, state: TaskState) -> None:
    """Protects what was paid: a list that the service has is followed, and not sent once more."""
    begun = await post.begins()
    if state is not S.SUBMITTING:
        await post.is_judged(begun)
    if state is S.CONFIRMED:
        assert await post.desk.send_again(begun, 1, by=1, said=0)
    assert await turns_up(post) == []
    assert await post.stands() == (S.SUBMITTED, 1, 0)
    assert (await post.task()).remote_id == ID
    async with post.database.read() as connection:  # the second POST isn't sent any more
        assert await usage.used(connection, 1, usage.day_of(post.clock.now())) == 0


@pytest.mark.parametrize("decision", ["dropped", "sent again", "forgotten"])
async def test_an_id_that_nobody_waits_for_is_told(post: Post, decision: str) -> None:
    """Protects the account: the owners learn of a list that was paid and that nobody follows."""
    begun = await post.begins()
    await post.is_judged(begun)
    if decision == "dropped":
        assert await post.desk.drop(begun, 1)
    elif decision == "sent again":
        assert await post.desk.send_again(begun, 1, by=1, said=0)
        await post.submitter.work(await post.begins())
    before = await post.stands()
    if decision == "forgotten":
        post.answers.keep(Answer("gone", 1, "ekyc", "d4gone"))
    with capture_logs() as logs:
        notes = await turns_up(post)
    assert notes == ["owner-second-task"]
    assert [each["remote"] for each in logs if each["event"] == "paid task not followed"] == [
        "d4gone" if decision == "forgotten" else ID
    ]
    if decision != "forgotten":
        assert await post.stands() == before


async def test_an_id_that_was_stored_changes_nothing(post: Post) -> None:
    """Protects a check from its own answer: one that is read twice is known."""
    await post.submitter.work(await post.begins())
    before = await post.task()
    assert before.remote_id is not None
    post.answers.keep(Answer("t1", 1, "ekyc", before.remote_id))
    await post.submitter.due(0.0, 10, [])
    assert post.answers.waiting() == []
    assert await post.task() == before


async def test_a_database_that_refuses_is_asked_until_it_takes_the_id(post: Post) -> None:
    """Protects what was paid from a database that refuses writes just then."""
    move, refusals = post.ctx.ledger.move, 3

    async def refuses(*args: object, **changes: object) -> bool:
        nonlocal refusals
        if "remote_id" in changes and refusals:
            refusals -= 1
            raise OperationalError("UPDATE", None, Exception("database is locked"))
        return await move(*args, **changes)  # type: ignore[arg-type]

    post.ctx.ledger.move = refuses  # type: ignore[method-assign]
    begun = await post.begins()
    with capture_logs() as logs:
        await post.submitter.work(begun)
        while post.answers.waiting():
            assert await post.stands() == (S.SUBMITTING, 1, 1)
            await post.submitter.due(0.0, 10, [])
    assert sum(each["event"] == "answer not stored" for each in logs) == 3
    assert await post.stands() == (S.SUBMITTED, 1, 1)


async def test_a_free_outcome_outlives_a_database_that_refuses(
    post: Post, clock: StoryClock
) -> None:
    """Protects people from a question: what was surely not charged isn't called unclear."""
    await post.world.ekyc.goes_down()
    move, refusals = post.ctx.ledger.move, 3

    async def refuses(*args: object, **changes: object) -> bool:
        nonlocal refusals
        if changes.get("reason") == "service_down" and refusals:
            refusals -= 1
            raise OperationalError("UPDATE", None, Exception("database is locked"))
        return await move(*args, **changes)  # type: ignore[arg-type]

    post.ctx.ledger.move = refuses  # type: ignore[method-assign]
    working = asyncio.create_task(post.submitter.work(await post.begins()))
    while not working.done():
        clock.to_next_sleeper()
        await asyncio.wait([working], timeout=0.01)
    assert await post.stands() == (S.CONFIRMED, 0, 0)


async def test_who_ends_before_the_first_byte_asks_nobody(post: Post, clock: StoryClock) -> None:
    """Protects people from a question: an orderly end before a POST leaves nothing unclear."""
    slow = post.world.ekyc.faults.add("balance", faults.Slow(600))
    working = asyncio.create_task(post.submitter.work(await post.begins()))
    await post.world.until(lambda: slow.hits or None, "the balance is asked")
    working.cancel()
    await asyncio.wait([working])
    made = Post(post.world, clock, post.database, post.home)
    await made.submitter.recover()
    await made.submitter.due(0.0, 10, [])
    # Its number isn't used again: the answer may be read once more.
    assert await made.stands() == (S.CONFIRMED, 1, 0)
    await made.close()


async def test_who_loses_its_lease_in_a_post_brings_the_id_later(
    others: Others, world: World, clock: StoryClock, tmp_path: Path
) -> None:
    """Protects what was paid: another replica asked the person, and this one has the answer."""
    first, second = await others.another(), await others.another()
    post, other = (Post(world, clock, each, tmp_path) for each in (first, second))
    await post.waits()
    world.ekyc.faults.add("create", faults.Slow(600))
    working = asyncio.create_task(post.submitter.work(await post.begins()))
    await world.until(lambda: world.ekyc.posts or None, "the list leaves")
    await others.runs_out(first)
    await others.renew(second)
    await other.submitter.due(0.0, 10, [])
    assert await other.stands() == (S.UNCONFIRMED, 1, 1)
    while not working.done():
        clock.to_next_sleeper()
        await asyncio.wait([working], timeout=0.01)
    with pytest.raises(LostLeaseError):
        working.result()
    await other.submitter.recover()
    await other.submitter.due(0.0, 10, [])
    assert await other.stands() == (S.SUBMITTED, 1, 1)
    assert (await other.task()).remote_id == world.ekyc.tasks[0].task_id
    for each in (post, other):
        await each.close()
