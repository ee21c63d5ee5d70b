"""The log of all bots, as the audit reads it: errors, and what was set aside."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sandbox.http.clock import FastClock

_RECORD = re.compile(r"^(?=\d{4}-\d\d-\d\dT)", re.MULTILINE)
_HEAD = re.compile(r"(\S+) \[(\w+) *\] (.*)")
_VALUE = re.compile(r"(\w+)=(\S+)")


@dataclass(frozen=True, slots=True)
class Record:
    """A line of the log; `at` is in Unix seconds of the shared clock."""

    at: float
    event: str
    """With its values; where there is a traceback, with the last line of that."""
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Log:
    """What the audit needs of it."""

    errors: list[Record]
    remote_ids: dict[str, str]
    """The services' ids of the bots' tasks."""


def read(log: Path, clock: FastClock) -> Log:
    """Read the log of all bots."""
    text = log.read_text("utf-8") if log.exists() else ""
    errors, remote_ids = [], {}
    for lines in (record.strip().splitlines() for record in _RECORD.split(text)):
        head = _HEAD.match(lines[0]) if lines else None
        if head is None:
            continue
        moment, level, event = head.groups()
        values = dict(_VALUE.findall(event))
        if level in {"error", "critical"}:
            event = " ".join([event[:120], *(each[:200] for each in lines[1:][-1:])])
            at = clock.at(datetime.fromisoformat(moment).timestamp())
            errors.append(Record(at, event, values))
        elif event.startswith("list submitted"):
            remote_ids[values["task"]] = values["remote"]
    return Log(errors, remote_ids)
