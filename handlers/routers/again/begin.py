"""*Check again*: a finished check begun anew, up to its quote."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from checking.again import FINISHED
from checking.limits.shares import (
    MOST_KEPT_BYTES,
    MOST_WAITING,
    TooManyListsError,
    TooMuchKeptError,
)
from checking.memory.exclusions import ExclusionsBrokenError
from handlers.guards.ownership import my_result
from handlers.outgoing.screen import Screen
from handlers.shared.callbacks import TaskAct, TaskButton
from handlers.shared.context import BotContext
from handlers.shared.places import tapped_place
from handlers.shared.texts import Phrases


def build() -> Router:
    """Build the router of *Check again*."""
    router = Router(name="begin_again")
    router.callback_query.register(on_again, TaskButton.filter(F.act == TaskAct.AGAIN))
    return router


async def on_again(
    query: CallbackQuery, callback_data: TaskButton, ctx: BotContext, screen: Screen, say: Phrases
) -> None:
    """Begin a finished check anew; the courier shows its list."""
    task = await my_result(query, ctx, callback_data.id)
    if task is None or task.state not in FINISHED:
        await query.answer(say.plain("notice-gone"))
        return
    place = tapped_place(query, task)
    try:
        begun = await ctx.again.begin(task, place)
    except TooManyListsError:
        refused = say.html("lists-too-many", count=MOST_WAITING)
    except TooMuchKeptError:
        refused = say.html("trouble-too_much_kept", megabytes=MOST_KEPT_BYTES // 1_000_000)
    except ExclusionsBrokenError:
        refused = say.html("trouble-sealed")
    else:
        gone = say.plain("again-no-source")
        await query.answer("" if begun else gone, show_alert=begun is None)
        if begun and not begun.is_new:
            await screen.bring_list(begun.list_id)
        return
    await query.answer()
    await ctx.bot.send_message(text=refused, **place.sending())
