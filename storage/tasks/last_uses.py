"""The last use of each check, and what its service said to it."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import tasks
from storage.sealing.vault import Vault
from storage.tasks.task_states import TaskState


@dataclass(frozen=True, slots=True)
class LastUse:
    """The newest task of a check that was posted to its service.

    is_taken: The service took it, refused it, or (None) neither is known.
    reason_text: Of a refusal, in the service's words.
    """

    started_at: float
    is_taken: bool | None
    reason_text: str


async def of_checks(connection: AsyncConnection, vault: Vault) -> dict[str, LastUse]:
    """Return the last use of each check that was ever posted.

    What came from memory, or was called off before it was sent, is no use of the service.
    """
    newest = sa.func.row_number().over(
        partition_by=tasks.c.check_key, order_by=(tasks.c.started_at.desc(), tasks.c.id)
    )
    names = ("id", "check_key", "state", "started_at", "submitted_at", "reason_sealed")
    ranked = (
        sa.select(*(tasks.c[name] for name in names), newest.label("place"))
        .where(tasks.c.started_at.is_not(None), tasks.c.posts > 0)
        .subquery()
    )
    found = {}
    for row in await connection.execute(sa.select(ranked).where(ranked.c.place == 1)):
        is_refused = row.state == TaskState.REJECTED
        words = row.reason_sealed if is_refused else None
        found[row.check_key] = LastUse(
            row.started_at,
            False if is_refused else True if row.submitted_at is not None else None,
            vault.open_text(words, "tasks.reason", row.id) if words else "",
        )
    return found
