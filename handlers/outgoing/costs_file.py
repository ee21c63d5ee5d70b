"""The table of costs: by day, person, group and check, as a csv for the owners."""

from decimal import Decimal

from aiogram.types import BufferedInputFile

from handlers.shared.card import check_name
from handlers.shared.context import BotContext
from handlers.shared.texts import Phrases
from storage.people import costs, groups, usage
from storage.schema.price_tables import MILLION
from storage.upkeep.forget_person import NOBODY

HEAD = (
    *("day", "person", "person_id", "group", "group_id", "check", "checks", "numbers"),
    *("shown", "currency", "taken", "currency", "known"),
)


async def name_of(ctx: BotContext, say: Phrases, person_id: int) -> str:
    """Return a person's name, or that somebody had themselves forgotten; empty if unknown."""
    if person_id == NOBODY:
        return say.plain("stats-gone")
    return await ctx.people.name(person_id)


async def send_costs(ctx: BotContext, say: Phrases, owner: int, days: int) -> None:
    """Send an owner what was used on the last days, today among them."""
    now = ctx.clock.now()
    since = usage.day_of(now, back=days - 1)
    async with ctx.database.read() as connection:
        found = await costs.each(connection, since)
        chats = {each["chat_id"] for each in found}
        titles = await groups.titles(connection, ctx.database.vault, chats)
    rows = [[say.plain(f"costs-{name}") for name in HEAD]]
    for each in found:
        person, chat = each["person_id"], each["chat_id"]
        rows.append(
            [
                each["day"],
                await name_of(ctx, say, person),
                str(person) if person != NOBODY else "",
                titles.get(chat, ""),
                str(chat) if chat in titles else "",
                check_name(say, ctx.catalogue.get(each["check_key"]), each["check_key"]),
                str(each["tasks"]),
                str(each["numbers"]),
                _amount(each["shown"]),
                each["currency"],
                _amount(each["taken"]),
                each["true_currency"],
                say.plain(f"known-{each['true_kind'] or 'unknown'}"),
            ]
        )
    data = await ctx.glass.write_rows(rows, of=owner)
    name = say.plain("costs-file", since=since, until=usage.day_of(now))
    await ctx.bot.send_document(owner, document=BufferedInputFile(data, f"{name}.csv"))


def _amount(millionths: int | None) -> str:
    """An amount for a spreadsheet, whatever the language: 0.35."""
    return "" if millionths is None else f"{Decimal(int(millionths)) / MILLION:f}"
