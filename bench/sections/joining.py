"""Joining answers to the rows of a sheet, and reading the worst lists.

The yardsticks: `sort -u` of the same numbers, `phonenumbers` line by line, and delays of the event
loop, which all other chats depend on.
"""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import phonenumbers
import polars as pl

from bench.measures import late_row, lateness, row, sort_unique
from sheets.answers import result_files
from sheets.answers.counting import summarise
from sheets.answers.meaning import Meaning
from sheets.base.table import Table, Traced
from sheets.files.documents import NoNumbers
from sheets.lists.intake import Part, as_upload, read
from sheets.output import export
from sheets.output.joining import Checked, join
from sheets.phones.e164 import normalise
from sheets.phones.numbering_plan import prepare

ROWS = 1_000_000
SAMPLE = 5_000
ROUNDS = 3
SEED = 20240607
MEANING = Meaning(("Number",), ("ActiveStatus",), yes=("active",), no=("inactive",))


def _sheet(numbers: list[int]) -> Traced:
    cells = pl.DataFrame(
        {
            "c0": ["name", *(f"Customer {place}" for place in range(ROWS))],
            "c1": ["phone", *(f"+{number}" for number in numbers)],
        }
    )
    rows = pl.Series("row", range(1, ROWS + 1), dtype=pl.UInt32)
    table = Table("customers.csv", 0, "csv", cells, has_header=True, delimiter=",")
    return Traced(table, pl.DataFrame([rows, pl.Series("number", numbers)]))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _joining() -> Iterator[str]:
    numbers = [447_000_000_000 + place * 997 for place in range(ROWS)]
    random.Random(SEED).shuffle(numbers)
    words = ("active", "inactive", "unknown")
    lines = (f"+{number},{words[number % 3]}\r\n" for number in reversed(numbers))
    sheet, data = _sheet(numbers), ("Number,ActiveStatus\r\n" + "".join(lines)).encode()
    answers = result_files.read(data, MEANING)
    asked = sheet.table.cells["c1"].slice(1)
    joined = join(sheet, [Checked("Active number", answers)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers.txt"
        path.write_bytes(as_upload(asked))
        sorts, joins = [], []
        for _ in range(ROUNDS):
            sorts.append(sort_unique(path))
            joins.append(_seconds(lambda: join(sheet, [Checked("Active number", answers)])))
    sort, mine = statistics.median(sorts), statistics.median(joins)
    yield row(
        f"{ROWS:,} answers joined to a sheet of {ROWS:,} rows",
        peer=f"LC_ALL=C sort -u of the numbers: {sort:.2f} s",
        ours=f"{mine:.2f} s (median of {ROUNDS} in turn with the peer)",
        ratio=f"{mine / sort:.2f} times as long",
        goal="less than 5",
        met=mine < 5 * sort,
    )
    for what, work in (
        ("the service's csv read", lambda: result_files.read(data, MEANING)),
        ("answers counted", lambda: summarise(asked, answers, MEANING)),
        ("the sheet written as csv", lambda: export.write([joined])),
    ):
        yield row(what, ours=f"{_seconds(work):.2f} s")

    def read_join_write() -> None:
        export.write([join(sheet, [Checked("Active number", result_files.read(data, MEANING))])])

    late = asyncio.run(lateness(read_join_write))
    yield late_row("event loop while that is read, joined and written in a thread", late)


def _invalid(chance: random.Random) -> str:
    kind = chance.randrange(5)
    digits = f"{chance.randrange(10**11):011}"
    if kind == 0:
        return f"+999{digits}"
    if kind == 1:
        return f"+1{digits[:4]}"
    if kind == 2:
        return f"+49 0000 {digits}"
    if kind == 3:
        return f"order {digits[:6]} of {digits[6:8]}.05.2024"
    return f"+44{digits}{digits}"


def _national(chance: random.Random) -> str:
    digits = f"{chance.randrange(10**8):08}"
    return chance.choice((f"0151 {digits}", f"0151{digits}", f"(030) {digits}", f"030-{digits}"))


def _one_by_one(lines: list[str], region: str | None) -> float:
    start = time.perf_counter()
    for line in lines:
        try:
            number = phonenumbers.parse(line, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return time.perf_counter() - start


def _read(data: bytes, region: str | None) -> None:
    try:
        read([Part("list.txt", data)], region)
    except NoNumbers:
        return


def _worst() -> Iterator[str]:
    prepare()
    chance = random.Random(SEED)
    cases: tuple[tuple[str, Callable[[random.Random], str], str | None], ...] = (
        ("invalid lines", _invalid, None),
        ("national numbers, read as German", _national, "DE"),
    )
    for what, line, region in cases:
        lines = [line(chance) for _ in range(ROWS)]
        data, column = "\n".join(lines).encode(), pl.Series(lines)
        each = _one_by_one(lines[:SAMPLE], region) / SAMPLE
        for how, work in (
            ("normalised, which is the same question", partial(normalise, column, region)),
            ("read as a list, and looked through for numbers", partial(_read, data, region)),
        ):
            mine = statistics.median(_seconds(work) for _ in range(ROUNDS))
            times = each * ROWS / mine
            yield row(
                f"{ROWS:,} {what}, {how}",
                peer=f"phonenumbers one by one: {each * 1e6:.0f} µs each ({SAMPLE:,})",
                ours=f"{mine:.2f} s",
                ratio=f"{times:.0f} times as fast",
                goal="at least 20",
                met=times >= 20,
            )


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    yield from _joining()
    yield from _worst()


if __name__ == "__main__":
    for measured in run():
        print(measured, flush=True)
