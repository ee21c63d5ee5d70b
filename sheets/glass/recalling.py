"""Looks that split a list into numbers whose answers are remembered, and new ones."""

import asyncio
from collections.abc import Hashable, Sequence

from runtime.confined.files import Files
from sheets.glass.answers import RECALLED
from sheets.glass.checks import checked, files_of
from sheets.glass.counted import check_new
from sheets.glass.looks import MOST_NUMBERS_BYTES, Looks
from sheets.glass.shapes import HeldBlock, Recalled


class RecallingLooks(Looks):
    """The looks of `Glass` that remembered answers need."""

    async def recall(
        self, posted: bytes, held: int, blocks: Sequence[HeldBlock], *, of: Hashable
    ) -> Recalled:
        """Split a list's numbers, as stored. Raises TooMuchError.

        held: A file with all blocks, one after the other.
        """
        keys = list(dict.fromkeys(block.key for block in blocks))
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.memory.recall",
                [files.of(posted), held, files.of(b"".join(keys))],
                of=of,
                most=MOST_NUMBERS_BYTES,
                blocks=[(each.size, each.answered_at, keys.index(each.key)) for each in blocks],
            )
        found = checked(RECALLED, answer)
        new, known = files_of(answer, 2)
        await asyncio.to_thread(check_new, new, found.new, found.known, posted)
        return Recalled(new, found.new, known, found.known, found.oldest, found.newest)
