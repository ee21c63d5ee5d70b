"""People: who has access, who asked for it, and who agreed to the terms.

guest    uses an open bot, or is an owner whose name or consent is stored; was never let in
asked    asked for access; each owner has a message about it
member   has access, by an owner or by a link
refused  an owner said no; may ask again after a week
removed  had access once; may use nothing, even if the bot is open
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import access_asks, people
from storage.schema.upserts import insert
from storage.sealing.vault import Vault


class PersonStanding(StrEnum):
    """A person's access; the module's docstring explains each."""

    GUEST = "guest"
    ASKED = "asked"
    MEMBER = "member"
    REFUSED = "refused"
    REMOVED = "removed"


_ORDER = [
    PersonStanding.ASKED,
    PersonStanding.MEMBER,
    PersonStanding.GUEST,
    PersonStanding.REFUSED,
    PersonStanding.REMOVED,
]


@dataclass(frozen=True, slots=True)
class Person:
    """A stored person. Times are unix seconds.

    quota: numbers a day; 0: no limit; None: the setting's.
    """

    person_id: int
    name: str
    standing: PersonStanding
    since: float
    decided_by: int | None
    quota: int | None
    consent_version: int
    consent_at: float | None

    @property
    def is_barred(self) -> bool:
        """True for a person whom an owner removed or refused, also while they ask once more."""
        asks = (PersonStanding.ASKED, PersonStanding.REFUSED)
        was_told = self.standing in asks and self.decided_by is not None
        return was_told or self.standing is PersonStanding.REMOVED


@dataclass(frozen=True, slots=True)
class Ask:
    """A message about a request for access, to an owner or to the person."""

    person_id: int
    reader_id: int
    message_id: int | None
    shown: str | None


def _from_row(row: sa.Row[tuple[object, ...]], vault: Vault) -> Person:
    values = dict(row._mapping)  # noqa: SLF001 # SQLAlchemy's public name for it
    sealed = values.pop("name_sealed")
    values["name"] = vault.open_text(sealed, "people.name", values["person_id"]) if sealed else ""
    values["standing"] = PersonStanding(values["standing"])
    return Person(**values)


async def get(connection: AsyncConnection, vault: Vault, person_id: int) -> Person | None:
    """Return the stored person, if any."""
    query = sa.select(people).where(people.c.person_id == person_id)
    row = (await connection.execute(query)).first()
    return None if row is None else _from_row(row, vault)


async def page(
    connection: AsyncConnection, vault: Vault, *, offset: int, limit: int
) -> tuple[list[Person], int]:
    """Return a page of all people, open requests first, and the number of all."""
    place = sa.case({str(each): i for i, each in enumerate(_ORDER)}, value=people.c.standing)
    query = (
        sa.select(people)
        .order_by(place, people.c.since, people.c.person_id)
        .offset(offset)
        .limit(limit)
    )
    rows = (await connection.execute(query)).all()
    count = (await connection.execute(sa.select(sa.func.count()).select_from(people))).scalar_one()
    return [_from_row(row, vault) for row in rows], count


async def note(
    connection: AsyncConnection, vault: Vault, person_id: int, name: str, now: float
) -> None:
    """Store a person's name; a new person becomes a guest."""
    sealed = vault.seal_text(name, "people.name", person_id)
    row = {
        "person_id": person_id,
        "name_sealed": sealed,
        "standing": PersonStanding.GUEST,
        "since": now,
    }
    await connection.execute(
        insert(people)
        .values(row)
        .on_conflict_do_update(index_elements=["person_id"], set_={"name_sealed": sealed})
    )


async def move(
    connection: AsyncConnection,
    person_id: int,
    was: Sequence[PersonStanding],
    became: PersonStanding,
    now: float,
    *,
    by: int | None,
) -> bool:
    """Compare and set a person's standing; return False if another change was first.

    by: Who decided; None, of a request, leaves who decided before.
    """
    values = {"standing": became, "since": now} | ({} if by is None else {"decided_by": by})
    result = await connection.execute(
        sa.update(people)
        .where(people.c.person_id == person_id, people.c.standing.in_(was))
        .values(**values)
    )
    return result.rowcount == 1


async def set_quota(connection: AsyncConnection, person_id: int, quota: int | None) -> None:
    """Set the quota in numbers a day; 0: no limit; None: the setting's."""
    await connection.execute(
        sa.update(people).where(people.c.person_id == person_id).values(quota=quota)
    )


async def consent(connection: AsyncConnection, person_id: int, version: int, now: float) -> None:
    """Store a person's consent to this version of the terms; the first time is kept."""
    await connection.execute(
        sa.update(people)
        .where(people.c.person_id == person_id, people.c.consent_version < version)
        .values(consent_version=version, consent_at=now)
    )


async def begin_asks(connection: AsyncConnection, person_id: int, readers: Sequence[int]) -> None:
    """Request a message about this person for each reader; forget the last request's messages."""
    await connection.execute(sa.delete(access_asks).where(access_asks.c.person_id == person_id))
    rows = [{"person_id": person_id, "reader_id": reader} for reader in dict.fromkeys(readers)]
    await connection.execute(sa.insert(access_asks), rows)


async def tells(connection: AsyncConnection, person_id: int) -> None:
    """Request a message to this person about their access, also if they never asked."""
    row = {"person_id": person_id, "reader_id": person_id}
    await connection.execute(insert(access_asks).values(row).on_conflict_do_nothing())


async def asks(connection: AsyncConnection, person_id: int) -> list[Ask]:
    """Return the messages about this person's request, sent or still to be sent."""
    query = sa.select(access_asks).where(access_asks.c.person_id == person_id)
    return [Ask(**row._mapping) for row in await connection.execute(query)]  # noqa: SLF001 # as above


async def ask_shown(
    connection: AsyncConnection, ask: Ask, message_id: int | None, shown: str
) -> None:
    """Note what the message shows."""
    await connection.execute(
        sa.update(access_asks)
        .where(access_asks.c.person_id == ask.person_id, access_asks.c.reader_id == ask.reader_id)
        .values(message_id=message_id, shown=shown)
    )


async def unheard_by(connection: AsyncConnection, reader_id: int) -> list[int]:
    """Return who asks for access and waits, of whom this reader has no message; oldest first."""
    query = (
        sa.select(people.c.person_id)
        .join(access_asks, access_asks.c.person_id == people.c.person_id)
        .where(
            access_asks.c.reader_id == reader_id,
            access_asks.c.message_id.is_(None),
            people.c.standing == PersonStanding.ASKED,
        )
        .order_by(people.c.since)
    )
    return list((await connection.execute(query)).scalars())
