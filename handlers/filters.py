"""Filters that are asked in the loop. aiogram sends a bare `F.…` to a thread, each time.

Ten handlers that are passed over would cost an update ten trips to a thread: more than all the
rest of its way.
"""

from typing import Any

from aiogram import F
from aiogram.filters import Filter
from magic_filter import MagicFilter


class Is(Filter):
    """Whether what a magic filter asks is so."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: Any) -> bool:
        """Called by aiogram."""
        return bool(self._magic.resolve(event))


PRIVATE = Is(F.chat.type == "private")
GROUP = Is(F.chat.type != "private")
