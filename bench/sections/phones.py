"""Reading lists, against three yardsticks in the same run.

They are `phonenumbers` number by number, `sort -u` of the same file, and delays of the event loop,
which all other chats depend on.
"""

import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import phonenumbers
from phonenumbers import re_util

from bench.measures import late_row, lateness, row, sort_unique

LINES = 1_000_000
SAMPLE = 20_000
ROUNDS = 5
BIG_FILE = 20_000_000
SEED = 20240607


def mixed_lines(count: int, seed: int = SEED) -> list[str]:
    """Return lines of a mixed list: 96 % international, 3 % national with blanks, 1 % junk."""
    chance = random.Random(seed)
    patterns = _examples()
    lines = []
    for _ in range(count):
        code, national = chance.choice(patterns)
        # The last four digits vary, so that most stay valid and few repeat.
        national = national[:-4] + f"{chance.randrange(10_000):04}"
        lines.append(_written(code, national, chance))
    return lines


def _examples() -> list[tuple[str, str]]:
    found = []
    chance = random.Random(SEED)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
            example = phonenumbers.example_number_for_type(region, kind)
            if example is None:
                continue
            national = phonenumbers.national_significant_number(example)
            found += [
                (str(example.country_code), near) for near in _near(example, national, chance)
            ]
    return found


def _near(example: phonenumbers.PhoneNumber, national: str, chance: random.Random) -> list[str]:
    """Return valid numbers that differ from an example in the last seven digits only."""
    head = national[: max(2, len(national) - 7)]
    width = len(national) - len(head)
    valid = [national]
    for _ in range(20):
        other = head + f"{chance.randrange(10**width):0{width}}"
        text = f"+{example.country_code}{other}"
        if phonenumbers.is_valid_number(phonenumbers.parse(text)):
            valid.append(other)
    return valid


def _written(code: str, national: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.60:
        return f"+{code}{national}"
    if kind < 0.90:
        return f"{code}{national}"
    if kind < 0.96:
        return f"+{code} ({national[:2]}) {national[2:5]}-{national[5:]}"
    if kind < 0.99:
        return f"0{national[:3]} {national[3:]}"
    return chance.choice(("n/a", "no number", "ask Anna", "4.41E+11", "12.05.2024"))


_OURS = """
import resource, sys, time
from pathlib import Path
from sheets.lists.intake import Part, read
from sheets.lists.notation import weighing
from sheets.phones import numbering_plan
data = Path(sys.argv[1]).read_bytes()
start = time.perf_counter()
numbering_plan.prepare()
weighing.prepare()
ready = time.perf_counter()
reading = read([Part("list", data)])
print(ready - start, time.perf_counter() - ready, reading.numbers.len(), reading.rejected)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _ours(path: Path) -> tuple[float, float, int, int, int]:
    """Read in a fresh process: seconds of rules and `read`, numbers, rejected, peak in KiB."""
    answer = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", _OURS, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    rules, seconds, numbers, rejected, peak = answer.stdout.split()
    return float(rules), float(seconds), int(numbers), int(rejected), int(peak)


def _one_by_one(lines: list[str]) -> float:
    """Return the seconds of `phonenumbers`, called for each line."""
    start = time.perf_counter()
    for line in lines:
        text = line if line.startswith("+") else f"+{line}"
        try:
            number = phonenumbers.parse(text)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return time.perf_counter() - start


def _loop_row(lines: list[str]) -> str:
    from sheets.lists.intake import Part, read  # noqa: PLC0415 - the children load it by themselves

    data = "\n".join(lines).encode()
    data = (data + b"\n") * (BIG_FILE // len(data)) + data[: BIG_FILE % len(data)]
    late = asyncio.run(lateness(lambda: read([Part("list", data)])))
    return late_row(f"event loop while {len(data) / 1e6:.0f} MB are read in a thread", late)


def _against_phonenumbers(sample: list[str], mine: float) -> list[str]:
    """Measure twice: with the library's defaults, and with its pattern cache."""
    each = _one_by_one(sample) / len(sample)
    re_util.enable_pattern_cache()
    kept = _one_by_one(sample) / len(sample)
    rate = f"{LINES / mine:,.0f} lines/s"
    ratio, of_kept = each * LINES / mine, kept * LINES / mine
    return [
        row(
            f"a mixed list of {LINES:,} lines read",
            peer=f"phonenumbers one by one: {1 / each:,.0f} lines/s (on {len(sample):,} lines)",
            ours=rate,
            ratio=f"{ratio:.0f} times as fast",
            goal="at least 100",
            met=ratio >= 100,
        ),
        row(
            "the same",
            peer=f"the same with enable_pattern_cache(): {1 / kept:,.0f} lines/s",
            ours=rate,
            ratio=f"{of_kept:.0f} times as fast",
        ),
    ]


def run() -> list[str]:
    """Measure and return the lines to print."""
    lines = mixed_lines(LINES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.txt"
        path.write_text("\n".join(lines) + "\n", encoding="ascii")
        rules, ours, sorts, peak, numbers, rejected = [], [], [], 0, 0, 0
        for _ in range(ROUNDS):
            compiled, seconds, numbers, rejected, peak = _ours(path)
            rules.append(compiled)
            ours.append(seconds)
            sorts.append(sort_unique(path))
    once, mine, sort = map(statistics.median, (rules, ours, sorts))
    return [
        f"List: {LINES:,} lines of all regions, {numbers:,} numbers, {rejected:,} rejected.",
        *_against_phonenumbers(lines[:SAMPLE], mine),
        row(
            "the same",
            peer=f"LC_ALL=C sort -u: {sort:.2f} s",
            ours=f"{mine:.2f} s (median of {ROUNDS} fresh processes, in turn with the peer)",
            ratio=f"{mine / sort:.2f} times as long",
            goal="at most 4",
            met=mine <= 4 * sort,
        ),
        _loop_row(lines),
        (
            f"Rules of all regions, compiled once when the bot starts: {once:.2f} s; with these, a "
            f"list would take {(mine + once) / sort:.2f} times as long as sort."
        ),
        f"Peak memory of the reading process: {peak / 1024:.0f} MiB.",
    ]


if __name__ == "__main__":
    print("\n".join(run()))
