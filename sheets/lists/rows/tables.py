"""The tables of a text: rows of a csv with line feeds in its cells, or objects of JSON and XML."""

from collections.abc import Iterator
from dataclasses import replace

from sheets.files.sources import Source
from sheets.lists.rows.chats import is_chat
from sheets.lists.rows.dialect import joined
from sheets.lists.rows.json_rows import in_json
from sheets.lists.rows.xml_rows import in_xml


def in_rows(source: Source) -> Iterator[Source]:
    """Yield the tables of a source; all but texts come back unchanged.

    Raises BrokenFile, HarmfulFile, NotAList or TooLarge for JSON and XML that can't be read.
    """
    if source.kind != "text" or not source.cells.height:
        yield source
        return
    lines = source.cells["c0"]
    objects = in_json(lines) or in_xml(lines)
    if objects is not None:
        for found in objects:
            several = len(objects) > 1 and found.path
            name = f"{source.name} / {found.path}" if several else source.name
            named = replace(source, name=name, cells=found.cells, has_header=True)
            yield replace(named, is_chat=True) if found.is_chat else replace(named, kind="csv")
        return
    if is_chat(lines):
        yield replace(source, is_chat=True)
        return
    rows = joined(lines)
    if rows.len() < lines.len():
        source = replace(source, cells=rows.alias("c0").to_frame())
    yield source
