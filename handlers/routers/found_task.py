"""*I found it*: an unclear task is taken up by its id at the service, and posted no more."""

import contextlib

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from handlers.cards.task import found_question
from handlers.outgoing.screen import Screen
from handlers.shared.callbacks import DecisionAct, DecisionButton
from handlers.shared.context import BotContext
from handlers.shared.filters import Is
from handlers.shared.places import is_anonymous, person_of, tapped_place
from handlers.shared.texts import Phrases
from storage.tasks import tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task


def build() -> Router:
    """Build the router of the question for the id, and of the reply to it."""
    router = Router(name="found_task")
    found, leave = F.act == DecisionAct.FOUND, F.act == DecisionAct.LEAVE
    router.callback_query.register(on_found, DecisionButton.filter(found))
    router.callback_query.register(on_leave, DecisionButton.filter(leave))
    router.message.register(on_id, Is(F.text & F.reply_to_message.reply_markup))
    return router


async def on_found(
    query: CallbackQuery, callback_data: DecisionButton, ctx: BotContext, say: Phrases
) -> None:
    """Ask for the id, where it was tapped."""
    task = await _claimed(ctx, callback_data.id, query.from_user.id)
    if task is None or query.message is None:
        await query.answer(say.plain("notice-gone"))
    elif task.posts != callback_data.posts:
        await query.answer(say.plain("notice-moved-on"))
    elif task.state is not TaskState.UNCONFIRMED:
        await query.answer(say.plain("notice-done"))
    else:
        await query.answer()
        card, place = found_question(say, task), tapped_place(query, task)
        await ctx.bot.send_message(text=card.text, reply_markup=card.keyboard, **place.sending())


async def on_leave(
    query: CallbackQuery, callback_data: DecisionButton, ctx: BotContext, say: Phrases
) -> None:
    """Take the question back; nothing was stored of it."""
    await query.answer(say.plain("notice-kept"))
    if query.message is not None and await _claimed(ctx, callback_data.id, query.from_user.id):
        chat_id, message_id = query.message.chat.id, query.message.message_id
        with contextlib.suppress(TelegramBadRequest):  # it is older than two days
            await ctx.bot.delete_message(chat_id, message_id)


async def on_id(message: Message, ctx: BotContext, screen: Screen, say: Phrases) -> None:
    """Take up the task of the id that replies to the question."""
    question = _question(message, ctx)
    if question is None:
        raise SkipHandler
    task = await _claimed(ctx, question.id, person_of(message))
    if task is None:
        if is_anonymous(message):
            await message.answer(say.html("found-not-anonymous"))
            return
        raise SkipHandler
    why_not = await ctx.desk.claim(task, question.posts, (message.text or "").strip())
    if why_not is not None:
        await message.reply(say.html(f"found-not-{why_not}", numbers=task.numbers))
        return
    await message.reply(say.html("found-followed", numbers=task.numbers))
    await screen.show_task(task.id)


def _question(message: Message, ctx: BotContext) -> DecisionButton | None:
    """Return what a message replies to, if that is our question: its button tells the task.

    The question needs no row of its own, and is answered after a restart, too.
    """
    asked = message.reply_to_message
    if asked is None or asked.reply_markup is None or asked.from_user is None:
        return None
    if asked.from_user.id != ctx.bot.id:  # another bot may have buttons that look like ours
        return None
    rows = asked.reply_markup.inline_keyboard
    try:
        button = DecisionButton.unpack(rows[0][0].callback_data or "")
    except (ValueError, TypeError, IndexError):
        return None
    return button if button.act is DecisionAct.LEAVE else None


async def _claimed(ctx: BotContext, task_id: str, person_id: int) -> Task | None:
    """Return the task if this person may say which it is at its service."""
    async with ctx.database.read() as connection:
        task = await tasks.get(connection, ctx.database.vault, task_id)
    return task if task is not None and ctx.people.may_claim(person_id, task) else None
