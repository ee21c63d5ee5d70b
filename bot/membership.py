"""Taking part among several replicas: the lease is renewed, and news go to and fro."""

import asyncio

import structlog

from bot.telegram.chat_queues import ChatQueues
from bot.telegram.pacer import Pacer
from handlers.shared.context import BotContext
from runtime.clock import SystemClock
from runtime.wake_up import WakeUp
from runtime.worker import Worker
from storage.database import AwayError, Database, LostLeaseError
from storage.engines.notify import NotifyListener
from storage.replicas.leases import Replica

NEWS_SECONDS = 0.05  # in which many rings are one piece of news

log = structlog.get_logger("replica")


class Membership:
    """Keeps us one of them, and tells when we are taken for dead.

    Leases run by real time, whatever clock the rest of the program has.
    """

    def __init__(self, database: Database, replica: Replica, wake_up: WakeUp) -> None:
        self.replica = replica
        self.lost = asyncio.Event()
        self._clock = SystemClock()
        self._wake_up = wake_up
        self._listener = NotifyListener(database.engine, heard=wake_up.wake_all)
        self._ringing: asyncio.Task[None] | None = None
        self.worker = Worker("replica", self.step, self._clock)
        wake_up.relay(self._ring)

    async def join(self) -> None:
        """Take part from now on."""
        await self.replica.join()
        await self._listener.listen()

    async def leave(self) -> None:
        """Take part no more; the others go on at once."""
        if self._ringing is not None:
            self._ringing.cancel()
        try:
            await self.replica.leave()
            await self._listener.tell(self.replica.replica or "")
        except (AwayError, LostLeaseError) as error:
            log.warning("left without a word", why=str(error))  # our lease ends by itself
        finally:
            await self._listener.close()

    async def step(self) -> float | None:
        """Renew, and see to the others; give the time of the next."""
        try:
            changed = await self.replica.renew()
        except LostLeaseError:
            log.warning("taken for dead by the other replicas; ending")
            self.lost.set()
            return None
        await self._listener.listen()
        if changed:
            log.info("replicas", count=len(self.replica.live))
            self._wake_up.wake_all()
        return self._clock.now() + await self.replica.next_look()

    def _ring(self) -> None:
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.create_task(self._tell(), name="news")

    async def _tell(self) -> None:
        await asyncio.sleep(NEWS_SECONDS)
        self._ringing = None
        await self._listener.tell(self.replica.replica or "")


def membership_of(
    database: Database, ctx: BotContext, pacer: Pacer, queues: ChatQueues
) -> Membership | None:
    """Taking part among the replicas, where there may be several."""
    replica = database.claims
    if not isinstance(replica, Replica):
        return None
    replica.count_sends(pacer.sent_lately, pacer.taken_over)
    replica.keep_while(pacer.is_busy)
    replica.keep_while(queues.has)
    replica.when_gained("chat", ctx.forget_languages)
    return Membership(database, replica, ctx.wake_up)
