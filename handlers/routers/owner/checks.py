"""/checks: which checks are on, what each costs, how its last use went; for owners."""

import re
from collections.abc import Mapping

import structlog
from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.prices.price import Price, price_of
from checking.services import offering
from checking.services.offering import Listed
from handlers.shared.callbacks import SwitchButton
from handlers.shared.card import Card, check_name, keyboard_of
from handlers.shared.commands import CHECKS
from handlers.shared.context import BotContext
from handlers.shared.filters import PRIVATE
from handlers.shared.formats import about, date_text, money, shortened
from handlers.shared.messages import turn
from handlers.shared.texts import Html, Phrases

PAGE_SIZE = 6
LONGEST_WORDS = 60
_NUMBERS = re.compile(r"\d{9,}")


log = structlog.get_logger("checks")


def build() -> Router:
    """Build the router of the page of checks."""
    router = Router(name="checks")
    router.message.filter(PRIVATE)
    router.message.register(on_checks, Command(CHECKS))
    router.callback_query.register(on_switch, SwitchButton.filter())
    return router


async def on_checks(message: Message, ctx: BotContext, say: Phrases) -> None:
    """Show the first page; the command exists for owners only."""
    if message.from_user is None or not ctx.people.is_owner(message.from_user.id):
        raise SkipHandler
    card = await _card(ctx, say, 0)
    await message.answer(card.text, reply_markup=card.keyboard)


async def on_switch(
    query: CallbackQuery, callback_data: SwitchButton, ctx: BotContext, say: Phrases
) -> None:
    """Turn a check on or off, or show another page."""
    owner_id, key = query.from_user.id, callback_data.check
    if not ctx.people.is_owner(owner_id):
        await query.answer(say.plain("notice-not-yours"))
        return
    check = next((each for each in ctx.catalogue.available() if each.key == key), None)
    if check is not None:
        now, on = ctx.clock.now(), callback_data.on
        async with ctx.database.write() as connection:
            await offering.turn(connection, check, on=on, by=owner_id, now=now)
        log.info("check turned", check=key, on=on)
    await query.answer(say.plain("notice-gone") if key and check is None else "")
    await turn(query, await _card(ctx, say, callback_data.page))


async def _card(ctx: BotContext, say: Phrases, page: int) -> Card:
    async with ctx.database.read() as connection:
        listed = await offering.every(connection, ctx.catalogue, ctx.database.vault)
        prices = {each.check.key: await price_of(connection, each.check) for each in listed}
    return checks_card(say, listed, prices, page)


def checks_card(
    say: Phrases, listed: list[Listed], prices: Mapping[str, Price | None], page: int
) -> Card:
    """One page of all checks whose key is set, from 0; the last one where it has no such page."""
    if not listed:
        return Card(say.html("checks-none"))
    page = min(page, (len(listed) - 1) // PAGE_SIZE)
    shown = listed[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    is_on = sum(each.is_on for each in listed)
    lines = [say.html("checks-head", on=is_on, count=len(listed)), Html("")]
    switches, turns = InlineKeyboardBuilder(), InlineKeyboardBuilder()
    for each in shown:
        lines.append(_line(say, each, prices.get(each.check.key)))
        key = "button-turn-off" if each.is_on else "button-turn-on"
        turn = SwitchButton(check=each.check.key, on=not each.is_on, page=page)
        switches.button(text=say.plain(key, check=check_name(say, each.check)), callback_data=turn)
    switches.adjust(1)
    if page > 0:
        turns.button(text="◀", callback_data=SwitchButton(check="", on=False, page=page - 1))
    if (page + 1) * PAGE_SIZE < len(listed):
        turns.button(text="▶", callback_data=SwitchButton(check="", on=False, page=page + 1))
    return Card("\n".join(lines), keyboard_of(switches, turns))


def _line(say: Phrases, each: Listed, price: Price | None) -> Html:
    check, last = each.check, each.last
    pieces = [say.html("checks-on" if each.is_on else "checks-off", check=check_name(say, check))]
    if price is not None:
        cost = about(say, money(say, price.per_1000, price.currency), is_about=price.is_about)
        pieces.append(say.html("checks-price", price=cost))
    pieces.append(say.html("checks-minimum", minimum=check.minimum))
    if last is None:
        pieces.append(say.html("checks-never"))
    else:
        # A service may name a number of somebody's list in its words.
        words = shortened(_NUMBERS.sub("…", " ".join(last.reason_text.split())), LONGEST_WORDS)
        date = date_text(say, last.started_at)
        if last.is_taken:
            pieces.append(say.html("checks-taken", date=date))
        elif last.is_taken is None:
            pieces.append(say.html("checks-open", date=date))
        elif words:
            pieces.append(say.html("checks-refused-words", date=date, words=words))
        else:
            pieces.append(say.html("checks-refused", date=date))
    return Html(" · ".join(pieces))
