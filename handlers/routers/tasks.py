"""The buttons of started checks."""

from collections.abc import Awaitable, Callable
from functools import partial

from aiogram import F, Router
from aiogram.types import CallbackQuery

from checking.again import FINISHED
from checking.quotes import PriceChangedError
from handlers.cards.known import gone_text
from handlers.cards.result import opened_card
from handlers.guards.ownership import NotMineError, my_result, my_task
from handlers.outgoing.results.delivery import Delivery
from handlers.outgoing.screen import Screen
from handlers.shared.callbacks import DecisionAct, DecisionButton, TaskAct, TaskButton
from handlers.shared.card import Card, check_name, short_title
from handlers.shared.context import BotContext
from handlers.shared.messages import turn
from handlers.shared.places import tapped_place
from handlers.shared.texts import Phrases
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

S = TaskState


def build() -> Router:
    """Build the router of the buttons of checks."""
    router = Router(name="tasks")
    waiting = F.act.in_({TaskAct.PRIVATELY, TaskAct.HERE})
    router.callback_query.register(on_not_taken, TaskButton.filter(waiting))
    shown = TaskButton.filter(F.act.in_({TaskAct.SHOW, TaskAct.FILE, TaskAct.RAW}))
    router.callback_query.register(on_task, shown)
    # Start, and the consent it needs, are decided by `start_check`, which comes before.
    router.callback_query.register(on_decision, DecisionButton.filter())
    return router


async def on_task(
    query: CallbackQuery,
    *,
    callback_data: TaskButton,
    ctx: BotContext,
    screen: Screen,
    delivery: Delivery,
    say: Phrases,
) -> None:
    """Show the card of a check, or send a file of its result."""
    if callback_data.act is TaskAct.SHOW:
        task = await my_task(query, ctx, callback_data.id)
    else:
        task = await my_result(query, ctx, callback_data.id, here=False)
    if task is None:
        await query.answer(say.plain("notice-gone"))
        return
    await query.answer()
    if callback_data.act is TaskAct.SHOW:
        # A new message at the end of the chat, which is the card from now on.
        card, place = await screen.card_of(task), tapped_place(query, task)
        if task.state in FINISHED and place.chat_id == task.goes_to:
            card = opened_card(say, card, task, ctx.catalogue.get(task.check_key))
        message = await ctx.bot.send_message(
            text=card.text, reply_markup=card.keyboard, **place.sending()
        )
        await screen.moved(task, message.message_id)
        return
    is_raw = callback_data.act is TaskAct.RAW
    if task.state is S.DELIVERED and not await delivery.send_again(task, is_raw=is_raw):
        place = tapped_place(query, task)
        await ctx.bot.send_message(text=gone_text(say, task), **place.sending())
        await delivery.fetch_anew(task)


async def on_not_taken(
    query: CallbackQuery,
    *,
    callback_data: TaskButton,
    ctx: BotContext,
    delivery: Delivery,
    say: Phrases,
) -> None:
    """Bring a result that its group takes no file of: to its person, or once more to the group."""
    task = await my_task(query, ctx, callback_data.id)
    if task is None:
        await query.answer(say.plain("notice-gone"))
        return
    privately = callback_data.act is TaskAct.PRIVATELY
    if privately and query.from_user.id != task.person_id:
        raise NotMineError
    if privately and not await ctx.people.may_use(task.person_id):
        await query.answer(say.plain("group-no-private"), show_alert=True)
        return
    if task.is_private and not privately:  # it was settled since: it is for its person alone
        await query.answer(say.plain("notice-gone"))
        return
    is_brought = await delivery.bring_to(task, task.person_id if privately else task.chat_id)
    await query.answer("" if is_brought else say.plain("notice-moved-on"))
    if is_brought:
        key = "group-goes-privately" if privately else "result-ready"
        check = check_name(say, ctx.catalogue.get(task.check_key), task.check_key)
        await turn(query, Card(say.html(key, title=short_title(task.title), check=check)))


async def on_decision(
    query: CallbackQuery,
    callback_data: DecisionButton,
    ctx: BotContext,
    screen: Screen,
    say: Phrases,
) -> None:
    """Carry out a decision about a started check, if all is still as its card showed it."""
    task, posts = await my_task(query, ctx, callback_data.id), callback_data.posts
    if task is None:
        await query.answer(say.plain("notice-gone"))
        return
    by, said = query.from_user.id, callback_data.said
    decide: dict[DecisionAct, Callable[[Task, int], Awaitable[bool]]] = {
        DecisionAct.DONT_SEND: ctx.desk.dont_send,
        DecisionAct.SEND_AGAIN: partial(ctx.desk.send_again, by=by, said=said),
        DecisionAct.DROP: ctx.desk.drop,
        DecisionAct.LOOK_AGAIN: ctx.desk.look_again,
    }
    try:
        is_done = await decide[callback_data.act](task, posts)
    except PriceChangedError:
        await ctx.desk.quote_again(task)
        await screen.show_task(task.id)
        raise
    if is_done:
        await query.answer()
        await screen.show_task(task.id)
    elif callback_data.act is DecisionAct.DONT_SEND and await ctx.desk.dont_retry(task, posts):
        await query.answer(say.plain("notice-under-way"), show_alert=True)
    elif task.posts == posts:
        await query.answer(say.plain("notice-done"))
    else:
        await query.answer(say.plain("notice-moved-on"))
