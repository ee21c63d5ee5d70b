"""The reader: turns the parts of a list into numbers.

Handlers only store the parts. This loop fetches and reads them, so that a large file doesn't
delay a chat, and a restart in the middle just begins the reading again.
"""

from collections.abc import Collection

import structlog
from aiogram.exceptions import TelegramRetryAfter

from checking.limits.shares import MOST_KEPT_BYTES, TooMuchKeptError
from checking.memory import exclusions
from checking.wishes import wishes_of
from handlers.shared import questions, readings
from handlers.shared.context import BotContext
from handlers.shared.sources import NotGivenError, Sources, TroubleError
from handlers.shared.texts import Phrases
from runtime.backoff import Backoff
from runtime.confined.exchange import BrokenWorkError
from runtime.confined.files import Files
from runtime.confined.pool import NoProcessError
from runtime.due_loop import DueLoop, DueWork, Name
from runtime.errors import CutOffError
from runtime.rota import Rota
from sheets.glass.answers import ColumnQuestion
from sheets.glass.shapes import Refused, Words
from sheets.phones.reasons import Reason
from storage.lists import due_lists, list_parts
from storage.lists.list_parts import StoredPart
from storage.lists.lists import ListState, NumberList
from storage.records import inbox, services
from storage.records.strikes import Strikes

LISTS_AT_ONCE = 4  # some of them wait for Telegram, or for a slot; of each person one
SETTLE_AGAIN = 0.3  # seconds, while the inbox holds updates of the chat
DOWNLOAD_TRIES = 5
BACKOFF = Backoff(first=5.0, longest=300.0)  # between the tries

# Files that are no list, by the kinds that the texts know.
_KINDS = {
    **dict.fromkeys(("numbers", "xlsb"), "spreadsheet"),
    **dict.fromkeys(("gzip", "rar", "7z"), "archive"),
    **dict.fromkeys(("html", "document", "rtf"), "document"),
    "zip": "empty_archive",
    "protected": "protected",
    "pdf": "pdf",
    "image": "image",
}

log = structlog.get_logger("reader")


class Reader(DueWork[NumberList]):
    """Turns gathered lists into ready (or unreadable) ones."""

    claimed = "chat"

    def __init__(self, ctx: BotContext) -> None:
        self._ctx = ctx
        self._database = ctx.database
        self._sources = Sources(ctx)
        self._rota = Rota()
        self.loop = DueLoop(
            "read",
            self,
            at_once=LISTS_AT_ONCE,
            clock=ctx.clock,
            claims=ctx.database.claims,
            wake_up=ctx.wake_up,
            strikes=Strikes(ctx.database, "read", ctx.clock),
        )

    def key(self, found: NumberList, /) -> str:
        """Return the list's id."""
        return found.id

    def claim(self, found: NumberList, /) -> int:
        """Return its chat: the replica that shows a card reads the list."""
        return found.chat_id

    def whose(self, found: NumberList, /) -> int:
        """Return its person: one who sends much leaves the slots to others."""
        return found.person_id

    async def due(self, now: float, limit: int, busy: Collection[Name], /) -> list[NumberList]:
        """Return the lists to read now, among them those that have just settled."""
        del busy  # the rota gives each person one slot
        async with self._database.read() as connection:
            found = await due_lists.due(connection, self._database.vault, now)
        gathering = [each for each in found if each.state is ListState.GATHERING]
        settled = await self._settle(gathering, now) if gathering else []
        reading = [each for each in found if each.state is ListState.READING]
        waiting = {each.id: each.person_id for each in [*reading, *settled]}
        chosen = self._rota.choose(waiting, self.loop.pool.keys(), limit)
        return [each for each in [*reading, *settled] if each.id in chosen]

    async def _settle(self, gathering: list[NumberList], now: float) -> list[NumberList]:
        """Close lists to further parts, unless the inbox may hold the rest of a long paste."""
        chats = {each.chat_id for each in gathering}
        ours = await self._database.claims.take("chat", chats)
        settled = []
        async with self._database.write() as connection:
            for each in gathering:
                if each.chat_id not in ours:
                    continue
                if await inbox.waiting_in(connection, each.chat_id):
                    await self._ctx.lists.wait_longer(connection, each, now + SETTLE_AGAIN)
                else:
                    await self._ctx.lists.settled(connection, each)
                    settled.append(each)
        return settled

    async def next_due_at(self, busy: Collection[Name], /) -> float | None:
        """Return when the next list settles or is tried again."""
        del busy  # theirs are among those that wait for the rota
        async with self._database.read() as connection:
            skip = [*self.loop.pool.keys(), *self._rota.waiting]
            return await due_lists.next_due_at(connection, skip=skip)

    async def work(self, found: NumberList, /) -> None:
        """Fetch its parts, read them, and store the outcome."""
        async with self._database.read() as connection:
            stored = await list_parts.of_list(connection, self._database.vault, found.id)
        say = await self._ctx.say(found.chat_id)
        title = _title(say, stored)
        try:
            await self._read_parts(found, stored, title, say)
        except TroubleError as trouble:
            await self._unreadable(found, title, trouble)
        except NoProcessError:
            log.error("list not read", list=found.id, where="no process")  # noqa: TRY400 # it says all
            await self._later(found, title, "broken")
        except TelegramRetryAfter as error:
            await self._ctx.lists.read_later(
                found, self._ctx.clock.now() + error.retry_after, found.attempts
            )
        except NotGivenError as error:
            log.warning("file not fetched", list=found.id, why=str(error))
            await self._later(found, title)
        except CutOffError:
            raise  # not the fault of the list
        except BrokenWorkError as error:
            log.error("list not read", list=found.id, where=str(error))  # noqa: TRY400 # it says all
            await self._later(found, title, "broken")
        except Exception:
            log.exception("list not read", list=found.id)
            await self._later(found, title, "broken")

    async def set_aside(self, found: NumberList, /) -> None:
        """Give up a list during whose reading the process died twice."""
        log.error("list set aside", list=found.id)
        say = await self._ctx.say(found.chat_id)
        async with self._database.write() as connection:
            stored = await list_parts.of_list(connection, self._database.vault, found.id)
            await services.note_owners(
                connection,
                self._database.vault,
                sorted(self._ctx.owners),
                key="owner-list-set-aside",
                values={"ref": found.id},
                now=self._ctx.clock.now(),
            )
        await self._unreadable(found, _title(say, stored), TroubleError("broken"))

    async def _read_parts(
        self, found: NumberList, stored: list[StoredPart], title: str, say: Phrases
    ) -> None:
        if found.kept_for is not None:  # a basket: its members have the parts, and were read
            await self._ctx.baskets.fill(found)
            return
        region = found.region or await self._ctx.region(found.chat_id)
        words = Words(
            reasons={reason: say.plain(f"reason-{reason}") for reason in Reason},
            head=[
                say.plain(f"left-out-head-{name}") for name in ("file", "line", "text", "reason")
            ],
        )
        with Files() as files:
            given, of = files.new(), found.person_id
            parts, origins = await self._sources.fetch(stored, given)
            try:
                excluded = await exclusions.hold(self._database, found, files)
            except exclusions.ExclusionsBrokenError:
                raise TroubleError("sealed") from None
            wishes = wishes_of(found)
            read = await self._ctx.glass.read_list(
                given, parts, region, words, of=of, wishes=wishes, excluded=excluded
            )
        if isinstance(read, Refused):
            await self._refuse(found, title, read, region, origins)
            return
        if isinstance(read, ColumnQuestion):
            question = questions.column_to_json(questions.asked_column(read, origins))
            await self._ctx.lists.ask(found, title, "column", question=question)
            return
        # The bot cleans lists that people have; it doesn't sweep ranges of numbers.
        if 0 < self._ctx.limits.longest_run < read.counts.longest_run:
            raise TroubleError("sweep", read.counts.longest_run)
        told = readings.told_by(read.counts, origins)
        # What another country explains better is asked about once; the rest may go on without it.
        is_first = not found.reading and found.again_of is None
        doubtful = is_first and read.counts.national and told.rivals
        asks = "country" if doubtful else None
        stored_as = readings.to_json(told)
        try:
            await self._ctx.lists.ready(found, title, read, region, reading=stored_as, asks=asks)
        except TooMuchKeptError:
            raise TroubleError("too_much_kept", MOST_KEPT_BYTES // 1_000_000) from None

    async def _refuse(
        self,
        found: NumberList,
        title: str,
        refused: Refused,
        region: str | None,
        origins: list[StoredPart],
    ) -> None:
        """Ask for the country whose numbers these may be, or raise TroubleError."""
        refusal = refused.refusal
        if refusal.why not in {"no_numbers", "all_excluded"}:
            raise _trouble(refused)
        told = readings.told_by(refusal, origins)
        unsaid = "country" not in wishes_of(found) and not refusal.excluded
        doubtful = region is None or told.rivals or 2 * refusal.national > refusal.count
        if unsaid and refusal.national and doubtful:
            await self._ctx.lists.ask(
                found,
                title,
                "country",
                national=refusal.national,
                reading=readings.to_json(told),
            )
            return
        raise _trouble(refused, region, readings.to_json(told) if told.may_change else "")

    async def _unreadable(self, found: NumberList, title: str, trouble: TroubleError) -> None:
        await self._ctx.lists.unreadable(
            found,
            title,
            trouble=trouble.key,
            detail=trouble.detail,
            rejected=trouble.rejected,
            left_out=trouble.left_out,
            region=trouble.region or found.region,
            reading=trouble.reading,
        )

    async def _later(self, found: NumberList, title: str, trouble: str = "download") -> None:
        """Try again after a backoff; after the last try, tell the person what is wrong."""
        if found.attempts + 1 >= DOWNLOAD_TRIES:
            await self._unreadable(found, title, TroubleError(trouble))
            return
        at = self._ctx.clock.now() + BACKOFF.seconds(found.attempts)
        await self._ctx.lists.read_later(found, at, found.attempts + 1)


def _trouble(refused: Refused, region: str | None = None, reading: str = "") -> TroubleError:
    """Return the text that tells the person why a list can't be read."""
    refusal = refused.refusal
    key: str = refusal.why
    if key == "not_a_list":
        key = f"not_a_list-{_KINDS.get(refusal.kind, 'unknown')}"
    return TroubleError(
        key,
        refusal.count,
        left_out=refused.left_out,
        rejected=refusal.rejected,
        region=region,
        reading=reading,
    )


def _title(say: Phrases, parts: list[StoredPart]) -> str:
    """Name a list after its first file, and say how many more there are."""
    named = [part.name for part in parts if part.file_id is not None]
    if not named:
        return say.plain("list-pasted")
    more = len(named) - 1
    return say.plain("list-and-more", name=named[0], more=more) if more else named[0]
