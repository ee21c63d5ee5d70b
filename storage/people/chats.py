"""Chats: language, region, whether they block the bot; titles and rules of groups."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import chats
from storage.schema.upserts import insert
from storage.sealing.vault import Vault


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a chat: that of the person's Telegram, and the chosen one."""

    telegram: str | None = None
    chosen: str | None = None

    @property
    def code(self) -> str | None:
        """The language to answer in; None if unknown."""
        return self.chosen or self.telegram


@dataclass(frozen=True, slots=True)
class Standing:
    """A chat: its language, whether it wrote and didn't block the bot since, a group's title."""

    language: Language = Language()
    takes_messages: bool = False
    title: str | None = None


async def seen(
    connection: AsyncConnection,
    chat_id: int,
    language: str | None,
    now: float,
    title_sealed: bytes | None = None,
) -> bool:
    """Note that the chat wrote. Return whether it blocked the bot until now.

    `language`: that of the person's Telegram. None keeps the stored one, as of the title.
    """
    was = (
        await connection.execute(sa.select(chats.c.blocked_at).where(chats.c.chat_id == chat_id))
    ).scalar()
    known = {"language": language, "title_sealed": title_sealed}
    kept: dict[str, Any] = {key: value for key, value in known.items() if value is not None}
    kept |= {"seen_at": now, "blocked_at": None}
    await connection.execute(
        insert(chats)
        .values(chat_id=chat_id, **kept)
        .on_conflict_do_update(index_elements=["chat_id"], set_=kept)
    )
    return was is not None


async def language(connection: AsyncConnection, chat_id: int) -> Language:
    """Return the language of this chat."""
    query = sa.select(chats.c.language, chats.c.language_chosen).where(chats.c.chat_id == chat_id)
    row = (await connection.execute(query)).first()
    return Language() if row is None else Language(*row)


async def standing(connection: AsyncConnection, vault: Vault, chat_id: int) -> Standing:
    """Return what is known of this chat."""
    columns = (chats.c.language, chats.c.language_chosen, chats.c.blocked_at, chats.c.title_sealed)
    row = (await connection.execute(sa.select(*columns).where(chats.c.chat_id == chat_id))).first()
    if row is None:
        return Standing()
    sealed = row.title_sealed
    return Standing(
        language=Language(row.language, row.language_chosen),
        takes_messages=row.blocked_at is None,
        title=vault.open_text(sealed, "chats.title", chat_id) if sealed else None,
    )


async def blocked(connection: AsyncConnection, chat_id: int, now: float) -> None:
    """Note that the chat blocks the bot: nothing is sent until it is `seen` again."""
    await _put(connection, chat_id, now, {"blocked_at": now})


async def region(connection: AsyncConnection, chat_id: int) -> str | None:
    """Return the region of this chat's national numbers (ISO 3166), if set."""
    query = sa.select(chats.c.region).where(chats.c.chat_id == chat_id)
    return (await connection.execute(query)).scalar()


async def set_region(connection: AsyncConnection, chat_id: int, code: str, now: float) -> None:
    """Set the region of this chat's national numbers."""
    await _put(connection, chat_id, now, {"region": code})


class HandIn(StrEnum):
    """Who may send numbers in a group."""

    ADMINS = "admins"  # Telegram's own admins of the group
    INVITED = "invited"  # members that an owner let in
    EVERYONE = "everyone"  # all members


class Results(StrEnum):
    """Where results of a group go."""

    HERE = "here"
    PRIVATE = "private"  # to the person who sent the list, if they have access


@dataclass(frozen=True, slots=True)
class GroupRules:
    """The rules of a group. `checks_off`: keys of checks that are not offered there."""

    hand_in: HandIn = HandIn.INVITED
    checks_off: frozenset[str] = frozenset()
    results: Results = Results.HERE


async def rules(connection: AsyncConnection, chat_id: int) -> GroupRules:
    """Return the rules of this group; defaults where it has none."""
    query = sa.select(chats.c.hand_in, chats.c.checks_off, chats.c.results)
    row = (await connection.execute(query.where(chats.c.chat_id == chat_id))).first()
    if row is None:
        return GroupRules()
    return GroupRules(
        hand_in=HandIn(row.hand_in or HandIn.INVITED),
        checks_off=frozenset((row.checks_off or "").split()),
        results=Results(row.results or Results.HERE),
    )


async def set_rules(
    connection: AsyncConnection, chat_id: int, wanted: GroupRules, now: float
) -> None:
    """Store the rules of a group."""
    values = {
        "hand_in": wanted.hand_in,
        "checks_off": " ".join(sorted(wanted.checks_off)) or None,
        "results": wanted.results,
    }
    await _put(connection, chat_id, now, values)


class FirstFile(StrEnum):
    """Which file of a result comes first; the other one is a tap away."""

    LIST = "list"  # the person's own list, with the answers
    RAW = "raw"  # the service's file, as it came


async def first_file(connection: AsyncConnection, chat_id: int) -> FirstFile | None:
    """Return what this chat chose; None where it chose nothing."""
    query = sa.select(chats.c.first_file).where(chats.c.chat_id == chat_id)
    chosen = (await connection.execute(query)).scalar()
    return FirstFile(chosen) if chosen else None


async def choose_first_file(
    connection: AsyncConnection, chat_id: int, chosen: FirstFile, now: float
) -> None:
    """Set what comes first in this chat."""
    await _put(connection, chat_id, now, {"first_file": chosen})


async def choose_language(
    connection: AsyncConnection, chat_id: int, code: str | None, now: float
) -> None:
    """Set the language of this chat; None: that of the person's Telegram."""
    await _put(connection, chat_id, now, {"language_chosen": code})


async def added(connection: AsyncConnection, chat_id: int, person_id: int, now: float) -> None:
    """Note that a person with access added the bot to this group."""
    await _put(connection, chat_id, now, {"added_by": person_id, "added_at": now})


async def host(connection: AsyncConnection, chat_id: int) -> int | None:
    """Return who added the bot to this group, if it is still in; they had access then.

    0 for somebody who had themselves forgotten.
    """
    query = sa.select(chats.c.added_by).where(
        chats.c.chat_id == chat_id, chats.c.blocked_at.is_(None)
    )
    return (await connection.execute(query)).scalar()


async def listens(connection: AsyncConnection, chat_id: int) -> bool:
    """Tell whether this chat wrote to the bot and doesn't block it."""
    query = sa.select(chats.c.chat_id).where(
        chats.c.chat_id == chat_id, chats.c.blocked_at.is_(None)
    )
    return (await connection.execute(query)).first() is not None


async def _put(
    connection: AsyncConnection, chat_id: int, now: float, values: dict[str, Any]
) -> None:
    row = {"chat_id": chat_id, "seen_at": now, **values}
    await connection.execute(
        insert(chats).values(row).on_conflict_do_update(index_elements=["chat_id"], set_=values)
    )
