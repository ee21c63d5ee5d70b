"""The context of the handlers, built from the settings."""

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.settings import Settings
from checking.again import Again
from checking.baskets import Baskets
from checking.context import TaskContext
from checking.desk import Desk
from checking.limits.sweeps import Sweeps
from checking.lists import ListLedger
from checking.lookups.desk import LookupDesk
from checking.lookups.line import LookupLine
from checking.people import People
from checking.quota import Quotas
from checking.schedules.schedules import Schedules
from handlers.outgoing.menu import set_menu
from handlers.shared.context import BotContext, Limits
from handlers.shared.texts import Texts
from runtime.remembered import Remembered
from storage.people.chats import FirstFile

MEGABYTE = 1_000_000
CLOUD_DOWNLOAD, CLOUD_UPLOAD = 20 * MEGABYTE, 50 * MEGABYTE
LOCAL_LIMIT = 2_000 * MEGABYTE

log = structlog.get_logger("app")


def build_context(
    settings: Settings, task_ctx: TaskContext, line: LookupLine, bot: Bot, consent_version: int
) -> BotContext:
    """Build what handlers, reader and courier share."""
    database, clock, wake_up = task_ctx.database, task_ctx.clock, task_ctx.ledger.wake_up
    people = People(
        database=database,
        clock=clock,
        owners=frozenset(settings.owner_ids),
        is_open=settings.access == "open",
        consent_version=consent_version,
    )
    quotas = Quotas(
        people,
        database.vault,
        clock,
        task_ctx.budgets,
        daily_numbers=settings.daily_numbers,
        daily_lookups=settings.daily_lookups,
    )
    sweeps = Sweeps(database.vault, clock, settings.max_run)
    local = settings.telegram_local
    return BotContext(
        bot=bot,
        database=database,
        catalogue=task_ctx.catalogue,
        desk=Desk(task_ctx, people, quotas, sweeps),
        ledger=task_ctx.ledger,
        lists=ListLedger(database, clock, wake_up),
        baskets=Baskets(database, task_ctx.glass, clock, wake_up),
        again=Again(task_ctx, people),
        glass=task_ctx.glass,
        lookups=LookupDesk(
            database=database,
            line=line,
            people=people,
            quotas=quotas,
            sweeps=sweeps,
            wake_up=wake_up,
            clock=clock,
        ),
        texts=Texts(settings.default_language),
        clock=clock,
        wake_up=wake_up,
        limits=Limits(
            download=LOCAL_LIMIT if local else CLOUD_DOWNLOAD,
            upload=LOCAL_LIMIT if local else CLOUD_UPLOAD,
            longest_run=settings.max_run,
            region=settings.default_region,
        ),
        owners=people.owners,
        people=people,
        quotas=quotas,
        schedules=Schedules(database, task_ctx.catalogue, people, clock, wake_up),
        standings=Remembered(lambda: database.claims.replica is None),
        balance_for_all=settings.show_balance,
        first_file=FirstFile(settings.first_file),
    )


async def set_menus(ctx: BotContext) -> None:
    """Set the command menus; if Telegram fails, log it and leave them to the next start."""
    try:
        chosen = {owner: (await ctx.language(owner)).chosen for owner in ctx.owners}
        ctx.without_menu.update(await set_menu(ctx.bot, ctx.texts, chosen))
    except AiogramError as error:
        log.warning("command menu not set", error=repr(error))
