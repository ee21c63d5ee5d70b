"""The table of hostile files in docs/reliability.md."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from scripts.hostile.play import GROWTH_MB, HONEST_SECONDS, P99_MS, STALL_MS, TRIES, Played

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- hostile: begin -->", "<!-- hostile: end -->"

_LONGEST = 90
_ABOUT = """## Hostile files

`python -m scripts.hostile` makes each of these files, plays it against the real bot, and writes
this table. Those whose names begin with “result” come from a service, all others from a person. At
the same moment somebody else sends an honest list. A file may let the bot's own process grow by
{growth:.0f} MB, and a confined process take what it is allowed: 768 MB, its libraries aside. It may
hold the event loop up for {p99:.0f} ms at the 99th percentile and {most:.0f} ms at most. What an
idle loop in a process of its own is held up meanwhile is the machine's doing; it stands in brackets
and is taken off. The honest list may take {honest:.0f} s. Where a bound breaks the file is played
again, {tries} times in all, since the machine may have been busy; the last time stands here.

Measured {made}: {count} files, {broken}.
"""
_HEAD = """
| file | size | what it is | answer | bot | child | loop: p99, most | honest list |
|---|---|---|---|---|---|---|---|
"""


def write(found: Sequence[Played], page: Path = PAGE) -> None:
    """Put the table between its markers, or at the end of the page."""
    text = page.read_text("utf-8")
    section = f"{BEGIN}\n{_section(found)}{END}\n"
    before, marker, rest = text.partition(BEGIN)
    after = rest.partition(f"{END}\n")[2] if marker else ""
    if not marker:
        before += "\n"
    page.write_text(before + section + after, "utf-8")


def _section(found: Sequence[Played]) -> str:
    machine = f"{os.cpu_count()} cores ({platform.machine()})"
    python = f"Python {platform.python_version()}, {platform.system()}"
    bad = [played for played in found if played.broken()]
    about = _ABOUT.format(
        growth=GROWTH_MB,
        p99=P99_MS,
        most=STALL_MS,
        honest=HONEST_SECONDS,
        tries=TRIES,
        made=f"{datetime.now(UTC):%Y-%m-%d}, {machine}, {python}",
        count=len(found),
        broken=f"{len(bad)} of them break a bound" if bad else "none of them breaks a bound",
    )
    rows = sorted(
        found, key=lambda played: (played.case.name.startswith("result"), played.case.name)
    )
    return about + _HEAD + "".join(map(_row, rows))


def _row(played: Played) -> str:
    seen, broken = played.seen, played.broken()
    late, idle = seen.late, seen.idle
    answer = played.answer if len(played.answer) <= _LONGEST else played.answer[:_LONGEST] + "…"
    cells = (
        f"`{played.case.name}`",
        size_of(played.size),
        played.case.attacks,
        answer + (f" **({'; '.join(broken)})**" if broken else ""),
        f"+{seen.growth:.0f} MB",
        f"{seen.child:.0f} MB",
        f"{late.p99:.1f}, {late.most:.0f} ms ({idle.p99:.1f}, {idle.most:.0f})",
        f"{played.honest:.1f} s",
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"


def size_of(size: int) -> str:
    """A number of bytes for people."""
    if size < 1000:  # noqa: PLR2004 # units
        return f"{size} B"
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"  # noqa: PLR2004
