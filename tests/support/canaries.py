"""Canaries: unmistakable values, searched for wherever they must not be stored."""

import contextlib
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
import structlog

from bot.logs import Mask, configure
from sandbox.people.person import Person
from storage.database import Database
from storage.schema.tables import metadata
from storage.sealing.files import read_sealed
from storage.sealing.vault import Vault
from storage.upkeep.reseal import bound_to, purpose_of, row_of, sealed_columns
from tests.support.stories.story import Story

NATIONAL_DIGITS = 10
"""Length of the canary numbers without Britain's 44; these digits are in every spelling."""
_SEPARATORS = b"\x00 ()-./_\t\xc2\xa0"
_LOWER = bytes(range(256)).lower()
_STRETCH, _STRIDE = 20, 97
REMEMBERED = "answer_blocks.body"


def canary_numbers(count: int, seed: int) -> list[str]:
    """Return that many random valid mobile numbers of Britain, no two of them consecutive."""
    drawn = random.Random(seed).sample(range(10**6), count)
    return [f"+447400{each:06}" for each in drawn]


def spellings(number: str) -> dict[str, bytes]:
    """Return how +44… may appear in a file: texts and integers, each by its name."""
    digits, national = number[1:], number[-NATIONAL_DIGITS:]
    grouped = f"+44 {national[:4]} {national[4:7]}-{national[7:]}"
    texts = {"plus": number, "digits": digits, "national": f"0{national}", "grouped": grouped}
    found = {f"{name}, {code}": text.encode(code) for name, text in texts.items()
             for code in ("utf-8", "utf-16-le", "utf-16-be")}  # fmt: skip
    for name, value in (("digits", int(digits)), ("national", int(national))):
        found[f"{name}, 8 bytes"] = value.to_bytes(8, "little")
        # SQLite writes integers of this size as six bytes, the highest first.
        found[f"{name}, of SQLite"] = value.to_bytes(6, "big")
    return found


@dataclass(frozen=True, slots=True)
class Canary:
    """A value, and its name in a test's messages.

    texts: without separators, in lower case; integers: as bytes.
    """

    name: str
    texts: tuple[bytes, ...]
    integers: tuple[bytes, ...] = ()


def number(name: str, value: str) -> Canary:
    """Return a canary for a British number in E.164, found in any spelling."""
    national = value[-NATIONAL_DIGITS:]
    both = (int(value[1:]), int(national))
    integers = [(each.to_bytes(6, "little"), each.to_bytes(6, "big")) for each in both]
    return Canary(name, (national.encode(),), tuple(form for pair in integers for form in pair))


def text(name: str, value: str) -> Canary:
    """Return a canary for any other value, found in UTF-8 and UTF-16, in any case."""
    return Canary(name, (_bare(value.encode()),))


def _bare(data: bytes) -> bytes:
    return data.translate(_LOWER, _SEPARATORS)


class Finder:
    """Finds canaries in bytes, ignoring separators between their letters."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        self._canaries = list(canaries)

    def found(self, data: bytes) -> set[str]:
        """Return the names of the canaries in the data."""
        bare = _bare(data)
        return {
            each.name
            for each in self._canaries
            if any(form in bare for form in each.texts)
            or any(form in data for form in each.integers)
        }

    def in_files(self, folder: Path) -> set[tuple[str, str]]:
        """Return (file, canary) for every file below the folder; file names are searched, too."""
        return {
            (path.name, name)
            for path, data in files_below(folder).items()
            for name in self.found(str(path.relative_to(folder)).encode() + b"\n" + data)
        }


def files_below(folder: Path) -> dict[Path, bytes]:
    """Return every file with all its bytes, write-ahead log and its index included."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def blobs(database: "Database") -> dict[tuple[str, str, str], bytes]:
    """Return every sealed blob as it is stored, by its purpose, its row and the row's key."""
    found: dict[tuple[str, str, str], bytes] = {}
    async with database.read() as connection:
        for column in sealed_columns():
            keys = list(column.table.primary_key.columns)
            query = sa.select(column, *dict.fromkeys([*keys, *bound_to(column)]))
            for row in (await connection.execute(query.where(column.is_not(None)))).mappings():
                key = str([row[each.name] for each in keys])
                found[purpose_of(column), row_of(column, row), key] = row[column.name]
    return found


def opened(vault: "Vault", sealed: dict[tuple[str, str, str], bytes]) -> list[tuple[str, bytes]]:
    """Return the contents of the blobs: (purpose, content)."""
    return [(place[0], vault.open(blob, *place[:2])) for place, blob in sealed.items()]


def opened_files(vault: "Vault", folder: Path) -> list[bytes]:
    """Return the contents of the sealed files in a folder."""
    return [b"".join(read_sealed(path, vault, path.stem)) for path in sorted(folder.glob("*"))]


def remnants(sealed: Iterable[bytes], folder: Path) -> int:
    """Return how many of these blobs are in a file of the folder, at least in part."""
    data = list(files_below(folder).values())
    return sum(any(piece in each for piece in _pieces(blob) for each in data) for blob in sealed)


def _pieces(blob: bytes) -> list[bytes]:
    """Return stretches of a blob, short enough to lie within one page; the first is its nonce."""
    starts = range(0, max(len(blob) - _STRETCH, 1), _STRIDE)
    return [blob[at : at + _STRETCH] for at in starts]


async def rows_naming(database: "Database", person_id: int) -> set[str]:
    """Return the columns that hold a person's Telegram id in clear."""
    found = set()
    async with database.read() as connection:
        for table in metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, sa.Integer):
                    query = sa.select(sa.func.count()).where(column == person_id)
                    if (await connection.execute(query)).scalar_one():
                        found.add(f"{table.name}.{column.name}")
    return found


@dataclass
class Day:
    """The people of a day, and the log lines of it."""

    story: "Story"
    zebedina: "Person"
    member: "Person"
    finder: Finder
    heard: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Differences found; reported together, because each run takes a day."""

    @property
    def database(self) -> "Database":
        """The bot's own database."""
        assert self.story.app is not None
        return self.story.app.database

    @property
    def secrets(self) -> list[str]:
        """Secrets that must never be printed, as listed by the settings."""
        assert self.story.made is not None
        return self.story.made.secrets

    async def sealed(self) -> dict[tuple[str, str, str], bytes]:
        """Return every sealed blob of the database."""
        return await blobs(self.database)

    async def known(self) -> set[tuple[str, str]]:
        """Return (column, canary) for everything that the key opens."""
        contents = opened(self.database.vault, await self.sealed())
        return {(place, name) for place, data in contents for name in self.finder.found(data)}

    async def remembered(self) -> list[bytes]:
        """Return the blocks of remembered answers as they are stored; no number can be read in one.

        Not even once it is opened: to find a number there takes the key of its digests.
        """
        found = {p: blob for p, blob in (await self.sealed()).items() if p[0] == REMEMBERED}
        for _, block in opened(self.database.vault, found):
            readable = self.finder.found(block) - {"answer"}
            self.expects("readable in remembered answers", readable, set())
        return list(found.values())

    def looks_into_files(self, when: str) -> None:
        """Check that no canary is in clear below the data folder at this moment."""
        self.expects(f"in clear {when}", self.finder.in_files(self.story.home), set())

    def expects(self, what: str, found: object, wanted: object) -> None:
        """Record a difference."""
        if found != wanted:
            self.wrong.append(f"{what}: {found} instead of {wanted}")


def heard_by(day: Day) -> io.StringIO:
    """Set up logging as the program does, at debug level; return what an operator reads."""
    with contextlib.redirect_stderr(io.StringIO()) as said:
        configure("debug", "json", day.secrets)
    listens_unmasked(day.heard)
    return said


def listens_unmasked(heard: list[str]) -> None:
    """Record each of our own log events before it is masked."""
    processors: Sequence[structlog.typing.Processor] = structlog.get_config()["processors"]

    def note(
        _logger: object, _method: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        heard.append(repr(event))
        return event

    place = next(at for at, each in enumerate(processors) if isinstance(each, Mask))
    structlog.configure(processors=[*processors[:place], note, *processors[place:]])
