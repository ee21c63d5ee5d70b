"""The sources of a list: texts from the database, documents from Telegram.

Documents are not stored here. They are fetched again when a person chooses a column, or wants
their own sheet back.
"""

import re
from collections.abc import Sequence

from aiogram.exceptions import TelegramBadRequest

from handlers.shared.context import BotContext
from handlers.shared.telegram_errors import is_file_too_big
from runtime.confined.files import Files
from sheets.glass.shapes import Part
from storage.lists.list_parts import StoredPart

FEWEST_CAPTION_DIGITS = 7
"""A caption with fewer digits describes the file, and is no part of the list."""

_DIGIT = re.compile(r"\d")


class TroubleError(Exception):
    """The list can't be read; `key` and `detail` make the text of its card.

    left_out: the sheet of its lines, `rejected` of them, where these are why.
    """

    def __init__(
        self, key: str, detail: int = 0, *, left_out: bytes | None = None, rejected: int = 0
    ) -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail
        self.left_out = left_out
        self.rejected = rejected


class Sources:
    """Fetches the parts of lists. Raises TroubleError and aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx

    async def fetch(
        self, stored: Sequence[StoredPart], files: Files
    ) -> tuple[list[Part], list[StoredPart]]:
        """Return the readable parts, and for each of them the stored part it came from.

        What they hold is put into `files`.
        """
        fetched: list[Part] = []
        origins: list[StoredPart] = []
        for part in stored:
            if part.file_id is None:
                found = [_text(part.name, part.text, files)]
            else:
                document = files.new()
                await self.document(part.file_id, document)
                found = [Part(part.name, "document", document, part.column)]
                if len(_DIGIT.findall(part.text)) >= FEWEST_CAPTION_DIGITS:
                    found.append(_text("", part.text, files))
            fetched += found
            origins += [part] * len(found)
        return fetched, origins

    async def document(self, file_id: str, into: int) -> None:
        """Download a document from Telegram into a file in memory."""
        with open(into, "wb", buffering=0, closefd=False) as file:  # noqa: ASYNC230 # memory
            try:
                await self._ctx.bot.download(file_id, destination=file)
            except TelegramBadRequest as error:
                if is_file_too_big(error):
                    raise TroubleError("too_big", self._ctx.limits.download // 1_000_000) from None
                raise


def _text(name: str, text: str, files: Files) -> Part:
    return Part(name, "text", files.of(text.encode("utf-8", "replace")))
