"""What comes back from confined processes is held against itself before it is believed."""

import json
from typing import Any

import pytest

from runtime.confined.exchange import BrokenWorkError
from sheets.answers.meaning import Meaning
from sheets.base.blocks import blocks_of, pack
from sheets.glass.counted import check_numbers
from sheets.glass.glass import Glass
from sheets.glass.shapes import ListRead, Numbers, Words
from sheets.output.clean_words import CleanWords
from sheets.phones.lines import Line
from tests.support.confinement import Taken, digest

NUMBERS = b"+447400123457\n+447400123456\n"
IN_ORDER = b"+447400123456\n+447400123457\n"
BLOCKS = pack(blocks_of([447400123456, 447400123457]))
READ = {"what": "read", "duplicates": 0, "rejected": 0, "national": 0, "longest_run": 1}


def test_numbers_that_fit_their_count_are_believed() -> None:
    """Protects honest lists, also an empty one."""
    check_numbers(NUMBERS, IN_ORDER, 2)
    check_numbers(b"", b"", 0)


@pytest.mark.parametrize(
    ("numbers", "in_order", "count"),
    [
        (NUMBERS, IN_ORDER, 1),
        (NUMBERS, IN_ORDER, 3),
        (NUMBERS, b"", 2),
        (NUMBERS, IN_ORDER + b"\n", 2),
        (b"447400123456\n+447400123457\n", IN_ORDER[:-1], 2),
        (b"+447400123457\n447400123456\n+", IN_ORDER, 2),
        (b"+44740012345x\n", b"+447400123456\n", 1),
        (b"+\n+\n", b"+\n+\n", 2),
        (b"", b"", 1),
    ],
)
def test_others_are_not(numbers: bytes, in_order: bytes, count: int) -> None:
    """Protects money: a person is quoted the count, and the service gets the numbers."""
    with pytest.raises(BrokenWorkError):
        check_numbers(numbers, in_order, count)


@pytest.mark.parametrize(
    ("values", "files"),
    [
        (None, []),
        ({"what": "refused", "why": "<b>anything</b>"}, []),
        (READ | {"count": 2}, []),
        (READ | {"count": 2}, [NUMBERS, IN_ORDER, BLOCKS, b"", b""]),
        (READ | {"count": -2}, [NUMBERS, IN_ORDER, BLOCKS]),
        (READ | {"count": 1}, [NUMBERS, IN_ORDER, BLOCKS]),
        (READ | {"count": 2}, [NUMBERS, IN_ORDER]),
        (READ | {"count": 2}, [NUMBERS, IN_ORDER, BLOCKS[1:]]),
        (READ | {"count": 2}, [NUMBERS, IN_ORDER, pack({447400123: 0b111})]),
    ],
)
async def test_an_answer_about_a_list_that_is_none(values: Any, files: list[bytes]) -> None:
    """Protects the bot from values and files that no honest process gives."""
    glass = Glass(Taken(values, files), digest)
    with pytest.raises(BrokenWorkError):
        await glass.read_list(0, [], None, Words({}, []), of=1)


async def test_an_answer_that_fits_is_believed() -> None:
    """Protects honest lists."""
    glass = Glass(Taken(READ | {"count": 2}, [NUMBERS, IN_ORDER, BLOCKS]), digest)
    read = await glass.read_list(0, [], None, Words({}, []), of=1)
    assert isinstance(read, ListRead)
    assert read.numbers == Numbers(NUMBERS, digest(IN_ORDER), BLOCKS, 2)


@pytest.mark.parametrize(
    "text", ["", "[]", "[" * 90_000, json.dumps({"total": "x"}), json.dumps({"buckets": 7})]
)
async def test_a_summary_that_is_none(text: str) -> None:
    """Protects a paid result: our fault delivers it without a summary, anything else would not."""
    glass = Glass(Taken({"what": "summary", "summary": text}, []), digest)
    with pytest.raises(BrokenWorkError):
        await glass.inspect(0, None, Meaning(("Number",), ("Answer",)), of=1)


CLEAN = {"what": "clean", "duplicates": 0, "rejected": 0, "names": [["a", ".csv"]]}


@pytest.mark.parametrize(
    ("values", "files"),
    [
        (CLEAN | {"lines": {"mobile": 1}}, [b""]),
        (CLEAN | {"lines": {"mobile": 3, "fixed": -1}}, [b""]),
        (CLEAN | {"lines": {"<b>": 2}}, [b""]),
        (CLEAN | {"lines": {"mobile": 2}}, []),
        (CLEAN | {"lines": {"mobile": 2}, "names": []}, [b""]),
    ],
)
async def test_a_clean_list_that_is_none(values: Any, files: list[bytes]) -> None:
    """Protects the caption of a clean list: its counts are those of the numbers that are kept."""
    words = CleanWords([], {}, {}, "", "en")
    glass = Glass(Taken(values, files), digest)
    with pytest.raises(BrokenWorkError):
        await glass.write_clean(0, [], None, NUMBERS, words=words, most_bytes=1, of=1)


async def test_a_clean_list_that_fits_is_believed() -> None:
    """Protects honest ones."""
    words = CleanWords([], {}, {}, "", "en")
    glass = Glass(Taken(CLEAN | {"lines": {"mobile": 1, "fixed": 1}}, [b"x"]), digest)
    made = await glass.write_clean(0, [], None, NUMBERS, words=words, most_bytes=1, of=1)
    assert made.lines == {Line.MOBILE: 1, Line.FIXED: 1}
    assert [file.data for file in made.files] == [b"x"]
