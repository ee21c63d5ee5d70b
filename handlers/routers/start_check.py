"""*Start*: after consent to the terms, and within daily quota and budgets."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from checking.limits.budgets import OverBudgetError
from checking.memory.splits import Sent
from checking.quota import OverQuotaError
from checking.quotes import PriceChangedError
from handlers.cards.terms import terms_of_task
from handlers.guards.ownership import my_task
from handlers.outgoing.screen import Screen
from handlers.shared.callbacks import DecisionAct, DecisionButton
from handlers.shared.context import BotContext
from handlers.shared.formats import person_name
from handlers.shared.messages import put
from handlers.shared.places import place_of
from handlers.shared.texts import Phrases
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task


def build() -> Router:
    """Build the router of *Start*, and of the consent it may need."""
    router = Router(name="start_check")
    router.callback_query.register(
        on_start_button, DecisionButton.filter(F.act == DecisionAct.START)
    )
    router.callback_query.register(on_agree, DecisionButton.filter(F.act == DecisionAct.AGREE))
    router.callback_query.register(on_whole, DecisionButton.filter(F.act == DecisionAct.WHOLE))
    return router


async def on_start_button(
    query: CallbackQuery,
    callback_data: DecisionButton,
    ctx: BotContext,
    screen: Screen,
    say: Phrases,
) -> None:
    """Start the check, or show the terms before a person's first one."""
    task = await _draft(query, callback_data, ctx, say)
    if task is None:
        return
    if await ctx.people.has_consented(query.from_user.id):
        await _start(query, ctx, screen, task, say)
    else:
        await query.answer()
        card_id = query.message.message_id if query.message else task.messages.card_id
        await put(ctx.bot, place_of(task), card_id, terms_of_task(say, task))


async def on_agree(
    query: CallbackQuery,
    callback_data: DecisionButton,
    ctx: BotContext,
    screen: Screen,
    say: Phrases,
) -> None:
    """Store the consent, and start the check."""
    task = await _draft(query, callback_data, ctx, say)
    if task is not None:
        await ctx.people.consent(query.from_user.id, person_name(query.from_user))
        await _start(query, ctx, screen, task, say)


async def on_whole(
    query: CallbackQuery,
    callback_data: DecisionButton,
    ctx: BotContext,
    screen: Screen,
    say: Phrases,
) -> None:
    """Show the quote for all of the list, whatever is remembered of it."""
    task = await _draft(query, callback_data, ctx, say)
    if task is not None:
        await query.answer()
        by = query.from_user.id
        if not await screen.show_quote(task.list_id, task.check_key, by, "whole"):
            await screen.show_list(task.list_id)


async def _draft(
    query: CallbackQuery, button: DecisionButton, ctx: BotContext, say: Phrases
) -> Task | None:
    """Return the draft that the button starts; None if it was started, and that is said."""
    task = await my_task(query, ctx, button.id)
    if task is None:
        await query.answer(say.plain("notice-gone"))
    elif (task.state, task.posts) != (TaskState.DRAFT, button.posts):
        await query.answer(say.plain("notice-done"))
    else:
        return task
    return None


async def _start(
    query: CallbackQuery, ctx: BotContext, screen: Screen, task: Task, say: Phrases
) -> None:
    try:
        done = await ctx.desk.start(task, task.posts, query.from_user.id)
    except (OverQuotaError, OverBudgetError, PriceChangedError):
        sent: Sent = "new" if task.known else "whole"
        await screen.show_quote(task.list_id, task.check_key, query.from_user.id, sent)
        raise
    await query.answer("" if done else say.plain("notice-done"))
    if done:
        await screen.show_task(task.id)
