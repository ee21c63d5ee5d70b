"""Looks that compare two results of the same check."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from runtime.confined.files import Files
from sheets.answers.meaning import Meaning
from sheets.answers.summary import Change
from sheets.glass.answers import CHANGED
from sheets.glass.checks import files_of, sound
from sheets.glass.looks import MOST_NUMBERS_BYTES, MOST_SHEET_BYTES, Looks
from sheets.glass.shapes import Changes, NamedFile, Numbers, Side


class ChangeLooks(Looks):
    """The looks of `Glass` that comparing needs."""

    async def compare(
        self,
        before: Side,
        after: Side,
        meaning: Meaning,
        *,
        head: Sequence[str],
        words: Mapping[Change, str],
        most_bytes: int,
        of: Hashable,
    ) -> Changes:
        """Count what changed, and write it as a sheet. Raises ResultError and TooMuchError.

        head: Titles of the six columns: number, before, its day, now, its day, change.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.changes.compare",
                _given(before, after, files),
                of=of,
                most=MOST_SHEET_BYTES,
                meaning=asdict(meaning),
                sides=_told(before, after),
                head=list(head),
                words=dict(words),
                most_bytes=most_bytes,
            )
        found = sound(CHANGED, answer)
        named = zip(found.ends, files_of(answer, len(found.ends)), strict=True)
        made = [NamedFile("", end, data) for end, data in named]
        return Changes(made, found.counts, before.is_whole and after.is_whole)

    async def pick_change(
        self, before: Side, after: Side, meaning: Meaning, change: Change, *, of: Hashable
    ) -> Numbers:
        """Pick the numbers of a change. Raises ResultError and TooMuchError."""
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.changes.pick",
                _given(before, after, files),
                of=of,
                most=MOST_NUMBERS_BYTES,
                meaning=asdict(meaning),
                sides=_told(before, after),
                change=change,
            )
        return await self.picked(answer)


def _given(before: Side, after: Side, files: Files) -> list[int]:
    return [
        file
        for side in (before, after)
        for file in (
            side.result if side.result is not None else files.new(),
            files.of(side.posted or b""),
            files.of(side.known),
        )
    ]


def _told(before: Side, after: Side) -> list[dict[str, Any]]:
    return [{"day": side.day, "is_whole": side.is_whole} for side in (before, after)]
