"""The names of all files that we send: whoever writes such a name need not think of it."""

from collections.abc import Iterator
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.types import InputFile

from handlers.shared.formats import file_name


class FileNames(BaseRequestMiddleware):
    """Cleans the names in each call of the bot."""

    async def __call__(self, make_request: Any, bot: Bot, method: Any) -> Any:
        """Make a call with clean names; called by aiogram."""
        for file in _files(method):
            file.filename = file_name(file.filename or "")
        return await make_request(bot, method)


def _files(value: Any) -> Iterator[InputFile]:
    """Yield the files of a call: its own, and those of its media."""
    for _, field in value:
        if isinstance(field, InputFile):
            yield field
        elif hasattr(field, "media"):
            yield from _files(field)
