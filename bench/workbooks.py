"""How quickly a workbook is read, against openpyxl in the same run; each in a fresh process."""

import asyncio
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from bench.measures import lateness, verdict
from sheets import workbooks

ROWS = 200_000
ROUNDS = 3
GOAL_RATIO = 15
GOAL_MIB = 256

_HEAD = """
import os, resource, sys, time
from pathlib import Path
data = Path(sys.argv[1]).read_bytes()
"""
_TAIL = """
print(time.perf_counter() - start, rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
# With the child at hand, as in a bot that has read a workbook before; its memory counts as well.
_OURS = f"""{_HEAD}
from sheets import apart, workbooks
child = apart.run(os.getpid)
apart.run(workbooks.unpack, b"")
start = time.perf_counter()
rows = workbooks.read(data)[0].cells.height
took = time.perf_counter() - start
mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
words = Path(f"/proc/{{child}}/status").read_text().split()
print(took, rows, mine + int(words[words.index("VmHWM:") + 1]), mine)
"""
_OPENPYXL = f"""{_HEAD}
import io, openpyxl
start = time.perf_counter()
book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
rows = sum(1 for row in book.active.iter_rows(values_only=True))
{_TAIL}"""


def _written(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Id", "Name", "Phone", "Town", "Second phone"])
    for row in range(1, ROWS):
        number = 79870000000 + row
        sheet.write_row(row, 0, [row, f"Name {row}", number, "Town", f"+4930{row:07}"])
    book.close()


def _measured(program: str, path: Path) -> tuple[float, int, float]:
    """Seconds, rows, peak in MiB."""
    answer = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    seconds, rows, peak, *_ = answer.stdout.split()
    return float(seconds), int(rows), int(peak) / 1024


def run() -> Iterator[str]:
    """Measure, and give the lines to print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        _written(path)
        measured = [_measured(_OURS, path) for _ in range(ROUNDS)]
        theirs, _, _ = _measured(_OPENPYXL, path)
        data = path.read_bytes()
        size = path.stat().st_size
    mine = statistics.median(seconds for seconds, _, _ in measured)
    _, rows, peak = max(measured, key=lambda each: each[2])
    ratio = theirs / mine
    yield f"workbook: {rows:,} rows of five columns, {size / 1e6:.1f} MB"
    yield f"read: {mine:.2f} s ({ROUNDS} fresh processes' median); openpyxl: {theirs:.2f} s"
    yield (
        f"  ours is {ratio:.0f} times as fast ({verdict(ratio >= GOAL_RATIO, f'>= {GOAL_RATIO}')})"
    )
    yield (
        f"peak memory, of the process and its child together: {peak:.0f} MiB "
        f"({verdict(peak <= GOAL_MIB, f'<= {GOAL_MIB} MiB')})"
    )
    late = sorted(asyncio.run(lateness(lambda: workbooks.read(data))))
    p99 = late[int(len(late) * 0.99)]
    yield (
        f"event loop while it is read: late by {p99:.2f} ms p99, {late[-1]:.2f} ms at most "
        f"({verdict(p99 <= 10, 'p99 <= 10 ms')})"
    )


if __name__ == "__main__":
    for line in run():
        print(line)
