"""The sources of a list: texts from the database, documents from Telegram.

Documents are not stored here. They are fetched again when a person chooses a column, or wants
their own sheet back.
"""

import re
from collections.abc import Sequence
from io import BytesIO

import polars as pl
from aiogram.exceptions import TelegramBadRequest

from handlers.shared.context import BotContext
from handlers.shared.telegram_errors import is_file_too_big
from sheets.lists import intake
from storage.lists.list_parts import StoredPart

FEWEST_CAPTION_DIGITS = 7
"""A caption with fewer digits describes the file, and is no part of the list."""

_DIGIT = re.compile(r"\d")


class TroubleError(Exception):
    """The list can't be read; `key` and `detail` make the text of its card."""

    def __init__(self, key: str, detail: int = 0, left_out: pl.DataFrame | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail
        self.left_out = left_out


class Sources:
    """Fetches the parts of lists. Raises TroubleError and aiogram's errors."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx

    async def fetch(
        self, stored: Sequence[StoredPart]
    ) -> tuple[list[intake.Part], list[StoredPart]]:
        """Return the readable parts, and for each of them the stored part it came from."""
        fetched: list[intake.Part] = []
        origins: list[StoredPart] = []
        for part in stored:
            if part.file_id is None:
                found = [intake.Part(name=part.name, data=part.text, kind="text")]
            else:
                data = await self.document(part.file_id)
                found = [intake.Part(part.name, data, kind="document", column=part.column)]
                if len(_DIGIT.findall(part.text)) >= FEWEST_CAPTION_DIGITS:
                    found.append(intake.Part(name="", data=part.text, kind="text"))
            fetched += found
            origins += [part] * len(found)
        return fetched, origins

    async def document(self, file_id: str) -> bytes:
        """Download a document from Telegram."""
        into = BytesIO()
        try:
            await self._ctx.bot.download(file_id, destination=into)
        except TelegramBadRequest as error:
            if is_file_too_big(error):
                raise TroubleError("too_big", self._ctx.limits.download // 1_000_000) from None
            raise
        return into.getvalue()
