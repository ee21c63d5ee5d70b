"""Look into a service's result file, and take it apart."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from sheets.answers import counting, result_errors, result_files, summary
from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.answers.summary import Group
from sheets.lists import intake
from sheets.memory import blocks
from sheets.output import export
from sheets.work.lists import files_of

Made = tuple[dict[str, Any], list[bytes]]

_WHY = {
    result_errors.UnsafeResultError: "unsafe",
    result_errors.BrokenResultError: "broken",
    result_errors.UnreadableResultError: "unreadable",
}


def _told(work: Callable[[], Made]) -> Made:
    """Give a result file's own faults as values: the bot decides what they mean for the task."""
    try:
        return work()
    except result_errors.ResultError as error:
        return {"what": _WHY[type(error)], "why": error.why}, []


def inspect(result: bytes, posted: bytes, key: bytes, *, meaning: Mapping[str, Any]) -> Made:
    """Sum a result up; `posted` is empty once the list's numbers are erased.

    key: Of the digests under which its answers are remembered; empty: none are. They are never
        without `posted`: a service could make us remember whatever it likes.
    """

    def work() -> Made:
        meant = meaning_of(meaning)
        answers = result_files.read(result, meant)
        numbers = numbers_of(posted, answers)
        told = summary.to_json(counting.summarise(numbers, answers, meant))
        if not (key and posted):
            return {"what": "summary", "summary": told}, []
        block, count = blocks.encode(numbers, answers, meant, key)
        return {"what": "summary", "summary": told, "remembered": count}, [block]

    return _told(work)


def check(result: bytes) -> Made:
    """Unpack everything and keep nothing."""

    def work() -> Made:
        result_files.check(result)
        return {"what": "harmless"}, []

    return _told(work)


def pick(result: bytes, posted: bytes, *, meaning: Mapping[str, Any], group: Group | None) -> Made:
    """Give the numbers of a group , as `sheets.work.lists.files_of` does; None: of all."""

    def work() -> Made:
        meant = meaning_of(meaning)
        answers = result_files.read(result, meant)
        numbers = numbers_of(posted, answers)
        if group is not None:
            numbers = counting.members(group, numbers, answers, meant)
        return {"what": "numbers", "count": numbers.len()}, files_of(numbers)

    return _told(work)


def split(result: bytes, *, meaning: Mapping[str, Any], most_bytes: int) -> Made:
    """Cut a result into files that can be sent, and give the ends of their names."""

    def work() -> Made:
        meant = meaning_of(meaning)
        files = export.split_result(result_files.read(result, meant), meant, most_bytes)
        return {"what": "files", "ends": [file.name_suffix for file in files]}, [
            file.data for file in files
        ]

    return _told(work)


def meaning_of(values: Mapping[str, Any]) -> Meaning:
    """Turn JSON's lists back into tuples."""
    tuples: dict[str, Any] = {
        name: tuple(each) if isinstance(each, list) else each for name, each in values.items()
    }
    return Meaning(**tuples)


def numbers_of(posted: bytes, answers: Answers) -> pl.Series:
    """The numbers of a list, in its order; once they are erased, those of the result."""
    if not posted:
        return answers.frame.select("+" + pl.col("number").cast(pl.String)).to_series()
    return intake.from_upload(posted)
