"""How quickly a workbook is read, against openpyxl in the same run; each in a fresh process."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from bench.measures import verdict

ROWS = 200_000
ROUNDS = 3
GOAL_RATIO = 15
GOAL_MIB = 256

_HEAD = """
import resource, sys, time
from pathlib import Path
data = Path(sys.argv[1]).read_bytes()
"""
_TAIL = """
print(time.perf_counter() - start, rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_OURS = f"""{_HEAD}
from sheets import workbooks
start = time.perf_counter()
rows = workbooks.read(data)[0].cells.height
{_TAIL}"""
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
    seconds, rows, peak = answer.stdout.split()
    return float(seconds), int(rows), int(peak) / 1024


def run() -> Iterator[str]:
    """Measure, and give the lines to print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        _written(path)
        measured = [_measured(_OURS, path) for _ in range(ROUNDS)]
        theirs, _, _ = _measured(_OPENPYXL, path)
        size = path.stat().st_size
    mine = statistics.median(seconds for seconds, _, _ in measured)
    _, rows, peak = max(measured, key=lambda each: each[2])
    ratio = theirs / mine
    yield f"workbook: {rows:,} rows of five columns, {size / 1e6:.1f} MB"
    yield f"read: {mine:.2f} s ({ROUNDS} fresh processes' median); openpyxl: {theirs:.2f} s"
    yield (
        f"  ours is {ratio:.0f} times as fast ({verdict(ratio >= GOAL_RATIO, f'>= {GOAL_RATIO}')})"
    )
    yield f"peak memory: {peak:.0f} MiB ({verdict(peak <= GOAL_MIB, f'<= {GOAL_MIB} MiB')})"


if __name__ == "__main__":
    for line in run():
        print(line)
