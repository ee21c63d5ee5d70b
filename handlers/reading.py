"""Reading what was handed in: from settled parts to a list that is ready.

The handler only stores the parts. This loop fetches and reads them, so that a chat isn't
held up by a large file, and a restart in the middle just begins the reading again.
"""

import asyncio
from io import BytesIO

import polars as pl
import structlog
from aiogram.exceptions import AiogramError, TelegramBadRequest

from checking.worker import Crew, Worker
from handlers.kit import Kit
from handlers.texts import Phrases
from sheets import files, intake
from sheets.phones import Reason
from storage import inbox, lists
from storage.lists import ListState, NumberList, StoredPart

READINGS_AT_ONCE = 2  # one for each core; a reading keeps a core busy
SETTLE_AGAIN = 0.3  # seconds, while updates of the chat still wait to be handled
DOWNLOAD_TRIES = 5
DOWNLOAD_WAIT = 5.0

# What a file is instead of a list, in the groups that the texts know.
_KINDS = {
    **dict.fromkeys(("xlsx", "xls", "ods", "numbers", "protected"), "spreadsheet"),
    **dict.fromkeys(("zip", "gzip", "rar", "7z"), "archive"),
    "pdf": "pdf",
    "image": "image",
}

log = structlog.get_logger("reader")


class TroubleError(Exception):
    """The list can't be read; `key` and `detail` go into its card."""

    def __init__(self, key: str, detail: int = 0, left_out: pl.DataFrame | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail
        self.left_out = left_out


class Reader:
    """Turns gathered lists into ready (or unreadable) ones."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._database = kit.database
        self.worker = Worker("read", self.step, kit.clock)
        self.crew = Crew("read", READINGS_AT_ONCE, when_done=self.worker.wake)
        kit.bell.wakes(self.worker.wake)

    async def step(self) -> float | None:
        """Begin the readings that are due; give the time of the next."""
        now = self._kit.clock.now()
        async with self._database.write() as connection:
            for found in await lists.due(connection, self._database.vault, now):
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
            if not self.crew.free:
                return None
            return await lists.next_due_at(connection, skip=self.crew.keys())

    def _begin(self, found: NumberList) -> None:
        if self.crew.free:
            self.crew.start(found.id, self._read(found))

    async def _read(self, found: NumberList) -> None:
        vault = self._database.vault
        async with self._database.read() as connection:
            parts = await lists.parts_of(connection, vault, found.id)
        say = await self._kit.say(found.chat_id)
        title = _title(say, parts)
        try:
            handed_in = [await self._fetch(part) for part in parts]
            reading = await asyncio.to_thread(_read_parts, handed_in, self._kit.limits.region)
            _refuse_sweep(reading, self._kit.limits.longest_run)
        except TroubleError as trouble:
            await self._unreadable(found, title, trouble)
        except (AiogramError, TimeoutError, OSError) as error:
            log.warning("file not fetched", list=found.id, error=type(error).__name__)
            await self._later(found, title)
        except Exception:
            log.exception("list not read", list=found.id)
            await self._later(found, title)
        else:
            await self._ready(found, title, reading, say)

    async def _fetch(self, part: StoredPart) -> intake.Part:
        if part.file_id is None:
            return intake.Part(name=part.name, data=part.text, kind="text")
        into = BytesIO()
        try:
            await self._kit.bot.download(part.file_id, destination=into)
        except TelegramBadRequest as error:
            if "too big" in error.message:
                raise TroubleError("too_big", self._kit.limits.download // 1_000_000) from None
            raise
        return intake.Part(name=part.name, data=into.getvalue(), kind="document")

    async def _ready(
        self, found: NumberList, title: str, reading: intake.Reading, say: Phrases
    ) -> None:
        sealed = await asyncio.to_thread(self._seal, reading, say)
        async with self._database.write() as connection:
            await lists.move(
                connection,
                found.id,
                (ListState.READING,),
                ListState.READY,
                title_sealed=self._database.vault.seal_text(title, "lists.title"),
                ready=len(reading.numbers),
                duplicates=reading.duplicates,
                rejected=reading.rejected,
                national=reading.national,
                **sealed,
            )
            # The numbers stand in the body now; the texts they came from are not needed.
            await lists.erase_texts(connection, found.id)
        log.info("list", list=found.id, state="ready", count=len(reading.numbers))
        self._kit.bell.ring()

    def _seal(self, reading: intake.Reading, say: Phrases) -> dict[str, bytes | str | None]:
        vault = self._database.vault
        body = intake.as_upload(reading.numbers)
        in_order = intake.as_upload(reading.numbers.sort())
        left_out = None
        if reading.rejected:
            left_out = vault.seal(_left_out(reading.left_out, say), "lists.left_out")
        return {
            "body_sealed": vault.seal(body, "lists.body"),
            "left_out_sealed": left_out,
            "fingerprint": vault.digest(in_order, "lists.fingerprint"),
        }

    async def _unreadable(self, found: NumberList, title: str, trouble: TroubleError) -> None:
        left_out, rows = None, trouble.left_out
        if rows is not None:
            sheet = _left_out(rows, await self._kit.say(found.chat_id))
            left_out = await asyncio.to_thread(self._database.vault.seal, sheet, "lists.left_out")
        async with self._database.write() as connection:
            await lists.move(
                connection,
                found.id,
                (ListState.READING,),
                ListState.UNREADABLE,
                title_sealed=self._database.vault.seal_text(title, "lists.title"),
                trouble=trouble.key,
                trouble_detail=str(trouble.detail),
                rejected=0 if rows is None else len(rows),
                left_out_sealed=left_out,
            )
            await lists.erase_texts(connection, found.id)
        log.info("list", list=found.id, state="unreadable", trouble=trouble.key)
        self._kit.bell.ring()

    async def _later(self, found: NumberList, title: str) -> None:
        """Telegram didn't give the file: try again, and say so when that doesn't help."""
        if found.attempts + 1 >= DOWNLOAD_TRIES:
            await self._unreadable(found, title, TroubleError("download"))
            return
        wait = DOWNLOAD_WAIT * 2.0**found.attempts
        async with self._database.write() as connection:
            await lists.put(
                connection,
                found.id,
                attempts=found.attempts + 1,
                try_at=self._kit.clock.now() + wait,
            )


def _read_parts(parts: list[intake.Part], region: str | None) -> intake.Reading:
    try:
        return intake.read(parts, region)
    except files.EmptyFile:
        raise TroubleError("empty") from None
    except files.NotAList as error:
        raise TroubleError(f"not_a_list-{_KINDS.get(error.kind, 'unknown')}") from None
    except files.Undecodable:
        raise TroubleError("undecodable") from None
    except files.NoNumbers as error:
        raise TroubleError("no_numbers", error.total, left_out=error.left_out) from None
    except files.SeveralColumns:
        raise TroubleError("several_columns") from None
    except files.TooManyNumbers as error:
        raise TroubleError("too_many", error.maximum) from None


def _refuse_sweep(reading: intake.Reading, longest_run: int) -> None:
    """This cleans lists that people have; it doesn't search through ranges."""
    if longest_run and reading.longest_run > longest_run:
        raise TroubleError("sweep", reading.longest_run)


def _left_out(rows: pl.DataFrame, say: Phrases) -> bytes:
    reasons = {reason: say.plain(f"reason-{reason}") for reason in Reason}
    head = [say.plain(f"left-out-head-{name}") for name in ("file", "line", "text", "reason")]
    return intake.left_out_csv(rows, reasons, head)


def _title(say: Phrases, parts: list[StoredPart]) -> str:
    """What a person calls this list: the first file's name, and how many more there are."""
    named = [part.name for part in parts if part.file_id is not None]
    if not named:
        return say.plain("list-pasted")
    more = len(named) - 1
    return say.plain("list-and-more", name=named[0], more=more) if more else named[0]
