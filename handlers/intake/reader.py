"""Reading what was handed in: from settled parts to a list that is ready.

The handler only stores the parts. This loop fetches and reads them, so that a chat isn't
held up by a large file, and a restart in the middle just begins the reading again.
"""

import asyncio

import polars as pl
import structlog
from aiogram.exceptions import AiogramError

from checking.lists import Read
from handlers.shared import questions
from handlers.shared.context import BotContext
from handlers.shared.sources import Sources, TroubleError
from handlers.shared.texts import Phrases
from runtime.backoff import Backoff
from runtime.due_loop import DueLoop, DueWork
from runtime.errors import CutOffError
from sheets.base.threads import in_thread
from sheets.files import documents
from sheets.lists import intake
from sheets.phones.e164 import Reason
from storage.lists import due_lists, list_parts
from storage.lists.list_parts import StoredPart
from storage.lists.lists import ListState, NumberList
from storage.records import inbox
from storage.records.strikes import Strikes
from storage.sealing.vault import Vault

READINGS_AT_ONCE = 2  # one for each core; a reading keeps a core busy
SETTLE_AGAIN = 0.3  # seconds, while updates of the chat still wait to be handled
DOWNLOAD_TRIES = 5
BACKOFF = Backoff(first=5.0, longest=300.0)  # between them

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


class Reader(DueWork[NumberList]):
    """Turns gathered lists into ready (or unreadable) ones."""

    claimed = "chat"

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._database = ctx.database
        self._sources = Sources(ctx)
        self.loop = DueLoop(
            "read",
            self,
            at_once=READINGS_AT_ONCE,
            clock=ctx.clock,
            claims=ctx.database.claims,
            wake_up=ctx.wake_up,
            strikes=Strikes(ctx.database, "read", ctx.clock),
        )

    def key(self, found: NumberList, /) -> str:
        """The list's id."""
        return found.id

    def claim(self, found: NumberList, /) -> int:
        """Its chat: a list is read where its card is shown."""
        return found.chat_id

    async def due(self, now: float, limit: int, /) -> list[NumberList]:
        """Lists to read now. What has settled by now is among them."""
        async with self._database.read() as connection:
            found = await due_lists.due(connection, self._database.vault, now)
        gathering = [each for each in found if each.state is ListState.GATHERING]
        settled = await self._settle(gathering, now) if gathering else []
        running = self.loop.pool.keys()
        reading = [each for each in found if each.state is ListState.READING]
        return [each for each in [*reading, *settled] if each.id not in running][:limit]

    async def _settle(self, gathering: list[NumberList], now: float) -> list[NumberList]:
        """Take no more parts, unless the next piece of a long paste still waits to be handled."""
        chats = {each.chat_id for each in gathering}
        ours = await self._database.claims.take("chat", chats)
        settled = []
        async with self._database.write() as connection:
            for each in gathering:
                if each.chat_id not in ours:
                    continue
                if await inbox.waiting_in(connection, each.chat_id):
                    await self._ctx.lists.wait_longer(connection, each, now + SETTLE_AGAIN)
                else:
                    await self._ctx.lists.settled(connection, each)
                    settled.append(each)
        return settled

    async def next_due_at(self) -> float | None:
        """When the next list settles, or is tried again."""
        async with self._database.read() as connection:
            return await due_lists.next_due_at(connection, skip=self.loop.pool.keys())

    async def work(self, found: NumberList, /) -> None:
        """Fetch its parts, read them, and write down what came of it."""
        async with self._database.read() as connection:
            stored = await list_parts.of_list(connection, self._database.vault, found.id)
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

    async def set_aside(self, found: NumberList, /) -> None:
        """The program died twice while it read this list: nobody reads it any more."""
        log.error("list set aside", list=found.id)
        say = await self._ctx.say(found.chat_id)
        async with self._database.read() as connection:
            stored = await list_parts.of_list(connection, self._database.vault, found.id)
        await self._unreadable(found, _title(say, stored), TroubleError("broken"))

    async def _read_parts(
        self, found: NumberList, stored: list[StoredPart], title: str, say: Phrases
    ) -> None:
        handed_in, origins = await self._sources.fetch(stored)
        region = found.region or await self._ctx.region(found.chat_id)
        try:
            reading = await in_thread(intake.read, handed_in, region)
        except documents.SeveralColumns as error:
            question = questions.column_to_json(questions.asked_column(error, origins))
            await self._ctx.lists.ask(found, title, "column", question=question)
        except documents.NoNumbers as error:
            if not error.national or region is not None:
                raise _trouble(error) from None
            await self._ctx.lists.ask(found, title, "country", national=error.national)
        except documents.ListError as error:
            raise _trouble(error) from None
        else:
            _refuse_sweep(reading, self._ctx.limits.longest_run)
            await self._ready(found, title, reading, region, say)

    async def _ready(
        self,
        found: NumberList,
        title: str,
        reading: intake.Reading,
        region: str | None,
        say: Phrases,
    ) -> None:
        left_out = None
        if reading.rejected:
            vault = self._database.vault
            left_out = await asyncio.to_thread(_sealed_left_out, vault, reading.left_out, say)
        read = Read(
            numbers=reading.numbers,
            duplicates=reading.duplicates,
            rejected=reading.rejected,
            national=reading.national,
            left_out=left_out,
            region=region,
        )
        await self._ctx.lists.ready(found, title, read)

    async def _unreadable(self, found: NumberList, title: str, trouble: TroubleError) -> None:
        left_out, rows = None, trouble.left_out
        if rows is not None:
            say, vault = await self._ctx.say(found.chat_id), self._database.vault
            left_out = await asyncio.to_thread(_sealed_left_out, vault, rows, say)
        await self._ctx.lists.unreadable(
            found,
            title,
            trouble=trouble.key,
            detail=trouble.detail,
            rejected=0 if rows is None else len(rows),
            left_out=left_out,
        )

    async def _later(self, found: NumberList, title: str, trouble: str = "download") -> None:
        """Try again in a while, and say what is in the way when that does not help."""
        if found.attempts + 1 >= DOWNLOAD_TRIES:
            await self._unreadable(found, title, TroubleError(trouble))
            return
        at = self._ctx.clock.now() + BACKOFF.seconds(found.attempts)
        await self._ctx.lists.read_later(found, at)


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
