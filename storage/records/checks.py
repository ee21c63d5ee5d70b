"""Checks as owners turned them on and off, and the minimums that services told."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.check_tables import check_switches, learnt_minimums
from storage.schema.upserts import insert


async def switches(connection: AsyncConnection) -> dict[str, bool]:
    """Return the checks that an owner turned on or off."""
    rows = await connection.execute(sa.select(check_switches.c.check_key, check_switches.c.is_on))
    return {row.check_key: row.is_on for row in rows}


async def turn(connection: AsyncConnection, key: str, *, on: bool, by: int, now: float) -> None:
    """Turn a check on or off."""
    values = {"is_on": on, "by": by, "at": now}
    await connection.execute(
        insert(check_switches)
        .values(check_key=key, **values)
        .on_conflict_do_update(index_elements=["check_key"], set_=values)
    )


async def minimums(connection: AsyncConnection) -> dict[tuple[str, str], int]:
    """Return the minimums that services told, by service and task type."""
    rows = await connection.execute(sa.select(learnt_minimums))
    return {(row.service, row.task_type): row.minimum for row in rows}


async def learn(
    connection: AsyncConnection, service: str, task_type: str, minimum: int, now: float
) -> None:
    """Store the minimum that a service told now; it takes the place of an earlier one."""
    values = {"minimum": minimum, "at": now}
    await connection.execute(
        insert(learnt_minimums)
        .values(service=service, task_type=task_type, **values)
        .on_conflict_do_update(index_elements=["service", "task_type"], set_=values)
    )


async def unlearn(connection: AsyncConnection, service: str, task_type: str) -> None:
    """Forget what a service told: the catalogue's minimum holds again."""
    await connection.execute(
        sa.delete(learnt_minimums).where(
            learnt_minimums.c.service == service, learnt_minimums.c.task_type == task_type
        )
    )
