"""Errors to plant into the bot, to show that the audit finds them."""

import asyncio
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.telegram.pacer import GetRawUpdates
from bot.telegram.polling import Intake
from checking import baskets, numbers
from checking.desk import Desk
from checking.limits.budgets import Bounds
from checking.lookups.line import LookupLine
from checking.people import People
from checking.quota import Quotas
from checking.services import errors
from checking.services.catalogue import Check
from checking.services.http import HttpAnswer, LastLook, ServiceHttp
from handlers.outgoing.results import delivery, media_message
from handlers.outgoing.results.media_message import MediaMessage
from handlers.shared.places import place_of
from handlers.shared.telegram_errors import is_card_gone
from storage.database import Database
from storage.engines.postgres import PostgresEngine
from storage.lists import baskets as stored_baskets
from storage.lists.lists import NumberList
from storage.people import usage
from storage.replicas.leases import Replica
from storage.schema.tables import instances
from storage.tasks.tasks import Task
from storage.upkeep import forget_person

WINDOW = 0.2  # real seconds, long enough for a kill to hit it soon


def offset_first() -> None:
    """Confirm updates to Telegram before they are stored."""
    store = Intake.store

    async def careless(self: Intake, batch: list[dict[str, Any]]) -> None:
        after = max(int(update["update_id"]) for update in batch) + 1
        await self._bot(GetRawUpdates(offset=after, timeout=0))
        await asyncio.sleep(WINDOW)
        await store(self, batch)

    Intake.store = careless  # type: ignore[method-assign]


def post_again() -> None:
    """Post a list again after an unclear answer."""
    once = ServiceHttp.post_paid

    async def twice(
        self: ServiceHttp, path: str, fields: dict[str, str], file: bytes, last_look: LastLook
    ) -> HttpAnswer:
        try:
            return await once(self, path, fields, file, last_look)
        except errors.UnclearError:
            return await once(self, path, fields, file, last_look)

    ServiceHttp.post_paid = twice  # type: ignore[method-assign]


def forget_pauses() -> None:
    """Forget the pauses of lookup instances at each start."""
    recover = LookupLine.recover

    async def forgetful(self: LookupLine) -> None:
        async with self._database.write() as connection:
            await connection.execute(sa.delete(instances))
        await recover(self)

    LookupLine.recover = forgetful  # type: ignore[method-assign]


def no_fence() -> None:
    """Let a replica go on after it has lost its lease."""
    begins = PostgresEngine._begins

    def unguarded(self: PostgresEngine, *, fenced: bool) -> str:
        return begins(self, fenced=fenced).partition("; DO $$")[0]

    PostgresEngine._begins = unguarded  # type: ignore[method-assign]
    Replica.alive = True  # type: ignore[assignment,method-assign]


def free_quota() -> None:
    """Count no POST against anybody's day."""

    async def counts_nothing(*args: object, **more: object) -> None:
        del args, more

    usage.reserve = counts_nothing


def again_free() -> None:
    """Count *Start* against somebody's day, and *Send again* not."""
    reserve = Quotas.reserve

    async def once(
        self: Quotas, connection: AsyncConnection, task: Task, check: Check | None, by: int
    ) -> None:
        if not task.posts:
            await reserve(self, connection, task, check, by)

    Quotas.reserve = once  # type: ignore[method-assign]


def late_taps() -> None:
    """Let *Send again* answer whatever is asked now."""
    again = Desk.send_again

    async def late(self: Desk, task: Task, posts: int, by: int, said: int) -> bool:
        return await again(self, task, max(task.posts, posts), by, said)

    Desk.send_again = late  # type: ignore[method-assign]


def private_leaks() -> None:
    """Bring private results to the group that their lists came from."""
    delivery.result_place = place_of  # type: ignore[attr-defined,assignment]


def deleted_is_the_end() -> None:
    """Take a result for delivered whose announcement was deleted."""
    bring = delivery.bring  # type: ignore[attr-defined]
    media_message.is_card_gone = lambda error: not error  # type: ignore[attr-defined]

    async def once(
        bot: Bot, message: MediaMessage, notice_id: int | None, note: Callable[[int], Any]
    ) -> tuple[int, str]:
        try:
            return await bring(bot, message, notice_id, note)
        except TelegramBadRequest as error:
            if not is_card_gone(error):
                raise
            return notice_id or 0, ""

    delivery.bring = once  # type: ignore[attr-defined]


def removed_start() -> None:
    """Let those who were removed go on as before."""

    async def anybody(self: People, *args: object) -> bool:
        del self, args
        return True

    People.may_use = People.may_start = anybody  # type: ignore[method-assign,assignment]


def forgets_nothing() -> None:
    """Say that everything is erased, and erase nothing."""

    async def keeps(*args: object) -> list[str]:
        del args
        return []

    forget_person.forget = keeps  # type: ignore[assignment]


def posts_known() -> None:
    """Send all of a list where its person agreed to send what is new."""

    async def whole(database: Database, task: Task) -> bytes | None:
        return await numbers.as_upload(database, task.list_id)

    numbers.upload_of = whole


def endless_budgets() -> None:
    """Start whatever it costs, and offer it."""
    Bounds.refusal = None  # type: ignore[assignment,method-assign]


def keeps_what_left() -> None:
    """Leave the numbers of a list in its basket that was taken out."""

    async def leaves(connection: AsyncConnection, member: NumberList, now: float) -> bool:
        del now
        await stored_baskets.leave(connection, member.id)
        return True

    baskets.let_out = leaves


ERRORS: dict[str, Callable[[], None]] = {
    "offset-first": offset_first,
    "post-again": post_again,
    "forget-pauses": forget_pauses,
    "no-fence": no_fence,
    "free-quota": free_quota,
    "again-free": again_free,
    "late-taps": late_taps,
    "private-leaks": private_leaks,
    "deleted-is-the-end": deleted_is_the_end,
    "removed-start": removed_start,
    "forgets-nothing": forgets_nothing,
    "posts-known": posts_known,
    "endless-budgets": endless_budgets,
    "keeps-what-left": keeps_what_left,
}


def plant(name: str) -> None:
    """Plant one of ERRORS into this process."""
    ERRORS[name]()
