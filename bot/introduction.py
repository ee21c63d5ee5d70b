"""What `numberdesk run` says of itself at its start: a line, and what may not be meant so."""

import structlog
from aiogram.exceptions import AiogramError
from sqlalchemy import make_url

from bot.settings import Settings, misspelt
from checking.services.offering import on_offer
from handlers.shared.context import BotContext
from runtime.errors import CutOffError

log = structlog.get_logger("app")


def warn() -> None:
    """Log misspelt settings."""
    for miss in misspelt():
        log.warning("unknown setting", name=miss.name, where=miss.where, meant=miss.meant)


async def introduce(settings: Settings, ctx: BotContext) -> None:
    """Log that nothing is on offer, and how the bot works here, once Telegram tells its name."""
    try:
        async with ctx.database.read() as connection:
            checks = [check.key for check in await on_offer(connection, ctx.catalogue)]
        if not checks and not settings.instances:
            has_key = settings.ekyc_api_key or settings.checknumber_api_key
            hint = "set EKYC_API_KEY, CHECKNUMBER_API_KEY or GREEN_API_INSTANCES"
            log.warning("no check offered", hint="turn one on in /checks" if has_key else hint)
        me = await ctx.bot.me()
    except (AiogramError, CutOffError, TimeoutError):
        return  # whoever fetches updates, or writes, says so
    url = make_url(settings.database_url)  # its user and password stay out of this
    place = f"SQLite {url.database}"
    if settings.is_shared:
        place = f"PostgreSQL {url.database} at {url.host or 'a socket'}"
    log.info(
        "running",
        bot=f"@{me.username}",
        mode="polling" if settings.webhook_url is None else "webhook",
        database=place,
        checks=", ".join(checks + ["lookups"] * bool(settings.instances)) or "none",
        owners=len(settings.owner_ids),
        # With privacy mode Telegram passes on only what names the bot or answers it.
        groups="all messages" if me.can_read_all_group_messages else "privacy mode",
    )
