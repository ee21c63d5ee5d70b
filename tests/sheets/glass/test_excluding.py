"""Numbers that are never to be checked, through confined processes and back."""

from typing import Any

import pytest

from runtime.confined.exchange import BrokenWorkError
from runtime.confined.files import Files
from sheets.glass.glass import Glass
from sheets.glass.shapes import HeldExclusions
from tests.support.confinement import Taken, digest, shared_glass

NUMBERS = b"+447400123457\n+447400123456\n+447400123455\n"
KEY = bytes(range(32))
COUNTED = {"what": "numbers", "count": 3}


@pytest.mark.parametrize(
    ("values", "files"),
    [
        (COUNTED, [b"8" * 16]),
        (COUNTED | {"count": 2}, [b"8" * 16]),
        (COUNTED, [b"8" * 24, b""]),
        (COUNTED, []),
    ],
)
async def test_digests_of_other_numbers_are_not_believed(values: Any, files: list[bytes]) -> None:
    """Protects what must not be asked about from a block that lacks some of it."""
    glass = Glass(Taken(values, files), digest)
    with pytest.raises(BrokenWorkError):
        await glass.digest(NUMBERS, KEY, of=1)


async def test_what_one_process_digested_another_leaves_out() -> None:
    """Protects the way through both, with nothing left at its end, too."""
    glass = shared_glass()
    one, rest = NUMBERS[:14], NUMBERS[14:]
    blocks = [KEY + (await glass.digest(some, KEY, of=1))[0] for some in (one, rest)]
    for held, left in ((blocks[:1], rest), (blocks[1:], one), (blocks, b"")):
        with Files() as files:
            excluded = HeldExclusions(files.of(b"".join(held)), [len(each) for each in held])
            found = await glass.leave_out(NUMBERS, excluded, of=1)
        assert (found.body, found.count) == (left, left.count(b"\n"))


@pytest.mark.parametrize("common", [True, False])
async def test_two_lists_are_compared(common: bool) -> None:  # noqa: FBT001 # a case
    """Protects what is quoted: the numbers of the first list, in its order."""
    other = b"+447400123455\n+447400123457\n+447400000000\n"
    found = await shared_glass().of_two(NUMBERS, other, common=common, of=1)
    left = b"+447400123457\n+447400123455\n" if common else b"+447400123456\n"
    assert (found.body, found.count) == (left, left.count(b"\n"))
    nothing = await shared_glass().of_two(NUMBERS, NUMBERS, common=False, of=1)
    assert (nothing.body, nothing.count) == (b"", 0)
