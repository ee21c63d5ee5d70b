"""A list held against a year of remembered answers, in a process with the bounds of the bot's.

The list has a million numbers; the memory has a block of a million answers for each month, and half
of the list is in them. The time is that of the confined process, from the blocks that it is given
to the new numbers. The peer compares the numbers themselves, in clear: it sorts the list, and runs
`comm` over it and the year's numbers, which lie there sorted.
"""

import asyncio
import os
import random
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.measures import row

COUNT, MONTHS, ROUNDS = 1_000_000, 12, 3
SEED = 20240607
GOAL_SECONDS, GOAL_BYTES = 5.0, 20.0
FIRST = 447_000_000_000
KEY = bytes(range(32))
WORDS = ("active", "inactive", "unknown")

Made = tuple[dict[str, Any], list[bytes]]


def remember(posted: bytes, result: bytes, *, meaning: dict[str, Any]) -> Made:
    """Look into a result as the bot has it done, with the answers that it keeps, and without."""
    from sheets.work import results  # noqa: PLC0415 - in confined processes alone

    without, _ = _timed(lambda: results.inspect(result, posted, b"", b"", meaning=meaning))
    values, made = _timed(lambda: results.inspect(result, posted, KEY, b"", meaning=meaning))
    return values | {"without": without["seconds"]}, made


def recall(*files: bytes, blocks: Sequence[tuple[int, float, int]]) -> Made:
    """Split a list as the bot has it done."""
    from sheets.work import memory  # noqa: PLC0415 - the same

    return _timed(lambda: memory.recall(*files, blocks=blocks))


def _timed(work: Callable[[], Made]) -> Made:
    start, processor = time.perf_counter(), time.process_time()
    values, made = work()
    told = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    return values | told, made


def _upload(numbers: Sequence[int]) -> bytes:
    return "".join(f"+{number}\n" for number in numbers).encode()


def _month(place: int) -> range:
    start = FIRST + place * COUNT * 7
    return range(start, start + COUNT * 7, 7)


async def _measure(listed: bytes) -> tuple[list[dict[str, Any]], dict[str, Any], int]:
    """Return what the splits told, what one block did, and the bytes of that."""
    from dataclasses import asdict  # noqa: PLC0415 - the children load this module, too

    from runtime.confined.bounds import Bounds  # noqa: PLC0415 - the same
    from runtime.confined.files import Files, write  # noqa: PLC0415 - the same
    from runtime.confined.pool import ConfinedPool  # noqa: PLC0415 - the same
    from sheets.answers.meaning import Meaning  # noqa: PLC0415 - the same
    from sheets.glass.glass import MODULES  # noqa: PLC0415 - the same

    meaning = Meaning(("Number",), ("ActiveStatus",), yes=("active",), no=("inactive",))
    pool = ConfinedPool((*MODULES, __name__), slots=1, bounds=Bounds())
    blocks: list[tuple[int, float, int]] = []
    try:
        with Files() as files:
            held = files.new()
            for place in range(MONTHS):
                lines = (f"{number},{WORDS[number % 29 // 14]}" for number in _month(place))
                result = "\n".join(["Number,ActiveStatus", *lines]).encode()
                given = [files.of(_upload(_month(place))), files.of(result)]
                answer = await pool.run(
                    f"{__name__}.remember", given, of=1, meaning=asdict(meaning)
                )
                write(held, answer.files[0])
                blocks.append((len(answer.files[0]), float(place), 0))
            given = [files.of(listed), held, files.of(KEY)]
            splits = [
                (await pool.run(f"{__name__}.recall", given, of=1, blocks=blocks)).values
                for _ in range(ROUNDS)
            ]
    finally:
        pool.close()
    return splits, answer.values, len(answer.files[0])


def _peer(listed: Path, known: Path) -> float:
    start = time.perf_counter()
    command = 'sort "$1" | comm -23 - "$2" > /dev/null'
    subprocess.run(  # noqa: S603 - a fixed command
        ["/bin/sh", "-c", command, "-", str(listed), str(known)],
        check=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    return time.perf_counter() - start


def run() -> Iterator[str]:
    """Measure and yield the lines to print."""
    chance = random.Random(SEED)
    numbers = list(_month(MONTHS))[::2]
    for place in range(MONTHS):
        numbers += chance.sample(_month(place), COUNT // 2 // MONTHS)
    chance.shuffle(numbers)
    listed = _upload(numbers)
    splits, encoded, size = asyncio.run(_measure(listed))
    with tempfile.TemporaryDirectory() as folder:
        list_file, known_file = Path(folder) / "list.txt", Path(folder) / "known.txt"
        list_file.write_bytes(listed)
        with known_file.open("wb") as out:
            out.writelines(_upload(_month(place)) for place in range(MONTHS))
        theirs = statistics.median(_peer(list_file, known_file) for _ in range(ROUNDS))
    mine = statistics.median(split["seconds"] for split in splits)
    yield row(
        f"{len(numbers):,} numbers against {MONTHS} blocks of {COUNT:,} answers",
        peer=f"LC_ALL=C sort and comm of the bare numbers: {theirs:.2f} s",
        ours=f"{mine:.2f} s (median of {ROUNDS} processes)",
        ratio=f"{mine / theirs:.2f} times as long",
        goal=f"less than {GOAL_SECONDS:.0f} s, within the bounds",
        met=mine < GOAL_SECONDS,
    )
    yield row(
        "peak memory of such a process", ours=f"{max(split['peak'] for split in splits):.0f} MiB"
    )
    each = size / encoded["remembered"]
    yield row(
        "a block, for each of its answers",
        ours=f"{each:.1f} bytes",
        goal=f"at most {GOAL_BYTES:.0f}",
        met=each <= GOAL_BYTES,
    )
    yield row(
        f"a result of {COUNT:,} numbers looked into, and its answers kept",
        peer=f"without that: {encoded['without']:.2f} s",
        ours=f"{encoded['seconds']:.2f} s",
        ratio=f"{encoded['seconds'] / encoded['without']:.2f} times as long",
    )
    yield (
        f"Of the list {splits[0]['known']:,} answers were remembered, and {splits[0]['new']:,} "
        f"numbers were new. A split took {splits[0]['processor']:.1f} s of a processor."
    )


if __name__ == "__main__":
    for measured in run():
        print(measured, flush=True)
