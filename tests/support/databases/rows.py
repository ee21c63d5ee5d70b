"""Rows for any table, generated from its columns, so that new tables get some, too."""

from typing import Any

import sqlalchemy as sa

FIRST_ID = 5_000_000_000  # Telegram's ids need more than 32 bits


def row_of(table: sa.Table, number: int) -> dict[str, Any]:
    """Return the row of this number, with a value in each column.

    Keys of equal types are equal in all tables, so that foreign keys match.
    """
    return {column.name: _value(column.type, number) for column in table.columns}


def _value(kind: sa.types.TypeEngine[Any], number: int) -> Any:
    match kind:
        case sa.Boolean():
            return True
        case sa.BigInteger():
            return FIRST_ID + number
        case sa.Integer():
            return number
        case sa.Float():
            return number + 0.25
        case sa.LargeBinary():
            return bytes([number]) * 40
        case sa.String():
            return f"k{number}"
    raise AssertionError(f"a type that this doesn't know: {kind!r}")
