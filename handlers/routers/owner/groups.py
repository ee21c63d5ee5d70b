"""/groups: where the bot is, who added it there, what that used, and *Leave*."""

import structlog
from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.cards.people import budget_buttons, budget_lines
from handlers.shared.callbacks import GroupsAct, GroupsButton
from handlers.shared.card import Card, keyboard_of, short_title
from handlers.shared.commands import GROUPS
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.formats import date_text, spending_line, with_costs
from handlers.shared.messages import turn
from handlers.shared.refusals import settled
from handlers.shared.texts import Html, Phrases
from storage.people import groups, usage
from storage.people.budgets import Holder
from storage.people.groups import Group
from storage.people.usage import NOTHING, Spending

PAGE_SIZE = 8
MONTH = 30  # days, today among them
LONGEST_LABEL = 30

log = structlog.get_logger("groups")


def build() -> Router:
    """Build the router of the pages about groups."""
    router = Router(name="groups")
    router.message.filter(PRIVATE)
    router.message.register(on_groups, Command(GROUPS))
    router.callback_query.register(on_groups_button, GroupsButton.filter())
    return router


async def on_groups(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Show the first page; the command exists for owners only."""
    if message.from_user is None or not ctx.people.is_owner(message.from_user.id):
        raise SkipHandler
    card = await groups_card(ctx, say, 0)
    await message.answer(card.text, reply_markup=card.keyboard)


async def on_groups_button(
    query: CallbackQuery, callback_data: GroupsButton, ctx: BotContext, say: Phrases
) -> None:
    """Show a page or a group, or leave it; a group that the bot is in no more leads to the page."""
    if not ctx.people.is_owner(query.from_user.id):
        await query.answer(say.plain("notice-not-yours"))
        return
    act, page, card = callback_data.act, callback_data.page, None
    async with ctx.database.read() as connection:
        found = await groups.get(connection, ctx.database.vault, callback_data.group)
    if found is not None and act is GroupsAct.LEAVE:
        await _leave(ctx, found)
    elif found is not None and act is not GroupsAct.PAGE:
        show = leave_card if act is GroupsAct.ASK else group_card
        card = await show(ctx, say, found, page)
    gone = found is None and act is not GroupsAct.PAGE
    await query.answer(say.plain("notice-done") if gone else "")
    await turn(query, card or await groups_card(ctx, say, page))


async def groups_card(ctx: BotContext, say: Phrases, page: int) -> Card:
    """One page of all groups, from 0."""
    async with ctx.database.read() as connection:
        found, count = await groups.page(
            connection, ctx.database.vault, offset=page * PAGE_SIZE, limit=PAGE_SIZE
        )
        paused = [each for each in found if await ctx.people.is_paused(connection, each.chat_id)]
        today, month = await _used(ctx, connection)
    if not found and count:  # the last page has become empty
        return await groups_card(ctx, say, (count - 1) // PAGE_SIZE)
    if not found:
        return Card(say.html("groups-none"))
    lines = [say.html("groups-head", count=count), Html("")]
    shown, turns = InlineKeyboardBuilder(), InlineKeyboardBuilder()
    for place, each in enumerate(found, page * PAGE_SIZE + 1):
        over_month = month.get(each.chat_id, NOTHING)
        line = say.html(
            "groups-line",
            place=place,
            title=("⏸ " if each in paused else "") + short_title(each.title),
            name=await _host(ctx, say, each),
            used=today.get(each.chat_id, NOTHING).numbers,
            numbers=over_month.numbers,
        )
        lines.append(with_costs(say, line, over_month))
        label = f"{place} · {each.title[:LONGEST_LABEL]}"
        shown.button(text=label, callback_data=_button(GroupsAct.SHOW, each.chat_id, page))
    shown.adjust(1)
    if page > 0:
        turns.button(text="◀", callback_data=_button(GroupsAct.PAGE, 0, page - 1))
    if (page + 1) * PAGE_SIZE < count:
        turns.button(text="▶", callback_data=_button(GroupsAct.PAGE, 0, page + 1))
    return Card("\n".join(lines), keyboard_of(shown, turns))


async def group_card(ctx: BotContext, say: Phrases, group: Group, page: int) -> Card:
    """The page of one group, with *Leave*."""
    async with ctx.database.read() as connection:
        paused = await ctx.people.is_paused(connection, group.chat_id)
        today, month = await _used(ctx, connection)
    name = await _host(ctx, say, group)
    lines = [say.html("groups-one", title=short_title(group.title), id=str(group.chat_id))]
    if group.added_at is None:
        lines.append(say.html("groups-added", name=name))
    else:
        date = date_text(say, group.added_at)
        lines.append(say.html("groups-added-on", name=name, date=date))
    if paused:
        lines.append(say.html("groups-paused"))
    for head, used in (("stats-day", today), ("stats-month", month)):
        lines.append(spending_line(say, say.html(head), used.get(group.chat_id, NOTHING)))
    holder = Holder(group.chat_id, is_group=True)
    lines += await budget_lines(ctx, say, holder)
    buttons = InlineKeyboardBuilder()
    ask = _button(GroupsAct.ASK, group.chat_id, page)
    buttons.button(text=say.plain("button-leave"), callback_data=ask, style="danger")
    back = _button(GroupsAct.PAGE, 0, page)
    buttons.button(text=say.plain("button-back"), callback_data=back)
    buttons.adjust(1)
    return Card("\n".join(lines), keyboard_of(budget_buttons(say, holder, page), buttons))


async def leave_card(_: BotContext, say: Phrases, group: Group, page: int) -> Card:
    """The question before *Leave*."""
    buttons = InlineKeyboardBuilder()
    back = _button(GroupsAct.SHOW, group.chat_id, page)
    buttons.button(text=say.plain("button-back"), callback_data=back)
    leave = _button(GroupsAct.LEAVE, group.chat_id, page)
    buttons.button(text=say.plain("button-leave"), callback_data=leave, style="danger")
    return Card(say.html("groups-leave", title=short_title(group.title)), keyboard_of(buttons))


async def _leave(ctx: BotContext, group: Group) -> None:
    """Leave as if removed: what runs there is delivered when the bot is added again."""
    try:
        await ctx.bot.leave_chat(group.chat_id)
    except TelegramAPIError as error:
        if not await settled(ctx, error, group.chat_id):
            raise
    else:
        log.info("group left")
        await ctx.blocked(group.chat_id)


async def _used(
    ctx: BotContext, connection: AsyncConnection
) -> tuple[dict[int, Spending], dict[int, Spending]]:
    """What each chat used today, and in the last 30 days."""
    now = ctx.clock.now()
    today = await usage.by_chat(connection, usage.day_of(now))
    return today, await usage.by_chat(connection, usage.day_of(now, back=MONTH - 1))


async def _host(ctx: BotContext, say: Phrases, group: Group) -> str:
    by = group.added_by
    return (await ctx.people.name(by) or str(by)) if by else say.plain("groups-nobody")


def _button(act: GroupsAct, group: int, page: int) -> GroupsButton:
    return GroupsButton(act=act, group=group, page=page)
