"""Looks at numbers that are never to be checked, and at two lists beside each other."""

from collections.abc import Hashable

from runtime.confined.exchange import BrokenWorkError
from runtime.confined.files import Files
from sheets.glass.answers import PICKED
from sheets.glass.checks import files_of, sound
from sheets.glass.looks import MOST_NUMBERS_BYTES, Looks
from sheets.glass.shapes import HeldExclusions, Numbers

_DIGEST_BYTES = 8


class ExcludingLooks(Looks):
    """The looks of `Glass` that keep numbers out of lists."""

    async def digest(self, posted: bytes, key: bytes, *, of: Hashable) -> tuple[bytes, int]:
        """Return the digests of a list's numbers, as stored, and how many. Raises TooMuchError."""
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.exclusions.digest",
                [files.of(posted), files.of(key)],
                of=of,
                most=MOST_NUMBERS_BYTES,
            )
        count = sound(PICKED, answer).count
        (digests,) = files_of(answer, 1)
        if count != posted.count(b"\n") or len(digests) != count * _DIGEST_BYTES:
            raise BrokenWorkError("other digests than the list has numbers")
        return digests, count

    async def leave_out(self, posted: bytes, excluded: HeldExclusions, *, of: Hashable) -> Numbers:
        """Return a list's numbers without those that are never to be checked.

        Raises TooMuchError.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.exclusions.leave_out",
                [files.of(posted), excluded.file],
                of=of,
                most=MOST_NUMBERS_BYTES,
                excluded=list(excluded.sizes),
            )
        return await self.picked(answer)

    async def of_two(self, posted: bytes, other: bytes, *, common: bool, of: Hashable) -> Numbers:
        """Return the numbers that two lists have in common, or those that only the first has.

        In the order of the first. Raises TooMuchError.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.exclusions.compare",
                [files.of(posted), files.of(other)],
                of=of,
                most=MOST_NUMBERS_BYTES,
                common=common,
            )
        return await self.picked(answer)
