"""Finished checks begun anew: a list with what their list had, for a new quote.

The parts of the old list are read once more, in the same way: files by their ids at Telegram, texts
while they are kept. Where these are gone, or the check was of some of their numbers only, the
list's numbers do, while they are kept.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking import numbers
from checking.context import TaskContext
from checking.limits import shares
from checking.memory import exclusions
from checking.memory.blocks import recall_result
from checking.memory.sketches import alike
from checking.people import People
from runtime.confined.files import Files
from sheets.glass.shapes import Numbers
from storage.lists import again, list_parts, lists
from storage.lists.list_parts import StoredPart
from storage.lists.lists import NumberList, Placed
from storage.sealing.ids import new_id
from storage.tasks import drafts
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

FINISHED = (TaskState.DELIVERED, TaskState.FAILED, TaskState.EXPIRED)
"""A check that ended otherwise left its list: another one can be chosen for that."""

log = structlog.get_logger("list")


@dataclass(frozen=True, slots=True)
class Begun:
    """A list begun anew; without `is_new` it was there already, and waits for its start."""

    list_id: str
    is_new: bool


Also = Callable[[AsyncConnection, Begun], Awaitable[None]]


class Again:
    """Begins finished checks anew."""

    def __init__(self, ctx: TaskContext, people: People) -> None:
        self._ctx = ctx
        self._database = ctx.database
        self._vault = ctx.database.vault
        self._clock = ctx.clock
        self._wake_up = ctx.ledger.wake_up
        self._people = people

    async def begin(self, task: Task, place: Placed, also: Also | None = None) -> Begun | None:
        """Make a list there with what the list of a finished task had, for the same person.

        It is read and started like any other; the courier shows it with the quote of that check. As
        long as it wasn't started, it is the only one. None if neither the file nor the numbers can
        be had any more. Raises LimitError, TooManyListsError and TooMuchKeptError.

        also: Further writes of the same transaction.
        """
        async with self._database.read() as connection:
            found = await lists.get(connection, self._vault, task.list_id)
            stored = await self._parts(connection, found) if found else []
        if found is None:
            return None
        list_id, kept = new_id(), None
        if not stored:
            kept = await self._numbers(found)
            if kept is None or not kept.count:
                return None
            sealed = await numbers.seal(self._vault, list_id, kept)
        async with self._database.write() as connection:
            if waits := await again.waiting(connection, task.id):
                waiting = Begun(waits, is_new=False)
                if also is not None:
                    await also(connection, waiting)
                return waiting
            if await lists.get(connection, self._vault, found.id) is None:
                return None  # its person was forgotten at this moment
            await self._people.must_serve(connection, place.chat_id)
            if kept is None:
                await shares.may_begin(connection, found.person_id)
                await again.begin(
                    connection,
                    self._vault,
                    list_id=list_id,
                    of=found,
                    stored=stored,
                    place=place,
                    now=self._clock.now(),
                )
            else:
                await shares.has_room(connection, found.person_id, sealed["body_sealed"])
                await lists.derive(
                    connection,
                    self._vault,
                    list_id=list_id,
                    of=found,
                    title=found.title,
                    ready=kept.count,
                    sealed=sealed,
                    place=place,
                    now=self._clock.now(),
                )
            await again.mark(connection, list_id, task.id)
            begun = Begun(list_id, is_new=True)
            if also is not None:
                await also(connection, begun)
        self._wake_up.notify()
        log.info("list begun anew", list=list_id, of=task.id)
        return begun

    async def remembered(self, task: Task, posted: bytes) -> bytes | None:
        """Return the answers of a task to these numbers, as stored, that are still remembered.

        None without any. Raises TooMuchError and BrokenWorkError.
        """
        check = self._ctx.catalogue.get(task.check_key)
        recalled = await recall_result(self._ctx, task, check, posted) if check else None
        return recalled.known if recalled and recalled.remembered else None

    async def alike(self, task: Task) -> list[Task]:
        """Return the results that this task's may be compared with, the newest first."""
        return await alike(self._ctx, task)

    async def _parts(self, connection: AsyncConnection, found: NumberList) -> Sequence[StoredPart]:
        """Return the parts that hold the numbers of a list, and no others.

        Empty if a text of them is erased, or if those of a basket were read in several ways: one
        list is read in one way.
        """
        if found.root_id is not None:
            same = await drafts.fingerprint(connection, found.id)
            if same is None or same != await drafts.fingerprint(connection, found.root_id):
                return []
        stored = await list_parts.of_list(connection, self._vault, found.source_id)
        is_whole = all(part.file_id is not None or part.text for part in stored)
        ways = {(found.region, found.wishes)} if stored else set()
        ways |= {(each.member.region, each.member.wishes) for each in stored if each.member}
        return stored if is_whole and len(ways) == 1 else []

    async def _numbers(self, found: NumberList) -> Numbers | None:
        """Return the numbers of a list that may be checked; None once they are erased.

        None, too, if they can't be opened. Raises ExclusionsBrokenError.
        """
        body = await numbers.as_upload(self._database, found.id)
        async with self._database.read() as connection:
            blocks = await lists.sealed(connection, found.id, "blocks")
            same = await drafts.fingerprint(connection, found.id)
        if body is None or blocks is None or same is None:
            return None
        with Files() as files:
            excluded = await exclusions.hold(self._database, found, files)
            if excluded is not None:
                return await self._ctx.glass.leave_out(body, excluded, of=found.person_id)
        opened = self._vault.open(blocks, "lists.blocks", found.id)
        return Numbers(body, same, opened, found.ready)
