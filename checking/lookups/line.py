"""The line of waiting lookups, and the loop that asks the instances about them.

A request is stored before it is sent, and counts against the budget even if a crash follows.
An answer, the lookups that waited for it, the cache and the instance's state are one commit.
"""

import asyncio
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.key_health import KeyHealth
from checking.lookups import instances as rules
from checking.metrics import Metrics
from checking.services import errors
from checking.services.green_api import Account, GreenApi
from runtime.clock import Clock
from runtime.errors import CutOffError
from runtime.wake_up import WakeUp
from runtime.worker import Worker, WorkerPool
from storage.database import Database
from storage.lookups import cache, inquiries, lookups
from storage.lookups import instances as stored
from storage.lookups.instances import Instance, Spent
from storage.lookups.lookups import Answer, Lookup, LookupState

YES_SECONDS, NO_SECONDS = 30 * 86400.0, 7 * 86400.0  # for which an answer is cached
LOOKED_AT = 20  # lookups at the head of the line that a step considers
STANDBY_SECONDS = 5.0  # for a replica that doesn't hold the line's claim
AFTER_OUR_TROUBLE = 10.0  # seconds, after an answer that could not be stored

log = structlog.get_logger("lookups")


@dataclass(frozen=True, slots=True)
class LookupRules:
    """The operator's settings: seconds of a pause, and different numbers in ten minutes."""

    pause: float
    budget: int


@dataclass(frozen=True, slots=True)
class InstanceStates:
    """All instances at one moment, and the numbers they were asked about."""

    instances: list[Instance]
    spent: dict[str, Spent]

    def asks(self, instance: Instance) -> Mapping[str, float]:
        """Return the numbers of the last ten minutes with their times, oldest first."""
        return self.spent.get(instance.id, Spent({})).asks

    def idle(self, busy: Collection[str]) -> "InstanceStates":
        """Return the same without the instances whose id is in `busy`."""
        return replace(self, instances=[each for each in self.instances if each.id not in busy])


class LookupLine:
    """Looks up the waiting numbers, each instance within its rate limit."""

    def __init__(
        self,
        *,
        database: Database,
        api: GreenApi,
        key_health: KeyHealth,
        wake_up: WakeUp,
        clock: Clock,
        rng: random.Random,
        rules: LookupRules,
        metrics: Metrics,
    ) -> None:
        self.api = api
        self.rules = rules
        self._metrics = metrics
        self._database = database
        self._key_health = key_health
        self._wake_up = wake_up
        self._clock = clock
        self._rng = rng
        self._asking: dict[str, str] = {}  # digest of the number, by instance
        self._quiet_until = 0.0
        self.worker = Worker("lookups", self.step, clock)
        self.pool = WorkerPool("lookups", max(len(api.instances), 1), when_done=self.worker.wake)
        wake_up.subscribe(self.worker.wake)
        self._gained = False
        database.claims.when_gained("role", self._take_over)

    def _take_over(self, roles: Collection[object]) -> None:
        """Recover at the next step: another replica held the line until now."""
        self._gained = self._gained or "lookups" in roles

    async def recover(self) -> None:
        """Retry at once, at a start, what may have been fixed meanwhile."""
        async with self._database.write() as connection:
            await lookups.make_due(connection)
            for instance in await stored.all_of(connection, self.api.instances):
                if rules.restarted(instance) != instance:
                    await stored.put(connection, rules.restarted(instance))

    async def states(self, connection: AsyncConnection) -> InstanceStates:
        """Return the instances as they are now."""
        now = self._clock.now()
        found = await stored.all_of(connection, self.api.instances)
        anchored = [rules.anchored(instance, now) for instance in found]
        return InstanceStates(anchored, await stored.spent(connection, now - rules.WINDOW))

    def free_at(self, states: InstanceStates, key: str | None = None) -> float | None:
        """Return when an instance may be asked (about this number); None: an owner has to act."""
        times = [self._instance_free_at(states, each, key) for each in states.instances]
        return min((at for at in times if at is not None), default=None)

    def _instance_free_at(
        self, states: InstanceStates, instance: Instance, key: str | None
    ) -> float | None:
        now = self._clock.now()
        return rules.free_at(instance, states.asks(instance), key, self.rules.budget, now)

    async def step(self) -> float | None:
        """Begin the requests that are possible now; return the time of the next."""
        now = self._clock.now()
        if now < self._quiet_until <= now + AFTER_OUR_TROUBLE:
            return self._quiet_until
        async with self._database.read() as connection:
            if not await lookups.count_waiting(connection):
                return None
        if not await self._database.claims.take("role", ["lookups"]):
            return now + STANDBY_SECONDS
        if self._gained:
            self._gained = False
            await self.recover()
        async with self._database.write() as connection:
            now = self._clock.now()  # an answer may have been written since
            states = await self._tidied(connection, now)
            skip = set(self._asking.values())
            line = await lookups.line(connection, self._database.vault, now, skip, LOOKED_AT)
            begun, waits = self._assign(states, line, now)
            for instance, lookup in begun:
                assert lookup.key is not None
                await stored.note_ask(connection, instance, lookup.key)
            skip |= {str(lookup.key) for _, lookup in begun}
            due = None if waits else await lookups.next_due_at(connection, skip)
        for instance, lookup in begun:
            self._asking[instance.id] = str(lookup.key)
            before = states.asks(instance).get(str(lookup.key))
            self.pool.start(instance.id, self._run(instance.id, lookup, before))
        # Without a free instance, wait for one; else until the next lookup is due.
        return self.free_at(states.idle(self._asking), waits.key) if waits else due

    def _assign(
        self, states: InstanceStates, line: list[Lookup], now: float
    ) -> tuple[list[tuple[Instance, Lookup]], Lookup | None]:
        """Assign the free instances to the first in line, least recently used first.

        Also returns the first lookup without an instance: none is begun before it.
        """
        idle = sorted(states.idle(self._asking).instances, key=lambda each: each.asked_at)
        begun: list[tuple[Instance, Lookup]] = []
        taken: set[str | None] = set()
        for lookup in line:
            if lookup.key in taken:  # the same number: it gets the same answer
                continue
            times = {each.id: self._instance_free_at(states, each, lookup.key) for each in idle}
            free = [each for each in idle if (at := times[each.id]) is not None and at <= now]
            if not free:
                return begun, lookup
            idle.remove(free[0])
            taken.add(lookup.key)
            begun.append((replace(free[0], asked_at=now), lookup))
        return begun, None

    async def _tidied(self, connection: AsyncConnection, now: float) -> InstanceStates:
        """Return the instances after expired asks and times in the future were corrected."""
        await stored.forget_asks(connection, now - rules.WINDOW, now)
        for instance in await stored.all_of(connection, self.api.instances):
            if rules.anchored(instance, now) != instance:
                await stored.put(connection, rules.anchored(instance, now))
        return await self.states(connection)

    async def _run(self, instance_id: str, lookup: Lookup, before: float | None) -> None:
        try:
            await self._ask(instance_id, lookup, before)
        except Exception as error:
            # Not left to the pool: the end of a job wakes the loop, which would retry at once.
            self._quiet_until = self._clock.now() + AFTER_OUR_TROUBLE
            if isinstance(error, CutOffError):
                log.warning("answer cut off", instance=short(instance_id), why=str(error))
            else:
                log.exception("answer not written", instance=short(instance_id))
        finally:
            del self._asking[instance_id]

    async def _ask(self, instance_id: str, lookup: Lookup, before: float | None) -> None:
        """Ask an instance about a number, and store its answer or trouble.

        before: When it was last asked about this number.
        """
        key, name = str(lookup.key), short(instance_id)
        async with self._database.read() as connection:
            forced = await lookups.is_forced(connection, key)
        try:
            account = await self._answer(instance_id, lookup, forced=forced)
        except errors.NotANumberError as error:
            log.info("number refused", instance=name, says=error.text)
            self._metrics.lookups.labels("no_number").inc()
            await self._settle(instance_id, key, None, forced=True)
        except errors.ServiceError as error:
            log.warning("lookup failed", instance=name, error=error.reason, says=error.text)
            self._metrics.lookups.labels("failed").inc()
            await self._failed(instance_id, lookup, error)
        else:
            log.info("lookup answered", instance=name, found=account.exists, forced=forced)
            self._metrics.lookups.labels("found" if account.exists else "not_found").inc()
            await self._settle(instance_id, key, account, forced=forced, before=before)
        self._wake_up.notify()

    async def _answer(self, instance_id: str, lookup: Lookup, *, forced: bool) -> Account:
        """Wait for an instance's answer; after SLOW_AFTER the cards are to say that it is slow."""
        asking = asyncio.ensure_future(self.api.ask(instance_id, lookup.number, force=forced))
        patience = asyncio.ensure_future(self._clock.sleep(rules.SLOW_AFTER))
        try:
            await asyncio.wait([asking, patience], return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                async with self._database.write() as connection:
                    await inquiries.look_by(connection, str(lookup.key), self._clock.now())
                self._wake_up.notify()
            return await asking
        finally:
            asking.cancel()
            patience.cancel()

    async def _settle(
        self,
        instance_id: str,
        key: str,
        account: Account | None,
        *,
        forced: bool,
        before: float | None = None,
    ) -> None:
        """Store an answer for all who wait for it; `account` None: this is no phone number."""
        now, vault = self._clock.now(), self._database.vault
        state, answer, word = LookupState.REFUSED, None, "not_a_number"
        async with self._database.write() as connection:
            if account is not None:
                state, word = LookupState.ANSWERED, "yes" if account.exists else "no"
                answer = Answer(account.exists, account.chat_id, now)
                forget_at = now + (YES_SECONDS if account.exists else NO_SECONDS)
                await cache.remember(
                    connection, vault, key, answer, forget_at=forget_at, forced=forced
                )
            await lookups.settle(connection, vault, key, state, answer, forced=forced)
            instance = await self._instance(connection, instance_id)
            if account is not None and account.from_cache:
                await stored.take_back_ask(connection, instance_id, key, before)
            elif account is not None:
                instance = rules.counted(instance, now)
            await self._put(connection, rules.answered(instance, now, word))

    async def _failed(self, instance_id: str, lookup: Lookup, error: errors.ServiceError) -> None:
        now = self._clock.now()
        async with self._database.write() as connection:
            instance = await self._instance(connection, instance_id)
            after = rules.failed(instance, now, error, self.rules.pause, self._rng)
            if after.trouble == "failing":
                # Each instance tries it once. Then it may be this number that the service chokes
                # on: let others go first.
                is_new = lookup.attempts + 1 < len(self.api.instances)
                wait = 0.0 if is_new else rules.BACKOFF.jittered(lookup.attempts, self._rng)
                await lookups.put_off(connection, str(lookup.key), now + wait)
            await inquiries.look_by(connection, str(lookup.key), now + rules.SHOWN_AFTER)
            await self._put(connection, after)
            self._metrics.pauses.labels(str(after.trouble)).inc()
            log.info("instance paused", instance=short(instance_id), seconds=after.seconds)

    async def _instance(self, connection: AsyncConnection, instance_id: str) -> Instance:
        return (await stored.all_of(connection, [instance_id]))[0]

    async def _put(self, connection: AsyncConnection, instance: Instance) -> None:
        """Store an instance, and leave the owners a note if its trouble is new or over."""
        values = {"instance": instance.id}
        if rules.worth_telling(instance):
            await self._key_health.note(connection, f"owner-instance-{instance.trouble}", values)
            instance = replace(instance, told=instance.trouble)
        elif instance.told and instance.trouble is None:
            await self._key_health.note(connection, "owner-instance-back", values)
            instance = replace(instance, told=None)
        await stored.put(connection, instance)


def short(instance_id: str) -> str:
    """Return the end of an id, which identifies it; a whole id is masked like a number."""
    return f"…{instance_id[-4:]}"
