"""What is stored about a person, written by a confined process and sent from there."""

import json
import tracemalloc

import pytest

from runtime.confined.exchange import TooMuchError
from runtime.confined.files import Files, pieces_of, write
from tests.support.confinement import shared_glass

MEGABYTE = 1 << 20
PLACES = [("lists", 0, "body", 20 * MEGABYTE), ("lists", 1, "title", 7), ("lists", 1, "body", 0)]


def given(files: Files) -> int:
    """Open a file with the texts of PLACES."""
    texts = files.new()
    for _ in range(20):
        write(texts, b"+447400123456\n" * (MEGABYTE // 14) + b"\n" * (MEGABYTE % 14))
    write(texts, "\u0441\xefa\xe9".encode())
    return texts


async def test_an_export_never_stands_in_the_bots_memory() -> None:
    """Protects a small server from a person with many lists: texts and JSON pass by in pieces."""
    rows = {"lists": [{"id": "a"}, {"id": "b"}], "parts": []}
    with Files() as files:
        texts = given(files)
        tracemalloc.start()
        try:
            whole = await shared_glass().write_json(rows, PLACES, texts, files, 50 * MEGABYTE, of=1)
            length = sum(len(piece) for piece in pieces_of(whole))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        written = json.loads(b"".join(pieces_of(whole)))
    assert length > 20 * MEGABYTE > 5 * peak
    assert written["lists"][0]["body"].startswith("+447400123456\n+4474")
    assert written["lists"][1] == {"id": "b", "title": "\u0441\xefa\xe9", "body": ""}
    assert written["parts"] == []


async def test_an_export_that_cannot_be_sent_is_too_much() -> None:
    """Protects the person: what Telegram would not take is told in place of being tried."""
    rows = {"lists": [{}, {}]}
    with Files() as files:
        texts = given(files)
        with pytest.raises(TooMuchError):
            await shared_glass().write_json(rows, PLACES, texts, files, MEGABYTE, of=1)
