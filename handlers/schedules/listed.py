"""Schedules as owners see them: the next that are due in /stats, and all of them page by page."""

from collections.abc import Sequence

from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.schedules.callbacks import SchedulesPageButton
from handlers.shared.card import Card, check_name, keyboard_of
from handlers.shared.context import BotContext
from handlers.shared.formats import date_text
from handlers.shared.texts import Html, Phrases
from storage.records import schedules
from storage.records.schedules import Schedule, ScheduleState

PAGE_SIZE = 20
SHOWN_IN_STATS = 8


async def stats_lines(ctx: BotContext, say: Phrases) -> list[Html]:
    """How many schedules there are, and those that are due next; nothing if there were none."""
    async with ctx.database.read() as connection:
        counts = await schedules.counts(connection)
        coming = await schedules.running(connection, SHOWN_IN_STATS)
    return [_head(say, counts), *await _lines(ctx, say, coming)] if counts else []


async def schedules_card(ctx: BotContext, say: Phrases, page: int) -> Card:
    """A page of all running schedules, the next due first."""
    async with ctx.database.read() as connection:
        counts = await schedules.counts(connection)
        found = await schedules.running(connection, PAGE_SIZE + 1, page * PAGE_SIZE)
    turns = InlineKeyboardBuilder()
    if page > 0:
        before = SchedulesPageButton(page=page - 1)
        turns.button(text=say.plain("button-sooner"), callback_data=before)
    if len(found) > PAGE_SIZE:
        after = SchedulesPageButton(page=page + 1)
        turns.button(text=say.plain("button-later"), callback_data=after)
    lines = await _lines(ctx, say, found[:PAGE_SIZE])
    return Card("\n".join([_head(say, counts), *lines]), keyboard_of(turns))


def _head(say: Phrases, counts: dict[ScheduleState, int]) -> Html:
    on, ended = (counts.get(each, 0) for each in (ScheduleState.ON, ScheduleState.ENDED))
    return say.html("stats-schedules", on=on, done=ended)


async def _lines(ctx: BotContext, say: Phrases, found: Sequence[Schedule]) -> list[Html]:
    lines = []
    for each in found:
        check = check_name(say, ctx.catalogue.get(each.check_key), each.check_key)
        name = await ctx.people.name(each.person_id) or str(each.person_id)
        date, every = date_text(say, each.due_at), str(each.every)
        lines.append(say.html("stats-schedule", name=name, check=check, every=every, date=date))
    return lines
