"""The tables of a text: rows of a csv with line feeds in its cells, or objects of JSON."""

from collections.abc import Iterator
from dataclasses import replace

from sheets.files.sources import Source
from sheets.lists.rows import json_rows
from sheets.lists.rows.dialect import joined


def in_rows(source: Source) -> Iterator[Source]:
    """Yield the tables of a source; all but texts come back unchanged."""
    if source.kind != "text" or not source.cells.height:
        yield source
        return
    lines = source.cells["c0"]
    objects = json_rows.tables_of(lines)
    if objects is not None:
        for path, cells in objects:
            name = f"{source.name} / {path}" if len(objects) > 1 and path else source.name
            yield replace(source, name=name, kind="csv", cells=cells, has_header=True)
        return
    rows = joined(lines)
    if rows.len() < lines.len():
        source = replace(source, cells=rows.alias("c0").to_frame())
    yield source
