"""Inquiries: one question about a few numbers, and the card that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.claims import NotOthers
from storage.lookups.lookups import WAITING, Lookup, LookupState, cancel, from_row, sealed
from storage.schema.tables import chats, inquiries, lookups
from storage.schema.turns import in_turn
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry, its card and its lookups. Times are unix seconds."""

    id: str
    chat_id: int
    person_id: int
    reply_to: int
    created_at: float
    card_id: int | None
    revision: int
    shown_revision: int
    shown_digest: str | None
    show_at: float
    lookups: list[Lookup]
    thread_id: int | None = None
    cards_lost: int = 0

    @property
    def is_open(self) -> bool:
        """True while a lookup waits."""
        return any(each.state is LookupState.WAITING for each in self.lookups)


_listening = ~sa.exists().where(
    chats.c.chat_id == inquiries.c.chat_id, chats.c.blocked_at.is_not(None)
)


async def _open(connection: AsyncConnection, vault: Vault, row: sa.RowMapping) -> Inquiry:
    query = sa.select(lookups).where(lookups.c.inquiry_id == row["id"]).order_by(lookups.c.id)
    found = (await connection.execute(query)).mappings()
    return Inquiry(**row, lookups=[from_row(each, vault) for each in found])


async def get(connection: AsyncConnection, vault: Vault, inquiry_id: str) -> Inquiry | None:
    """Return the inquiry with this id, if it still exists."""
    query = sa.select(inquiries).where(inquiries.c.id == inquiry_id)
    row = (await connection.execute(query)).mappings().first()
    return await _open(connection, vault, row) if row else None


async def of_message(
    connection: AsyncConnection, vault: Vault, chat_id: int, message_id: int
) -> Inquiry | None:
    """Return the inquiry that this message began (its update came again), if any."""
    query = sa.select(inquiries).where(
        inquiries.c.chat_id == chat_id, inquiries.c.reply_to == message_id
    )
    row = (await connection.execute(query)).mappings().first()
    return await _open(connection, vault, row) if row else None


async def begin(
    connection: AsyncConnection,
    vault: Vault,
    *,
    inquiry_id: str,
    chat_id: int,
    person_id: int,
    reply_to: int,
    now: float,
    show_at: float,
    thread_id: int | None,
    rows: Sequence[dict[str, Any]],
) -> Inquiry:
    """Create an inquiry.

    rows: Its lookups, each with person_id, state, number, number_key, turn, answer, from_memory.
    """
    asked = {
        "thread_id": thread_id,
        "id": inquiry_id,
        "chat_id": chat_id,
        "person_id": person_id,
        "reply_to": reply_to,
        "created_at": now,
        "show_at": show_at,
    }
    begun = await connection.execute(sa.insert(inquiries).values(asked).returning(inquiries))
    inquiry = begun.mappings().one()
    add = sa.insert(lookups).returning(lookups, sort_by_parameter_order=True)
    values = [sealed({**row, "inquiry_id": inquiry_id}, vault) for row in rows]
    added = (await connection.execute(add, values)).mappings()
    return Inquiry(**inquiry, lookups=[from_row(each, vault) for each in added])


# Built once: the courier runs it at every turn.
_waits = sa.exists().where(WAITING, lookups.c.inquiry_id == inquiries.c.id)
_at = sa.case((sa.or_(_waits, inquiries.c.revision == 1), inquiries.c.show_at), else_=0.0)
_TO_SHOW = (
    sa.select(inquiries.c.id, inquiries.c.chat_id, _at.label("at"))
    .where(
        sa.or_(inquiries.c.revision != inquiries.c.shown_revision, _waits),
        _listening,
        NotOthers("chat", inquiries.c.chat_id),
    )
    .order_by(*in_turn(inquiries.c.chat_id, _at))
    .limit(sa.bindparam("most", type_=sa.Integer))
)


async def to_show(connection: AsyncConnection, limit: int = 100) -> list[tuple[str, int, float]]:
    """Return stale cards, or cards that may be: inquiry id, chat id, when to show it.

    An inquiry without waiting lookups is shown at once. One that the cache answered (revision 1)
    is shown by the handler, and only at `show_at` by others, in case the handler failed.
    """
    rows = await connection.execute(_TO_SHOW, {"most": limit})
    return [(row.id, row.chat_id, row.at) for row in rows]


async def shown(
    connection: AsyncConnection,
    found: Inquiry,
    *,
    card_id: int | None,
    cards_lost: int,
    digest: str,
    show_at: float,
    changed_at: float,
) -> None:
    """Note that the card shows the revision of `found`; it is due again at `show_at`.

    changed_at: When it is due again if something changed while it was being shown.
    """
    is_same = inquiries.c.revision == found.revision
    await connection.execute(
        sa.update(inquiries)
        .where(inquiries.c.id == found.id)
        .values(
            card_id=card_id,
            cards_lost=cards_lost,
            shown_revision=found.revision,
            shown_digest=digest,
            show_at=sa.case((is_same, show_at), else_=min(show_at, changed_at)),
        )
    )


async def look_by(connection: AsyncConnection, number_key: str, at: float) -> None:
    """Have the cards with a waiting lookup of this number looked at by `at`, or sooner."""
    mine = sa.exists().where(
        WAITING, lookups.c.inquiry_id == inquiries.c.id, lookups.c.number_key == number_key
    )
    sooner = sa.case((inquiries.c.show_at > at, at), else_=inquiries.c.show_at)
    values = {"revision": inquiries.c.revision + 1, "show_at": sooner}
    await connection.execute(sa.update(inquiries).where(mine).values(values))


async def give_up_old(connection: AsyncConnection, before: float) -> None:
    """Cancel what still waits of inquiries from before that time; their cards say so."""
    old = sa.select(inquiries.c.id).where(_waits, inquiries.c.created_at < before)
    for inquiry_id in (await connection.execute(old)).scalars().all():
        await cancel(connection, inquiry_id)


async def erase_old(connection: AsyncConnection, before: float) -> int:
    """Erase inquiries from before that time without waiting lookups; return how many."""
    old = sa.delete(inquiries).where(inquiries.c.created_at < before, ~_waits)
    return (await connection.execute(old)).rowcount
