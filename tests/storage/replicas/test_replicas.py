import asyncio
from collections.abc import AsyncGenerator
from itertools import chain
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.database import Database, LostLeaseError
from storage.records import inbox
from storage.records.inbox import MOST_ATTEMPTS, StoredUpdate
from storage.records.strikes import MOST_DEATHS, Strikes
from storage.schema import tables
from storage.schema.replica_tables import claims, group_sends
from storage.tasks import due_tasks, tasks
from storage.tasks.task_states import TaskState
from tests.support.clocks import StoryClock
from tests.support.databases.replicas import LEASE, Others, replica_of, several
from tests.support.databases.temporary import CHAT, NOW, new_list, new_task, set_columns

GROUP = -1001


@pytest.fixture
async def others(tmp_path: Path) -> AsyncGenerator[Others]:
    """Replicas of one database; none has joined yet."""
    async with several(tmp_path) as made:
        yield made


async def claimed(database: Database, name: int | str = CHAT) -> bool:
    """Return whether this replica gets a chat that it claims."""
    return await database.claims.take("chat", [name]) == {name}


async def test_one_thing_belongs_to_one_replica(others: Others) -> None:
    """Protects all work from being done twice: of two claims, one succeeds."""
    first, second = await others.another(), await others.another()
    got = await asyncio.gather(claimed(first), claimed(second))
    assert sorted(got) == [False, True]
    assert await claimed(first) == got[0]
    assert await first.claims.take("service", ["ekyc"]) == {"ekyc"}
    assert await second.claims.take("service", ["ekyc", "other"]) == {"other"}


async def test_a_chat_goes_to_another_when_the_lease_runs_out(others: Others) -> None:
    """Protects people whose replica died: others take over, but not earlier."""
    first, second = await others.another(), await others.another()
    assert await claimed(first)
    await others.renew(second)
    assert not await claimed(second)
    await others.runs_out(first)
    await others.renew(second)
    assert await claimed(second)
    assert replica_of(second).live == [replica_of(second).replica]


async def test_who_was_taken_for_dead_changes_nothing_any_more(others: Others) -> None:
    """Protects against a replica that only stood still: nothing that it still writes is stored.

    This includes a transaction that was open when it stopped.
    """
    first, second = await others.another(), await others.another()
    await new_list(first, "l1")
    await new_task(first, "t1", "l1")
    await others.runs_out(first)
    await others.renew(second)
    with pytest.raises(LostLeaseError):
        async with first.write() as connection:
            await tasks.move(
                connection,
                first.vault,
                "t1",
                was=[TaskState.DRAFT],
                became=TaskState.CONFIRMED,
                now=NOW,
            )
    with pytest.raises(LostLeaseError):
        await others.renew(first)
    assert replica_of(first).lost
    assert not first.claims.alive
    async with second.read() as connection:
        found = await tasks.get(connection, second.vault, "t1")
    assert found is not None
    assert found.state is TaskState.DRAFT


async def test_a_lease_that_ran_out_is_known_without_asking(others: Others) -> None:
    """Protects what no database can hold back: posts and messages wait for a new lease."""
    first = await others.another()
    assert first.claims.alive
    others.watch.now += LEASE
    assert not first.claims.alive
    await others.renew(first)
    assert first.claims.alive


async def test_after_an_outage_nobody_strikes_off_anybody(others: Others) -> None:
    """Protects all replicas after a database outage, when every lease has expired."""
    first, second = await others.another(), await others.another()
    await others.runs_out(first)
    others.watch.now += LEASE
    await others.renew(second)
    assert len(replica_of(second).live) == 2
    await others.renew(first)


async def test_a_replica_that_leaves_gives_everything_back_at_once(others: Others) -> None:
    """Protects people in a rolling upgrade from waiting for a lease."""
    first, second = await others.another(), await others.another()
    assert await claimed(first)
    await replica_of(first).leave()
    assert await claimed(second)


@pytest.mark.parametrize("struck_off", [True, False])
async def test_an_orderly_end_is_no_death(others: Others, struck_off: bool) -> None:  # noqa: FBT001 # a case
    """Protects a list from being set aside where replicas only lost their database or stopped."""
    last = await others.another()
    for _ in range(MOST_DEATHS):
        leaver = await others.another()
        assert await Strikes(leaver, "read", StoryClock()).begin(["list"]) == set()
        if struck_off:
            await others.runs_out(leaver)
            await others.renew(last)
        await replica_of(leaver).leave()
    assert await Strikes(last, "read", StoryClock()).begin(["list"]) == set()
    assert await Strikes(await others.another(), "read", StoryClock()).begin(["list"]) == set()


async def test_a_newcomer_claims_nothing_before_the_others_know(others: Others) -> None:
    """Protects Telegram's rate limit: until then the others use the newcomer's share, too."""
    first = await others.another()
    newcomer = await others.another(joins=False)
    await replica_of(newcomer).join()
    assert not await claimed(newcomer)
    assert (first.claims.share, newcomer.claims.share) == (1.0, 0.5)
    await others.renew(first)
    assert first.claims.share == 0.5
    others.watch.now += LEASE / 2
    await others.renew(first, newcomer)
    assert await claimed(newcomer)


async def test_idle_chats_are_given_away_and_busy_ones_kept(others: Others) -> None:
    """Protects a fair spread, and a job from being begun a second time while it runs."""
    first, second = await others.another(), await others.another()
    await others.renew(first)
    busy, held, idle = 1, 2, 3
    assert await first.claims.take("chat", [busy, held, idle]) == {busy, held, idle}
    replica_of(first).keep_while(lambda chat: chat == busy)
    with first.claims.holding("chat", held):
        others.watch.now += 60
        await others.renew(first, second)
        await others.renew(first)
        assert await second.claims.take("chat", [busy, held, idle]) == {idle}
    assert await first.claims.take("chat", [busy, held, idle]) == {busy, held}


async def test_each_chat_has_one_that_it_goes_to_first(others: Others) -> None:
    """Protects against one replica that does everything while the others wait."""
    three = [await others.another() for _ in range(3)]
    await others.renew(*three)
    wanted = [[chat for chat in range(300) if each.claims.prefers(chat)] for each in three]
    assert sorted(chain.from_iterable(wanted)) == list(range(300))
    assert min(len(each) for each in wanted) > 60


async def test_a_group_keeps_its_minute_when_it_changes_hands(others: Others) -> None:
    """Protects a group's twenty a minute: a new replica counts what the last one sent."""
    first, second = await others.another(), await others.another()
    told: dict[int, int] = {}
    replica_of(first).count_sends(lambda: {GROUP: 11}, lambda _: None)
    replica_of(second).count_sends(dict, told.update)
    assert await claimed(first, GROUP)
    await others.renew(first)
    await others.runs_out(first)
    await others.renew(second)
    assert await claimed(second, GROUP)
    assert told == {GROUP: 17}
    async with second.write() as connection:
        await connection.execute(sa.update(group_sends).values(at=group_sends.c.at - 61))
        await connection.execute(sa.delete(claims))
    replica_of(second)._held.clear()
    told.clear()
    assert await claimed(second, GROUP)
    assert told == {}


async def test_updates_of_a_dead_replica_are_taken_up_in_order(others: Others) -> None:
    """Protects a chat's order, and replicas from one update that kills them in turn."""
    three = [await others.another() for _ in range(3)]
    first, second, third = three
    updates = [StoredUpdate(number, CHAT, b"sealed %d" % number) for number in (2, 1)]
    async with second.write() as connection:
        await inbox.store(connection, updates, NOW)
    assert await taken_up(first) == [(1, None), (2, None)]
    assert await taken_up(first) == []
    assert await taken_up(second) == []
    for _ in range(MOST_ATTEMPTS):
        async with first.write() as connection:
            await inbox.begun_again(connection, 1)
    await others.runs_out(first)
    await others.renew(third)
    assert await taken_up(second) == [(2, 0)]
    assert await taken_up(third) == []


async def test_what_is_ours_without_our_knowing_is_let_go(others: Others) -> None:
    """Protects updates of a commit that succeeded, but whose reply was lost with the server."""
    first = await others.another()
    async with first.write() as connection:
        await inbox.store(connection, [StoredUpdate(1, CHAT, b"1"), StoredUpdate(2, 5, b"2")], NOW)
    assert await taken_up(first) == [(1, None), (2, None)]
    async with first.write() as connection:
        await inbox.give_up(connection, first.claims.replica, {2})
    assert await taken_up(first) == [(1, None)]


async def taken_up(database: Database) -> list[tuple[int, int | None]]:
    """Return what a replica takes up of the inbox: ids, and their begins since a crash."""
    me = database.claims.replica
    async with database.read() as connection:
        waiting = await inbox.lanes_waiting(connection, me)
    ours = await database.claims.take("chat", waiting)
    async with database.write() as connection:
        chats = [int(chat_id) for chat_id in ours]
        await inbox.set_aside(connection, me, chats, NOW)
        found = await inbox.take_up(connection, me, chats)
    return [(each.update_id, each.left_over) for each in found]


async def test_work_of_others_is_not_even_seen(others: Others) -> None:
    """Protects the limit of each query: a hundred tasks of others don't hide one of ours."""
    first, second = await others.another(), await others.another()
    await new_list(first, "l1")
    await new_task(first, "t1", "l1")
    async with first.write() as connection:
        await set_columns(connection, tables.tasks, "t1", state=TaskState.EXPORTED)
    assert await claimed(first)
    seen = []
    for database in (first, second):
        async with database.read() as connection:
            found = await due_tasks.due(connection, database.vault, [TaskState.EXPORTED], NOW)
            shown = await due_tasks.to_show(connection, database.vault)
            at = await due_tasks.next_due_at(connection, [TaskState.EXPORTED])
        seen.append((len(found), len(shown), at))
    assert seen == [(1, 1, 0.0), (0, 0, None)]
