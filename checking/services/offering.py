"""Which checks are on offer: the catalogue's, as owners turned them, with minimums as told.

All of it is read from the database where offers are made, so that it holds for every replica at
once.
"""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from checking.services.catalogue import Catalogue, Check
from storage.records import checks as stored
from storage.sealing.vault import Vault
from storage.tasks import last_uses
from storage.tasks.last_uses import LastUse


@dataclass(frozen=True, slots=True)
class Listed:
    """A check on the owners' page."""

    check: Check
    is_on: bool
    last: LastUse | None


async def every(connection: AsyncConnection, catalogue: Catalogue, vault: Vault) -> list[Listed]:
    """Return the checks whose service and flavour are available, in the catalogue's order."""
    switches = await stored.switches(connection)
    uses = await last_uses.of_checks(connection, vault)
    told = await stored.minimums(connection)
    return [
        Listed(_as_told(check, told), switches.get(check.key, not check.off), uses.get(check.key))
        for check in catalogue.available()
    ]


async def on_offer(connection: AsyncConnection, catalogue: Catalogue) -> list[Check]:
    """Return those of them that are on."""
    switches, told = await stored.switches(connection), await stored.minimums(connection)
    return [
        _as_told(check, told)
        for check in catalogue.available()
        if switches.get(check.key, not check.off)
    ]


async def is_on(connection: AsyncConnection, check: Check | None) -> bool:
    """Tell whether no owner turned the check off; one that is gone (None) isn't judged here."""
    return check is None or (await stored.switches(connection)).get(check.key, not check.off)


def _as_told(check: Check, told: dict[tuple[str, str], int]) -> Check:
    """Return a check with the minimum that its service told: that counts more than the file's."""
    minimum = told.get((check.service, check.word), check.minimum)
    return check.model_copy(update={"minimum": minimum})


async def turn(connection: AsyncConnection, check: Check, *, on: bool, by: int, now: float) -> None:
    """Turn a check on or off. Off, it forgets the minimum that its service told."""
    await stored.turn(connection, check.key, on=on, by=by, now=now)
    if not on:
        await stored.unlearn(connection, check.service, check.word)


async def learn(connection: AsyncConnection, check: Check, minimum: int, now: float) -> None:
    """Store the minimum that the service of a check told."""
    await stored.learn(connection, check.service, check.word, minimum, now)
