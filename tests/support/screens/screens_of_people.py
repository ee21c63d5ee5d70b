"""Whole cards that the product builds from the database, with a stub that returns maxima.

All else is as in `screens`.
"""

from collections.abc import AsyncIterator
from contextlib import nullcontext
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from checking.limits.budgets import Bounds, Budget
from checking.lookups.desk import InstanceView
from checking.people import Listed
from checking.quota import Allowance
from checking.quotes import Offer, Quote
from handlers.cards.list import quote_card
from handlers.cards.people import (
    PAGE_SIZE,
    access_card,
    budget_card,
    people_card,
    person_card,
)
from handlers.guards.reception import Reception
from handlers.outgoing.access_requests import ANSWERS
from handlers.routers import language, privacy, question_buttons, start, task_pages
from handlers.routers.groups.settings import on_settings
from handlers.routers.owner import groups, lookup_instances, stats
from handlers.routers.owner.invite import on_invite
from handlers.schedules.listed import schedules_card
from handlers.shared.texts import Phrases
from storage.lookups.instances import Instance
from storage.memory.exclusions import Standing
from storage.people import usage
from storage.people.budgets import Holder, Period
from storage.people.chats import FirstFile, GroupRules, Language
from storage.people.groups import Group
from storage.people.people import Person, PersonStanding
from storage.people.usage import Spending
from storage.records.schedules import Says, ScheduleState
from storage.tasks.task_states import TaskState
from tests.support.screens.screens import (
    CHECKS,
    MILLION,
    NOW,
    REGIONS,
    Screen,
    Word,
    filled,
    of_card,
    own_checks,
    task_of,
)
from tests.support.screens.screens_of_schedules import schedule_of
from tests.support.screens.wording import TEXTS

PLANNED = 21  # schedules, more than a page of them
OWNER, OTHER = 1, 9_999_999_999  # ids of people have up to ten digits
TROUBLES = (None, "limit", "unready", "quota", "refused", "busy", "failing")
TROUBLES += ("expired", "suspended")
BotContext = Any
"""A stub with only what the cards use."""


class Heard:
    """A stub for a message; records the answers to it."""

    def __init__(self, name: str) -> None:
        self.name, self.screens = name, list[Screen]()
        self.chat = SimpleNamespace(id=OTHER)
        self.from_user = SimpleNamespace(id=OWNER)
        self.reply = self.answer

    async def answer(self, text: str, reply_markup: Any = None) -> None:
        """Record the answer."""
        self.screens.append(Screen(self.name, text, reply_markup))


def giving(value: object) -> Any:
    """Return an async method that returns this value for any arguments."""

    async def give(*_: object, **__: object) -> object:
        return value

    return give


def person(word: Word, standing: PersonStanding, **values: object) -> Person:
    """Return a person with maximum values."""
    usual: dict[str, object] = {"person_id": OTHER, "name": word(64), "standing": standing}
    usual |= {"since": NOW, "consent_at": NOW, "decided_by": OWNER, "quota": 100_000}
    return filled(Person, **usual | values)


def group_of(word: Word, n: int, **values: object) -> Group:
    """Return a group with maximum values; a title has up to 128 letters."""
    usual: dict[str, object] = {"chat_id": -n, "title": word(128), "added_by": OTHER}
    return filled(Group, **usual | {"added_at": NOW} | values)


def context_of(word: Word, *, count: int, services: int = 2, instances: int = 3) -> BotContext:
    """Return a bot with that many people, services and instances; 0 of all is a new one."""
    everybody = [
        Listed(person(word, standing, person_id=OTHER - n), MILLION)
        for n, standing in enumerate((list(PersonStanding) * count)[:count])
    ]
    views = [
        InstanceView(
            Instance(f"{n:>010}", trouble=TROUBLES[n % 9], answered_at=1.0, answer="not_a_number"),
            spent=MILLION,
            budget=MILLION,
            lookups=MILLION,
            pause_end=NOW + 900_000,
        )
        for n in range(instances)
    ]
    offers = [Offer(check, paused=True) for check in [*CHECKS, *own_checks(word)] if count]

    async def listed(page: int, size: int) -> tuple[list[Listed], int]:
        return everybody[page * size : (page + 1) * size], count

    people = SimpleNamespace(
        gone=giving(3),
        listed=listed,
        one=giving(everybody[0] if everybody else None),
        get=giving(everybody[0].person if everybody else None),
        name=giving(word(64)),
        invite=giving("c" * 32),
        is_owner=lambda person_id: person_id == OWNER,
        is_paused=giving(value=True),
        may_ask_from=lambda one: NOW + 9 if one and one.standing is PersonStanding.REFUSED else 0,
    )
    money = {f"service-with-a-name-{n}": Decimal("9e9") for n in range(services)}
    spent = [
        Budget(Holder(OTHER), each, Decimal("9e9") if count else None, Decimal("9e9"), "USD")
        for each in Period
    ]
    return SimpleNamespace(
        texts=TEXTS,
        owners={OWNER},
        without_menu=set(),
        people=people,
        clock=SimpleNamespace(now=lambda: NOW),
        database=SimpleNamespace(read=nullcontext, vault=None),
        catalogue=SimpleNamespace(
            get={check.key: check for check in CHECKS}.get,
            all=lambda: CHECKS,
            currency_of=lambda _: "USD",
            offered=lambda: [offer.check for offer in offers],
        ),
        quotas=SimpleNamespace(
            limit_of=lambda quota: quota,
            budgets=SimpleNamespace(of=giving(spent), currency="USD"),
        ),
        desk=SimpleNamespace(offers=giving(offers), balances=giving(money)),
        bot=SimpleNamespace(me=giving(SimpleNamespace(username="b" * 32))),
        region=giving(REGIONS[0] if count else None),
        lookups=SimpleNamespace(
            instances=giving(views), count_waiting=giving(count), is_offered=bool(count)
        ),
    )


def stand_in(patch: pytest.MonkeyPatch, word: Word, *, count: int) -> None:
    """Stub the storage functions with that many results."""
    costs = {"USD": Decimal("9e9"), "EUR": Decimal("9e9")}
    much = Spending(MILLION, MILLION, {"GBP": Decimal("9e9"), **costs}, costs, is_about=True)
    keys = [*(check.key for check in CHECKS), *(f"{n:k>30}" for n in range(8))] if count else []
    found = [task_of(word, state) for state in TaskState if count]
    inside = [group_of(word, n) for n in range(min(count, groups.PAGE_SIZE))]
    for name, value in {
        "people.usage.by_check": dict.fromkeys(keys, much),
        "people.usage.by_person": dict.fromkeys(range(count), much),
        "people.usage.by_chat": dict.fromkeys(range(-count, 0), much),
        "people.usage.by_day": {usage.day_of(NOW, back): much for back in range(count)},
        "people.costs.at_service": {"": Decimal("9e9")} if count else {},
        "people.costs.odd": count,
        "people.budgets.limits": dict(zip(Period, (None, Decimal(5)), strict=True)),
        "people.groups.page": (inside, count),
        "people.groups.titles": {-n: word(128) for n in range(1, count + 1)},
        "people.usage.in_trouble": {"unconfirmed": count, "expired": count} if count else {},
        "upkeep.forget_person.running": count,
        "tasks.chat_tasks.of_chat": found[:10],
        "people.chats.first_file": FirstFile.RAW,
        "people.chats.rules": GroupRules(),
        "memory.exclusions.standing": Standing(count, NOW if count else None),
        "records.schedules.counts": {ScheduleState.ON: count} if count else {},
        "records.schedules.running": [schedule_of(Says.PLANNED)] * min(count, PLANNED),
    }.items():
        patch.setattr(f"storage.{name}", giving(value))


async def people_screens(say: Phrases, word: Word) -> AsyncIterator[Screen]:
    """Yield the owners' pages about people, and the messages to and about people who ask."""
    for count in (0, 1, PAGE_SIZE, 300):
        ctx = context_of(word, count=count)
        for page in (0, 1, 37):
            yield of_card(f"people {count}", await people_card(ctx, say, page))
    for standing in PersonStanding:
        one = person(word, standing)
        ctx.people.one, ctx.people.get = giving(Listed(one, MILLION)), giving(one)
        for who in (OTHER, OWNER):
            card = await person_card(ctx, say, who, 37)
            assert card is not None
            yield of_card(f"person {standing}", card)
        user: Any = SimpleNamespace(id=OTHER)
        yield of_card(f"door {standing}", await Reception(ctx, Any)._card(user, say))
        if standing is not PersonStanding.GUEST:
            yield of_card(f"asked {standing}", await access_card(ctx, say, one))
        if standing in ANSWERS:
            yield Screen(f"told {standing}", say.html(ANSWERS[standing]))


async def owner_screens(say: Phrases, word: Word, ctx: BotContext) -> AsyncIterator[Screen]:
    """Yield the statistics, the groups, the instances and an invitation."""
    for page in (0, 37):
        yield of_card(f"groups {page}", await groups.groups_card(ctx, say, page))
    for values in ({}, {"added_at": None}, {"added_by": 0, "chat_id": -1_009_999_999_999}):
        group = group_of(word, 1, **values)
        yield of_card("group", await groups.group_card(ctx, say, group, 37))
        yield of_card("leave", await groups.leave_card(ctx, say, group, 37))
    for holder in (Holder(OTHER), Holder(-1_009_999_999_999, is_group=True)):
        for period in Period:
            budget = Budget(holder, period, Decimal("9e9"), Decimal("8e9"), "USD")
            for cost in (Decimal("9e8"), Decimal("9e9"), None):  # fits, doesn't, unknown
                task, day = task_of(word, TaskState.DRAFT), Allowance(None, 0)
                bounds = Bounds((budget,), cost, "USD")
                quote = Quote(task, CHECKS[0], None, None, None, NOW, day, bounds)
                yield of_card(f"quote with a budget {period}", quote_card(say, quote))
            card = await budget_card(ctx, say, holder, period, name=word(64), page=37)
            yield of_card(f"budget {period}", card)
    for days in stats.PERIODS:
        yield of_card(f"stats {days}", await stats._card(ctx, say, days))
    for page in (0, 1):
        yield of_card(f"schedules {page}", await schedules_card(ctx, say, page))
    yield of_card("instances", await lookup_instances._card(ctx, say))
    heard: Any = Heard("invite")
    await on_invite(heard, ctx, say)
    for screen in heard.screens:
        yield screen


async def own_screens(say: Phrases, word: Word, ctx: BotContext) -> AsyncIterator[Screen]:
    """Yield what everybody can open with a command."""
    for chosen in (None, *TEXTS.languages):
        yield of_card("language", language._card(ctx, say, Language("en", chosen)))
    heard: Any = Heard("a command")
    for reader in (OTHER, OWNER):  # owners hear more
        heard.chat.id = reader
        await start.on_start(heard, ctx, say, SimpleNamespace(bring_to=giving(None)))
        await start.on_help(heard, ctx, say)
    heard.chat.id = OTHER
    await privacy.on_privacy(heard, ctx, say)
    await privacy.on_forget(heard, ctx, say)
    for text in (None, word(60)):
        asked: Any = SimpleNamespace(args=text)
        await task_pages.on_tasks(heard, asked, ctx, say)
    await on_settings(heard, ctx, say)
    for text in (None, "a", "Georgia", word(60), *REGIONS):
        command: Any = SimpleNamespace(args=text)
        await question_buttons.on_country(heard, command, ctx, say)
    for screen in heard.screens:
        yield screen
