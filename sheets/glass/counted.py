"""Numbers from a confined process, held against the count that people are quoted."""

from runtime.confined.exchange import BrokenWorkError
from sheets.base.blocks import unpack

PIECE = 1 << 18
"""Bytes that are looked through at a time: no chat waits for more."""


def check_numbers(numbers: bytes, in_order: bytes, count: int) -> None:
    """Hold numbers against their count, which people are quoted. Blocks. Raises BrokenWorkError."""
    ends = numbers[:1] + numbers[-1:]
    counted = (
        numbers.count(b"\n") == numbers.count(b"+") == count
        and numbers.count(b"\n+") == max(count - 1, 0)
        and ends == (b"+\n" if count else b"")
        and b"+\n" not in numbers
        and in_order.count(b"\n") == count
        and len(in_order) == len(numbers)
    )
    if not counted:
        raise BrokenWorkError("other numbers than were counted")
    _check_digits(numbers)


def check_new(new: bytes, count: int, known: int, posted: bytes) -> None:
    """Hold the new numbers of a list against it. Blocks. Raises BrokenWorkError."""
    lines = posted.count(b"\n")
    if new.count(b"\n") != count or count + known != lines or len(new) > len(posted):
        raise BrokenWorkError("other numbers than the list has")
    _check_digits(new)


def _check_digits(numbers: bytes) -> None:
    for start in range(0, len(numbers), PIECE):
        if numbers[start : start + PIECE].translate(None, b"+0123456789\n"):
            raise BrokenWorkError("numbers that are none")


def check_blocks(blocks: bytes, count: int) -> None:
    """Hold blocks against the count of their numbers. Raises BrokenWorkError."""
    try:
        held = sum(bits.bit_count() for bits in unpack(blocks).values())
    except ValueError as error:
        raise BrokenWorkError(str(error)) from None
    if held > count:
        raise BrokenWorkError("blocks of more numbers than there are")
