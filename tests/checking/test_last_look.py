"""The last look before a paid POST: who stood still and wakes with a list in hand sends nothing."""

import asyncio
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
from structlog.testing import capture_logs

from checking.posting import last_look
from checking.services import errors
from checking.services.bulk import Service
from checking.services.catalogue import load
from sandbox.world import World
from storage.database import LostLeaseError
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task
from tests.support.clocks import StoryClock
from tests.support.databases.replicas import Others
from tests.support.one_post import BODY, Post

S = TaskState


async def test_the_last_look_can_hold_a_list_back(world: World, service: Service) -> None:
    """Protects money: what may not leave any more doesn't, though the connection stands."""
    check = load(frozenset()).get("band")
    assert check is not None

    async def not_any_more() -> bool:
        return False

    for create in (service.flavours[each].create for each in ("tasks_v1", "wa_detail")):
        with pytest.raises(errors.HeldBackError):
            await create(check, BODY, not_any_more)
    assert (world.ekyc.posts, world.ekyc.strays) == ([], [])


async def test_what_was_dropped_meanwhile_is_not_sent(post: Post) -> None:
    """Protects money: a list that somebody dropped while its sender stood still never leaves."""
    begun = await post.begins()
    await post.is_judged(begun)
    assert await post.desk.drop(begun, 1)
    await post.submitter.work(begun)
    assert await post.stands() == (S.CANCELLED, 1, 0)


async def test_what_was_sent_again_meanwhile_is_not_sent_twice(post: Post) -> None:
    """Protects money: of two POSTs, asked for one after the other, only the last leaves."""
    begun = await post.begins()
    await post.is_judged(begun)
    assert await post.desk.send_again(begun, 1, by=1, said=0)
    again = await post.begins()
    await post.submitter.work(begun)
    assert await post.stands() == (S.SUBMITTING, 2, 0)
    post.submitter._slept_before[again.id] = 0.0
    await post.submitter.work(again)
    assert await post.stands() == (S.SUBMITTED, 2, 1)


async def test_what_is_called_off_before_the_first_byte_is_not_sent(post: Post) -> None:
    """Protects a wish: *Don't hand it in* holds as long as nothing has left."""
    begun = await post.begins()
    assert await post.desk.dont_retry(begun, 0)
    await post.submitter.work(begun)
    assert await post.stands() == (S.CANCELLED, 0, 0)


async def test_a_machine_that_slept_sends_nothing(post: Post) -> None:
    """Protects money on a laptop: after hours of sleep it first stores a new intent."""
    begun = await post.begins()
    post.boot.now += 3600
    await post.submitter.work(begun)
    assert await post.stands() == (S.CONFIRMED, 0, 0)
    await post.submitter.work(await post.begins())
    assert await post.stands() == (S.SUBMITTED, 1, 1)


async def test_who_stood_still_after_the_look_sends_nothing(post: Post) -> None:
    """Protects money: what the database said is true for a moment only."""
    begun = await post.begins()
    look = post.submitter._look._is_ours_and_wanted

    async def stalls(task: Task) -> bool:
        said = await look(task)
        post.boot.now += 60
        post.awake.now += 60
        return said

    post.submitter._look._is_ours_and_wanted = stalls  # type: ignore[method-assign]
    with capture_logs() as logs:
        await post.submitter.work(begun)
    assert await post.stands() == (S.CONFIRMED, 0, 0)
    assert [each["why"] for each in logs if each["event"] == "post held back"] == [
        "no answer in time"
    ]


@pytest.mark.parametrize("struck_off", [True, False])
async def test_who_lost_its_lease_sends_nothing(
    others: Others,
    world: World,
    clock: StoryClock,
    tmp_path: Path,
    struck_off: bool,  # noqa: FBT001 # a case
) -> None:
    """Protects money from a replica whose own clock stood still: the database's clock counts."""
    first, second = await others.another(), await others.another()
    post, other = (Post(world, clock, each, tmp_path) for each in (first, second))
    await post.waits()
    begun = await post.begins()
    await others.runs_out(first)
    assert first.claims.alive
    if struck_off:
        await others.renew(second)
        await other.submitter.due(0.0, 10, [])
        with pytest.raises(LostLeaseError):
            await post.submitter.work(begun)
        assert await other.stands() == (S.UNCONFIRMED, 1, 0)
        # Started anew, it knows that nothing was sent.
        await other.submitter.recover()
        await other.submitter.due(0.0, 10, [])
        # The number isn't used again: the file may be read once more.
        assert await other.stands() == (S.CONFIRMED, 1, 0)
    else:
        await post.submitter.work(begun)
        assert await other.stands() == (S.CONFIRMED, 0, 0)
    for each in (post, other):
        await each.close()


async def test_no_answer_in_time_holds_it_back(
    others: Others,
    world: World,
    clock: StoryClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Protects money while the database hangs: without its word nothing leaves."""
    monkeypatch.setattr(last_look, "LOOK_SECONDS", 0.05)
    first, second = await others.another(), await others.another()
    post = Post(world, clock, first, tmp_path)
    await post.waits()
    begun = await post.begins()
    # It waits for the database, too, but long before anything could leave.
    monkeypatch.setattr(post.ctx.ledger, "put", AsyncMock())
    with capture_logs() as logs:
        async with second.write():
            working = asyncio.create_task(post.submitter.work(begun))
            while "post held back" not in {each["event"] for each in logs}:  # noqa: ASYNC110
                await asyncio.sleep(0.01)  # a log line is all there is to see
        await working
    assert await post.stands() == (S.CONFIRMED, 0, 0)
    await post.close()
