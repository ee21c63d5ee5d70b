"""What all tables have in common: how keys and indexes are named, and what engines ask for."""

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Telegram's ids need more than 32 bits; SQLite counts by itself only in an INTEGER column.
row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def where(condition: str) -> dict[str, Any]:
    """Of a partial index, for either engine."""
    return {f"{engine}_where": sa.text(condition) for engine in ("sqlite", "postgresql")}
