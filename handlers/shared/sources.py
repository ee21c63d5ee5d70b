"""What was handed in, as it was handed in: texts from the database, documents from Telegram.

A document is not kept here. When a person wants their own sheet back, or says which column was
meant, it is fetched again.
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
"""A caption with fewer says something about the file, and is no part of the list."""

_DIGIT = re.compile(r"\d")


class TroubleError(Exception):
    """The list can't be read; `key` and `detail` go into its card."""

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
        """The parts as they can be read, and for each of them the one it belongs to."""
        fetched: list[intake.Part] = []
        origins: list[StoredPart] = []
        for part in stored:
            for found in await self._of_message(part):
                fetched.append(found)
                origins.append(part)
        return fetched, origins

    async def _of_message(self, part: StoredPart) -> list[intake.Part]:
        if part.file_id is None:
            return [intake.Part(name=part.name, data=part.text, kind="text")]
        data = await self.document(part.file_id)
        found = [intake.Part(name=part.name, data=data, kind="document", column=part.column)]
        if len(_DIGIT.findall(part.text)) >= FEWEST_CAPTION_DIGITS:
            found.append(intake.Part(name="", data=part.text, kind="text"))
        return found

    async def document(self, file_id: str) -> bytes:
        """A document that Telegram keeps."""
        into = BytesIO()
        try:
            await self._ctx.bot.download(file_id, destination=into)
        except TelegramBadRequest as error:
            if is_file_too_big(error):
                raise TroubleError("too_big", self._ctx.limits.download // 1_000_000) from None
            raise
        return into.getvalue()
