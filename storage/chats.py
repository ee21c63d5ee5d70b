"""Chats: their language, and whether they let us write."""

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import chats


async def seen(connection: AsyncConnection, chat_id: int, language: str | None, now: float) -> bool:
    """Note that the chat wrote. Gives whether it had been silent (blocked) until now."""
    was = (
        await connection.execute(sa.select(chats.c.blocked_at).where(chats.c.chat_id == chat_id))
    ).scalar()
    row = {"chat_id": chat_id, "language": language, "seen_at": now, "blocked_at": None}
    kept = {key: value for key, value in row.items() if key != "chat_id"}
    await connection.execute(
        insert(chats).values(row).on_conflict_do_update(index_elements=["chat_id"], set_=kept)
    )
    return was is not None


async def language(connection: AsyncConnection, chat_id: int) -> str | None:
    """The language the chat was last seen with, as Telegram names it."""
    query = sa.select(chats.c.language).where(chats.c.chat_id == chat_id)
    return (await connection.execute(query)).scalar()


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
