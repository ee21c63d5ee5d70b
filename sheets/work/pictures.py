"""Draw the picture of a result."""

from collections.abc import Mapping
from typing import Any

from sheets.output import chart
from sheets.output.chart_rows import Chart, Row


def draw(**values: Any) -> tuple[None, list[bytes]]:
    """Give the picture as PNG, or no file where there is nothing to compare."""
    rows: list[Mapping[str, Any]] = values.pop("rows")
    png = chart.draw(Chart(**values, rows=tuple(Row(**row) for row in rows)))
    return None, [png] if png else []
