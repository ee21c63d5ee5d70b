"""Lists that are made of another one's numbers: without those that are never to be checked."""

from dataclasses import replace

from checking.memory import exclusions
from handlers.shared.context import BotContext
from handlers.shared.places import Place
from handlers.shared.texts import Phrases
from runtime.confined.files import Files
from sheets.glass.shapes import Numbers
from storage.lists import beside, lists


async def derive(
    ctx: BotContext,
    say: Phrases,
    list_id: str,
    picked: Numbers,
    *,
    title: str,
    place: Place,
    once: bool = False,
) -> str | None:
    """Make a list of these numbers of another one, there; say how many of them are left out.

    once: One that is there already, and has no check yet, does instead.

    Returns its id; None where the other list is gone, nothing is left, or what is never to be
    checked can't be told. Raises TooMuchKeptError, TooMuchError and BrokenWorkError.
    """
    async with ctx.database.read() as connection:
        of = await lists.get(connection, ctx.database.vault, list_id)
    if of is None:
        return None
    kept = picked
    with Files() as files:
        try:
            there = replace(of, chat_id=place.chat_id)
            excluded = await exclusions.hold(ctx.database, there, files)
        except exclusions.ExclusionsBrokenError:
            text = say.html("trouble-sealed")
            await ctx.bot.send_message(text=text, **place.sending())
            return None
        if excluded is not None:
            kept = await ctx.glass.leave_out(picked.body, excluded, of=of.person_id)
    if once:
        async with ctx.database.read() as connection:
            same = await beside.same_made(connection, of, kept.fingerprint)
        if same is not None:
            return same
    if kept.count < picked.count:
        lines = [say.html("list-excluded", numbers=picked.count - kept.count)]
        if not kept.count:
            lines.append(say.html("trouble-all_excluded"))
        await ctx.bot.send_message(text="\n".join(lines), **place.sending())
    return await ctx.lists.derive(list_id, kept, title, place) if kept.count else None
