"""Balances at the services: asked for, and told to the owners when they run low."""

import asyncio
from collections.abc import Mapping
from decimal import Decimal

import structlog

from checking.key_health import KeyHealth
from checking.prices.price import Price
from checking.services import errors
from checking.services.bulk import Service, balance
from checking.services.catalogue import Catalogue, Check
from runtime.clock import Clock
from runtime.wake_up import WakeUp
from runtime.worker import Worker
from storage.database import Database
from storage.people.usage import day_of
from storage.records import done_once

BALANCE_SECONDS = 3.0  # a person is waiting, or a list
LOOK_SECONDS = 3600.0  # between two looks that nobody asked for

log = structlog.get_logger("balance")


class Balances:
    """Reads balances. Whoever reads one below its alert tells the owners, once for each fall.

    catalogue: Its prices are in the currency of a service's account.
    alerts: By service. Without one a service is not asked unless somebody wants to know.
    """

    def __init__(
        self,
        *,
        database: Database,
        services: dict[str, Service],
        key_health: KeyHealth,
        clock: Clock,
        wake_up: WakeUp,
        catalogue: Catalogue,
        alerts: Mapping[str, Decimal],
    ) -> None:
        self._database = database
        self._services = services
        self._key_health = key_health
        self._clock = clock
        self._wake_up = wake_up
        self._catalogue = catalogue
        self._alerts = alerts
        self._looked_in: int | None = None
        self.worker = Worker("balances", self.step, clock)

    async def of(self, name: str) -> Decimal | None:
        """Ask a service for the account's balance; None where it doesn't tell, or is slow."""
        service, amount = self._services.get(name), None
        if service is None:
            return None
        try:
            async with asyncio.timeout(BALANCE_SECONDS):
                amount = await balance(service.http)
        except errors.KeyRefusedError:
            await self._key_health.key_refused(name)
        except TimeoutError:
            pass
        if amount is not None and name in self._alerts:
            await self._compare(name, amount)
        return amount

    async def _compare(self, name: str, amount: Decimal) -> None:
        what, is_low = f"balance low {name}", amount < self._alerts[name]
        async with self._database.read() as connection:
            if await done_once.stands(connection, what) == is_low:
                return
        if is_low:
            values = {"balance": str(amount), "alert": str(self._alerts[name])}
            values |= {"service": name, "currency": self._catalogue.currency_of(name)}
            await self._tell_once(what, None, "owner-balance-low", values)
            return
        async with self._database.write() as connection:
            await done_once.undo(connection, what)

    async def falls_short(self, check: Check, price: Price, numbers: int, amount: Decimal) -> None:
        """Tell the owners, once a day for each service, that a quote exceeds the balance."""
        today, cost = day_of(self._clock.now()), price.cost(numbers)
        values = {"service": str(check.service), "check": check.key, "currency": price.currency}
        values |= {"cost": str(cost), "balance": str(amount)}
        what = f"balance short {check.service} {today}"
        await self._tell_once(what, today, "owner-balance-short", values)

    async def _tell_once(
        self, what: str, until: str | None, key: str, values: dict[str, str]
    ) -> None:
        async with self._database.write() as connection:
            if not await done_once.first(connection, what, until):
                return
            await self._key_health.note(connection, key, values)
        log.warning("balance too low", service=values["service"], note=key)
        self._wake_up.notify()

    async def step(self) -> float | None:
        """Ask the services with an alert, each once an hour among all replicas."""
        now = self._clock.now()
        hour = int(now // LOOK_SECONDS)
        if self._alerts and hour != self._looked_in:
            paused = await self._key_health.paused()
            for name in (self._alerts.keys() & self._services.keys()) - paused.keys():
                async with self._database.write() as connection:
                    what = f"balance look {name} {hour}"
                    is_ours = await done_once.first(connection, what, day_of(now))
                if is_ours:
                    await self.of(name)
            self._looked_in = hour
        return (hour + 1) * LOOK_SECONDS if self._alerts else None
