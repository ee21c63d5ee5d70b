"""Remembered answers that come back from a confined process, held against the list."""

from typing import Any

import pytest

from runtime.confined.exchange import BrokenWorkError
from runtime.confined.files import Files
from sheets.answers.meaning import Meaning
from sheets.answers.summary import Bucket, Summary, to_json
from sheets.glass.glass import Glass
from sheets.glass.shapes import HeldBlock, Recalled
from sheets.memory.splitting import read
from tests.support.confinement import Taken, digest, shared_glass

MEANING = Meaning(("Number",), ("Answer",))
NUMBERS = b"+447400123457\n+447400123456\n"
KEY, OTHER = bytes(range(32)), bytes(32)
SUMMED = {
    "what": "summary",
    "summary": to_json(Summary((Bucket("yes", 2),), total=2)),
    "remembered": 2,
}
SPLIT = {"what": "split", "new": 1, "known": 1, "oldest": 5.0, "newest": 5.0}
NEW = b"+447400123456\n"


@pytest.mark.parametrize(
    ("key", "values", "files"),
    [
        (b"", SUMMED, [b"block"]),
        (KEY, SUMMED, []),
        (KEY, SUMMED, [b""]),
        (KEY, SUMMED, [b"block", b"another"]),
        (KEY, SUMMED | {"remembered": 3}, [b"block"]),
        (KEY, SUMMED | {"remembered": -1}, [b"block"]),
    ],
)
async def test_answers_to_remember_that_are_none(
    key: bytes, values: Any, files: list[bytes]
) -> None:
    """Protects the memory from a process that a result file has taken over."""
    glass = Glass(Taken(values, files), digest)
    with pytest.raises(BrokenWorkError):
        await glass.inspect(0, NUMBERS, MEANING, key, of=1)


@pytest.mark.parametrize(
    ("values", "files"),
    [
        (SPLIT, [NEW]),
        (SPLIT | {"new": 2}, [NEW, b""]),
        (SPLIT | {"known": 0}, [NEW, b""]),
        (SPLIT | {"new": 2, "known": 0}, [NEW, b""]),
        (SPLIT, [b"+44740012345x\n", b""]),
        (SPLIT, [b"+" * 40 + b"\n", b""]),
        (SPLIT | {"oldest": "<b>"}, [NEW, b""]),
    ],
)
async def test_a_split_that_is_none(values: Any, files: list[bytes]) -> None:
    """Protects money: a person is quoted the new numbers, and the service gets them."""
    glass = Glass(Taken(values, files), digest)
    with pytest.raises(BrokenWorkError):
        await glass.recall(NUMBERS, 0, [], of=1)


async def test_a_split_that_fits_is_believed() -> None:
    """Protects honest ones."""
    glass = Glass(Taken(SPLIT, [NEW, b"known"]), digest)
    assert await glass.recall(NUMBERS, 0, [], of=1) == Recalled(NEW, 1, b"known", 1, 5.0, 5.0)


async def test_what_one_process_made_another_reads() -> None:
    """Protects the way through both: blocks of two keys, one after the other, the newest wins."""
    texts = (b"Number,Answer\n447400123456,yes\n", b"Number,Answer\n447400123456,no\n")
    with Files() as files:
        made = [
            await shared_glass().inspect(files.of(text), NUMBERS, MEANING, key, of=1)
            for text, key in zip(texts, (KEY, OTHER), strict=True)
        ]
        assert [each.remembered for each in made] == [1, 1]
        held = files.of(b"".join(each.block for each in made))
        blocks = [
            HeldBlock(len(each.block), at, key)
            for each, at, key in zip(made, (7.0, 5.0), (KEY, OTHER), strict=True)
        ]
        found = await shared_glass().recall(NUMBERS, held, blocks, of=1)
    assert (found.new, found.count, found.oldest) == (b"+447400123457\n", 1, 7.0)
    assert read(found.known).rows() == [(447400123456, "yes", "yes", 7.0)]


async def test_a_list_without_numbers_is_remembered_by_nobody() -> None:
    """Protects the memory: once a list is erased, nobody knows what was asked."""
    with Files() as files:
        result = files.of(b"Number,Answer\n447400123456,yes\n")
        found = await shared_glass().inspect(result, None, MEANING, KEY, of=1)
    assert (found.remembered, found.block) == (0, b"")
