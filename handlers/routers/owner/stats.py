"""/stats: what fails, what was checked and what it cost, for owners."""

import math
from collections.abc import Iterable

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from checking.lookups.desk import InstanceView
from handlers.shared.callbacks import StatsButton
from handlers.shared.cards import Card, button_of, check_name, clock_time, keyboard_of, money
from handlers.shared.commands import STATS
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.fitting import fitting
from handlers.shared.messages import turn
from handlers.shared.texts import Html, Phrases
from storage.people import usage
from storage.people.usage import Spending

DAY = 86_400.0
PERIODS = {1: "day", 7: "week", 30: "month"}
MOST_SHOWN = 8  # of each: troubles, checks, people
FEWEST_BARS = 7  # a chart of a single day would be none
BARS, NO_BAR = "▁▂▃▄▅▆▇█", "·"


def build() -> Router:
    """Answers owners."""
    router = Router(name="stats")
    router.message.filter(PRIVATE)
    router.message.register(on_stats, Command(STATS))
    router.callback_query.register(on_period, StatsButton.filter())
    return router


async def on_stats(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Show today; to others than owners this command doesn't exist."""
    if message.from_user is None or not ctx.people.is_owner(message.from_user.id):
        raise SkipHandler
    card = await _card(ctx, say, 1)
    await message.answer(card.text, reply_markup=card.keyboard)


async def on_period(
    query: CallbackQuery, callback_data: StatsButton, ctx: BotContext, say: Phrases
) -> None:
    """Show another length of time, or the same one as it stands now."""
    if not ctx.people.is_owner(query.from_user.id):
        await query.answer(say.plain("notice-not-yours"))
        return
    await query.answer()
    if callback_data.days in PERIODS:
        await turn(query, await _card(ctx, say, callback_data.days))


async def _card(ctx: BotContext, say: Phrases, days: int) -> Card:
    since = usage.day_of(ctx.clock.now(), back=days - 1)
    async with ctx.database.read() as connection:
        checks = await usage.by_check(connection, since)
        people = await usage.by_person(connection, since)
        drawn = usage.day_of(ctx.clock.now(), back=max(days, FEWEST_BARS) - 1)
        by_day = await usage.by_day(connection, drawn)
    failing = await _failing(ctx, say)
    blocks = [
        failing[:MOST_SHOWN] or [say.html("stats-sound")],
        [_line(say, say.html(f"stats-{PERIODS[days]}"), _sum(checks.values()))],
        _bars(ctx, say, by_day, max(days, FEWEST_BARS)),
        [_line(say, _check(ctx, say, key), each) for key, each in _most(checks)],
        [_line(say, await _person(ctx, key), each) for key, each in _most(people)],
        await _balances(ctx, say),
    ]
    text = fitting(("\n".join(lines) for lines in blocks if lines), between="\n\n")
    row = [
        button_of(
            ("✓ " if each == days else "") + say.plain(f"button-stats-{name}"),
            StatsButton(days=each),
        )
        for each, name in PERIODS.items()
    ]
    return Card(text, keyboard_of([row]))


def _bars(ctx: BotContext, say: Phrases, by_day: dict[str, int], days: int) -> list[Html]:
    """A bar for each day up to today, the tallest for the day with most numbers."""
    if not by_day:
        return []
    most = max(by_day.values())
    names = [usage.day_of(ctx.clock.now(), back=back) for back in reversed(range(days))]
    heights = [math.ceil(by_day.get(name, 0) / most * len(BARS)) for name in names]
    bars = "".join(BARS[height - 1] if height else NO_BAR for height in heights)
    return [say.html("stats-bars", bars=bars, numbers=most)]


async def _failing(ctx: BotContext, say: Phrases) -> list[Html]:
    """What somebody should look at, a line each."""
    now = ctx.clock.now()
    async with ctx.database.read() as connection:
        troubled = await usage.in_trouble(connection, now - DAY)
    paused = {offer.check.service for offer in await ctx.desk.offers() if offer.paused}
    lines = [say.html("stats-service-paused", service=name) for name in sorted(paused)]
    lines += [
        _rests(say, view, now)
        for view in await ctx.lookups.instances()
        if view.instance.held or view.pause_end is not None
    ]
    if "unconfirmed" in troubled:
        lines.append(say.html("stats-unconfirmed", tasks=troubled["unconfirmed"]))
    if "expired" in troubled:
        lines.append(say.html("stats-expired", tasks=troubled["expired"]))
    return lines


def _rests(say: Phrases, view: InstanceView, now: float) -> Html:
    instance = view.instance.id
    if view.pause_end is None:
        return say.html("stats-instance-held", instance=instance)
    return say.html("stats-instance-rests", instance=instance, at=clock_time(view.pause_end, now))


def _most(found: dict[usage.Key, Spending]) -> list[tuple[usage.Key, Spending]]:
    return list(found.items())[:MOST_SHOWN]


def _sum(found: Iterable[Spending]) -> Spending:
    tasks = numbers = 0
    costs: dict[str, float] = {}
    for each in found:
        tasks, numbers = tasks + each.tasks, numbers + each.numbers
        for currency, cost in each.costs.items():
            costs[currency] = costs.get(currency, 0.0) + cost
    return Spending(tasks, numbers, costs)


def _line(say: Phrases, head: str, spending: Spending) -> Html:
    line = say.html("stats-line", head=head, tasks=spending.tasks, numbers=spending.numbers)
    if not spending.costs:
        return line
    costs = " + ".join(money(say, cost, currency) for currency, cost in spending.costs.items())
    return Html(f"{line} · {costs}")


def _check(ctx: BotContext, say: Phrases, key: str) -> str:
    return check_name(say, ctx.catalogue.get(key), key)


async def _person(ctx: BotContext, person_id: int) -> str:
    return await ctx.people.name(person_id) or str(person_id)


async def _balances(ctx: BotContext, say: Phrases) -> list[Html]:
    offers = await ctx.desk.offers()
    currencies = {str(offer.check.service): offer.check.currency for offer in offers}
    return [
        say.html("stats-balance", service=name, balance=money(say, left, currencies.get(name, "")))
        for name, left in (await ctx.desk.balances()).items()
        if left is not None
    ]
