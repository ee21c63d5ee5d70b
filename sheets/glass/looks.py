"""What every look shares: the pool that it is asked of, and numbers that come back."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from runtime.confined.exchange import Answer
from runtime.confined.pool import ConfinedPool
from sheets.glass.answers import PICKED
from sheets.glass.checks import files_of, sound
from sheets.glass.counted import check_blocks, check_numbers
from sheets.glass.shapes import Numbers, Part

MOST_NUMBERS_BYTES = 400 << 20
"""Of a list's numbers, and its numbers sorted; ten million take 300 MB."""
MOST_SHEET_BYTES = 500 << 20
"""Of the files of one sheet, or of a split result."""


class Looks:
    """digest: Gives the fingerprint of sorted numbers."""

    def __init__(self, pool: ConfinedPool, digest: Callable[[bytes], str]) -> None:
        self.pool = pool
        self._digest = digest

    async def numbers(self, body: bytes, in_order: bytes, blocks: bytes, count: int) -> Numbers:
        """Hold numbers against their count, and return them.

        Sorted they are needed for their fingerprint alone, and are as large as the list.
        """

        def check() -> Numbers:
            check_numbers(body, in_order, count)
            check_blocks(blocks, count)
            return Numbers(body, self._digest(in_order), blocks, count)

        return await asyncio.to_thread(check)

    async def picked(self, answer: Answer) -> Numbers:
        """Return the numbers of an answer that picked some."""
        count = sound(PICKED, answer).count
        body, in_order, blocks = files_of(answer, 3)
        return await self.numbers(body, in_order, blocks, count)


def told(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Return what the work is told of the parts of a list."""
    return [asdict(part) for part in parts]
