"""Reading a workbook, beside openpyxl in the same run; each in a fresh process."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # as in sheets/output/xlsx.py

from bench.measures import row

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
# As in the process that a file is read in; what it takes of the bot's is measured by `uploads`.
_OURS = f"""{_HEAD}
from sheets.files import workbooks
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
    for place in range(1, ROWS):
        number = 79870000000 + place
        sheet.write_row(place, 0, [place, f"Name {place}", number, "Town", f"+4930{place:07}"])
    book.close()


def _measured(program: str, path: Path) -> tuple[float, int, float]:
    """Run a program in a fresh process; return seconds, rows and peak in MiB."""
    answer = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True
    )
    seconds, rows, peak, *_ = answer.stdout.split()
    return float(seconds), int(rows), int(peak) / 1024


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        _written(path)
        measured = [_measured(_OURS, path) for _ in range(ROUNDS)]
        theirs, _, _ = _measured(_OPENPYXL, path)
        size = path.stat().st_size
    mine = statistics.median(seconds for seconds, _, _ in measured)
    _, rows, peak = max(measured, key=lambda each: each[2])
    ratio = theirs / mine
    yield row(
        f"a workbook of {rows:,} rows and five columns ({size / 1e6:.1f} MB) read",
        peer=f"openpyxl: {theirs:.2f} s",
        ours=f"{mine:.2f} s ({ROUNDS} fresh processes' median)",
        ratio=f"{ratio:.0f} times as fast",
        goal=f"at least {GOAL_RATIO}",
        met=ratio >= GOAL_RATIO,
    )
    yield row(
        "peak memory of the process that reads",
        ours=f"{peak:.0f} MiB",
        goal=f"at most {GOAL_MIB} MiB",
        met=peak <= GOAL_MIB,
    )


if __name__ == "__main__":
    for line in run():
        print(line)
