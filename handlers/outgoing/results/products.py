"""Products of a result: groups of its numbers, and the person's own sheet with the answers.

Each is made on demand from what is kept: the list's numbers until they expire, the result file on
our disk or in the chat, the documents at Telegram. So the buttons work after a restart.
"""

from dataclasses import dataclass
from pathlib import Path

import structlog

from checking import numbers
from checking.memory.splits import KnownGoneError
from checking.results.inspection import open_result
from checking.wishes import wishes_of
from handlers.cards.wording import column_titles
from handlers.shared.card import check_name
from handlers.shared.context import BotContext
from handlers.shared.formats import day
from handlers.shared.sources import NotGivenError, Sources, TroubleError
from handlers.shared.texts import Phrases
from runtime.confined.files import Files
from runtime.threads import to_its_end
from sheets.answers.summary import Group
from sheets.glass.shapes import NamedFile, Numbers, ResultFile
from sheets.phones.reasons import Reason
from storage.lists import list_parts, lists
from storage.sealing.vault import WrongKeyError
from storage.tasks import chat_tasks
from storage.tasks.tasks import Task

log = structlog.get_logger("products")


class GoneError(Exception):
    """The result file is neither on our disk nor in the chat: it has to be fetched again."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The files of a joined sheet; `without` names the checks whose answers are gone."""

    files: list[NamedFile]
    without: list[str]


class Products:
    """Makes the products.

    Raises GoneError, KnownGoneError, TroubleError, NotGivenError, ResultError, TooMuchError and
    TelegramRetryAfter.
    """

    def __init__(self, ctx: BotContext, folder: Path) -> None:
        self._ctx = ctx
        self._database = ctx.database
        self._folder = folder
        self._sources = Sources(ctx)

    async def group(self, task: Task, group: Group | None) -> Numbers:
        """Return the numbers of a group, in the list's order; all numbers for None."""
        check = self._ctx.catalogue.get(task.check_key)
        if check is None:
            raise GoneError
        posted = await numbers.as_upload(self._database, task.list_id)
        known, meaning, of = await self._known(task), check.meaning, task.person_id
        with Files() as files:
            result = await self._result(task, files)
            return await self._ctx.glass.pick(result, posted, meaning, group, of=of, known=known)

    async def known(self, task: Task) -> Numbers:
        """Return the numbers of a check whose answers are remembered, in the list's order."""
        check = self._ctx.catalogue.get(task.check_key)
        if check is None:
            raise GoneError
        posted = await numbers.as_upload(self._database, task.list_id)
        known, meaning, of = await self._known(task), check.meaning, task.person_id
        with Files() as files:
            nothing = files.new()
            return await self._ctx.glass.pick(nothing, posted, meaning, None, of=of, known=known)

    async def result(self, task: Task, files: Files) -> tuple[int, bytes]:
        """Return a result, opened into one of these files, and what is remembered beside it."""
        return await self._result(task, files), await self._known(task)

    async def sheet(self, task: Task, say: Phrases, chat_id: int) -> Sheet:
        """Return the person's own rows and columns, with the answers of every check of the list.

        Those of private results are left out, unless it is for the chat that got them.
        """
        vault = self._database.vault
        async with self._database.read() as connection:
            found = await lists.get(connection, vault, task.list_id)
            if found is None:
                raise GoneError
            stored = await list_parts.of_list(connection, vault, found.source_id)
            every = await chat_tasks.of_source(connection, vault, found.source_id)
        every = [each for each in every if not each.is_private or each.goes_to == chat_id]
        if task.id not in {each.id for each in every}:  # it is being delivered
            every.append(task)
        without = []
        results = []
        with Files() as files:
            for each in every:  # oldest first
                check = self._ctx.catalogue.get(each.check_key)
                title = check_name(say, check, each.check_key)
                try:
                    file, known = await self._result(each, files), await self._known(each)
                except (GoneError, KnownGoneError, OSError):
                    if each.id == task.id:
                        raise
                    without.append(title)
                else:
                    assert check is not None
                    day_title = say.plain("sheet-head-checked")
                    if len(every) > 1:
                        day_title = say.plain("sheet-head-checked-of", check=title)
                    results.append(
                        ResultFile(
                            file,
                            title,
                            check.meaning,
                            is_own=each.id == task.id,
                            known=files.of(known) if known else None,
                            titles=column_titles(say, check),
                            day=day(each.submitted_at or each.created_at),
                            day_title=day_title,
                        )
                    )
            given, limit, of = files.new(), self._ctx.limits.upload, task.person_id
            parts = await self._sources.fetch_again(stored, given)
            made, unread = await self._ctx.glass.write_sheet(
                given,
                parts,
                found.region,
                results,
                limit,
                of=of,
                wishes=wishes_of(found),
                words={
                    "given": say.plain("clean-head-given"),
                    "left_out": say.plain("sheet-head-left-out"),
                    "reasons": {reason: say.plain(f"reason-{reason}") for reason in Reason},
                },
            )
        return Sheet(made, [*without, *unread])

    async def _known(self, task: Task) -> bytes:
        """Return what is remembered beside a result; empty if the result holds all answers."""
        if not task.known or task.is_remembered:
            return b""
        known = await numbers.known_of(self._database, task)
        if known is None:
            raise KnownGoneError
        return known

    async def _result(self, task: Task, files: Files) -> int:
        """Open a result into a file in memory: from our disk, or from the chat."""
        if self._ctx.catalogue.get(task.check_key) is None:
            raise GoneError
        path, result = self._folder / (task.result_name or "-"), files.new()
        if path.is_file():
            try:
                await to_its_end(open_result, path, self._database.vault, task.id, result)
            except WrongKeyError:
                log.warning("stored result damaged", task=task.id)
                raise GoneError from None
        elif task.messages.document_id is None:
            raise GoneError
        else:
            try:
                await self._sources.document(task.messages.document_id, result)
            except (TroubleError, NotGivenError) as error:
                if isinstance(error, NotGivenError) and not error.is_lost:
                    raise  # it comes in a moment; the service may have no result any more
                log.info("result not in the chat", task=task.id, why=str(error))
                raise GoneError from None
        return result
