"""What changed between two results of the same check, from what can still be had of both.

That is the result file, on our disk or in the chat; without it, the answers that are remembered.
These have no numbers: they are held against the numbers of their list while these are kept, or of
an equal one; else against those of the other result, and then nobody knows what is new or gone.
"""

from checking import numbers
from checking.memory.splits import KnownGoneError
from checking.services.catalogue import Check
from handlers.outgoing.results.products import GoneError, Products
from handlers.shared.context import BotContext
from handlers.shared.formats import day
from runtime.confined.files import Files
from sheets.answers.summary import Change
from sheets.glass.shapes import Changes, Numbers, Side
from storage.tasks import drafts
from storage.tasks.tasks import Task


class Comparisons:
    """Compares results of one check.

    Raises GoneError if one can't be had any more, and else as `Products`.
    """

    def __init__(self, ctx: BotContext, products: Products) -> None:
        self._ctx = ctx
        self._products = products

    async def changes(
        self,
        before: Task,
        after: Task,
        check: Check,
        *,
        head: list[str],
        words: dict[Change, str],
    ) -> Changes:
        """Count what changed, and write it as a sheet with these titles and words."""
        with Files() as files:
            return await self._ctx.glass.compare(
                await self._side(before, after, files),
                await self._side(after, before, files),
                check.meaning,
                head=head,
                words=words,
                most_bytes=self._ctx.limits.upload,
                of=after.person_id,
            )

    async def numbers(self, before: Task, after: Task, check: Check, change: Change) -> Numbers:
        """Return the numbers that changed so."""
        with Files() as files:
            return await self._ctx.glass.pick_change(
                await self._side(before, after, files),
                await self._side(after, before, files),
                check.meaning,
                change,
                of=after.person_id,
            )

    async def _side(self, task: Task, other: Task, files: Files) -> Side:
        posted = await self._posted(task, other)
        checked_on = day(task.submitted_at or task.created_at)
        try:
            result, known = await self._products.result(task, files)
        except (GoneError, KnownGoneError):
            asked = posted or (await self._products.group(other, None)).body
            found = await self._ctx.again.remembered(task, asked)
            if found is None:
                raise GoneError from None
            return Side(None, posted, found, checked_on, is_whole=posted is not None)
        return Side(result, posted, known, checked_on, is_whole=True)

    async def _posted(self, task: Task, other: Task) -> bytes | None:
        """Return the numbers of a list; once they are erased, those of an equal one."""
        database = self._ctx.database
        async with database.read() as connection:
            own = await drafts.fingerprint(connection, task.list_id)
            is_same = own is not None and own == await drafts.fingerprint(connection, other.list_id)
        posted = await numbers.as_upload(database, task.list_id)
        if posted is None and is_same:
            posted = await numbers.as_upload(database, other.list_id)
        return posted
