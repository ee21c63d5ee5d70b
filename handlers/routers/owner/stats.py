"""/stats: failures, checks and what the services took for them, for owners."""

import math
from decimal import Decimal

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.outgoing.costs_file import name_of, send_costs
from handlers.schedules.callbacks import SchedulesPageButton
from handlers.schedules.listed import SHOWN_IN_STATS, schedules_card, stats_lines
from handlers.shared.callbacks import CostsButton, StatsButton
from handlers.shared.card import Card, check_name, keyboard_of
from handlers.shared.commands import STATS
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.formats import clock_time, duration, fitting, money, spending_line, sums
from handlers.shared.messages import turn
from handlers.shared.texts import Html, Phrases
from storage.people import costs, groups, usage
from storage.people.usage import NOTHING, Spending

DAY = 86_400.0
MOST_DAYS = 365
WEEK = 7  # days, today among them
PERIODS = {1: "day", 7: "week", 30: "month"}
MOST_SHOWN = 8  # failures, checks, people, each
FEWEST_BARS = 7  # a chart of one day would show nothing
BARS, NO_BAR = "▁▂▃▄▅▆▇█", "·"


def build() -> Router:
    """Build the router of statistics."""
    router = Router(name="stats")
    router.message.filter(PRIVATE)
    router.message.register(on_stats, Command(STATS))
    router.callback_query.register(on_period, StatsButton.filter())
    router.callback_query.register(on_file, CostsButton.filter())
    router.callback_query.register(on_schedules, SchedulesPageButton.filter())
    return router


async def on_stats(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Show today; the command exists for owners only."""
    if message.from_user is None or not ctx.people.is_owner(message.from_user.id):
        raise SkipHandler
    card = await _card(ctx, say, 1)
    await message.answer(card.text, reply_markup=card.keyboard)


async def on_period(
    query: CallbackQuery, callback_data: StatsButton, ctx: BotContext, say: Phrases
) -> None:
    """Show another period, or refresh the same one."""
    if not ctx.people.is_owner(query.from_user.id):
        await query.answer(say.plain("notice-not-yours"))
        return
    await query.answer()
    if callback_data.days in PERIODS:
        await turn(query, await _card(ctx, say, callback_data.days))


async def on_file(
    query: CallbackQuery, callback_data: CostsButton, ctx: BotContext, say: Phrases
) -> None:
    """Send the costs of a period as a table."""
    if not ctx.people.is_owner(query.from_user.id):
        await query.answer(say.plain("notice-not-yours"))
        return
    await query.answer()
    if callback_data.days in PERIODS:
        await send_costs(ctx, say, query.from_user.id, callback_data.days)


async def on_schedules(
    query: CallbackQuery, callback_data: SchedulesPageButton, ctx: BotContext, say: Phrases
) -> None:
    """Show a page of all schedules."""
    if not ctx.people.is_owner(query.from_user.id):
        await query.answer(say.plain("notice-not-yours"))
        return
    await query.answer()
    await turn(query, await schedules_card(ctx, say, callback_data.page))


async def _card(ctx: BotContext, say: Phrases, days: int) -> Card:
    since = usage.day_of(ctx.clock.now(), back=days - 1)
    async with ctx.database.read() as connection:
        checks = await usage.by_check(connection, since)
        people = await usage.by_person(connection, since)
        chats = await usage.by_chat(connection, since)
        drawn = usage.day_of(ctx.clock.now(), back=max(days, FEWEST_BARS) - 1)
        by_day = await usage.by_day(connection, drawn)
        odd = await costs.odd(connection, since)
        titles = await groups.titles(connection, ctx.database.vault, chats)
    failing = await _failing(ctx, say, odd)
    total = sum(checks.values(), NOTHING)
    balances = [
        await _balance(ctx, say, name, left)
        for name, left in (await ctx.desk.balances()).items()
        if left is not None
    ]
    scheduled = await stats_lines(ctx, say)
    blocks = [
        failing[:MOST_SHOWN] or [say.html("stats-sound")],
        [spending_line(say, say.html(f"stats-{PERIODS[days]}"), total), *_shown(say, total)],
        _bars(ctx, say, by_day, max(days, FEWEST_BARS)),
        [spending_line(say, day, by_day[day]) for day in _latest(by_day, since)],
        [
            spending_line(say, check_name(say, ctx.catalogue.get(key), key), each)
            for key, each in _most(checks)
        ],
        [
            spending_line(say, await name_of(ctx, say, key) or str(key), each)
            for key, each in _most(people)
        ],
        [spending_line(say, titles[key], chats[key]) for key in list(titles)[:MOST_SHOWN]],
        scheduled,
        balances,
    ]
    text = fitting(("\n".join(lines) for lines in blocks if lines), between="\n\n")
    buttons, file = InlineKeyboardBuilder(), InlineKeyboardBuilder()
    for each, name in PERIODS.items():
        label = ("✓ " if each == days else "") + say.plain(f"button-stats-{name}")
        buttons.button(text=label, callback_data=StatsButton(days=each))
    if checks:
        file.button(text=say.plain("button-stats-file"), callback_data=CostsButton(days=days))
    if len(scheduled) > SHOWN_IN_STATS:
        every = SchedulesPageButton(page=0)
        file.button(text=say.plain("button-schedules"), callback_data=every)
    return Card(text, keyboard_of(buttons, file))


def _shown(say: Phrases, total: Spending) -> list[Html]:
    """What people see in sum, where that is something else."""
    if total.costs in ({}, total.true):
        return []
    return [say.html("stats-shown", cost=sums(say, total.costs))]


def _latest(by_day: dict[str, Spending], since: str) -> list[str]:
    """The last days of a period that has several."""
    days = sorted((day for day in by_day if day >= since), reverse=True)
    return days[:MOST_SHOWN] if len(days) > 1 else []


async def _balance(ctx: BotContext, say: Phrases, service: str, left: Decimal) -> Html:
    """What is left at a service, and how long within a year, if all costs of the week are known."""
    currency = ctx.catalogue.currency_of(service)
    line = say.html("stats-balance", service=service, balance=money(say, left, currency))
    async with ctx.database.read() as connection:
        since = usage.day_of(ctx.clock.now(), back=WEEK - 1)
        taken = await costs.at_service(connection, service, since)
    spent = taken.get(currency)
    if len(taken) != 1 or not spent or spent < 0 or left <= 0:
        return line
    days = float(left / spent) * WEEK
    if days > MOST_DAYS:  # one small check in a week tells nothing of the years to come
        return line
    time = duration(say, days * DAY)
    return Html(f"{line} · {say.html('stats-enough', time=time)}")


def _bars(ctx: BotContext, say: Phrases, by_day: dict[str, Spending], days: int) -> list[Html]:
    """A bar for each day up to today, scaled to the day with most numbers."""
    if not by_day:
        return []
    most = max(each.numbers for each in by_day.values())
    names = [usage.day_of(ctx.clock.now(), back=back) for back in reversed(range(days))]
    numbers = [by_day[name].numbers if name in by_day else 0 for name in names]
    heights = [math.ceil(count / most * len(BARS)) for count in numbers]
    bars = "".join(BARS[height - 1] if height else NO_BAR for height in heights)
    return [say.html("stats-bars", bars=bars, numbers=most)]


async def _failing(ctx: BotContext, say: Phrases, odd: int) -> list[Html]:
    """A line for each thing that an owner should look at; `odd`: amounts that can't be right."""
    now = ctx.clock.now()
    async with ctx.database.read() as connection:
        troubled = await usage.in_trouble(connection, now - DAY)
    paused = {offer.check.service for offer in await ctx.desk.offers() if offer.paused}
    lines = [say.html("stats-service-paused", service=name) for name in sorted(paused)]
    for view in await ctx.lookups.instances():
        instance = view.instance.id
        if view.pause_end is not None:
            at = clock_time(view.pause_end, now)
            lines.append(say.html("stats-instance-rests", instance=instance, at=at))
        elif view.instance.held:
            lines.append(say.html("stats-instance-held", instance=instance))
    if "unconfirmed" in troubled:
        lines.append(say.html("stats-unconfirmed", tasks=troubled["unconfirmed"]))
    if "expired" in troubled:
        lines.append(say.html("stats-expired", tasks=troubled["expired"]))
    if odd:
        lines.append(say.html("stats-odd", amounts=odd))
    return lines


def _most(found: dict[usage.Key, Spending]) -> list[tuple[usage.Key, Spending]]:
    return list(found.items())[:MOST_SHOWN]
