"""Replicas: several processes that share a PostgreSQL database and its work.

Each has a row with a lease that it renews, and claims what it works on (`storage.engines.claims`);
claims are deleted with their replica. The others strike off a replica whose lease expired, and
take over its work; from then on each of its writes is refused (`storage.engines.postgres`),
however late it wakes up. Lease times are by the database's clock.
"""

import asyncio
import hashlib
import os
import socket
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import contextmanager

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from runtime.clock import since_boot
from storage.database import AwayError, Database, LostLeaseError
from storage.engines.claims import Kind, Name
from storage.records import strikes
from storage.schema.replica_tables import claims, group_sends, replicas
from storage.schema.upserts import insert
from storage.sealing.ids import new_id

RENEWALS = 4  # per lease
KEPT_SECONDS = 30.0  # after which an idle chat is released
MARGIN_SECONDS = 0.5  # before its end, from when on a lease counts as expired

MINUTE = 60.0
UNCOUNTED = 6  # messages a group may have had from a lost replica since its last renewal

Key = tuple[Kind, str]
_now = sa.extract("epoch", sa.func.clock_timestamp())

log = structlog.get_logger("replica")


class Replica:
    """This process as one of the replicas."""

    def __init__(
        self, database: Database, lease: float, monotonic: Callable[[], float] = since_boot
    ) -> None:
        self.replica: str | None = None
        self.share = 1.0
        self.lost = False
        self._database = database
        self._lease = lease
        self._monotonic = monotonic
        self._renewed_at = -lease
        self._may_claim_at = 0.0
        self._live: list[str] = []
        self._held: dict[Key, float] = {}  # and when each was last asked for
        self._holders = Counter[Key]()
        self._guards: list[Callable[[int], bool]] = []
        self._sent_lately: Callable[[], dict[int, int]] = dict
        self._take_paces_over: Callable[[Mapping[int, int]], None] = lambda _: None
        self._tellers: list[tuple[Kind, Callable[[Collection[Name]], None]]] = []

    @property
    def alive(self) -> bool:
        """True while our lease can't have expired, by our own clock."""
        until = self._renewed_at + self._lease - MARGIN_SECONDS
        return not self.lost and self._monotonic() < until

    async def still_alive(self, connection: AsyncConnection) -> bool:
        """Ask the database whether our lease runs, by its clock: ours may have stood still."""
        ours = (replicas.c.id == self.replica) & (replicas.c.until > _now + MARGIN_SECONDS)
        return (await connection.execute(sa.select(replicas.c.id).where(ours))).first() is not None

    @property
    def live(self) -> list[str]:
        """The ids of all replicas as of our last renewal."""
        return self._live

    @property
    def renews_every(self) -> float:
        """Seconds from one renewal to the next."""
        return self._lease / RENEWALS

    async def join(self) -> None:
        """Become a replica. The others notice at their next renewal."""
        name, began = new_id(), self._monotonic()
        async with self._database.write() as connection:
            where = f"{socket.gethostname()[:60]}:{os.getpid()}"
            row = {"id": name, "name": where, "until": _now + self._lease, "since": _now}
            await connection.execute(sa.insert(replicas).values(row))
            self._live = await _ids(connection)
        self.replica = self._database.engine.replica = name
        self._renewed_at = began
        self.share = 1 / len(self._live)
        # Until they do, the others still use their old share of the common rate limits.
        alone = len(self._live) == 1
        self._may_claim_at = began if alone else began + 2 * self.renews_every
        log.info("replica joined", replica=name, replicas=len(self._live))

    async def leave(self) -> None:
        """Stop being a replica: our claims are free at once, and our strikes are no deaths."""
        if self.replica is None:
            return
        async with self._database.write(fenced=False) as connection:
            await strikes.forget(connection, self._database.life)
            await connection.execute(sa.delete(replicas).where(replicas.c.id == self.replica))
        self.lost = True

    async def renew(self) -> bool:
        """Renew our lease, strike off replicas whose lease expired, release idle chats.

        Return whether replicas came or went. Raises LostLeaseError if we were struck off, and
        AwayError if it takes longer than the lease: the next try is on another connection.
        """
        try:
            async with asyncio.timeout(self._lease):
                return await self._renew()
        except TimeoutError:
            raise AwayError("the lease could not be renewed in time") from None

    async def _renew(self) -> bool:
        began = self._monotonic()
        # After an outage every lease has expired, which proves nothing.
        may_strike = began - self._renewed_at < self._lease
        idle = self._pop_idle()
        try:
            async with self._database.write() as connection:
                await connection.execute(
                    sa.update(replicas)
                    .where(replicas.c.id == self.replica)
                    .values(until=_now + self._lease)
                )
                if may_strike:
                    expired = sa.delete(replicas).where(replicas.c.until < _now)
                    columns = (replicas.c.id, replicas.c.name)
                    for row in await connection.execute(expired.returning(*columns)):
                        log.warning("replica lease expired", replica=row.id, where=row.name)
                if idle:
                    ours = (claims.c.kind == "chat") & (claims.c.owner == self.replica)
                    await connection.execute(sa.delete(claims).where(ours, claims.c.name.in_(idle)))
                await _note_sends(connection, self._sent_lately())
                live = await _ids(connection)
        except LostLeaseError:
            self.lost = True
            raise
        self._renewed_at = began
        changed, self._live = live != self._live, live
        self.share = 1 / len(live)
        return changed

    async def next_look(self) -> float:
        """Return seconds until our next renewal, or until another's lease ends."""
        async with self._database.read() as connection:
            query = sa.select(sa.func.min(replicas.c.until) - _now).where(
                replicas.c.id != self.replica
            )
            first = (await connection.execute(query)).scalar()
        if first is None:
            return self.renews_every
        return min(max(float(first), 0.05), self.renews_every)

    async def take(self, kind: Kind, names: Iterable[Name]) -> set[Name]:
        """Claim what is free; return those of `names` that are ours from now on."""
        keys: dict[Key, Name] = {(kind, str(name)): name for name in names}
        now = self._monotonic()
        ours = {key for key in keys if key in self._held}
        self._held.update(dict.fromkeys(ours, now))
        wanted = sorted(name for key_kind, name in keys if (key_kind, name) not in ours)
        if wanted and now >= self._may_claim_at:
            gained = {(kind, name) for name in await self._claim(kind, wanted)}
            self._held.update(dict.fromkeys(gained, now))
            ours |= gained
            for of_kind, tell in self._tellers:
                if of_kind == kind and gained:
                    tell([keys[key] for key in gained])
        return {keys[key] for key in ours}

    async def _claim(self, kind: Kind, names: list[str]) -> list[str]:
        rows = [{"kind": kind, "name": name, "owner": self.replica} for name in names]
        async with self._database.write() as connection:
            await connection.execute(insert(claims).values(rows).on_conflict_do_nothing())
            # Not only rows of this insert: an earlier commit may have been made, its answer lost.
            ours = (claims.c.kind == kind) & (claims.c.owner == self.replica)
            query = sa.select(claims.c.name).where(ours, claims.c.name.in_(names))
            gained = list((await connection.execute(query)).scalars())
            groups = [int(name) for name in gained if kind == "chat" and int(name) < 0]
            sends = sa.select(group_sends.c.chat_id, group_sends.c.sent).where(
                group_sends.c.chat_id.in_(groups), group_sends.c.at > _now - MINUTE
            )
            others = (await connection.execute(sends)).all() if groups else []
            self._take_paces_over({row.chat_id: row.sent + UNCOUNTED for row in others})
        return gained

    @contextmanager
    def holding(self, kind: Kind, name: Name) -> Generator[None]:
        """Keep a claim of ours while the block runs."""
        key = (kind, str(name))
        self._holders[key] += 1
        try:
            yield
        finally:
            self._holders[key] -= 1
            if key in self._held:
                self._held[key] = self._monotonic()

    def count_sends(
        self,
        sent_lately: Callable[[], dict[int, int]],
        taken_over: Callable[[Mapping[int, int]], None],
    ) -> None:
        """Set callbacks: one counts our sends to groups in a minute, one receives the others'."""
        self._sent_lately, self._take_paces_over = sent_lately, taken_over

    def keep_while(self, busy: Callable[[int], bool]) -> None:
        """Keep a chat as long as `busy` is true for it."""
        self._guards.append(busy)

    def prefers(self, name: Name) -> bool:
        """Tell whether this process claims the chat first: each chat has a preferred replica."""

        def rank(replica: str) -> str:
            return hashlib.sha256(f"{replica} {name}".encode()).hexdigest()

        return max(self._live, key=rank, default=self.replica) == self.replica

    def when_gained(self, kind: Kind, tell: Callable[[Collection[Name]], None]) -> None:
        """Call `tell` with each new claim: another replica may have worked on it."""
        self._tellers.append((kind, tell))

    def _pop_idle(self) -> list[str]:
        """Give up our idle chats; return their names, to be released in the database."""
        before = self._monotonic() - KEPT_SECONDS
        if len(self._live) == 1:
            return []
        idle = [
            key
            for key, used_at in self._held.items()
            if key[0] == "chat"
            and used_at < before
            and not self._holders[key]
            and not any(busy(int(key[1])) for busy in self._guards)
        ]
        for key in idle:
            del self._held[key]
            del self._holders[key]
        return [name for _, name in idle]


async def _ids(connection: AsyncConnection) -> list[str]:
    query = sa.select(replicas.c.id).order_by(replicas.c.id)
    return list((await connection.execute(query)).scalars())


async def _note_sends(connection: AsyncConnection, sent: dict[int, int]) -> None:
    await connection.execute(sa.delete(group_sends).where(group_sends.c.at < _now - MINUTE))
    if not sent:
        return
    rows = [{"chat_id": chat, "sent": count, "at": _now} for chat, count in sent.items()]
    statement = insert(group_sends).values(rows)
    newest = {"sent": statement.excluded.sent, "at": statement.excluded.at}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["chat_id"], set_=newest)
    )
