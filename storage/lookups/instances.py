"""The instances of the lookup service: their pauses, and the numbers they were asked about."""

from dataclasses import dataclass, fields

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import instance_asks, instances
from storage.schema.upserts import insert


@dataclass(frozen=True, slots=True)
class Instance:
    """The state of one instance. Times are unix seconds; columns as in `lookup_tables`."""

    id: str
    held: bool = False
    trouble: str | None = None
    since: float = 0.0
    seconds: float = 0.0
    limits: int = 0
    failures: int = 0
    told: str | None = None
    asked_at: float = 0.0
    eased_at: float = 0.0
    answered_at: float | None = None
    answer: str | None = None
    month: str | None = None
    lookups: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """The numbers an instance was asked about lately: digest to unix time, oldest first."""

    asks: dict[str, float]


_names = [field.name for field in fields(Instance)]


async def all_of(connection: AsyncConnection, ids: list[str]) -> list[Instance]:
    """Return these instances in the order of `ids`; one that was never asked is new."""
    rows = await connection.execute(sa.select(instances).where(instances.c.id.in_(ids)))
    known = {row["id"]: Instance(**row) for row in rows.mappings()}
    return [known.get(each) or Instance(each) for each in ids]


async def put(connection: AsyncConnection, instance: Instance) -> None:
    """Store its state."""
    row = {name: getattr(instance, name) for name in _names}
    await connection.execute(
        insert(instances).values(row).on_conflict_do_update(index_elements=["id"], set_=row)
    )


async def spent(connection: AsyncConnection, since: float) -> dict[str, Spent]:
    """Return the numbers each instance was asked about since then."""
    query = sa.select(instance_asks).where(instance_asks.c.at > since).order_by(instance_asks.c.at)
    found: dict[str, Spent] = {}
    for row in await connection.execute(query):
        found.setdefault(row.instance_id, Spent({})).asks[row.number_key] = row.at
    return found


async def note_ask(connection: AsyncConnection, instance: Instance, number_key: str) -> None:
    """Note that this number is asked about: before the request, so that a crash counts, too."""
    row = {"instance_id": instance.id, "number_key": number_key, "at": instance.asked_at}
    keys = ["instance_id", "number_key"]
    kept = insert(instance_asks).values(row)
    await connection.execute(kept.on_conflict_do_update(index_elements=keys, set_=row))
    await put(connection, instance)


async def take_back_ask(
    connection: AsyncConnection, instance_id: str, number_key: str, before: float | None
) -> None:
    """Undo `note_ask` for a request that cost nothing; `before`: the time of an earlier one."""
    this = (instance_asks.c.instance_id == instance_id) & (instance_asks.c.number_key == number_key)
    if before is None:
        await connection.execute(sa.delete(instance_asks).where(this))
    else:
        await connection.execute(sa.update(instance_asks).where(this).values(at=before))


async def forget_asks(connection: AsyncConnection, before: float, now: float) -> None:
    """Delete asks up to `before`; set those in the future to `now`: the clock was ahead."""
    await connection.execute(sa.delete(instance_asks).where(instance_asks.c.at <= before))
    await connection.execute(
        sa.update(instance_asks).where(instance_asks.c.at > now).values(at=now)
    )
