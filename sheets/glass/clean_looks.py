"""Looks that make a list clean, pick its numbers by their lines, and join several lists."""

import asyncio
from collections.abc import Hashable, Sequence
from dataclasses import asdict

from runtime.confined.files import Files
from sheets.glass.answers import CLEAN, PICKED
from sheets.glass.checks import check_lines, checked, files_of, sound
from sheets.glass.looks import MOST_NUMBERS_BYTES, MOST_SHEET_BYTES, Looks, told
from sheets.glass.shapes import CleanList, NamedFile, Numbers, Part, Wish
from sheets.output.clean_words import CleanWords
from sheets.phones.lines import Kept


class CleanLooks(Looks):
    """The looks of `Glass` that a clean list needs."""

    async def write_clean(
        self,
        given: int,
        parts: Sequence[Part],
        region: str | None,
        posted: bytes,
        *,
        words: CleanWords,
        most_bytes: int,
        of: Hashable,
        wishes: Sequence[Wish] = (),
    ) -> CleanList:
        """Make a list clean: its files, and what its numbers are. Raises TooMuchError.

        given, parts: The list, as in `read_list`; none where only its numbers are kept.
        posted: Its numbers, as stored.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.cleaning.write_clean",
                [given, files.of(posted)],
                of=of,
                most=MOST_SHEET_BYTES,
                parts=told(parts),
                region=region,
                words=asdict(words),
                most_bytes=most_bytes,
                wishes=list(wishes),
            )
        found = checked(CLEAN, answer)
        await asyncio.to_thread(check_lines, found, posted)
        named = zip(found.names, files_of(answer, len(found.names)), strict=True)
        made = [NamedFile(*names, data) for names, data in named]
        return CleanList(made, found.lines, found.duplicates, found.rejected)

    async def join(self, lists: Sequence[bytes], *, of: Hashable) -> Numbers:
        """Return the different numbers of several lists, as these are stored, in their order.

        Raises TooMuchError.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.cleaning.join_lists",
                [files.of(b"".join(lists))],
                of=of,
                most=MOST_NUMBERS_BYTES,
            )
        return await self.picked(answer)

    async def pick_lines(self, posted: bytes, kept: Kept, *, of: Hashable) -> tuple[Numbers, int]:
        """Pick a list's numbers of the lines in `sheets.phones.lines.KEPT`.

        Gives them, and how many of them may be mobile or fixed. Raises TooMuchError.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.cleaning.pick_lines",
                [files.of(posted)],
                of=of,
                most=MOST_NUMBERS_BYTES,
                kept=kept,
            )
        return await self.picked(answer), sound(PICKED, answer).either
