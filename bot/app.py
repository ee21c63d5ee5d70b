"""Composition root: builds every part, runs them, shuts them down; no import side effects."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog
from aiogram import Bot, Dispatcher

from bot.clock_guard import ClockGuard
from bot.context import build_context, set_menus
from bot.gauges import Gauges
from bot.health import Health
from bot.lazy_models import build_what_every_chat_uses
from bot.membership import Membership, membership_of
from bot.settings import Settings
from bot.sweeper import Sweeper
from bot.telegram.chat_queues import ChatQueues
from bot.telegram.pacer import Pacer, build_bot
from bot.telegram.polling import Intake
from bot.telegram.source import Source
from bot.wiring import (
    build_line,
    build_pool,
    build_source,
    build_task_context,
    keep_data_private,
    read_key,
)
from checking.context import TaskContext
from checking.lookups.line import LookupLine
from checking.metrics import Metrics
from checking.numbers import fingerprint
from checking.people import CONSENT_VERSION
from checking.poller import Poller
from checking.posting.submit import Submitter
from checking.results.fetch import Fetcher
from checking.schedules.due import DueSchedules
from handlers import build_router
from handlers.guards.access import AccessMiddleware
from handlers.guards.groups import GroupMiddleware
from handlers.guards.reception import Reception
from handlers.intake.reader import Reader
from handlers.outgoing.access_requests import AccessRequests
from handlers.outgoing.clean_lists import CleanLists
from handlers.outgoing.courier import Courier
from handlers.outgoing.lookup_screen import LookupScreen
from handlers.outgoing.results.comparisons import Comparisons
from handlers.outgoing.results.delivery import Delivery
from handlers.outgoing.results.products import Products
from handlers.outgoing.screen import Screen
from handlers.schedules.screen import ScheduleScreen
from handlers.shared.context import BotContext
from runtime.clock import Clock, SystemClock
from runtime.confined.pool import ConfinedPool
from runtime.worker import Worker, WorkerPool, first_of
from sheets.glass.glass import Glass
from storage.database import Database, LostLeaseError, lock_folder
from storage.records import answers
from storage.records.answers import Answers
from storage.replicas.leases import Replica
from storage.sealing.vault import Vault

DRAIN_SECONDS = 8.0  # systemd and Docker kill after ten
STOP_SECONDS = 1.0  # for a worker to end its step

log = structlog.get_logger("app")


@dataclass(frozen=True, slots=True)
class App:
    """All parts, ready to run."""

    database: Database
    bot: Bot
    ctx: BotContext
    pacer: Pacer
    intake: Intake
    source: Source
    membership: Membership | None
    workers: list[Worker]
    pools: list[WorkerPool]
    recoveries: list[Callable[[], Awaitable[None]]]
    health: Health

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set, then shut down gracefully.

        Raises NotAuthorizedError if Telegram refuses the token, LostLeaseError if other
        replicas took over.
        """
        membership = self.membership
        lost = asyncio.Event() if membership is None else membership.lost
        if membership is not None:
            await membership.join()
        for recover in self.recoveries:
            await recover()
        await self.intake.recover()
        running = [asyncio.create_task(worker.run(), name=worker.name) for worker in self.workers]
        if membership is not None:
            running.append(asyncio.create_task(membership.worker.run(), name="replica"))
        running.append(asyncio.create_task(set_menus(self.ctx), name="menu"))
        fetching = asyncio.create_task(self.source.run(), name="updates")
        try:
            async with self.health.serve():
                log.info("started")
                await first_of(stop.wait(), asyncio.wait([fetching]), lost.wait())
                if fetching.done():
                    fetching.result()
                log.info("stopping")
        finally:
            await self._shut_down(fetching, running, lost)
            if membership is not None:
                await membership.leave()
        if lost.is_set():
            raise LostLeaseError("lease lost, other replicas took over")

    async def _shut_down(
        self, fetching: asyncio.Task[None], running: list[asyncio.Task[None]], lost: asyncio.Event
    ) -> None:
        """Stop the handlers first, since they create work for the other workers."""
        self.source.stop()
        await _ended([fetching])
        # After a lost lease other replicas already do this work.
        seconds = 0.0 if lost.is_set() else DRAIN_SECONDS / 2
        await self.intake.chat_queues.pool.drain(seconds)
        for worker in self.workers:
            worker.stop()
        if self.membership is not None:
            self.membership.worker.stop()
        await _ended(running)
        await asyncio.gather(*(pool.drain(seconds) for pool in self.pools))
        await self.pacer.pool.drain(min(seconds, 1.0))
        await self.intake.left_in_order()


async def _ended(tasks: list[asyncio.Task[None]]) -> None:
    """Wait for tasks to end; cancel those that take longer than STOP_SECONDS."""
    _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def build_app(
    settings: Settings,
    *,
    clock: Clock | None = None,
    rng: random.Random | None = None,
    database: Database | None = None,
    consent_version: int = CONSENT_VERSION,
    pool: ConfinedPool | None = None,
) -> AsyncGenerator[App]:
    """Build the app from the settings; close it at the end of the block.

    With `consent_version` 0 the bot asks for no consent. A `pool` stays its owner's to close.
    Raises CannotOpenError, CatalogueError.
    """
    clock = clock or SystemClock()
    build_what_every_chat_uses()
    with lock_folder(settings.data_dir):
        keep_data_private(settings)
        database = database or Database(settings.database_url, Vault(read_key(settings)))
        async with AsyncExitStack() as stack:
            if pool is None:
                pool = build_pool(settings)
                stack.callback(pool.close)
            pool.prepare()  # first, so that it is ready when the first list comes
            stack.push_async_callback(database.close)
            await database.open(settings.data_dir / "backups", clock.now())
            if settings.is_shared:
                database.claims = Replica(database, settings.lease_seconds)
            metrics = Metrics()
            metrics.watch(database)
            bot, pacer = build_bot(
                settings.bot_token.get_secret_value(),
                settings.telegram_api_url,
                is_local=settings.telegram_local,
                clock=clock,
                metrics=metrics,
                claims=database.claims,
                proxy=settings.proxy_url,
            )
            stack.push_async_callback(bot.session.close)
            # Only jitter comes from it, no secret.
            rng = rng or random.Random()  # noqa: S311
            glass = Glass(pool, partial(fingerprint, database.vault))
            task_ctx = build_task_context(
                settings, database, clock=clock, rng=rng, metrics=metrics, glass=glass
            )
            for service in task_ctx.services.values():
                stack.push_async_callback(service.http.close)
            line = build_line(settings, task_ctx)
            stack.push_async_callback(line.api.http.close)
            ctx = build_context(settings, task_ctx, line, bot, consent_version)
            yield _assemble(settings, task_ctx, line, ctx, pacer)


def _assemble(
    settings: Settings, task_ctx: TaskContext, line: LookupLine, ctx: BotContext, pacer: Pacer
) -> App:
    """Construct workers, handlers, intake and health, and connect them."""
    bot, clock, database = ctx.bot, task_ctx.clock, task_ctx.database
    folder = settings.data_dir / "results"
    submitter = Submitter(task_ctx, Answers(settings.data_dir / answers.FILE))
    poller = Poller(
        task_ctx,
        fastest=settings.poll_fastest_seconds,
        slowest=settings.poll_slowest_seconds,
    )
    fetcher = Fetcher(
        task_ctx,
        folder=folder,
        origins=frozenset(settings.result_origins),
        proxy=settings.results_proxy_url,
    )
    screen, lookup_screen, schedule_screen = Screen(ctx), LookupScreen(ctx), ScheduleScreen(ctx)
    products = Products(ctx, folder)
    ledger, key_health = task_ctx.ledger, task_ctx.key_health
    delivery = Delivery(ctx, ledger, key_health, products=products, folder=folder)
    courier = Courier(ctx, screen, lookup_screen, schedule_screen, delivery)
    reader, due = Reader(ctx), DueSchedules(ctx.schedules, ctx.desk, ctx.again)
    access_requests = AccessRequests(ctx)
    dispatcher = Dispatcher(
        disable_fsm=True,  # no conversation state is kept in memory
        ctx=ctx,
        screen=screen,
        lookup_screen=lookup_screen,
        schedule_screen=schedule_screen,
        delivery=delivery,
        products=products,
        comparisons=Comparisons(ctx, products),
        clean_lists=CleanLists(ctx),
        results=folder,
        access_requests=access_requests,
    )
    door = AccessMiddleware(ctx, Reception(ctx, access_requests))
    dispatcher.update.outer_middleware(GroupMiddleware(ctx, door))
    dispatcher.include_router(build_router())
    metrics = task_ctx.ledger.metrics
    chat_queues = ChatQueues(
        database=database, bot=bot, dispatcher=dispatcher, clock=clock, metrics=metrics
    )
    intake = Intake(
        database=database,
        bot=bot,
        chat_queues=chat_queues,
        clock=clock,
        metrics=metrics,
        wake_up=ctx.wake_up,
    )
    source = build_source(settings, intake, bot, clock)
    sweeper = Sweeper(database=database, ledger=task_ctx.ledger, clock=clock, folder=folder)
    loops = [each.loop for each in (submitter, poller, fetcher, reader, due, courier)]
    workers = [loop.worker for loop in (*loops, line)]
    guard = ClockGuard(
        database=database,
        clock=clock,
        wake_up=ctx.wake_up,
        slowest_poll=settings.poll_slowest_seconds,
    )
    workers += [task_ctx.key_health.worker, task_ctx.balances.worker]
    workers += [sweeper.worker, intake.worker, guard.worker]
    # With several replicas, each recovers what it takes over, when it does.
    alone = [poller.recover, line.recover, task_ctx.key_health.recover]
    return App(
        database=database,
        bot=bot,
        ctx=ctx,
        pacer=pacer,
        intake=intake,
        source=source,
        membership=membership_of(database, ctx, pacer, chat_queues),
        workers=workers,
        pools=[loop.pool for loop in (*loops, line)],
        recoveries=[submitter.recover, fetcher.recover, *([] if settings.is_shared else alone)],
        health=Health(
            database=database,
            clock=clock,
            workers=workers,
            source=source,
            gauges=Gauges(
                metrics=metrics,
                database=database,
                clock=clock,
                workers=workers,
                source=source,
                folder=settings.data_dir,
            ),
            host=settings.health_host,
            port=settings.health_port,
        ),
    )
