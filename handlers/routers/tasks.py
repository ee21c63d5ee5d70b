"""/tasks, and the buttons of started checks."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.guards.ownership import my_task
from handlers.outgoing.delivery import Delivery
from handlers.outgoing.screen import Screen
from handlers.shared.callbacks import AgainButton, TaskAct, TaskButton
from handlers.shared.card import check_name
from handlers.shared.commands import TASKS
from handlers.shared.context import BotContext
from handlers.shared.places import tapped_place
from handlers.shared.texts import Phrases
from storage.tasks import tasks
from storage.tasks.task_states import TaskState

MOST_SHOWN = 10
LONGEST_LABEL_TITLE = 24

S = TaskState
ICONS = {
    S.DELIVERED: "✅",
    S.UNCONFIRMED: "⚠️",
    S.REJECTED: "❌",
    S.FAILED: "❌",
    S.EXPIRED: "⌛",
    S.CANCELLED: "🗑",
}
RUNNING = "⏳"


def build() -> Router:
    """Build the router of the checks of a chat, and of their buttons."""
    router = Router(name="tasks")
    router.message.register(on_tasks, Command(TASKS))  # in groups, too
    router.callback_query.register(on_task, TaskButton.filter())
    router.callback_query.register(on_again, AgainButton.filter())
    return router


async def on_tasks(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Show the newest checks of this chat, each with a button that opens its card."""
    async with ctx.database.read() as connection:
        found = await tasks.of_chat(
            connection, ctx.database.vault, message.chat.id, limit=MOST_SHOWN
        )
    if not found:
        await message.answer(say.html("tasks-none"))
        return
    buttons = InlineKeyboardBuilder()
    for task in found:
        title = task.title
        if len(title) > LONGEST_LABEL_TITLE:
            title = title[: LONGEST_LABEL_TITLE - 1] + "…"
        key = "tasks-line-progress" if task.state is S.PROCESSING else "tasks-line"
        label = say.plain(
            key,
            icon=ICONS.get(task.state, RUNNING),
            title=title,
            check=check_name(say, ctx.catalogue.get(task.check_key), task.check_key),
            numbers=task.numbers,
            done=task.done,
        )
        buttons.button(text=label, callback_data=TaskButton(act=TaskAct.SHOW, id=task.id))
    buttons.adjust(1)
    await message.answer(say.html("tasks-head"), reply_markup=buttons.as_markup())


async def on_task(
    query: CallbackQuery,
    *,
    callback_data: TaskButton,
    ctx: BotContext,
    screen: Screen,
    delivery: Delivery,
    say: Phrases,
) -> None:
    """Run the action of the button, once, and show the new state."""
    task = await my_task(query, ctx, callback_data.id)
    if task is None:
        await query.answer(say.plain("notice-gone"))
        return
    desk = ctx.desk
    match callback_data.act:
        case TaskAct.SHOW:
            await query.answer()
            # A new message at the end of the chat, which is the card from now on.
            card, place = await screen.card_of(task), tapped_place(query, task)
            message = await ctx.bot.send_message(
                text=card.text, reply_markup=card.keyboard, **place.sending()
            )
            await screen.moved(task, message.message_id)
            return
        case TaskAct.FILE:
            await query.answer()
            if task.state is S.DELIVERED and not await delivery.send_again(task):
                place = tapped_place(query, task)
                await ctx.bot.send_message(text=say.html("result-gone"), **place.sending())
                await delivery.fetch_anew(task)
            return
        case TaskAct.CANCEL:
            done = await desk.cancel(task)
        case TaskAct.SEND_AGAIN:
            done = task.posts <= 1 and await desk.send_again(task)
        case TaskAct.LOOK_AGAIN:
            done = await desk.look_again(task)
        case TaskAct.START | TaskAct.SHEET | TaskAct.ANOTHER:  # taken by other routers
            return
    await query.answer("" if done else say.plain("notice-done"))
    if done:
        await screen.show_task(task.id)


async def on_again(
    query: CallbackQuery, callback_data: AgainButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Post an unconfirmed task once more, if no other post came after the question."""
    task = await my_task(query, ctx, callback_data.id)
    if task is None:
        await query.answer(say.plain("notice-gone"))
        return
    done = task.posts == callback_data.posts and await ctx.desk.send_again(task)
    await query.answer("" if done else say.plain("notice-done"))
    if done:
        await screen.show_task(task.id)
