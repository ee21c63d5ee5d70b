"""Common to all tables: names of keys and indexes, and differences of the engines."""

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

# 64 bits, but SQLite generates ids only in an INTEGER column.
row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def where(condition: str) -> dict[str, Any]:
    """Return the arguments of a partial index for both engines."""
    return {f"{engine}_where": sa.text(condition) for engine in ("sqlite", "postgresql")}
