"""/tasks, and the buttons of a started check."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.guards.ownership import my_task
from handlers.outgoing.delivery import Delivery
from handlers.outgoing.screen import Screen
from handlers.shared.callbacks import AgainButton, TaskAct, TaskButton
from handlers.shared.cards import check_name
from handlers.shared.commands import TASKS
from handlers.shared.context import BotContext
from handlers.shared.places import Place, tapped_place
from handlers.shared.texts import Phrases
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

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
    """Lists the checks of a chat; answers their buttons."""
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
    rows = [[_button(ctx, say, task)] for task in found]
    await message.answer(
        say.html("tasks-head"), reply_markup=InlineKeyboardMarkup(inline_keyboard=rows)
    )


def _button(ctx: BotContext, say: Phrases, task: Task) -> InlineKeyboardButton:
    title = task.title
    if len(title) > LONGEST_LABEL_TITLE:
        title = title[: LONGEST_LABEL_TITLE - 1] + "…"
    key = "tasks-line-progress" if task.state is S.PROCESSING else "tasks-line"
    text = say.plain(
        key,
        icon=ICONS.get(task.state, RUNNING),
        title=title,
        check=check_name(say, ctx.catalogue.get(task.check_key), task.check_key),
        numbers=task.numbers,
        done=task.done,
    )
    data = TaskButton(act=TaskAct.SHOW, id=task.id)
    return InlineKeyboardButton(text=text, callback_data=data.pack())


async def on_task(
    query: CallbackQuery,
    *,
    callback_data: TaskButton,
    ctx: BotContext,
    screen: Screen,
    delivery: Delivery,
    say: Phrases,
) -> None:
    """Do what the button says, once; then show how things stand. *Start* is in `consent`."""
    task = await my_task(query, ctx, callback_data.id)
    if task is None:
        await query.answer(say.plain("notice-gone"))
        return
    desk = ctx.desk
    match callback_data.act:
        case TaskAct.SHOW:
            await query.answer()
            await _open(ctx, screen, task, tapped_place(query, task))
            return
        case TaskAct.FILE:
            await query.answer()
            await _send_file(ctx, delivery, task, say, tapped_place(query, task))
            return
        case TaskAct.CANCEL:
            done = await desk.cancel(task)
        case TaskAct.SEND_AGAIN:
            done = task.posts <= 1 and await desk.send_again(task)
        case TaskAct.LOOK_AGAIN:
            done = await desk.look_again(task)
        case TaskAct.SHEET | TaskAct.ANOTHER:  # answered where results are
            return
    await query.answer("" if done else say.plain("notice-done"))
    if done:
        await screen.show_task(task.id)


async def on_again(
    query: CallbackQuery, callback_data: AgainButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Have an unclear task posted once more, if this is what the person was asked."""
    task = await my_task(query, ctx, callback_data.id)
    if task is None:
        await query.answer(say.plain("notice-gone"))
        return
    done = task.posts == callback_data.posts and await ctx.desk.send_again(task)
    await query.answer("" if done else say.plain("notice-done"))
    if done:
        await screen.show_task(task.id)


async def _open(ctx: BotContext, screen: Screen, task: Task, place: Place) -> None:
    """Bring the card to the end of the chat: a new message, which lives on as the card."""
    card = await screen.card_of(task)
    message = await ctx.bot.send_message(
        text=card.text, reply_markup=card.keyboard, **place.sending()
    )
    await screen.moved(task, message.message_id)


async def _send_file(
    ctx: BotContext, delivery: Delivery, task: Task, say: Phrases, place: Place
) -> None:
    if task.state is not S.DELIVERED or await delivery.send_again(task):
        return
    await ctx.bot.send_message(text=say.html("result-gone"), **place.sending())
    await delivery.fetch_anew(task)
