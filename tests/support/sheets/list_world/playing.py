"""A list read as its owner would have it read, with answers to at most two questions."""

from dataclasses import dataclass

from sheets.files.documents import ListError, NoNumbers, SeveralColumns
from sheets.lists.columns.roles import ALL_COLUMNS
from sheets.lists.intake import Part, Reading, read
from tests.support.sheets.list_world.world import World

MOST_QUESTIONS = 2


@dataclass(frozen=True, slots=True)
class Played:
    """What would be sent, after how many questions; why: the error that refused it.

    told: the card says that a country was assumed for the numbers.
    """

    sent: frozenset[str]
    questions: int
    told: bool = False
    why: str = ""

    def is_right(self, made: World) -> bool:
        """True if exactly what was meant is sent."""
        return self.sent == made.want


def play(made: World) -> Played:
    """Read a list; a card that says that numbers lack a country counts as a question, too."""
    data = made.data.decode() if made.kind == "text" else made.data
    region, column = made.region, None
    for asked in range(MOST_QUESTIONS + 1):
        try:
            reading = read([Part(made.name, data, made.kind, column)], region)
        except SeveralColumns:
            column = ALL_COLUMNS if made.column is None else made.column
        except NoNumbers as error:
            if not error.national or region == made.country:
                return Played(frozenset(), asked, why="no numbers")
            region = made.country
        except ListError as error:
            return Played(frozenset(), asked, why=type(error).__name__)
        else:
            if not _lacks_country(reading) or region == made.country:
                return Played(frozenset(reading.numbers.to_list()), asked, _says_country(reading))
            region = made.country
    return Played(frozenset(), MOST_QUESTIONS, why="more questions")


def _lacks_country(reading: Reading) -> bool:
    return bool(reading.national) or any(each.rival for each in reading.told.assumed)


def _says_country(reading: Reading) -> bool:
    return any(each.country for each in reading.told.assumed)
