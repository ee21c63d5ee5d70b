import json
import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheets.files.documents import ListError, SeveralColumns
from sheets.lists.intake import Part, read, trace

CORPUS = Path(__file__).with_name("corpus")
EXPECTED: dict[str, dict[str, Any]] = json.loads((CORPUS / "expected.json").read_text("utf-8"))
SMALL = sorted(name for name in EXPECTED if (CORPUS / name).stat().st_size < 9000)


def read_or_refuse(data: bytes) -> None:
    """Read and trace: both find the same numbers, or fail with one of our own errors."""
    part = Part("x", data)
    try:
        traced = trace([part])
        reading = read([part])
    except ListError:
        return
    found = pl.concat([each.numbers["number"] for each in traced]).unique(maintain_order=True)
    assert [f"+{number}" for number in found] == reading.numbers.to_list()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_file_of_the_corpus(name: str) -> None:
    """In any format, encoding or damage the numbers are found, or the refusal names why."""
    expected = EXPECTED[name]
    data = (CORPUS / name).read_bytes()
    part = Part(name, data, column=expected.get("column"))
    if "error" in expected:
        with pytest.raises(ListError) as refused:
            read([part])
        error = refused.value
        assert type(error).__name__ == expected["error"]
        assert getattr(error, "kind", None) == expected.get("kind")
        assert getattr(error, "why", None) == expected.get("why")
        columns = error.columns if isinstance(error, SeveralColumns) else ()
        assert [column.place for column in columns] == expected.get("places", [])
        return
    reading = read([part], expected.get("region"))
    assert reading.numbers.to_list() == expected["numbers"]
    assert [list(row) for row in reading.left_out.select("line", "reason").rows()] == expected[
        "left_out"
    ]
    rows = pl.concat([t.numbers["number"] for t in trace([part], expected.get("region"))])
    assert [f"+{number}" for number in rows.unique(maintain_order=True)] == expected["numbers"]


@pytest.mark.parametrize("name", ["a" * 500 + ".txt", "\u202etxt.exe", "../../x", "", "\x00"])
def test_names_are_only_names(name: str) -> None:
    """The content of a file decides how it is read; its name is only reported."""
    reading = read([Part(name, b"+79876543210\nbad\n")])
    assert reading.left_out["source"].to_list() == [name]


def test_ten_million_columns() -> None:
    """A line of nothing but separators is answered, in almost no time."""
    assert read([Part("x", b"," * 10_000_000 + b"\n+79876543210\n")]).numbers.len() == 1


@settings(max_examples=30, deadline=None)
@given(name=st.sampled_from(SMALL), seed=st.integers(0, 2**32), cut=st.booleans())
@example(name="old-xml.xls", seed=0, cut=True)  # rows without a single cell
def test_damaged_files_are_answered(name: str, seed: int, cut: bool) -> None:  # noqa: FBT001 - drawn
    """A file that was cut short or has wrong bytes is read or refused; nothing else is raised."""
    chance = random.Random(seed)
    data = bytearray((CORPUS / name).read_bytes())
    if cut:
        data = data[: chance.randrange(len(data) + 1)]
    for _ in range(chance.randrange(4) if data else 0):
        data[chance.randrange(len(data))] = chance.randrange(256)
    read_or_refuse(bytes(data))


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_read_and_trace_the_same(data: bytes) -> None:
    """The table given back to people carries exactly the numbers that were read."""
    read_or_refuse(data)
