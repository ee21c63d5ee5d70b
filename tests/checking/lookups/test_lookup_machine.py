import asyncio
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings, stateful
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from structlog.testing import capture_logs

from checking.key_health import KeyHealth
from checking.lookups.desk import MOST_WAITING, LookupDesk
from checking.lookups.instances import quota_seconds
from checking.lookups.line import LookupLine, LookupRules
from checking.metrics import Metrics
from checking.services import errors
from checking.services.green_api import Account
from checking.services.green_meanings import RULES
from runtime.wake_up import WakeUp
from storage.database import Database
from storage.lookups.inquiries import Inquiry
from storage.lookups.instances import Instance
from storage.lookups.lookups import Answer, Lookup, LookupState, from_row
from storage.schema.tables import inquiries, instance_asks, instances, lookup_cache, lookups
from tests.support.clocks import StoryClock
from tests.support.databases.temporary import opened

HOUR, DAY, BUDGET, WINDOW, PAUSE = 3600.0, 86_400.0, 5, 600.0, 7200.0
ENOUGH = 5 * WINDOW + 300 + 60  # seconds in which a working service answers every lookup
NUMBERS = [f"+4474000000{number:02}" for number in range(16)]
WAITING, ANSWERED, REFUSED = LookupState.WAITING, LookupState.ANSWERED, LookupState.REFUSED
PICK, SOME = st.integers(0, 9999), st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=8)
QUICK = [Phase.reuse, Phase.generate]  # shrinking takes minutes, and thirty rules are readable
SMALL = settings(max_examples=6, stateful_step_count=30, deadline=None, phases=QUICK)
SMALL = settings(SMALL, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
TIMES = [0.5, 1.0, 1.5, 7.0, 61.0, 300.0, WINDOW, HOUR, PAUSE, 2 * PAUSE, DAY, 8 * DAY, 31 * DAY]
SOON, SECONDS, MOSTLY = map(st.sampled_from, (TIMES[:5], TIMES, [True, True, False]))
KINDS: list[Any] = [*dict.fromkeys(rule.error for rule in RULES), errors.UnclearError]
KINDS += [lambda: errors.BusyError("", 5000.0), OSError]  # the last: the answer can't be stored
TROUBLE = st.sampled_from([errors.LimitReachedError, *KINDS])


class Town(stateful.RuleBasedStateMachine):
    """People, an unreliable service, a clock that is set, and a bot that crashes."""

    def __init__(self, run: Any, database: Database, count: int) -> None:
        super().__init__()
        self.run, self.database, self.clock = run, database, StoryClock()
        self.inquiries: list[Inquiry] = []  # with their lookups as they should be
        self.cache: dict[str, tuple[Answer, float]] = {}  # answers, and when they expire
        self.forced_at: dict[str, float] = {}
        self.instances = [f"710300000{number}" for number in range(count)]
        self.rests = {each: Instance(each) for each in self.instances}
        self.spent: dict[str, dict[str, float]] = {each: {} for each in self.instances}
        self.troubles: dict[str, list[Exception]] = {each: [] for each in self.instances}
        self.truth = {number: Account(exists=True, chat_id=number[-2:]) for number in NUMBERS}
        self.awake, self.is_sound = asyncio.Event(), True
        self.awake.set()
        self.begun, self.hanging, self.wrong = list[str](), list[str](), list[AssertionError]()
        self.run(self._start(wipe=True))

    @precondition(lambda self: len([*self._waiting()]) <= MOST_WAITING - 8)
    @rule(person=st.integers(1, 3), some=SOME, seconds=SOON, pick=PICK, trouble=TROUBLE)
    def asks(self, person: int, some: list[str], seconds: float, pick: int, trouble: Any) -> None:
        """A person asks once; the cache answers what it holds. Then the service's truth changes."""
        now, numbers = self.clock.now(), [*dict.fromkeys(some)]
        good = {number: answer for number, (answer, until) in self.cache.items() if until > now}
        message = {"chat_id": 1, "person_id": person, "message_id": len(self.inquiries)}
        inquiry = self.run(self.desk.ask(**message, numbers=numbers))
        told = [(row.number, row.answer, row.from_memory) for row in inquiry.lookups]
        assert told == [(number, good.get(number), number in good) for number in numbers]
        self.inquiries.append(inquiry)
        assert self.run(self.desk.ask(**message, numbers=NUMBERS)).id == inquiry.id
        account = Account(exists=not self.truth[some[0]].exists, chat_id=some[0][-2:])
        self.truth[some[0]] = account if account.exists else Account(exists=False, chat_id="")
        plan = self.troubles[self.instances[pick % len(self.instances)]]
        plan.extend(trouble() for _ in range(pick // 10 % 4))
        self.time_passes(seconds)

    @precondition(lambda self: self.inquiries)
    @rule(pick=PICK)
    def asks_again(self, pick: int) -> None:
        """A person asks for a fresh answer; each number once an hour."""
        now, too_soon, begun = self.clock.now(), [], False
        inquiry = self.inquiries[pick % len(self.inquiries)]
        for place, row in enumerate(inquiry.lookups):
            forced_at = self.forced_at.get(row.number, -HOUR)
            if row.state is ANSWERED and now - HOUR < forced_at <= now:
                too_soon.append(forced_at + HOUR)
            elif row.state is ANSWERED:
                inquiry.lookups[place], begun = replace(row, state=WAITING, forced=True), True
        allowed_at = None if begun else min(too_soon, default=now)
        assert self.run(self.desk.ask_again(inquiry, 1)) == allowed_at
        self.run(self._work())

    @precondition(lambda self: self.inquiries)
    @rule(pick=PICK)
    def cancels(self, pick: int) -> None:
        """A person cancels; an earlier answer stays."""
        inquiry, waited = self.inquiries[pick % len(self.inquiries)], False
        for place, row in enumerate(inquiry.lookups):
            if row.state is WAITING:
                state, waited = ANSWERED if row.answer else LookupState.CANCELLED, True
                inquiry.lookups[place] = replace(row, state=state, forced=False)
        assert self.run(self.desk.cancel(inquiry)) is waited
        self.run(self._work())

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: float) -> None:
        """Let time pass, and run the loop whenever it is due."""
        end = self.clock.now() + seconds
        while (due := self.run(self._work())) is not None and due <= end:
            self._move(due - self.clock.now())
        self.the_clock_is_set(end - self.clock.now(), back=False)

    @rule(seconds=SECONDS, back=MOSTLY)
    def the_clock_is_set(self, seconds: float, *, back: bool) -> None:
        """Set the clock ahead or back, by seconds or by weeks."""
        self._move(-seconds if back else seconds)
        self.run(self._work())

    @rule(pick=PICK, well=MOSTLY)
    def something_happens(self, pick: int, *, well: bool) -> None:
        """Change something at the service, at one of its instances, or in the bot."""
        (self._dozes, self._owner_acts, self._crashes)[pick % 3](pick // 3, well=well)

    def _dozes(self, _pick: int, *, well: bool) -> None:
        (self.awake.set if well else self.awake.clear)()
        self.run(self._work())

    def _owner_acts(self, pick: int, *, well: bool) -> None:
        instance = self.instances[pick % len(self.instances)]
        self.run((self.desk.resume if well else self.desk.hold)(instance))
        resumed = {"trouble": None, "eased_at": self.clock.now()} if well else {}
        self.rests[instance] = replace(self.rests[instance], held=not well, **resumed)
        self.run(self._work())

    def _crashes(self, _pick: int, *, well: bool) -> None:
        self.line.pool._closed = True
        if not well:  # requests are stored, but never made
            self.run(self.line.step())
        self.run(self.line.pool.drain(0))
        for each, rest in self.rests.items():
            lasts = rest.trouble in {"limit", "quota"}
            self.rests[each] = rest if lasts else replace(rest, trouble=None)
        self.run(self._start(wipe=False))

    def teardown(self) -> None:
        """With all troubles over, every lookup is answered soon."""
        if self.is_sound:
            for pick, instance in enumerate(self.instances):
                self.troubles[instance].clear()
                self._owner_acts(pick, well=True)
            self.run(self.line.recover())  # what a clock set back had put off is pulled back
            self._dozes(0, well=True)
            self.time_passes(ENOUGH)
            assert not [*self._waiting()]

    async def ask(self, instance: str, number: str, *, force: bool) -> Account:
        """Answer as the service: with the outcome planned for this instance, or with the truth."""
        try:
            self._check(instance, number, force=force)
        except AssertionError as wrong:  # kept, because the line would only log it
            self.wrong.append(wrong)
        self.begun.append(number)
        self.hanging.append(number)
        try:
            await self.awake.wait()
        finally:
            self.hanging.remove(number)
        plan = self.troubles[instance]
        outcome = plan.pop(0) if plan else self.truth[number]
        self._note(instance, number, outcome, force=force)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _check(self, instance: str, number: str, *, force: bool) -> None:
        now, rest, spent = self.clock.now(), self.rests[instance], self.spent[instance]
        assert not rest.held
        assert not rest.trouble or now >= rest.since + rest.seconds, rest
        assert now >= rest.asked_at + (5.0 if now < rest.eased_at + WINDOW else 1.0), rest
        self.rests[instance], spent[number] = replace(rest, asked_at=now), now
        assert len(spent) <= BUDGET
        rows = [inquiry.lookups[place] for inquiry, place in self._waiting(number)]
        assert force is any(row.forced for row in rows)

    def _note(self, instance: str, number: str, outcome: object, *, force: bool) -> None:
        now, rest, answer, state = self.clock.now(), self.rests[instance], None, REFUSED
        if isinstance(outcome, OSError):
            self.quiet_until = now + 10
            return
        if isinstance(outcome, Account):
            answer, state = Answer(outcome.exists, outcome.chat_id, now), ANSWERED
            self.cache[number] = answer, now + (30 if outcome.exists else 7) * DAY
            if force:
                self.forced_at[number] = now
        elif isinstance(outcome, errors.ServiceError) and outcome.reason != "not_a_number":
            self.rests[instance] = troubled(rest, outcome, now)
            return
        eased = now if rest.limits else rest.eased_at
        self.rests[instance] = replace(rest, trouble=None, limits=0, eased_at=eased)
        for inquiry, place in [*self._waiting(number)]:
            row = inquiry.lookups[place]
            if force or not answer or not row.forced:
                row = replace(row, state=state, answer=answer, forced=False, from_memory=False)
                inquiry.lookups[place] = row

    def _waiting(self, number: str | None = None) -> Iterator[tuple[Inquiry, int]]:
        for inquiry in self.inquiries:
            for place, row in enumerate(inquiry.lookups):
                if row.state is WAITING and number in {None, row.number}:
                    yield inquiry, place

    async def _work(self) -> float | None:
        """Run the loop until it begins nothing; return when it is due again."""
        self.is_sound = False
        await self._settle()  # what was hanging until now
        while True:
            rows, self.begun, now = await self._rows(), [], self.clock.now()
            line = [row for row in rows if row.state is WAITING and row.next_at <= now]
            line.sort(key=lambda row: (row.turn, row.id))
            numbers = dict.fromkeys(row.number for row in line if row.number not in self.hanging)
            numbers = {} if now < self.quiet_until <= now + 10 else numbers
            due = await self.line.step()
            await self._settle()
            assert {*self.begun} == {*[*numbers][: len(self.begun)]}, "out of order"
            if not self.begun:
                break
        assert due is None or due > now, "the loop spins"
        is_free = not self.hanging and not all(rest.held for rest in self.rests.values())
        assert due or not is_free or not [*self._waiting()], "the loop sleeps for ever"
        expected = [row for inquiry in self.inquiries for row in inquiry.lookups]
        for row, should in zip(rows, expected, strict=True):
            assert row == replace(should, turn=row.turn, next_at=row.next_at, attempts=row.attempts)
        self.is_sound = True
        return due

    async def _settle(self) -> None:
        while len(self.line.pool.keys()) > (0 if self.awake.is_set() else len(self.hanging)):  # noqa: ASYNC110
            await asyncio.sleep(0)  # no event tells when the line's own tasks end
        assert not self.wrong, self.wrong

    async def _rows(self) -> list[Lookup]:
        async with self.database.read() as connection:
            rows = (await connection.execute(sa.select(lookups))).mappings()
            return [from_row(row, self.database.vault) for row in rows]

    def _move(self, seconds: float) -> None:
        self.clock.jump(seconds)
        now = self.clock.now()
        for each, rest in self.rests.items():
            since, asked, eased = min(rest.since, now), min(rest.asked_at, now), rest.eased_at
            self.rests[each] = replace(rest, since=since, asked_at=asked, eased_at=min(eased, now))
            spent = self.spent[each].items()
            self.spent[each] = {key: min(at, now) for key, at in spent if at > now - WINDOW}

    async def _start(self, *, wipe: bool) -> None:
        async with self.database.write() as connection:
            for table in (inquiries, lookup_cache, instances, instance_asks) if wipe else ():
                await connection.execute(sa.delete(table))
        common: Any = {"database": self.database, "clock": self.clock, "wake_up": WakeUp()}
        rest: Any = {"rng": random.Random(1), "rules": LookupRules(PAUSE, BUDGET)}
        key_health = KeyHealth(**common, services={}, owners=[1])
        self.line = LookupLine(**common, **rest, api=self, key_health=key_health, metrics=Metrics())
        others: Any = {each: AsyncMock() for each in ("people", "quotas", "sweeps")}
        self.desk, self.quiet_until = LookupDesk(**common, **others, line=self.line), 0.0
        await self.line.recover()
        await self._work()


def troubled(rest: Instance, error: errors.ServiceError, now: float) -> Instance:
    """Return the least pause that an instance must get after this error."""
    seconds = dict.fromkeys(("key_refused", "expired", "suspended"), HOUR)
    seconds |= {"unready": 60.0, "unclear": 1.0, "quota": quota_seconds(now)}
    seconds["limit"] = min(PAUSE * 2**rest.limits, DAY)
    if isinstance(error, errors.BusyError):
        seconds["service_busy"] = 10.0 if error.seconds is None else error.seconds
    rest = replace(rest, limits=rest.limits + (error.reason == "limit"))
    return replace(rest, trouble=error.reason, since=now, seconds=seconds[error.reason])


@pytest.mark.parametrize("count", [1, 2])
def test_the_line_keeps_to_the_rules(tmp_path: Path, count: int) -> None:
    """Protects the customer's accounts and people's patience under any order of events."""
    with asyncio.Runner() as runner, capture_logs() as logs:
        rooms = opened(tmp_path)
        database = runner.run(rooms.__aenter__())
        try:
            run_state_machine_as_test(lambda: Town(runner.run, database, count), settings=SMALL)  # type: ignore[no-untyped-call]
        finally:
            runner.run(rooms.__aexit__(None, None, None))
    assert {each["event"] for each in logs if "error" in each["log_level"]} <= {
        "answer not written"
    }
