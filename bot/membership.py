"""Membership among several replicas: renew the lease, exchange wake-ups."""

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

NOTIFY_SECONDS = 0.05  # wake-ups within it are sent as one

log = structlog.get_logger("replica")


class Membership:
    """Keeps this replica's lease, and sets `lost` when others have taken over its work.

    Leases use real time, independent of the clock of the rest of the program.
    """

    def __init__(self, database: Database, replica: Replica, wake_up: WakeUp) -> None:
        self.replica = replica
        self.lost = asyncio.Event()
        self._clock = SystemClock()
        self._wake_up = wake_up
        self._listener = NotifyListener(database.engine, heard=wake_up.wake_all)
        self._notifying: asyncio.Task[None] | None = None
        self.worker = Worker("replica", self.step, self._clock)
        wake_up.relay(self.notify)

    async def join(self) -> None:
        """Register this replica and listen to the others."""
        await self.replica.join()
        await self._listener.listen()

    async def leave(self) -> None:
        """Release everything, so that the others take over at once."""
        if self._notifying is not None:
            self._notifying.cancel()
        try:
            await self.replica.leave()
            await self._listener.tell(self.replica.replica or "")
        except (AwayError, LostLeaseError) as error:
            log.warning("shutdown without release", why=str(error))  # the lease expires
        finally:
            await self._listener.close()

    async def step(self) -> float | None:
        """Renew the lease and take over from dead replicas; return when to do so next."""
        try:
            changed = await self.replica.renew()
        except LostLeaseError:
            log.warning("lease lost")
            self.lost.set()
            return None
        await self._listener.listen()
        if changed:
            log.info("replicas changed", count=len(self.replica.live))
            self._wake_up.wake_all()
        return self._clock.now() + await self.replica.next_look()

    def notify(self) -> None:
        """Wake the other replicas within NOTIFY_SECONDS."""

        async def tell() -> None:
            await asyncio.sleep(NOTIFY_SECONDS)
            self._notifying = None
            await self._listener.tell(self.replica.replica or "")

        if self._notifying is None or self._notifying.done():
            self._notifying = asyncio.create_task(tell(), name="notify")


def membership_of(
    database: Database, ctx: BotContext, pacer: Pacer, queues: ChatQueues
) -> Membership | None:
    """Return the membership if several replicas share the database, else None."""
    replica = database.claims
    if not isinstance(replica, Replica):
        return None
    replica.count_sends(pacer.sent_lately, pacer.taken_over)
    replica.keep_while(pacer.is_busy)
    replica.keep_while(queues.has)
    return Membership(database, replica, ctx.wake_up)
