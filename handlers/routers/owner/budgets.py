"""The pages, in /people and /groups, on which owners set budgets."""

from decimal import Decimal

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.cards.people import BUDGETS, SETTING, budget_card
from handlers.shared.callbacks import BudgetButton
from handlers.shared.card import short_title
from handlers.shared.context import BotContext
from handlers.shared.messages import turn
from handlers.shared.texts import Phrases
from storage.people import budgets, groups
from storage.people.budgets import Holder


def build() -> Router:
    """Build the router of the pages about budgets."""
    router = Router(name="budgets")
    router.callback_query.register(on_budget_button, BudgetButton.filter())
    return router


async def on_budget_button(
    query: CallbackQuery, callback_data: BudgetButton, ctx: BotContext, say: Phrases
) -> None:
    """Set a budget if an amount was chosen, and show its page."""
    if not ctx.people.is_owner(query.from_user.id):
        await query.answer(say.plain("notice-not-yours"))
        return
    amount, period = callback_data.amount, callback_data.period
    holder = Holder(callback_data.holder, callback_data.is_group)
    vault = ctx.database.vault
    if amount in (*BUDGETS[period], 0, SETTING):
        limit = None if amount == SETTING else Decimal(amount)
        async with ctx.database.write() as connection:
            await budgets.set_limit(connection, vault, holder, period, limit)
    await query.answer()
    name = "" if holder.is_group else await ctx.people.name(holder.id)
    if holder.is_group:
        async with ctx.database.read() as connection:
            group = await groups.get(connection, vault, holder.id)
        name = short_title(group.title) if group else ""
    name, page = name or str(holder.id), callback_data.page
    card = await budget_card(ctx, say, holder, period, name=name, page=page)
    await turn(query, card)
