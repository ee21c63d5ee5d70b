"""The page of what was measured: a section for each measurement, of the day it was last run.

Between the markers of a section stands what one run wrote; the other sections stay as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bench.measures import HEAD, is_row

INTRODUCTION = """# Performance

`make bench` measures and writes this page; `python -m bench NAME...` measures some of it anew and
leaves the other sections alone. Speeds are ratios against a peer in the same run, so they mean the
same on another machine. A goal that is missed stands here as such.
"""
_SECTION = re.compile(r"<!-- (\w+) -->\n(.*?)<!-- end of \1 -->\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of a measurement gave."""

    name: str
    question: str
    made: str
    """The day, and the machine."""
    lines: Sequence[str]


def sections(page: str) -> dict[str, str]:
    """What stands in each section, by the name of its measurement."""
    return dict(_SECTION.findall(page))


def updated(page: str, new: Measured, order: Sequence[str]) -> str:
    """The page with this section put in, or in the place of its older self.

    Sections stand in the order of `order`, those that were never run too; what isn't named there
    isn't measured any more.
    """
    found = sections(page) | {new.name: _written(new)}
    parts = [
        f"<!-- {name} -->\n{found.get(name) or _unwritten(name)}<!-- end of {name} -->\n"
        for name in order
    ]
    return "\n".join([INTRODUCTION, *parts])


def _unwritten(name: str) -> str:
    return f"## {name}\n\nNot measured yet: `python -m bench {name}`.\n"


def _written(new: Measured) -> str:
    rows = [line for line in new.lines if is_row(line)]
    remarks = [f"- {line.strip()}" for line in new.lines if not is_row(line)]
    blocks = [f"## {new.name}", new.question, f"Measured {new.made}."]
    if rows:
        head = f"| {' | '.join(HEAD)} |"
        blocks.append("\n".join([head, "|---" * len(HEAD) + "|", *rows]))
    if remarks:
        blocks.append("\n".join(remarks))
    return "\n\n".join(blocks) + "\n"
