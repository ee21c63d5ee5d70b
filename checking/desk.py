"""The desk: quotes for the checks of a list, their start, and later decisions about a task."""

import asyncio
from dataclasses import replace
from decimal import Decimal

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from checking.context import TaskContext
from checking.ledger import Also
from checking.limits.refusals import LimitError
from checking.limits.sweeps import Sweeps
from checking.lists import take_for_check
from checking.memory.splits import Sent, UncomparedError, count_new, split_of
from checking.people import People
from checking.prices.price import is_dearer, price_of, quoted, service_price
from checking.quota import Quotas
from checking.quotes import Offer, PriceChangedError, Quote
from checking.services import errors, offering
from checking.services.bulk import is_identifier
from checking.services.catalogue import Check
from storage.lists import lists
from storage.lists.lists import ListState, NumberList
from storage.sealing.ids import new_id
from storage.tasks import drafts, tasks
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

BALANCE_FRESH_SECONDS = 30.0

S = TaskState


class Desk:
    """A person's actions on a list and its tasks, each idempotent, however often it is tapped.

    posts: how often the task was posted when the person was asked; a later question isn't answered.
    """

    def __init__(self, ctx: TaskContext, people: People, quotas: Quotas, sweeps: Sweeps) -> None:
        self._ctx = ctx
        self._people = people
        self._quotas = quotas
        self._sweeps = sweeps
        self._balances: dict[str, tuple[float, Decimal | None]] = {}

    async def offers(self) -> list[Offer]:
        """Return the checks on offer, in the catalogue's order."""
        paused = await self._ctx.key_health.paused()
        async with self._ctx.database.read() as connection:
            checks = await offering.on_offer(connection, self._ctx.catalogue)
        return [Offer(check, check.service in paused) for check in checks]

    async def quote(
        self, list_id: str, check_key: str, by: int, sent: Sent = "new"
    ) -> Quote | None:
        """Draft this check of this list; return None if the check or the list is not available.

        by: Who asks, and whose day it would be. sent: What of it goes to the service.
        """
        check, closed = await self._check_of(check_key)
        if check is None:
            return None
        task_id, split, is_compared = new_id(), None, True
        try:
            split = await split_of(
                self._ctx, self._people, list_id, check, task_id=task_id, sent=sent
            )
        except UncomparedError:
            is_compared = False
        if closed and split is None:
            return None  # only what is remembered needs no service
        async with self._ctx.database.write() as connection:
            found = await lists.get(connection, self._ctx.database.vault, list_id)
            if found is None or found.state is not ListState.READY:
                return None
            price = await price_of(connection, check)
            task_id = await drafts.draft(
                connection,
                task_id=task_id,
                list_id=list_id,
                check_key=check.key,
                service=check.service,
                now=self._ctx.clock.now(),
                quoted=quoted(split.numbers if split else found.ready, price),
                split=split,
            )
            task = await tasks.get(connection, self._ctx.database.vault, task_id)
            if task is None:  # the list was read anew meanwhile
                return None
            checked_at = await lists.checked_before(connection, list_id, check.key)
            likely = await service_price(connection, check)
            allowance = await self._quotas.allowance(connection, by)
            bounds = await self._quotas.bounds(connection, task, check, price, by)
        asks = closed is None and not task.is_remembered
        quote = Quote(
            task=task,
            check=check,
            price=price,
            service_price=likely,
            balance=await self._balance(check.service) if asks else None,
            checked_at=checked_at,
            allowance=allowance,
            bounds=bounds,
            closed=closed,
            is_compared=is_compared,
        )
        if likely is not None and quote.balance is not None and quote.is_too_poor:
            balance = quote.balance
            await self._ctx.balances.falls_short(check, likely, task.numbers, balance)
        return quote

    async def _check_of(self, key: str) -> tuple[Check | None, str | None]:
        """Return a check of the catalogue, and why its service can't be asked for it now."""
        offers = {offer.check.key: offer for offer in await self.offers()}
        if offer := offers.get(key):
            return offer.check, "unavailable" if offer.paused else None
        return self._ctx.catalogue.get(key), "turned-off"

    async def count_new(self, found: NumberList, check: Check) -> int:
        """Return how many numbers of a list aren't remembered, and would go to the service."""
        return await count_new(self._ctx, self._people, found, check)

    async def start(self, task: Task, posts: int, by: int, also: Also | None = None) -> bool:
        """Start a drafted task. Return False if it has started already, or the list is gone.

        If all its answers are remembered, nothing is posted: its result is there. `also` is part of
        the transaction, and may raise LimitError, too.

        by: Who taps *Start*; it counts for their day and week. Raises LimitError, and starts
        nothing, if it exceeds what is left of these (OverQuotaError: of the day), they may not
        start it, an owner turned the check off, nothing may begin in this group, or it costs more
        now than its card said (PriceChangedError).
        """
        check = self._ctx.catalogue.get(task.check_key)

        async def take_list(connection: AsyncConnection) -> None:
            vault = self._ctx.database.vault
            if not task.is_remembered and not await offering.is_on(connection, check):
                raise LimitError("choose-turned-off")
            if not await take_for_check(connection, vault, task.list_id):
                raise _NotReadyError
            await self._people.must_serve(connection, task.chat_id)
            await self._sweeps.count_list(connection, by, task.list_id)
            if check and is_dearer(task, await price_of(connection, check)):
                raise PriceChangedError("price-changed-alert")
            await self._quotas.reserve(connection, task, check, by)
            if also is not None:
                await also(connection)

        now = self._ctx.clock.now()
        try:
            return await self._ctx.ledger.move(
                task,
                [S.DRAFT],
                S.EXPORTED if task.is_remembered else S.CONFIRMED,
                at_post=posts,
                also=take_list,
                started_at=now,
                progress_at=now,
                next_at=now,
            )
        except _NotReadyError:
            return False

    async def dont_send(self, task: Task, posts: int) -> bool:
        """Cancel a task that waits to be submitted; keep the list."""
        cancel = self._ctx.ledger.give_back
        return await cancel(task, [S.CONFIRMED], S.CANCELLED, at_post=posts)

    async def dont_retry(self, task: Task, posts: int) -> bool:
        """Cancel a task whose submission began meanwhile, if the service doesn't accept it."""
        async with self._ctx.database.write() as connection:
            return await tasks.drop_later(connection, task.id, posts + 1, self._ctx.clock.now())

    async def drop(self, task: Task, posts: int) -> bool:
        """Cancel a task that may have been charged; keep the list."""
        cancel = self._ctx.ledger.give_back
        return await cancel(task, [S.UNCONFIRMED], S.CANCELLED, at_post=posts)

    async def send_again(self, task: Task, posts: int, by: int, said: int) -> bool:
        """Submit an unclear task again; the person knows that it may cost twice.

        It counts twice, too: `by` and errors as in `start`.

        said: what the tapped card said that it costs, in millionths; 0: nothing.
        """
        now, check = self._ctx.clock.now(), self._ctx.catalogue.get(task.check_key)

        async def reserve(connection: AsyncConnection) -> None:
            await self._people.must_serve(connection, task.chat_id)
            price = await price_of(connection, check) if check else None
            if said != (task.money.quoted_millionths or 0) or is_dearer(task, price):
                raise PriceChangedError("price-changed-again")
            await self._quotas.reserve(connection, replace(task, posts=posts), check, by)

        return await self._ctx.ledger.move(
            task,
            [S.UNCONFIRMED],
            S.CONFIRMED,
            at_post=posts,
            also=reserve,
            progress_at=now,
            next_at=now,
            attempts=0,
            in_a_row=0,
            dropped_at=None,
        )

    async def quote_again(self, task: Task) -> None:
        """Note what it costs now to send an unclear task again: its card says so from then on."""
        check = self._ctx.catalogue.get(task.check_key)
        async with self._ctx.database.write() as connection:
            price = await price_of(connection, check) if check else None
            cost = quoted(task.numbers, price)
            await tasks.put(connection, self._ctx.database.vault, task.id, **cost)

    async def claim(self, task: Task, posts: int, remote_id: str) -> str | None:
        """Follow the service's task of this id as this one, which is unclear, and post nothing.

        Return None, or why it isn't done, as the end of a text key.
        """
        client = self._ctx.client_of(task)
        if client is None or not is_identifier(remote_id):
            return "no_id" if client else "unreachable"
        try:
            status = await client[1].status(remote_id)
        except errors.RefusedError as error:
            if isinstance(error, errors.KeyRefusedError):
                await self._ctx.key_health.key_refused(task.service)
                return "unreachable"
            return "unknown"
        except errors.ServiceError:
            return "unreachable"
        if status.total != task.numbers:
            return "uncounted" if status.total == 0 else "other_list"
        now = self._ctx.clock.now()
        try:
            async with self._ctx.database.read() as connection:
                if await tasks.remote_id_known(connection, task.service, remote_id):
                    return "taken"
            done = await self._ctx.ledger.move(
                task,
                [S.UNCONFIRMED],
                S.SUBMITTED,
                at_post=posts,
                remote_id=remote_id,
                submitted_at=now,
                progress_at=now,
                next_at=now,
                attempts=0,
                in_a_row=0,
            )
        except IntegrityError:  # claimed for another task at the same moment
            return "taken"
        return None if done else "late"

    async def look_again(self, task: Task, posts: int) -> bool:
        """Resume polling an expired task."""
        if task.is_remembered:  # there is nobody to ask
            return False
        now = self._ctx.clock.now()
        return await self._ctx.ledger.move(
            task,
            [S.EXPIRED],
            S.PROCESSING,
            at_post=posts,
            progress_at=now,
            next_at=now,
            attempts=0,
            in_a_row=0,
        )

    async def balances(self) -> dict[str, Decimal | None]:
        """Return the balance at each service whose key is set; None where it is unknown."""
        names = list(self._ctx.services)
        left = await asyncio.gather(*(self._balance(name) for name in names))
        return dict(zip(names, left, strict=True))

    async def _balance(self, name: str) -> Decimal | None:
        now = self._ctx.clock.now()
        asked_at, value = self._balances.get(name, (0.0, None))
        if abs(now - asked_at) < BALANCE_FRESH_SECONDS:
            return value
        value = await self._ctx.balances.of(name)
        self._balances[name] = (now, value)
        return value


class _NotReadyError(Exception):
    """The list is not ready; raised to roll the transaction back."""
