"""Whose turn is next: the order of rows of which a query returns only the first."""

from typing import Any

import sqlalchemy as sa


def in_turn(
    whose: sa.ColumnElement[Any], since: sa.ColumnElement[Any]
) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    """Order by the first of each, then the second of each: nobody's many rows hide another's.

    The database numbers every row that it may return, so these must be few, or found by an index.
    """
    return sa.func.row_number().over(partition_by=whose, order_by=since), since
