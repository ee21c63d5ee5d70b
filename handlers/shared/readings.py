"""What the reading of a list told, as it is stored for the cards until the list is erased."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from handlers.shared.questions import AskedColumn, choices_of
from sheets.glass.answers import Assumption, Counts, Refusal
from sheets.phones.countries import is_known
from storage.lists.list_parts import StoredPart
from storage.lists.lists import ListState, NumberList

MOST_NAMED = 3
"""Columns of a table that are named; of more only their count is told."""
LONGEST_NAME, LONGEST_EXAMPLE = 200, 60


@dataclass(frozen=True, slots=True)
class TableRead:
    """What a table was taken for; its fields are those of `sheets.glass.answers.Assumption`.

    columns, places: of the first `MOST_NAMED` columns that were read. count: of all of these.
    asked: the question for another column, where the table has several.
    """

    source: str
    columns: tuple[str, ...]
    places: tuple[int, ...]
    count: int
    why: str
    notation: str
    country: str
    rival: str
    asked: AskedColumn | None = None


@dataclass(frozen=True, slots=True)
class ReadingTold:
    """What a list was taken for; its fields are those of `sheets.glass.answers.Counts`."""

    tables: tuple[TableRead, ...] = ()
    old_forms: int = 0
    old_example: tuple[str, str] | None = None
    unusual: int = 0
    unusual_example: str = ""
    hidden: int = 0
    suggested: tuple[str, ...] = ()
    excluded: int = 0

    @property
    def is_bare(self) -> bool:
        """True if numbers without a plus sign were read, or could have been."""
        return any(table.notation for table in self.tables)

    @property
    def may_change(self) -> bool:
        """True if another country, another column or a wish may make more numbers of it."""
        others = any(table.asked for table in self.tables)
        wishes = self.unusual or self.hidden or self.excluded
        return self.is_bare or others or bool(self.suggested or wishes)

    @property
    def rivals(self) -> tuple[str, ...]:
        """The regions that explain numbers that weren't read."""
        return tuple(dict.fromkeys(table.rival for table in self.tables if table.rival))


def may_be_read_again(found: NumberList) -> bool:
    """Tell whether a list can be read in another way: its parts are kept."""
    if found.state is ListState.UNREADABLE:
        return bool(found.reading)
    # A list that was made of another's numbers has no parts.
    return found.state in {ListState.ASKING, ListState.READY} and found.root_id is None


_STORED: TypeAdapter[ReadingTold] = TypeAdapter(ReadingTold)


def told_by(found: Counts | Refusal, origins: Sequence[StoredPart]) -> ReadingTold:
    """Take what the cards need of an answer; `origins` has the message of each part."""
    tables = (
        TableRead(
            source=each.source[:LONGEST_NAME],
            columns=tuple(header[:LONGEST_NAME] for header in each.columns[:MOST_NAMED]),
            places=each.places[:MOST_NAMED],
            count=len(each.places),
            why=each.why,
            notation=each.notation,
            country=_known(each.country),
            rival=_known(each.rival),
            asked=_question(each, origins[each.part]),
        )
        for each in found.assumed
    )
    told = ReadingTold(
        tables=tuple(tables),
        unusual=found.unusual,
        unusual_example=found.unusual_example[:LONGEST_EXAMPLE],
        hidden=found.hidden,
        excluded=found.excluded,
        suggested=tuple(filter(is_known, found.suggested)),
    )
    if isinstance(found, Refusal):
        return told
    old = None
    if found.old_example is not None:
        written, present = found.old_example
        old = (written[:LONGEST_EXAMPLE], present[:LONGEST_EXAMPLE])
    return replace(told, old_forms=found.old_forms, old_example=old)


def _known(region: str) -> str:
    """Return a region that has a name; numbers of no country, such as +800, have none."""
    return region if is_known(region) else ""


def _question(found: Assumption, origin: StoredPart) -> AskedColumn | None:
    """Return the question for another column than the one that was read."""
    places = {each.place for each in found.choices}
    read = set(found.places)
    others = [each for each in found.choices if len(read) > 1 or each.place not in read]
    if len(places) < 2 or not others:  # noqa: PLR2004 # without another there is no choice
        return None
    every = not places <= read
    return AskedColumn(origin.message_id, found.source[:LONGEST_NAME], choices_of(others), every)


def to_json(told: ReadingTold) -> str:
    """Dump it."""
    return _STORED.dump_json(told).decode()


def from_json(text: str) -> ReadingTold:
    """Load it; of a list that no reading told anything of, an empty text."""
    return _STORED.validate_json(text) if text else ReadingTold()
