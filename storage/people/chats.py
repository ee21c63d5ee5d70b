"""Chats: their language, whether they let us write, and what groups decide."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.tables import chats
from storage.schema.upserts import insert


@dataclass(frozen=True, slots=True)
class Language:
    """What a chat speaks: the language of the person's Telegram, and what was chosen instead."""

    telegram: str | None = None
    chosen: str | None = None

    @property
    def code(self) -> str | None:
        """The language to answer in; None where nothing is known."""
        return self.chosen or self.telegram


async def seen(connection: AsyncConnection, chat_id: int, language: str | None, now: float) -> bool:
    """Note that the chat wrote. Gives whether it had been silent (blocked) until now.

    `language` is that of the person's Telegram; None leaves what is noted of it.
    """
    was = (
        await connection.execute(sa.select(chats.c.blocked_at).where(chats.c.chat_id == chat_id))
    ).scalar()
    row = {"chat_id": chat_id, "language": language, "seen_at": now, "blocked_at": None}
    kept = {key: value for key, value in row.items() if key != "chat_id"}
    if language is None:
        del kept["language"]
    await connection.execute(
        insert(chats).values(row).on_conflict_do_update(index_elements=["chat_id"], set_=kept)
    )
    return was is not None


async def language(connection: AsyncConnection, chat_id: int) -> Language:
    """What this chat speaks."""
    query = sa.select(chats.c.language, chats.c.language_chosen)
    row = (await connection.execute(query.where(chats.c.chat_id == chat_id))).first()
    return Language() if row is None else Language(*row)


async def blocked(connection: AsyncConnection, chat_id: int, now: float) -> None:
    """The chat refuses our messages: leave it alone until it is `seen` again."""
    row = {"chat_id": chat_id, "seen_at": now, "blocked_at": now}
    await connection.execute(
        insert(chats)
        .values(row)
        .on_conflict_do_update(index_elements=["chat_id"], set_={"blocked_at": now})
    )


async def region(connection: AsyncConnection, chat_id: int) -> str | None:
    """The country whose national numbers are meant in this chat (ISO 3166), if it was said."""
    query = sa.select(chats.c.region).where(chats.c.chat_id == chat_id)
    return (await connection.execute(query)).scalar()


async def set_region(connection: AsyncConnection, chat_id: int, code: str, now: float) -> None:
    """National numbers of this chat are those of this country from now on."""
    row = {"chat_id": chat_id, "seen_at": now, "region": code}
    await connection.execute(
        insert(chats)
        .values(row)
        .on_conflict_do_update(index_elements=["chat_id"], set_={"region": code})
    )


class HandIn(StrEnum):
    """Who may hand in numbers in a group."""

    ADMINS = "admins"  # Telegram's own admins of the group
    INVITED = "invited"  # whoever was let in by an owner
    EVERYONE = "everyone"  # all members


class Results(StrEnum):
    """Where results of a group go."""

    HERE = "here"
    PRIVATE = "private"  # to the person who handed in, if they are let in


@dataclass(frozen=True, slots=True)
class GroupRules:
    """What a group decided. `checks_off` are keys of checks that are not offered there."""

    hand_in: HandIn = HandIn.INVITED
    checks_off: frozenset[str] = frozenset()
    results: Results = Results.HERE


async def rules(connection: AsyncConnection, chat_id: int) -> GroupRules:
    """What this group decided; what it didn't is as it is by default."""
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
    """The group decided so."""
    values = {
        "hand_in": wanted.hand_in,
        "checks_off": " ".join(sorted(wanted.checks_off)) or None,
        "results": wanted.results,
    }
    await _put(connection, chat_id, now, values)


async def choose_language(
    connection: AsyncConnection, chat_id: int, code: str | None, now: float
) -> None:
    """The texts of this chat are in this language from now on; None: as the person's Telegram."""
    await _put(connection, chat_id, now, {"language_chosen": code})


async def added(connection: AsyncConnection, chat_id: int, person_id: int, now: float) -> None:
    """Somebody who may do so added the bot to this group."""
    await _put(connection, chat_id, now, {"added_by": person_id})


async def is_hosted(connection: AsyncConnection, chat_id: int) -> bool:
    """Whether somebody added the bot to this group who may, and it was not removed since."""
    query = sa.select(chats.c.chat_id).where(
        chats.c.chat_id == chat_id, chats.c.added_by.is_not(None), chats.c.blocked_at.is_(None)
    )
    return (await connection.execute(query)).first() is not None


async def listens(connection: AsyncConnection, chat_id: int) -> bool:
    """Whether this chat wrote to the bot, and lets it write."""
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
