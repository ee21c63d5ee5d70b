"""*Every month…*: the questions before a schedule is made, and the buttons of its card."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from checking.schedules.calendar import next_due
from checking.schedules.schedules import Cap, cap_for
from handlers.guards.ownership import mine, my_task
from handlers.schedules.callbacks import AgreedButton, RepeatButton, ScheduleAct, ScheduleButton
from handlers.schedules.card import how_card, how_often_card
from handlers.schedules.screen import ScheduleScreen
from handlers.shared.callbacks import TaskAct, TaskButton
from handlers.shared.context import BotContext
from handlers.shared.messages import turn
from handlers.shared.places import place_of
from handlers.shared.texts import Phrases
from storage.records import schedules
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task


def build() -> Router:
    """Build the router of the buttons of schedules."""
    router = Router(name="schedule_buttons")
    router.callback_query.register(on_begin, TaskButton.filter(F.act == TaskAct.REPEAT))
    router.callback_query.register(on_repeat, RepeatButton.filter())
    router.callback_query.register(on_agreed, AgreedButton.filter())
    router.callback_query.register(on_schedule, ScheduleButton.filter())
    return router


async def on_begin(
    query: CallbackQuery,
    callback_data: TaskButton,
    ctx: BotContext,
    schedule_screen: ScheduleScreen,
    say: Phrases,
) -> None:
    """Ask how often a check shall begin anew, or show the schedule that does so already."""
    task = await _finished(query, ctx, callback_data.id)
    if task is None:
        await query.answer(say.plain("notice-gone"))
        return
    await query.answer()
    async with ctx.database.read() as connection:
        running = await schedules.of_task(connection, task.id)
    if running is not None:
        await schedule_screen.show(running.id, anew=True)
        return
    card, place = how_often_card(say, task, ctx.catalogue.get(task.check_key)), place_of(task)
    await ctx.bot.send_message(text=card.text, reply_markup=card.keyboard, **place.sending())


async def on_repeat(
    query: CallbackQuery, callback_data: RepeatButton, ctx: BotContext, say: Phrases
) -> None:
    """Ask how each list shall start, or once more how often."""
    task, every = await _finished(query, ctx, callback_data.id), callback_data.every
    if task is None:
        await query.answer(say.plain("notice-gone"))
        return
    await query.answer()
    check = ctx.catalogue.get(task.check_key)
    card = how_often_card(say, task, check)
    if every is not None:
        now, cap = ctx.clock.now(), cap_for(task, await ctx.schedules.price(task))
        has_texts = await ctx.schedules.has_texts(task)
        due_at = next_due(now, every, now)
        card = how_card(say, task, check, every=every, due_at=due_at, cap=cap, has_texts=has_texts)
    await turn(query, card)


async def on_agreed(
    query: CallbackQuery,
    callback_data: AgreedButton,
    ctx: BotContext,
    schedule_screen: ScheduleScreen,
    say: Phrases,
) -> None:
    """Make the schedule, as the button says."""
    task = await _finished(query, ctx, callback_data.id)
    if task is None or query.message is None:
        await query.answer(say.plain("notice-gone"))
        return
    agreed = callback_data
    cap = Cap(agreed.numbers, agreed.millionths, agreed.currency) if agreed.numbers else None
    made = await ctx.schedules.make(
        task, query.from_user.id, agreed.every, cap, query.message.message_id
    )
    await query.answer()
    await schedule_screen.show(made.id)


async def on_schedule(
    query: CallbackQuery,
    callback_data: ScheduleButton,
    ctx: BotContext,
    schedule_screen: ScheduleScreen,
    say: Phrases,
) -> None:
    """Skip the due date that the card showed, or stop the schedule."""
    async with ctx.database.read() as connection:
        found = await schedules.get(connection, callback_data.id)
    found = await mine(query, ctx, found)
    if found is None:
        await query.answer(say.plain("notice-gone"))
        return
    if callback_data.act is ScheduleAct.STOP:
        done = await ctx.schedules.stop(found.id)
    else:
        done = await ctx.schedules.skip(found.id, callback_data.due)
    await query.answer("" if done else say.plain("notice-moved-on"))
    await schedule_screen.show(found.id)


async def _finished(query: CallbackQuery, ctx: BotContext, task_id: str) -> Task | None:
    """Return a check with a result in this chat, if whoever taps may use it."""
    task = await my_task(query, ctx, task_id)
    here = query.message.chat.id if query.message else None
    if task is None or task.state is not TaskState.DELIVERED or here != task.goes_to:
        return None
    return None if task.is_private else task
