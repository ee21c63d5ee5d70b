"""People: who may use the bot, how they get access, and their consent to the terms."""

import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.limits.refusals import LimitError
from runtime.clock import Clock
from runtime.remembered import Remembered
from storage.database import Database
from storage.people import chats, day_counts, invites, usage
from storage.people import people as stored
from storage.people.people import Ask, Person, PersonStanding
from storage.tasks.tasks import Task

CONSENT_VERSION = 1
"""Version of the text `consent-text`; raise it to ask everybody again when the meaning changes."""
INVITE_SECONDS = 86_400.0
ASK_AGAIN_SECONDS = 7 * 86_400.0  # after a refusal, or a removal
CODE_BYTES = 24  # 192 bits, 32 letters of base64url
LONGEST_CODE = 64  # characters that a deep link may carry

S = PersonStanding
_OUTSIDE = (S.GUEST, S.REFUSED, S.REMOVED)


class Asked(StrEnum):
    """Outcome of a request for access."""

    NOW = "now"
    ALREADY = "already"  # the owners were asked, or this person has access
    TOO_SOON = "too_soon"


class CodeUsed(StrEnum):
    """Outcome of an invite link: let in; used or expired; or this person was removed."""

    LET_IN = "let_in"
    GONE = "gone"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Listed:
    """A person on the owners' page; `used` counts the numbers checked today."""

    person: Person
    used: int


class People:
    """Access, consent and quotas.

    Where several processes share the database none remembers people: who is let in, removed or
    forgotten by one of them is so at once for all.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        owners: frozenset[int],
        is_open: bool,
        consent_version: int = CONSENT_VERSION,
    ) -> None:
        self._database = database
        self._clock = clock
        self._open = is_open
        self._version = consent_version
        self._rows = Remembered[Person | None](lambda: database.claims.replica is None)
        self.owners = owners

    def may_claim(self, person_id: int, task: Task) -> bool:
        """Tell whether this person may say which task at a service this one is."""
        return self.is_owner(person_id) or (self._open and person_id == task.person_id)

    def is_owner(self, person_id: int) -> bool:
        """Tell whether this is one of OWNER_IDS."""
        return person_id in self.owners

    async def may_use(self, person_id: int, connection: AsyncConnection | None = None) -> bool:
        """Tell whether this is an owner, a member or, if the bot is open, a guest.

        Who asks again after a removal is no guest before an owner's answer.

        connection: The caller's transaction, to decide by what holds in it.
        """
        if self.is_owner(person_id):
            return True
        person = await self._row(person_id, connection)
        standing = person.standing if person else S.GUEST
        return standing is S.MEMBER or (self._open and standing is S.GUEST)

    async def _row(self, person_id: int, connection: AsyncConnection | None) -> Person | None:
        if connection is None:
            return await self.get(person_id)
        return await self.find(connection, person_id)

    async def may_start(self, connection: AsyncConnection, person_id: int, chat_id: int) -> bool:
        """Tell, in the caller's transaction, whether this person may start a check of this chat.

        In a group its own rules said who may; here they only mustn't be removed.
        """
        if not await self.has_consented(person_id, connection):
            return False
        if chat_id > 0 or self.is_owner(person_id):
            return await self.may_use(person_id, connection)
        person = await self.find(connection, person_id)
        return person is None or not person.is_barred

    async def is_paused(self, connection: AsyncConnection, chat_id: int) -> bool:
        """Tell whether this is a group, and the person who added the bot has no access any more.

        connection: The caller's transaction, to decide by what holds in it.
        """
        host = await chats.host(connection, chat_id) if chat_id < 0 else None
        if not host:  # the bot stays with those who had themselves forgotten
            return False
        return not await self.may_use(host, connection)

    async def must_serve(self, connection: AsyncConnection, chat_id: int) -> None:
        """Raise LimitError in a group that is paused."""
        if await self.is_paused(connection, chat_id):
            raise LimitError("group-paused")

    async def name(self, person_id: int) -> str:
        """Return the name that Telegram showed last; empty for unknown people."""
        person = await self.get(person_id)
        return person.name if person else ""

    async def get(self, person_id: int) -> Person | None:
        """Return the stored person, if there is one."""

        async def read() -> Person | None:
            async with self._database.read() as connection:
                return await self.find(connection, person_id)

        return await self._rows.get(person_id, read)

    async def find(self, connection: AsyncConnection, person_id: int) -> Person | None:
        """Return the same as `get`, read in the caller's transaction."""
        return await stored.get(connection, self._database.vault, person_id)

    def forget(self, *person_ids: int) -> None:
        """Forget what is remembered of people whose rows were changed elsewhere."""
        self._rows.forget(*person_ids)

    @asynccontextmanager
    async def _changing(self, *person_ids: int) -> AsyncGenerator[AsyncConnection]:
        """Open a write transaction that changes these people."""
        try:
            async with self._database.write() as connection:
                yield connection
        finally:
            self._rows.forget(*person_ids)

    async def has_consented(
        self, person_id: int, connection: AsyncConnection | None = None
    ) -> bool:
        """Tell whether this person agreed to the current terms; `connection` as in `may_use`."""
        if self._version == 0:
            return True
        person = await self._row(person_id, connection)
        return person is not None and person.consent_version >= self._version

    async def consent(self, person_id: int, name: str) -> None:
        """Store that this person agrees to the current terms."""
        now = self._clock.now()
        async with self._changing(person_id) as connection:
            await stored.note(connection, self._database.vault, person_id, name, now)
            await stored.consent(connection, person_id, self._version, now)

    def may_ask_from(self, person: Person | None) -> float:
        """Return the unix time from which this person may ask for access (again)."""
        if person is None or person.standing not in (S.REFUSED, S.REMOVED):
            return 0.0
        return person.since + ASK_AGAIN_SECONDS

    async def ask(self, person_id: int, name: str) -> Asked:
        """Store a request for access, and the messages due to the owners and the person."""
        now = self._clock.now()
        async with self._changing(person_id) as connection:
            person = await stored.get(connection, self._database.vault, person_id)
            if person is not None and person.standing in (S.ASKED, S.MEMBER):
                return Asked.ALREADY
            if self.may_ask_from(person) > now:
                return Asked.TOO_SOON
            await stored.note(connection, self._database.vault, person_id, name, now)
            await stored.move(connection, person_id, _OUTSIDE, S.ASKED, now, by=None)
            await stored.begin_asks(connection, person_id, [*sorted(self.owners), person_id])
        return Asked.NOW

    async def answer(
        self, person_id: int, became: PersonStanding, *, by: int, by_name: str
    ) -> bool:
        """Store an owner's answer to a request; return False if it was answered already."""
        return await self._decide(person_id, (S.ASKED,), became, by, by_name)

    async def let_in(self, person_id: int, *, by: int, by_name: str) -> bool:
        """Give a person access on an owner's behalf; return False for members."""
        was = (S.ASKED, *_OUTSIDE)
        return await self._decide(person_id, was, S.MEMBER, by, by_name)

    async def remove(self, person_id: int, *, by: int, by_name: str) -> bool:
        """Remove a person's access on an owner's behalf; running checks are still delivered."""
        return await self._decide(person_id, (S.GUEST, S.MEMBER), S.REMOVED, by, by_name)

    async def _decide(
        self,
        person_id: int,
        was: tuple[PersonStanding, ...],
        became: PersonStanding,
        by: int,
        by_name: str,
    ) -> bool:
        now = self._clock.now()
        async with self._changing(person_id, by) as connection:
            done = await stored.move(connection, person_id, was, became, now, by=by)
            if done:
                await stored.note(connection, self._database.vault, by, by_name, now)
                await stored.tells(connection, person_id)
        return done

    async def invite(self, by: int) -> str:
        """Make an invite for one person, valid for a day; return the code of its link."""
        code, now = secrets.token_urlsafe(CODE_BYTES), self._clock.now()
        async with self._database.write() as connection:
            await invites.make(
                connection, self._digest(code), made_by=by, now=now, ends_at=now + INVITE_SECONDS
            )
        return code

    async def use_code(self, person_id: int, name: str, code: str) -> CodeUsed:
        """Use up an invite and give its bearer access, in one commit."""
        now, vault = self._clock.now(), self._database.vault
        async with self._changing(person_id) as connection:
            person = await stored.get(connection, vault, person_id)
            if person is not None and person.standing is S.REMOVED:
                return CodeUsed.REMOVED
            by = await invites.use(connection, self._digest(code), person_id, now)
            if by is None:
                return CodeUsed.GONE
            await stored.note(connection, vault, person_id, name, now)
            was = (S.ASKED, *_OUTSIDE)
            await stored.move(connection, person_id, was, S.MEMBER, now, by=by)
        return CodeUsed.LET_IN

    def _digest(self, code: str) -> str:
        return self._database.vault.digest(code[:LONGEST_CODE].encode(), "invites.code")

    async def set_quota(self, person_id: int, quota: int | None) -> None:
        """Set the numbers a day; 0: no limit; None: the setting's value."""
        async with self._changing(person_id) as connection:
            await stored.set_quota(connection, person_id, quota)
            await day_counts.forget_quota(connection, self._database.vault, person_id)

    async def listed(self, page: int, size: int) -> tuple[list[Listed], int]:
        """Return one page of all people (pages count from 0), and how many people there are."""
        async with self._database.read() as connection:
            found, count = await stored.page(
                connection, self._database.vault, offset=page * size, limit=size
            )
            ids = [person.person_id for person in found]
            today = usage.day_of(self._clock.now())
            used = await usage.used_by_all(connection, ids, today)
        return [Listed(person, used.get(person.person_id, 0)) for person in found], count

    async def gone(self) -> int:
        """Return how many people had themselves forgotten in the last thirty days."""
        since = self._clock.now() - day_counts.KEPT_SECONDS
        async with self._database.read() as connection:
            return await day_counts.gone_since(connection, since)

    async def one(self, person_id: int) -> Listed | None:
        """Return the entry of one person."""
        async with self._database.read() as connection:
            person = await stored.get(connection, self._database.vault, person_id)
            used = await usage.used(connection, person_id, usage.day_of(self._clock.now()))
        return None if person is None else Listed(person, used)

    async def asks(self, person_id: int) -> tuple[Person | None, list[Ask]]:
        """Return a person who asked for access, and the messages about the request."""
        async with self._database.read() as connection:
            person = await stored.get(connection, self._database.vault, person_id)
            return person, await stored.asks(connection, person_id)

    async def unheard_by(self, owner_id: int) -> list[int]:
        """Return who still waits for access, and whose request this owner was never shown."""
        async with self._database.read() as connection:
            return await stored.unheard_by(connection, owner_id)

    async def ask_shown(self, ask: Ask, message_id: int | None, shown: str) -> None:
        """Store what the message of a request shows now."""
        async with self._database.write() as connection:
            await stored.ask_shown(connection, ask, message_id, shown)
