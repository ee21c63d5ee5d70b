"""/instances: the state of the lookup service's instances, for owners."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.lookups.desk import InstanceView
from handlers.shared.callbacks import InstanceAct, InstanceButton
from handlers.shared.card import Card, keyboard_of
from handlers.shared.commands import INSTANCES
from handlers.shared.context import BotContext
from handlers.shared.formats import clock_time, duration, fitting
from handlers.shared.messages import turn
from handlers.shared.texts import Html, Phrases


def build() -> Router:
    """Build the router of the lookup service's instances."""
    router = Router(name="lookup_instances")
    router.message.register(on_instances, Command(INSTANCES))
    router.callback_query.register(on_instance, InstanceButton.filter())
    return router


async def on_instances(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Show the instances; the command exists for owners only."""
    if message.from_user is None or message.from_user.id not in ctx.owners:
        raise SkipHandler
    card = await _card(ctx, say)
    await message.answer(card.text, reply_markup=card.keyboard)


async def on_instance(
    query: CallbackQuery, callback_data: InstanceButton, ctx: BotContext, say: Phrases
) -> None:
    """Pause or resume an instance, and show the new state."""
    if query.from_user.id not in ctx.owners:
        await query.answer(say.plain("notice-not-yours"))
        return
    known = {view.instance.id for view in await ctx.lookups.instances()}
    if callback_data.act is not InstanceAct.SHOW and callback_data.id not in known:
        await query.answer(say.plain("notice-gone"))
        return
    match callback_data.act:
        case InstanceAct.PAUSE:
            await ctx.lookups.hold(callback_data.id)
        case InstanceAct.RESUME:
            await ctx.lookups.resume(callback_data.id)
        case InstanceAct.SHOW:
            pass
    await query.answer()
    await turn(query, await _card(ctx, say))


async def _card(ctx: BotContext, say: Phrases) -> Card:
    views = await ctx.lookups.instances()
    if not views:
        return Card(say.html("instances-none"))
    now = ctx.clock.now()
    waiting = say.html("instances-waiting", waiting=await ctx.lookups.count_waiting())
    lines = [say.html("instances-head"), waiting, *(_lines(say, view, now) for view in views)]
    buttons = InlineKeyboardBuilder()
    for view in views:
        instance = view.instance
        rests = instance.held or view.pause_end is not None
        early = rests and not instance.held and instance.trouble == "limit"
        key = "button-resume" if rests else "button-pause"
        act = InstanceAct.RESUME if rests else InstanceAct.PAUSE
        buttons.button(
            text=say.plain("button-resume-early" if early else key, id=instance.id),
            callback_data=InstanceButton(act=act, id=instance.id),
            style="danger" if early else None,
        )
    look = InstanceButton(act=InstanceAct.SHOW, id="")
    buttons.button(text=say.plain("button-refresh"), callback_data=look)
    buttons.adjust(1)
    return Card(fitting(lines, between="\n\n"), keyboard_of(buttons))


def _lines(say: Phrases, view: InstanceView, now: float) -> Html:
    instance = view.instance
    if instance.held:
        state = say.html("instance-held")
    elif instance.trouble is None:
        state = say.html("instance-works")
    elif view.pause_end is None:
        state = say.html("instance-over")
    else:
        at = clock_time(view.pause_end, now)
        state = say.html(f"instance-trouble-{instance.trouble}", at=at)
    lines = [say.html("instance-head", id=instance.id), state]
    lines.append(say.html("instance-budget", spent=view.spent, budget=view.budget))
    lines.append(say.html("instance-month", lookups=view.lookups))
    if instance.answered_at is not None:
        ago = Html(duration(say, max(now - instance.answered_at, 0.0)))
        answer = say.html(f"instance-answer-{instance.answer}")
        lines.append(say.html("instance-last", ago=ago, answer=answer))
    return Html("\n".join(lines))
