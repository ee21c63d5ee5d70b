"""Damaged files through confined processes, with the bounds of the bot and less time."""

import asyncio
import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from runtime.confined.bounds import Bounds
from runtime.confined.exchange import TooMuchError
from runtime.confined.files import Files
from runtime.confined.pool import ConfinedPool
from scripts.hostile.case import say
from scripts.hostile.mutations import mutated
from sheets.answers.meaning import Meaning
from sheets.answers.result_errors import ResultError
from sheets.glass.answers import ColumnQuestion
from sheets.glass.glass import MODULES, Glass
from sheets.glass.shapes import ListRead, Part, Refused, Words
from sheets.phones.reasons import Reason

BOUNDS = Bounds(memory=768 << 20, cpu_seconds=20, wall_seconds=120.0)
SLOTS = 4
AS_RESULT_EVERY = 5

WORDS = Words({reason: reason.value for reason in Reason}, ("File", "Line", "Text", "Why"))
_MEANING = Meaning(("Number", "phone"), ("telegram_days", "whatsapp", "ActiveStatus"), "days")
_PROGRESS = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that ended in a fault of ours."""

    seed: int
    index: int
    base: str
    data: bytes
    trace: str


class Fuzzing:
    """A run. `counts`: how many files had which outcome. `findings`: the faults of ours."""

    def __init__(self, indices: Iterable[int], seed: int) -> None:
        self.counts = Counter[str]()
        self.findings: list[Finding] = []
        self._waiting = iter(indices)
        self._done = 0
        self._seed = seed

    async def run(self) -> None:
        """Read them all."""
        pool = ConfinedPool(MODULES, slots=SLOTS, bounds=BOUNDS)
        try:
            glass = Glass(pool, lambda _: "")
            await asyncio.gather(*(self._work(glass, of) for of in range(SLOTS)))
        finally:
            pool.close()

    async def _work(self, glass: Glass, of: int) -> None:
        for index in self._waiting:
            base, data = mutated(self._seed, index)
            try:
                self.counts[await as_list(glass, data, base, of)] += 1
                if index % AS_RESULT_EVERY == 0:
                    self.counts[await as_result(glass, data, of)] += 1
            except Exception as error:  # noqa: BLE001 # whatever it is, it is a finding
                last = traceback.format_exception(error)[-1].strip()
                self.findings.append(Finding(self._seed, index, base, data, last))
                self.counts["FAULT OF OURS"] += 1
                say(f"{index} ({base}): {last}")
            self._done += 1
            if self._done % _PROGRESS == 0:
                say(f"{self._done} files, {len(self.findings)} findings")


async def as_list(glass: Glass, data: bytes, name: str, of: int) -> str:
    """Read it as a list; return the outcome in a word or two."""
    with Files() as files:
        parts = [Part(name, "document", len(data))]
        found = await glass.read_list(files.of(data), parts, "GB", WORDS, of=of)
    match found:
        case ListRead():
            return "list: read"
        case ColumnQuestion():
            return "list: which column"
        case Refused():
            return f"list: {found.refusal.why}"


async def as_result(glass: Glass, data: bytes, of: int) -> str:
    """Read it as a result; return the outcome in a word or two."""
    with Files() as files:
        try:
            await glass.inspect(files.of(data), None, _MEANING, of=of)
        except ResultError as error:
            return f"result: {type(error).__name__}"
        except TooMuchError:
            return "result: too much"
    return "result: read"


def keep(findings: Iterable[Finding], folder: Path) -> None:
    """Keep the files that ended in a fault, each with its trace."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in findings:
        path = folder / f"{each.seed}-{each.index}-{each.base}"
        path.write_bytes(each.data)
        path.with_name(f"{path.name}.trace").write_text(f"{each.trace}\n", "utf-8")
