"""The one door to strangers' bytes: every look into them is asked for here, and done elsewhere.

What is asked for names a function of `sheets.work`, which runs in a confined process
(`runtime.confined`). The bot's own process imports none of the libraries that read files.
"""

import asyncio
import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import structlog

from runtime.confined.exchange import BrokenWorkError, TooMuchError
from runtime.confined.files import Files
from sheets.answers.meaning import Meaning
from sheets.answers.result_errors import UnsafeResultError
from sheets.answers.summary import Group
from sheets.glass import answers
from sheets.glass.answers import ColumnQuestion, Refusal
from sheets.glass.changes import ChangeLooks
from sheets.glass.checks import checked, files_of, sound, summary_of
from sheets.glass.clean_looks import CleanLooks
from sheets.glass.excluding import ExcludingLooks
from sheets.glass.looks import MOST_NUMBERS_BYTES, MOST_SHEET_BYTES, told
from sheets.glass.recalling import RecallingLooks
from sheets.glass.shapes import (
    HeldExclusions,
    Inspected,
    ListRead,
    NamedFile,
    Numbers,
    Part,
    Refused,
    ResultFile,
    Wish,
    Words,
)
from sheets.lists.plain_number import Few
from sheets.output.chart_rows import Chart

MODULES = ("sheets.work.warm",)
"""What the zygote imports: all of `sheets.work`, and what the first list would wait for."""

log = structlog.get_logger("glass")


class Glass(ChangeLooks, CleanLooks, ExcludingLooks, RecallingLooks):
    """Asks for looks. `of` is always the person it is done for: people take turns.

    A look may raise BrokenWorkError: a fault of ours.
    """

    async def read_list(
        self,
        given: int,
        parts: Sequence[Part],
        region: str | None,
        words: Words,
        *,
        of: Hashable,
        wishes: Sequence[Wish] = (),
        excluded: HeldExclusions | None = None,
    ) -> ListRead | ColumnQuestion | Refused:
        """Read a list from a file; one that is too much to read is refused like any bad one.

        excluded: What is never to be checked, and left out.
        """
        try:
            answer = await self.pool.run(
                "sheets.work.lists.read_list",
                [given, excluded.file] if excluded else [given],
                of=of,
                most=MOST_NUMBERS_BYTES,
                parts=told(parts),
                region=region,
                reasons=dict(words.reasons),
                head=list(words.head),
                wishes=list(wishes),
                excluded=list(excluded.sizes) if excluded else [],
            )
        except TooMuchError as error:
            log.warning("list too much to read", why=str(error))
            return Refused(Refusal("refused", "too_much"))
        found = checked(answers.LIST, answer)
        match found:
            case answers.Counts():
                body, in_order, blocks, *sheets = files_of(answer, 3, 4)
                numbers = await self.numbers(body, in_order, blocks, found.count)
                return ListRead(found, numbers, sheets[0] if sheets else None)
            case Refusal():
                return Refused(found, *files_of(answer, 0, 1))
        return found

    async def read_message(
        self, text: str, region: str | None, *, of: Hashable, is_card: bool = False
    ) -> Few:
        """Read the few numbers of a message; `is_card`: it is a contact's vCard."""
        with Files() as files:
            try:
                answer = await self.pool.run(
                    "sheets.work.lists.read_message",
                    [files.of(text.encode("utf-8", "replace"))],
                    of=of,
                    region=region,
                    is_card=is_card,
                )
            except TooMuchError as error:
                log.warning("message too much to read", why=str(error))
                return Few([], [])
        found = checked(answers.MESSAGE, answer)
        return Few(list(found.numbers), list(found.others))

    async def inspect(
        self,
        result: int,
        posted: bytes | None,
        meaning: Meaning,
        key: bytes = b"",
        known: bytes = b"",
        *,
        of: Hashable,
    ) -> Inspected:
        """Sum a result file up. Raises ResultError and TooMuchError.

        known: Remembered answers to others of the numbers in `posted`.
        key: Of the digests under which its answers are to be remembered; empty: none are.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.results.inspect",
                [result, files.of(posted or b""), files.of(key), files.of(known)],
                of=of,
                most=MOST_NUMBERS_BYTES,
                meaning=asdict(meaning),
            )
        found = sound(answers.SUMMARY, answer)
        block, *_ = [*files_of(answer, 0, 1 if key else 0), b""]
        told = summary_of(found.summary)
        if not found.remembered:
            return Inspected(told)
        if found.remembered > told.total or not block:
            raise BrokenWorkError("more answers than there are numbers")
        return Inspected(told, block, found.remembered)

    async def check_result(self, result: int, *, of: Hashable) -> None:
        """Look whether a result that was too much to read may be passed on unread.

        Raises UnsafeResultError: it would do harm, or even this look was too much.
        """
        try:
            answer = await self.pool.run("sheets.work.results.check", [result], of=of)
        except TooMuchError as error:
            raise UnsafeResultError(str(error)) from None
        sound(answers.CHECKED, answer)

    async def pick(
        self,
        result: int,
        posted: bytes | None,
        meaning: Meaning,
        group: Group | None,
        *,
        of: Hashable,
        known: bytes = b"",
    ) -> Numbers:
        """Pick the numbers of a group, or all of them. Raises ResultError and TooMuchError.

        known: As in `inspect`. Without a result all numbers are those that it answers.
        """
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.results.pick",
                [result, files.of(posted or b""), files.of(known)],
                of=of,
                most=MOST_NUMBERS_BYTES,
                meaning=asdict(meaning),
                group=group,
            )
        return await self.picked(answer)

    async def split(
        self, result: int, meaning: Meaning, most_bytes: int, *, of: Hashable
    ) -> list[NamedFile]:
        """Cut a result into files that can be sent. Raises ResultError and TooMuchError."""
        answer = await self.pool.run(
            "sheets.work.results.split",
            [result],
            of=of,
            most=MOST_SHEET_BYTES,
            meaning=asdict(meaning),
            most_bytes=most_bytes,
        )
        ends = sound(answers.SPLIT, answer).ends
        files = files_of(answer, len(ends))
        return [NamedFile("", end, data) for end, data in zip(ends, files, strict=True)]

    async def write_sheet(
        self,
        given: int,
        parts: Sequence[Part],
        region: str | None,
        results: Sequence[ResultFile],
        most_bytes: int,
        *,
        of: Hashable,
        wishes: Sequence[Wish] = (),
        words: Mapping[str, Any] | None = None,
    ) -> tuple[list[NamedFile], list[str]]:
        """Write a person's own sheet, with the answers of these results beside their rows.

        given, parts, region, wishes: The list, as in `read_list`.
        words: Of ours in it, as `sheets.output.joining.Words`.
        Gives its files, and the titles of the results that can't be read any more. Raises
        ResultError where that is the one asked about, and TooMuchError.
        """
        about = [
            {name: value for name, value in asdict(each).items() if name != "file"}
            | {"known": each.known is not None}
            for each in results
        ]
        files = [file for each in results for file in (each.file, each.known) if file is not None]
        answer = await self.pool.run(
            "sheets.work.sheets.write_sheet",
            [given, *files],
            of=of,
            most=MOST_SHEET_BYTES,
            parts=told(parts),
            region=region,
            results=about,
            most_bytes=most_bytes,
            wishes=list(wishes),
            words=words or {},
        )
        found = sound(answers.SHEET, answer)
        named = zip(found.names, files_of(answer, len(found.names)), strict=True)
        made = [NamedFile(*names, data) for names, data in named]
        if len(found.said) != len(made):
            raise BrokenWorkError("files of which nothing is said")
        kept = zip(made, found.said, strict=True)
        return [replace(file, said=said) for file, said in kept], list(found.without)

    async def draw(self, chart: Chart, *, of: Hashable) -> bytes | None:
        """Draw a picture as PNG; None where there is nothing to compare. Raises TooMuchError."""
        answer = await self.pool.run("sheets.work.pictures.draw", of=of, **asdict(chart))
        return answer.files[0] if answer.files else None

    async def write_rows(self, rows: Sequence[Sequence[str]], *, of: Hashable) -> bytes:
        """Write rows of one length as a csv, the first of them its header. Raises TooMuchError."""
        with Files() as files:
            answer = await self.pool.run(
                "sheets.work.exports.write_rows",
                [files.of(json.dumps(rows).encode())],
                of=of,
                most=MOST_SHEET_BYTES,
            )
        return files_of(answer, 1)[0]

    async def write_json(
        self,
        found: Mapping[str, Any],
        places: Sequence[tuple[str, int, str, int]],
        texts: int,
        files: Files,
        most_bytes: int,
        *,
        of: Hashable,
    ) -> int:
        """Write what is stored about a person as JSON; gives an open one of `files`.

        found: Rows by table.
        places: Where the `texts` belong, and how long each is: table, row, name, bytes.
        texts: A file in memory that holds them all.

        Raises TooMuchError, also for more than `most_bytes`.
        """
        request = await asyncio.to_thread(json.dumps, {"found": found, "places": places})
        answer = await self.pool.run(
            "sheets.work.exports.write_json",
            [files.of(request.encode()), texts],
            of=of,
            most=most_bytes,
            keep=files,
        )
        if len(answer.descriptors) != 1:
            raise BrokenWorkError(f"an answer of {len(answer.descriptors)} files")
        return answer.descriptors[0]
