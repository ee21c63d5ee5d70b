"""The page of results: a section for each benchmark, from its last run.

A run writes its own section, between the section's markers, and leaves the others unchanged.
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
    """The results of one run of a benchmark."""

    name: str
    question: str
    made: str
    """Date and machine."""
    lines: Sequence[str]


def sections(page: str) -> dict[str, str]:
    """Return the text of each section, by the name of its benchmark."""
    return dict(_SECTION.findall(page))


def updated(page: str, new: Measured, order: Sequence[str]) -> str:
    """Return the page with a new or replaced section.

    It has the sections of `order`, in that order, including those that were never run.
    """
    found = sections(page) | {new.name: _written(new)}
    parts = [INTRODUCTION]
    for name in order:
        text = found.get(name) or f"## {name}\n\nNot measured yet: `python -m bench {name}`.\n"
        parts.append(f"<!-- {name} -->\n{text}<!-- end of {name} -->\n")
    return "\n".join(parts)


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
