"""Look into a service's result file, and take it apart."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import polars as pl

from sheets.answers import counting, merging, result_errors, result_files, summary
from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.answers.summary import Group
from sheets.lists import intake
from sheets.memory import blocks, splitting
from sheets.output import export
from sheets.phones.e164 import as_e164
from sheets.work.lists import files_of, integers

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


def inspect(
    result: bytes, posted: bytes, key: bytes, known: bytes, *, meaning: Mapping[str, Any]
) -> Made:
    """Sum a result up; `posted` is empty once the list's numbers are erased.

    known: The remembered answers to others of the list's numbers, which are summed up, too.
    key: Of the digests under which its answers are remembered; empty: none are. They are never
        without `posted`: a service could make us remember whatever it likes.
    """

    def work() -> Made:
        meant = meaning_of(meaning)
        answers = answers_of(result, known, meant)
        numbers = numbers_of(posted, answers)
        told = summary.to_json(counting.summarise(numbers, answers, meant))
        if not (key and posted):
            return {"what": "summary", "summary": told}, []
        if answers.buckets is not None:  # remembered already, under an earlier day
            numbers = _kept(numbers, answers.buckets, "anti")
        block, count = blocks.encode(numbers, answers, meant, key)
        return {"what": "summary", "summary": told, "remembered": count}, [block]

    return _told(work)


def write_known(posted: bytes, known: bytes, *, meaning: Mapping[str, Any]) -> Made:
    """Write remembered answers as a result of the service's kind, in the list's order; sum them up.

    The file has the day of each answer in a column of its own.
    """
    meant = meaning_of(meaning)
    answers = answers_of(b"", known, meant)
    numbers = _kept(intake.from_upload(posted), answers.frame, "semi")
    told = summary.to_json(counting.summarise(numbers, answers, meant))
    order = integers(numbers).alias("number").to_frame()
    frame = order.join(answers.frame, on="number", how="left", maintain_order="left")
    (file,) = export.split_result(Answers(frame, answers.headers), meant, None)
    return {"what": "summary", "summary": told}, [file.data]


def check(result: bytes) -> Made:
    """Unpack everything and keep nothing."""

    def work() -> Made:
        result_files.check(result)
        return {"what": "harmless"}, []

    return _told(work)


def pick(
    result: bytes, posted: bytes, known: bytes, *, meaning: Mapping[str, Any], group: Group | None
) -> Made:
    """Give the numbers of a group, as `sheets.work.lists.files_of` does; None: of all.

    known: As in `inspect`; without a result all are those whose answers are remembered.
    """

    def work() -> Made:
        meant = meaning_of(meaning)
        answers = answers_of(result, known, meant)
        numbers = numbers_of(posted, answers)
        if known and not result:
            numbers = _kept(numbers, answers.frame, "semi")
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


def answers_of(result: bytes, known: bytes, meaning: Meaning, day: str = "") -> Answers:
    """Read a result, and add remembered answers; without a result it is these alone.

    day: Of the answers in the result. Raises ResultError.
    """
    if not known:
        return result_files.read(result, meaning)
    old = merging.remembered(splitting.read(known), meaning)
    return merging.merged(result_files.read(result, meaning), day, old) if result else old


def numbers_of(posted: bytes, answers: Answers) -> pl.Series:
    """The numbers of a list, in its order; once they are erased, those of the result."""
    if not posted:
        return answers.frame.select("+" + pl.col("number").cast(pl.String)).to_series()
    return intake.from_upload(posted)


def _kept(numbers: pl.Series, known: pl.DataFrame, how: Literal["semi", "anti"]) -> pl.Series:
    """Keep the numbers that are known, or the others, in their order."""
    asked = integers(numbers).alias("number").to_frame()
    kept = asked.join(known, on="number", how=how, maintain_order="left")
    return kept.select(as_e164(pl.col("number"))).to_series()
