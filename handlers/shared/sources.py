"""The sources of a list: texts from the database, documents from Telegram.

Documents are not stored here. They are fetched again when a person chooses a column, or wants
their own sheet back.
"""

import re
from collections.abc import Sequence

import structlog
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramRetryAfter
from aiogram.types import File

from checking.wishes import wishes_of
from handlers.shared.context import BotContext
from handlers.shared.telegram_errors import is_file_too_big, words_of
from runtime.confined.files import size_of, write
from sheets.glass.shapes import Member, Part
from storage.lists.list_parts import StoredPart

FEWEST_CAPTION_DIGITS = 7
"""A caption with fewer digits describes the file, and is no part of the list."""

FEWEST_SECONDS, SLOWEST = 60.0, 40_000
"""For a small file, and bytes a second beyond it: half of what Telegram gives on bad days."""

LOST_SECONDS = (1.0, 3.0)
"""Between the times that a file is asked for which Telegram says it doesn't have."""

log = structlog.get_logger("sources")

_DIGIT = re.compile(r"\d")


class TroubleError(Exception):
    """The list can't be read; `key` and `detail` make the text of its card.

    left_out: the sheet of its lines, `rejected` of them, where these are why.
    region, reading: as in `ListLedger.unreadable`.
    """

    def __init__(
        self,
        key: str,
        detail: int = 0,
        *,
        left_out: bytes | None = None,
        rejected: int = 0,
        region: str | None = None,
        reading: str = "",
    ) -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail
        self.left_out = left_out
        self.rejected = rejected
        self.region = region
        self.reading = reading


class NotGivenError(Exception):
    """Telegram didn't give a file; `is_lost`: it says that it has none, so that it hardly will."""

    def __init__(self, why: str, *, is_lost: bool = False) -> None:
        super().__init__(why)
        self.is_lost = is_lost


class Sources:
    """Fetches the parts of lists. Raises TroubleError, NotGivenError and TelegramRetryAfter."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx

    async def fetch(
        self, stored: Sequence[StoredPart], into: int
    ) -> tuple[list[Part], list[StoredPart]]:
        """Return the readable parts, and for each of them the stored part it came from.

        What they hold is written into a file in memory, one after the other.
        """
        fetched: list[Part] = []
        origins: list[StoredPart] = []
        for part in stored:
            if part.file_id is None:
                found = [_text(part.name, part, into)]
            else:
                size = await self.document(part.file_id, into)
                found = [Part(part.name, "document", size, part.column, _member(part))]
                if len(_DIGIT.findall(part.text)) >= FEWEST_CAPTION_DIGITS:
                    found.append(_text("", part, into))
            fetched += found
            origins += [part] * len(found)
        return fetched, origins

    async def fetch_again(self, stored: Sequence[StoredPart], into: int) -> list[Part]:
        """Return what is still there of the parts of a list that was read before.

        Texts are erased after a week. Raises TroubleError for a file that Telegram has lost.
        """
        kept = [part for part in stored if part.file_id is not None or part.text]
        try:
            parts, _ = await self.fetch(kept, into)
        except NotGivenError as error:
            if not error.is_lost:
                raise
            log.info("source not in the chat", why=str(error))
            raise TroubleError("download") from None
        return parts

    async def document(self, file_id: str, into: int) -> int:
        """Download a document from Telegram to the end of a file in memory; return its size."""
        before, bot = size_of(into), self._ctx.bot
        try:
            found = await self._file(file_id)
            most = found.file_size or self._ctx.limits.download
            seconds = int(FEWEST_SECONDS + most / SLOWEST)
            with open(into, "ab", buffering=0, closefd=False) as file:  # noqa: ASYNC230 # memory
                path = found.file_path or ""
                await bot.download_file(path, destination=file, timeout=seconds, seek=False)
        except TelegramRetryAfter:
            raise
        except TelegramBadRequest as error:
            if is_file_too_big(error):
                raise TroubleError("too_big", self._ctx.limits.download // 1_000_000) from None
            raise NotGivenError(error.message, is_lost=True) from None
        except (AiogramError, TimeoutError, OSError) as error:
            raise NotGivenError(words_of(error)) from None
        size = size_of(into) - before
        if found.file_size not in {None, size}:
            raise NotGivenError("cut short")
        return size

    async def _file(self, file_id: str) -> File:
        """Ask for a file thrice: Telegram has one refusal for "lost" and "not at the moment"."""
        for wait in LOST_SECONDS:
            try:
                return await self._ctx.bot.get_file(file_id)
            except TelegramBadRequest as error:
                if is_file_too_big(error):
                    raise
            await self._ctx.clock.sleep(wait)
        return await self._ctx.bot.get_file(file_id)


def _text(name: str, part: StoredPart, into: int) -> Part:
    data = part.text.encode("utf-8", "replace")
    write(into, data)
    return Part(name, "text", len(data), member=_member(part))


def _member(part: StoredPart) -> Member | None:
    of = part.member
    return Member(of.list_id, of.region, wishes_of(of)) if of else None
