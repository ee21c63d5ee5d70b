"""The buttons under a result: the numbers of a group, the person's own sheet, another check."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.types import CallbackQuery
from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.memory.splits import KnownGoneError
from handlers.cards.known import gone_text
from handlers.cards.result import group_buttons, result_keyboard, summary_of
from handlers.cards.wording import group_label, group_name
from handlers.guards.ownership import my_result
from handlers.outgoing import making
from handlers.outgoing.deriving import derive
from handlers.outgoing.results.delivery import Delivery
from handlers.outgoing.results.products import GoneError, Products
from handlers.outgoing.screen import Screen
from handlers.shared.callbacks import GroupButton, TaskAct, TaskButton
from handlers.shared.card import keyboard_of, short_title
from handlers.shared.context import BotContext
from handlers.shared.formats import file_stem, safe_name
from handlers.shared.messages import unfold
from handlers.shared.places import tapped_place
from handlers.shared.texts import Phrases
from sheets.answers.result_errors import ResultError
from sheets.answers.summary import Group
from sheets.glass.shapes import split_lines
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

ALL = "all"
FILE, CHECK = "f", "c"
_GROUPS: dict[str, Group] = {"yes": "yes", "no": "no", "unknown": "unknown"}

_EXCUSES = making.Excuses("sheet-no-source", "sheet-too-much", "sheet-broken")


def build() -> Router:
    """Build the router of the buttons under results."""
    router = Router(name="result_buttons")
    router.callback_query.register(on_sheet, TaskButton.filter(F.act == TaskAct.SHEET))
    router.callback_query.register(on_more, TaskButton.filter(F.act == TaskAct.MORE))
    router.callback_query.register(on_another, TaskButton.filter(F.act == TaskAct.ANOTHER))
    router.callback_query.register(on_group, GroupButton.filter())
    router.callback_query.register(on_known, TaskButton.filter(F.act == TaskAct.KNOWN))
    return router


async def on_sheet(
    query: CallbackQuery,
    *,
    callback_data: TaskButton,
    ctx: BotContext,
    products: Products,
    delivery: Delivery,
    say: Phrases,
) -> None:
    """Send the person's own sheet, with the answers beside its rows."""
    task = await _delivered(query, ctx, callback_data.id, say)
    if task is None:
        return
    place = tapped_place(query, task)

    async def send() -> None:
        sheet = await products.sheet(task, say, place.chat_id)
        lines = [say.html("sheet-caption", title=short_title(task.title))]
        if sheet.without:
            lines.append(say.html("sheet-without", checks=" · ".join(sheet.without)))
        for file in sheet.files:
            kept = [say.html(f"sheet-said-{file.said}")] if file.said else []
            title = file_stem(file.source or task.title)
            name = say.plain("sheet-file", title=title) + file.ending
            await making.send_file(ctx, place, file.data, name, "\n".join(lines + kept))

    await _make(query, ctx, task=task, delivery=delivery, say=say, make=send)


async def on_more(
    query: CallbackQuery, callback_data: TaskButton, ctx: BotContext, say: Phrases
) -> None:
    """Show all buttons of a result."""
    task = await _delivered(query, ctx, callback_data.id, say)
    if task is not None:
        check = ctx.catalogue.get(task.check_key)
        await query.answer()
        await unfold(query, result_keyboard(say, task, check, is_open=True))


async def on_another(
    query: CallbackQuery, callback_data: TaskButton, ctx: BotContext, say: Phrases
) -> None:
    """Offer another check, of all numbers or of one group."""
    task = await _delivered(query, ctx, callback_data.id, say)
    check = ctx.catalogue.get(task.check_key) if task else None
    found = summary_of(task) if task else None
    if task is None or check is None or found is None:
        return
    every = GroupButton(act=CHECK, id=task.id, group=ALL)
    label = say.plain("button-all-numbers", numbers=found.total)
    whole = InlineKeyboardBuilder().button(text=label, callback_data=every)
    groups = group_buttons(say, task, check, found, act=CHECK)
    await query.answer()
    await ctx.bot.send_message(
        text=say.html("another-which", title=short_title(task.title)),
        reply_markup=keyboard_of(whole, groups),
        **tapped_place(query, task).sending(),
    )


async def on_group(
    query: CallbackQuery,
    *,
    callback_data: GroupButton,
    ctx: BotContext,
    products: Products,
    delivery: Delivery,
    screen: Screen,
    say: Phrases,
) -> None:
    """Send the numbers of a group as a file, or make them a list for another check."""
    task = await _delivered(query, ctx, callback_data.id, say)
    check = ctx.catalogue.get(task.check_key) if task else None
    if task is None or check is None:
        return
    group = _GROUPS.get(callback_data.group)
    place = tapped_place(query, task)
    words = (say, task.check_key, check.meaning.scale)

    async def send_file() -> None:
        assert group is not None
        numbers = await products.group(task, group)
        label = group_label(*words, group, numbers.count)
        title = file_stem(task.title)
        name = say.plain("group-file", title=title, group=safe_name(group_name(*words, group)))
        caption = say.html("group-caption", title=short_title(task.title), group=label)
        for file in split_lines(numbers.body, ctx.limits.upload):
            await making.send_file(ctx, place, file.data, name + file.ending, caption)

    async def begin() -> None:
        numbers = await products.group(task, group)
        stem = short_title(task.title)
        title = stem
        if group is not None:
            title = say.plain("group-title", title=stem, group=group_name(*words, group))
        list_id = await derive(ctx, say, task.list_id, numbers, title=title, place=place)
        if list_id is not None:
            await screen.show_list(list_id)

    if group is None and (callback_data.act, callback_data.group) != (CHECK, ALL):
        await query.answer(say.plain("notice-gone"))
        return
    make = begin if callback_data.act == CHECK else send_file
    await _make(query, ctx, task=task, delivery=delivery, say=say, make=make)


async def on_known(
    query: CallbackQuery,
    *,
    callback_data: TaskButton,
    ctx: BotContext,
    products: Products,
    delivery: Delivery,
    screen: Screen,
    say: Phrases,
) -> None:
    """Make a list of the numbers whose answers are remembered: it is there for nothing."""
    task = await my_result(query, ctx, callback_data.id, here=False)
    if task is None or not task.known:
        await query.answer(say.plain("notice-gone"))
        return
    place = tapped_place(query, task)

    async def begin() -> None:
        numbers = await products.known(task)
        title = say.plain("known-title", title=short_title(task.title))
        # They aren't asked about: what is never to be checked stays among them.
        list_id = await ctx.lists.derive(task.list_id, numbers, title, place)
        by = query.from_user.id
        if list_id is not None and not await screen.show_quote(list_id, task.check_key, by, task):
            await screen.show_list(list_id)

    await _make(query, ctx, task=task, delivery=delivery, say=say, make=begin)


async def _delivered(
    query: CallbackQuery, ctx: BotContext, task_id: str, say: Phrases
) -> Task | None:
    """Return the task if its result is in this chat and this person may use it."""
    task = await my_result(query, ctx, task_id)
    if task is None or task.state is not TaskState.DELIVERED or not task.summary:
        await query.answer(say.plain("notice-gone"))
        return None
    return task


async def _make(
    query: CallbackQuery,
    ctx: BotContext,
    *,
    task: Task,
    delivery: Delivery,
    say: Phrases,
    make: Callable[[], Awaitable[None]],
) -> None:
    """Send a product of a result; fetch a missing result again."""
    await query.answer()
    place = tapped_place(query, task)
    try:
        await making.make(ctx, say, place, task.id, work=make, excuses=_EXCUSES)
    except KnownGoneError:
        await ctx.bot.send_message(text=say.html("result-known-gone"), **place.sending())
    except (GoneError, ResultError):
        await ctx.bot.send_message(text=gone_text(say, task), **place.sending())
        await delivery.fetch_anew(task)
