"""Reading what was handed in: from settled parts to a list that is ready.

The handler only stores the parts. This loop fetches and reads them, so that a chat isn't
held up by a large file, and a restart in the middle just begins the reading again.
"""

import asyncio

import polars as pl
import structlog
from aiogram.exceptions import AiogramError

from checking import numbers
from handlers.shared import questions
from handlers.shared.context import BotContext
from handlers.shared.sources import Sources, TroubleError
from handlers.shared.texts import Phrases
from runtime.errors import CutOffError
from runtime.worker import Worker, WorkerPool
from sheets.base.threads import in_thread
from sheets.files import documents
from sheets.lists import intake
from sheets.phones.e164 import Reason
from storage.engines.claims import LOOK_AGAIN
from storage.records import inbox, list_parts, lists
from storage.records.list_parts import StoredPart
from storage.records.lists import ListState, NumberList
from storage.sealing.vault import Vault

READINGS_AT_ONCE = 2  # one for each core; a reading keeps a core busy
SETTLE_AGAIN = 0.3  # seconds, while updates of the chat still wait to be handled
DOWNLOAD_TRIES = 5
DOWNLOAD_WAIT = 5.0

# What a file is instead of a list, in the groups that the texts know.
_KINDS = {
    **dict.fromkeys(("numbers", "xlsb"), "spreadsheet"),
    **dict.fromkeys(("gzip", "rar", "7z"), "archive"),
    **dict.fromkeys(("html", "document", "rtf"), "document"),
    "zip": "empty_archive",
    "protected": "protected",
    "pdf": "pdf",
    "image": "image",
}

log = structlog.get_logger("reader")


class Reader:
    """Turns gathered lists into ready (or unreadable) ones."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._database = ctx.database
        self._sources = Sources(ctx)
        self.worker = Worker("read", self.step, ctx.clock)
        self.pool = WorkerPool("read", READINGS_AT_ONCE, when_done=self.worker.wake)
        ctx.wake_up.subscribe(self.worker.wake)

    async def step(self) -> float | None:
        """Begin the readings that are due; give the time of the next."""
        now = self._ctx.clock.now()
        async with self._database.read() as connection:
            due = await lists.due(connection, self._database.vault, now)
            if not due:
                return await lists.next_due_at(connection, skip=self.pool.keys())
        ours = await self._database.claims.take("chat", {found.chat_id for found in due})
        due = [each for each in due if each.chat_id in ours]
        if not due:
            return now + LOOK_AGAIN
        async with self._database.write() as connection:
            for found in due:
                if found.state is ListState.READING:
                    self._begin(found)
                elif await inbox.waiting_in(connection, found.chat_id):
                    # The next piece of a long paste may be among them.
                    await lists.put(connection, found.id, settle_at=now + SETTLE_AGAIN)
                else:
                    await lists.move(
                        connection, found.id, (ListState.GATHERING,), ListState.READING
                    )
                    self._begin(found)
            if not self.pool.free:
                return None
            return await lists.next_due_at(connection, skip=self.pool.keys())

    def _begin(self, found: NumberList) -> None:
        if self.pool.free:
            self.pool.start(found.id, self._read_ours(found))

    async def _read_ours(self, found: NumberList) -> None:
        with self._database.claims.holding("chat", found.chat_id):
            await self._read(found)

    async def _read(self, found: NumberList) -> None:
        vault = self._database.vault
        async with self._database.read() as connection:
            stored = await list_parts.of_list(connection, vault, found.id)
        say = await self._ctx.say(found.chat_id)
        title = _title(say, stored)
        try:
            await self._read_parts(found, stored, title, say)
        except TroubleError as trouble:
            await self._unreadable(found, title, trouble)
        except (AiogramError, TimeoutError, OSError) as error:
            log.warning("file not fetched", list=found.id, error=type(error).__name__)
            await self._later(found, title)
        except CutOffError:
            raise  # no fault of the list
        except Exception:
            log.exception("list not read", list=found.id)
            await self._later(found, title, "broken")

    async def _read_parts(
        self, found: NumberList, stored: list[StoredPart], title: str, say: Phrases
    ) -> None:
        handed_in, origins = await self._sources.fetch(stored)
        region = found.region or await self._ctx.region(found.chat_id)
        try:
            reading = await in_thread(intake.read, handed_in, region)
        except documents.SeveralColumns as error:
            question = questions.column_to_json(questions.asked_column(error, origins))
            await self._ask(found, title, "column", question)
        except documents.NoNumbers as error:
            if not error.national or region is not None:
                raise _trouble(error) from None
            await self._ask(found, title, "country", national=error.national)
        except documents.ListError as error:
            raise _trouble(error) from None
        else:
            _refuse_sweep(reading, self._ctx.limits.longest_run)
            await self._ready(found, title, reading, region, say)

    async def _ask(
        self, found: NumberList, title: str, asks: str, question: str = "", national: int = 0
    ) -> None:
        """Only the person can say what is meant; nothing is lost while they think."""
        vault = self._database.vault
        async with self._database.write() as connection:
            await lists.move(
                connection,
                found.id,
                (ListState.READING,),
                ListState.ASKING,
                title_sealed=vault.seal_text(title, "lists.title"),
                asks=asks,
                asked_sealed=vault.seal_text(question, "lists.asked") if question else None,
                national=national,
            )
        log.info("list", list=found.id, state="asking", about=asks)
        self._ctx.wake_up.notify()

    async def _ready(
        self,
        found: NumberList,
        title: str,
        reading: intake.Reading,
        region: str | None,
        say: Phrases,
    ) -> None:
        vault, left_out = self._database.vault, None
        if reading.rejected:
            left_out = await asyncio.to_thread(_sealed_left_out, vault, reading.left_out, say)
        sealed = await numbers.seal(vault, reading.numbers)
        async with self._database.write() as connection:
            await lists.move(
                connection,
                found.id,
                (ListState.READING,),
                ListState.READY,
                title_sealed=vault.seal_text(title, "lists.title"),
                ready=len(reading.numbers),
                duplicates=reading.duplicates,
                rejected=reading.rejected,
                national=reading.national,
                asks=None,
                asked_sealed=None,
                left_out_sealed=left_out,
                region=region,
                **sealed,
            )
        log.info("list", list=found.id, state="ready", count=len(reading.numbers))
        self._ctx.wake_up.notify()

    async def _unreadable(self, found: NumberList, title: str, trouble: TroubleError) -> None:
        vault, left_out, rows = self._database.vault, None, trouble.left_out
        if rows is not None:
            say = await self._ctx.say(found.chat_id)
            left_out = await asyncio.to_thread(_sealed_left_out, vault, rows, say)
        async with self._database.write() as connection:
            await lists.move(
                connection,
                found.id,
                (ListState.READING,),
                ListState.UNREADABLE,
                title_sealed=vault.seal_text(title, "lists.title"),
                trouble=trouble.key,
                trouble_detail=str(trouble.detail),
                rejected=0 if rows is None else len(rows),
                left_out_sealed=left_out,
            )
            await list_parts.erase_texts(connection, found.id)
        log.info("list", list=found.id, state="unreadable", trouble=trouble.key)
        self._ctx.wake_up.notify()

    async def _later(self, found: NumberList, title: str, trouble: str = "download") -> None:
        """Try again in a while, and say what is in the way when that does not help."""
        if found.attempts + 1 >= DOWNLOAD_TRIES:
            await self._unreadable(found, title, TroubleError(trouble))
            return
        wait = DOWNLOAD_WAIT * 2.0**found.attempts
        async with self._database.write() as connection:
            await lists.put(
                connection,
                found.id,
                attempts=found.attempts + 1,
                try_at=self._ctx.clock.now() + wait,
            )


def _trouble(error: documents.ListError) -> TroubleError:
    """What the person is told of a list that can't be read."""
    match error:
        case documents.EmptyFile():
            return TroubleError("empty")
        case documents.NotAList():
            return TroubleError(f"not_a_list-{_KINDS.get(error.kind, 'unknown')}")
        case documents.Undecodable():
            return TroubleError("undecodable")
        case documents.NoNumbers():
            return TroubleError("no_numbers", error.total, left_out=error.left_out)
        case documents.TooManyNumbers():
            return TroubleError("too_many", error.maximum)
        case documents.HarmfulFile():
            return TroubleError("harmful")
        case documents.TooLarge():
            return TroubleError("too_wide")
        case _:
            return TroubleError("damaged")


def _refuse_sweep(reading: intake.Reading, longest_run: int) -> None:
    """This cleans lists that people have; it doesn't search through ranges."""
    if longest_run and reading.longest_run > longest_run:
        raise TroubleError("sweep", reading.longest_run)


def _sealed_left_out(vault: Vault, rows: pl.DataFrame, say: Phrases) -> bytes:
    reasons = {reason: say.plain(f"reason-{reason}") for reason in Reason}
    head = [say.plain(f"left-out-head-{name}") for name in ("file", "line", "text", "reason")]
    return vault.seal(intake.left_out_csv(rows, reasons, head), "lists.left_out")


def _title(say: Phrases, parts: list[StoredPart]) -> str:
    """What a person calls this list: the first file's name, and how many more there are."""
    named = [part.name for part in parts if part.file_id is not None]
    if not named:
        return say.plain("list-pasted")
    more = len(named) - 1
    return say.plain("list-and-more", name=named[0], more=more) if more else named[0]
