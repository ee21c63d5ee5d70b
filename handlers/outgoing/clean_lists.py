"""Lists made clean, and lists of some of their lines: for free, before any check.

A clean list is made on demand: of what was sent, and once that is gone of the numbers that are
kept. Numbers are picked from those that are kept, which are what a check is quoted for.
"""

from checking.wishes import wishes_of
from handlers.cards.clean import clean_words
from handlers.shared.context import BotContext
from handlers.shared.sources import Sources
from handlers.shared.texts import Phrases
from runtime.confined.files import Files
from sheets.glass.shapes import CleanList
from storage.lists import list_parts
from storage.lists.lists import NumberList

JUST_NOW = 10.0
"""Seconds after which a second tap is meant: until then it was waiting behind the first."""


class CleanLists:
    """Makes clean lists. Raises TroubleError, NotGivenError, TooMuchError, TelegramRetryAfter."""

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._sources = Sources(ctx)
        self._made: dict[str, float] = {}  # when, by what was made

    def is_new(self, *made: str) -> bool:
        """Tell whether this wasn't made a moment ago."""
        now = self._ctx.clock.now()
        self._made = {key: at for key, at in self._made.items() if 0 <= now - at < JUST_NOW}
        return ":".join(made) not in self._made

    def is_made(self, *made: str) -> None:
        """Note that this was made now."""
        self._made[":".join(made)] = self._ctx.clock.now()

    async def make(self, found: NumberList, posted: bytes, say: Phrases) -> CleanList:
        """Make a list clean whose numbers are `posted`."""
        database = self._ctx.database
        async with database.read() as connection:
            stored = await list_parts.of_list(connection, database.vault, found.id)
        with Files() as files:
            given = files.new()
            parts = await self._sources.fetch_again(stored, given)
            return await self._ctx.glass.write_clean(
                given,
                parts,
                found.region,
                posted,
                words=clean_words(say),
                most_bytes=self._ctx.limits.upload,
                of=found.person_id,
                wishes=wishes_of(found),
            )
