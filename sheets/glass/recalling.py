"""Looks that split a list into numbers whose answers are remembered, and new ones."""

import asyncio
from collections.abc import Hashable, Sequence
from dataclasses import asdict

from runtime.confined.exchange import BrokenWorkError
from runtime.confined.files import Files
from sheets.answers.meaning import Meaning
from sheets.answers.summary import Summary
from sheets.glass.answers import RECALLED, SUMMARY
from sheets.glass.checks import checked, files_of, sound, summary_of
from sheets.glass.counted import check_new
from sheets.glass.looks import MOST_NUMBERS_BYTES, MOST_SHEET_BYTES, Looks
from sheets.glass.shapes import HeldBlock, Recalled

MOST_SKETCH_BYTES = 1024


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

    async def sketch(self, posted: bytes, key: bytes, *, of: Hashable) -> bytes:
        """Return the smallest digests of a list's numbers, each eight bytes. Raises TooMuchError.

        key: Of the digests.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.memory.sketch", [files.of(posted), files.of(key)], of=of
            )
        (made,) = files_of(answer, 1)
        if not made or len(made) > MOST_SKETCH_BYTES or len(made) % 8:
            raise BrokenWorkError("a sketch that is none")
        return made

    async def write_known(
        self, posted: bytes, known: bytes, meaning: Meaning, *, of: Hashable
    ) -> tuple[Summary, bytes]:
        """Write remembered answers as a result file, and sum them up. Raises TooMuchError.

        posted: The list's numbers, in whose order they stand.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.results.write_known",
                [files.of(posted), files.of(known)],
                of=of,
                most=MOST_SHEET_BYTES,
                meaning=asdict(meaning),
            )
        (data,) = files_of(answer, 1)
        return summary_of(sound(SUMMARY, answer).summary), data
