"""Answers of confined processes, held against themselves before they are believed."""

from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from runtime.confined.exchange import Answer, BrokenWorkError
from sheets.answers import summary
from sheets.answers.result_errors import (
    BrokenResultError,
    UnreadableResultError,
    UnsafeResultError,
)
from sheets.answers.summary import Summary
from sheets.glass.answers import CleanFiles, Fault

T = TypeVar("T")

_FAULTS = {
    "unsafe": UnsafeResultError,
    "broken": BrokenResultError,
    "unreadable": UnreadableResultError,
}


def files_of(answer: Answer, fewest: int, most: int | None = None) -> list[bytes]:
    """Return the files of an answer that has so many."""
    if not fewest <= len(answer.files) <= (most or fewest):
        raise BrokenWorkError(f"an answer of {len(answer.files)} files")
    return answer.files


def checked(shape: TypeAdapter[T], answer: Answer) -> T:
    """Return the values of an answer in this shape. Raises BrokenWorkError."""
    try:
        return shape.validate_python(answer.values, strict=False)
    except ValidationError:
        raise BrokenWorkError(f"an answer that is no {shape}") from None


def sound(shape: TypeAdapter[T | Fault], answer: Answer) -> T:
    """Return the same, or raise the ResultError that it tells of."""
    found = checked(shape, answer)
    if isinstance(found, Fault):
        raise _FAULTS[found.what](found.why)
    return found


def summary_of(text: str) -> Summary:
    """Return the summary that an answer holds. Raises BrokenWorkError."""
    try:
        return summary.from_json(text)
    except Exception:  # noqa: BLE001 # a hostile answer may break it in any way
        raise BrokenWorkError("a summary that is none") from None


def check_lines(found: CleanFiles, numbers: bytes) -> None:
    """Hold the lines of a clean list against its numbers. Raises BrokenWorkError."""
    if sum(found.lines.values()) != numbers.count(b"\n"):
        raise BrokenWorkError("other lines than there are numbers")
