"""The reader: turns the parts of a list into numbers.

Handlers only store the parts. This loop fetches and reads them, so that a large file doesn't
delay a chat, and a restart in the middle just begins the reading again.
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

READINGS_AT_ONCE = 2  # each keeps a core busy
SETTLE_AGAIN = 0.3  # seconds, while the inbox holds updates of the chat
DOWNLOAD_TRIES = 5
BACKOFF = Backoff(first=5.0, longest=300.0)  # between the tries

# Files that are no list, by the kinds that the texts know.
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
        """Return the list's id."""
        return found.id

    def claim(self, found: NumberList, /) -> int:
        """Return its chat: the replica that shows a card reads the list."""
        return found.chat_id

    async def due(self, now: float, limit: int, /) -> list[NumberList]:
        """Return the lists to read now, among them those that have just settled."""
        async with self._database.read() as connection:
            found = await due_lists.due(connection, self._database.vault, now)
        gathering = [each for each in found if each.state is ListState.GATHERING]
        settled = await self._settle(gathering, now) if gathering else []
        running = self.loop.pool.keys()
        reading = [each for each in found if each.state is ListState.READING]
        return [each for each in [*reading, *settled] if each.id not in running][:limit]

    async def _settle(self, gathering: list[NumberList], now: float) -> list[NumberList]:
        """Close lists to further parts, unless the inbox may hold the rest of a long paste."""
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
        """Return when the next list settles or is tried again."""
        async with self._database.read() as connection:
            return await due_lists.next_due_at(connection, skip=self.loop.pool.keys())

    async def work(self, found: NumberList, /) -> None:
        """Fetch its parts, read them, and store the outcome."""
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
            raise  # not the fault of the list
        except Exception:
            log.exception("list not read", list=found.id)
            await self._later(found, title, "broken")

    async def set_aside(self, found: NumberList, /) -> None:
        """Give up a list during whose reading the process died twice."""
        log.error("list set aside", list=found.id)
        say = await self._ctx.say(found.chat_id)
        async with self._database.read() as connection:
            stored = await list_parts.of_list(connection, self._database.vault, found.id)
        await self._unreadable(found, _title(say, stored), TroubleError("broken"))

    async def _read_parts(
        self, found: NumberList, stored: list[StoredPart], title: str, say: Phrases
    ) -> None:
        parts, origins = await self._sources.fetch(stored)
        region = found.region or await self._ctx.region(found.chat_id)
        try:
            reading = await in_thread(intake.read, parts, region)
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
            # The bot cleans lists that people have; it doesn't sweep ranges of numbers.
            if 0 < self._ctx.limits.longest_run < reading.longest_run:
                raise TroubleError("sweep", reading.longest_run)
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
        """Try again after a backoff; after the last try, tell the person what is wrong."""
        if found.attempts + 1 >= DOWNLOAD_TRIES:
            await self._unreadable(found, title, TroubleError(trouble))
            return
        at = self._ctx.clock.now() + BACKOFF.seconds(found.attempts)
        await self._ctx.lists.read_later(found, at)


def _trouble(error: documents.ListError) -> TroubleError:
    """Return the text that tells the person why a list can't be read."""
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


def _sealed_left_out(vault: Vault, rows: pl.DataFrame, say: Phrases) -> bytes:
    reasons = {reason: say.plain(f"reason-{reason}") for reason in Reason}
    head = [say.plain(f"left-out-head-{name}") for name in ("file", "line", "text", "reason")]
    return vault.seal(intake.left_out_csv(rows, reasons, head), "lists.left_out")


def _title(say: Phrases, parts: list[StoredPart]) -> str:
    """Name a list after its first file, and say how many more there are."""
    named = [part.name for part in parts if part.file_id is not None]
    if not named:
        return say.plain("list-pasted")
    more = len(named) - 1
    return say.plain("list-and-more", name=named[0], more=more) if more else named[0]
