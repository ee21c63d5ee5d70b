"""Single lookups: the numbers of inquiries, and the line in which they wait.

A lookup is `waiting` until it is `answered`, `refused` (the service says it is no number) or
`cancelled`. All waiting lookups form one line, ordered by `turn`. Each number of a person has a
turn of its own, so that no one waits behind all numbers of another.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import inquiries, lookups
from storage.sealing.vault import Vault


class LookupState(StrEnum):
    """The state of a lookup."""

    WAITING = "waiting"
    ANSWERED = "answered"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Answer:
    """The service's answer about a number, and when it came (unix seconds)."""

    found: bool
    account: str
    answered_at: float


@dataclass(frozen=True, slots=True)
class Lookup:
    """One number of an inquiry. `answer` may be an older one while it is asked again."""

    id: int
    number: str
    key: str | None
    state: LookupState
    forced: bool
    turn: int
    next_at: float
    attempts: int
    answer: Answer | None
    from_memory: bool


WAITING = lookups.c.state == LookupState.WAITING


def from_row(row: sa.RowMapping, vault: Vault) -> Lookup:
    """Return the lookup of a stored row, opened."""
    answer = None
    if row["answered_at"] is not None:
        sealed = row["account_sealed"]
        account = vault.open_text(sealed, "lookups.account", row["number_key"]) if sealed else ""
        answer = Answer(bool(row["found"]), account, row["answered_at"])
    return Lookup(
        id=row["id"],
        number=vault.open_text(row["number_sealed"], "lookups.number", _asked(row)),
        key=row["number_key"],
        state=LookupState(row["state"]),
        forced=row["forced"],
        turn=row["turn"],
        next_at=row["next_at"],
        attempts=row["attempts"],
        answer=answer,
        from_memory=row["from_memory"],
    )


def _asked(row: Mapping[Any, Any]) -> str:
    """Return what a number is bound to; its account is bound to the digest alone.

    So neither a number nor an account can be put beside the other of another lookup.
    """
    return f"{row['inquiry_id']} {row['number_key']}"


def sealed(row: dict[str, Any], vault: Vault) -> dict[str, Any]:
    """Return a table row from plain values; `number` and `answer` are sealed."""
    values = {key: value for key, value in row.items() if key not in {"number", "answer"}}
    values["number_sealed"] = vault.seal_text(row["number"], "lookups.number", _asked(row))
    return {**values, **_answer_values(row["answer"], vault, row["number_key"])}


def _answer_values(answer: Answer | None, vault: Vault, number_key: str | None) -> dict[str, Any]:
    if answer is None:
        return {"found": None, "account_sealed": None, "answered_at": None}
    sealed = answer.account and vault.seal_text(answer.account, "lookups.account", str(number_key))
    return {
        "found": answer.found,
        "account_sealed": sealed or None,
        "answered_at": answer.answered_at,
    }


async def next_turn(connection: AsyncConnection, person_id: int) -> int:
    """Return the turn for this person's next lookup: after their own, not before the first."""
    query = sa.select(sa.func.min(lookups.c.turn)).where(WAITING)
    first = (await connection.execute(query)).scalar() or 0
    query = sa.select(sa.func.max(lookups.c.turn)).where(WAITING, lookups.c.person_id == person_id)
    own = (await connection.execute(query)).scalar()
    return first if own is None else max(first, own + 1)


async def count_waiting(connection: AsyncConnection, person_id: int | None = None) -> int:
    """Count waiting lookups: all of them, or one person's."""
    query = sa.select(sa.func.count()).select_from(lookups).where(WAITING)
    if person_id is not None:
        query = query.where(lookups.c.person_id == person_id)
    return (await connection.execute(query)).scalar_one()


async def line(
    connection: AsyncConnection, vault: Vault, now: float, skip: Collection[str], limit: int
) -> list[Lookup]:
    """Return the first lookups in line that are due, without those being asked about."""
    query = (
        sa.select(lookups)
        .where(WAITING, lookups.c.next_at <= now, lookups.c.number_key.not_in(skip))
        .order_by(lookups.c.turn, lookups.c.id)
        .limit(limit)
    )
    rows = (await connection.execute(query)).mappings()
    return [from_row(row, vault) for row in rows]


async def next_due_at(connection: AsyncConnection, skip: Collection[str]) -> float | None:
    """Return when the first waiting lookup is due, instances aside, in unix seconds."""
    query = sa.select(sa.func.min(lookups.c.next_at)).where(
        WAITING, lookups.c.number_key.not_in(skip)
    )
    return cast("float | None", (await connection.execute(query)).scalar())


async def place(connection: AsyncConnection, lookup: Lookup) -> int:
    """Return its place in line, from 1, counted in different numbers.

    A lookup of the same number further ahead counts as its own: both get the same answer.
    """
    first = (
        sa.select(lookups.c.turn, lookups.c.id)
        .where(WAITING, lookups.c.number_key == lookup.key)
        .order_by(lookups.c.turn, lookups.c.id)
        .limit(1)
    )
    row = (await connection.execute(first)).first()
    turn, row_id = (row.turn, row.id) if row else (lookup.turn, lookup.id)
    earlier = sa.select(sa.func.count(sa.distinct(lookups.c.number_key))).where(
        WAITING, sa.tuple_(lookups.c.turn, lookups.c.id) < sa.tuple_(turn, row_id)
    )
    return int((await connection.execute(earlier)).scalar_one()) + 1


async def is_forced(connection: AsyncConnection, number_key: str) -> bool:
    """Tell whether a waiting lookup of this number needs a new answer."""
    query = sa.select(lookups.c.id).where(
        WAITING, lookups.c.number_key == number_key, lookups.c.forced
    )
    return (await connection.execute(query)).first() is not None


async def settle(
    connection: AsyncConnection,
    vault: Vault,
    number_key: str,
    state: LookupState,
    answer: Answer | None,
    *,
    forced: bool,
) -> int:
    """End every waiting lookup of this number; return how many.

    An answer from the service's own cache (not `forced`) doesn't end lookups that need a new one.
    """
    served = sa.true() if forced else ~lookups.c.forced
    return await _change(
        connection,
        sa.and_(WAITING, lookups.c.number_key == number_key, served),
        {
            "state": state,
            "from_memory": False,
            "forced": False,
            **_answer_values(answer, vault, number_key),
        },
    )


async def cancel(connection: AsyncConnection, inquiry_id: str) -> int:
    """Take an inquiry's waiting lookups out of the line; earlier answers stay."""
    waits = sa.and_(WAITING, lookups.c.inquiry_id == inquiry_id)
    known = sa.case(
        (lookups.c.answered_at.is_not(None), LookupState.ANSWERED.value),
        else_=LookupState.CANCELLED.value,
    )
    return await _change(connection, waits, {"state": known, "forced": False})


async def ask_again(connection: AsyncConnection, lookup_id: int, turn: int) -> None:
    """Put an answered lookup into the line again; its answer stays until a newer one comes."""
    again = {
        "state": LookupState.WAITING,
        "forced": True,
        "turn": turn,
        "next_at": 0.0,
        "attempts": 0,
    }
    await _change(connection, lookups.c.id == lookup_id, again)


async def put_off(connection: AsyncConnection, number_key: str, until: float) -> None:
    """Postpone this number until `until` after a failed try."""
    await connection.execute(
        sa.update(lookups)
        .where(WAITING, lookups.c.number_key == number_key)
        .values(next_at=until, attempts=lookups.c.attempts + 1)
    )


async def make_due(connection: AsyncConnection) -> None:
    """Make all waiting lookups due."""
    await connection.execute(sa.update(lookups).where(WAITING).values(next_at=0.0))


async def _change(
    connection: AsyncConnection, where: sa.ColumnElement[bool], values: dict[str, Any]
) -> int:
    """Change lookups, and mark their cards stale."""
    of = sa.select(lookups.c.inquiry_id).where(where)
    stale = sa.update(inquiries).where(inquiries.c.id.in_(of))
    await connection.execute(stale.values(revision=inquiries.c.revision + 1))
    changed = await connection.execute(sa.update(lookups).where(where).values(values))
    return changed.rowcount
