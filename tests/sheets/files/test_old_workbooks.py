import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files.documents import TooLarge
from sheets.files.workbooks import read
from tests.support.sheets.old_books import formula, number, old_book, record

TEXT = b"\0\0\0\0\0\0\xff\xff"
CHART = record(0x809, struct.pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 0))
PAGE = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))


def text(content: str, *, wide: bool = False, cut: int = 0) -> bytes:
    """Return the records of a formula's text, divided at every `cut` letters."""
    letters = content.encode("utf-16-le" if wide else "latin-1")
    step = cut * (1 + wide) or len(letters) or 1
    pieces = [letters[at : at + step] for at in range(0, len(letters), step)] or [b""]
    head = record(0x207, struct.pack("<HB", len(content), wide) + pieces[0])
    return head + b"".join(record(0x3C, bytes([wide]) + piece) for piece in pieces[1:])


def test_results_of_formulas() -> None:
    """Protects lists that a formula wrote: each kind of result stands where its formula does.

    The first digits of a text are no row and column, however they look to whoever counts cells.
    """
    cells = formula(0, 0, struct.pack("<d", 79876543210)) + formula(0, 1, TEXT)
    cells += text("+447400395497") + formula(0, 2, b"\1\0\1\0\0\0\xff\xff")
    cells += formula(0, 3, b"\2\0\x07\0\0\0\xff\xff") + formula(0, 4, b"\3\0\0\0\0\0\xff\xff")
    cells += formula(1, 0, TEXT) + record(0x4BC, bytes(10)) + text("тел", wide=True)
    assert read(old_book(cells, 0))[0].cells.rows() == [
        ("79876543210", "+447400395497", "true", None, ""),
        ("тел", None, None, None, None),
    ]


@settings(max_examples=40, deadline=None)
@given(st.text("0123456789+ ,", min_size=1, max_size=3000), st.booleans(), st.integers(1, 3000))
def test_a_long_text_is_whole(content: str, wide: bool, cut: int) -> None:  # noqa: FBT001 - drawn
    """Protects from half a number: a text that goes on in other records is read to its end."""
    cells = formula(0, 0, TEXT) + text(content, wide=wide, cut=cut)
    (sheet,) = read(old_book(cells + number(1, 0), 0))
    assert sheet.cells["c0"].to_list() == [content, "79876543210"]


def test_a_text_that_cannot_be_put_together() -> None:
    """Protects from half a number, where the letters of the rest are of another width."""
    rest = record(0x3C, b"\1" + "5497".encode("utf-16-le"))
    cells = formula(0, 0, TEXT) + text("+44740039") + rest
    assert read(old_book(cells + number(1, 0), 0))[0].cells["c0"].to_list() == ["", "79876543210"]


def test_cells_behind_a_chart_count() -> None:
    """Protects memory: a reader goes on behind a chart, so its end is not that of the sheet."""
    chart = PAGE + number(0, 0) + CHART + record(0x0A)
    assert read(old_book(chart + number(1, 0), 0))[0].cells.height >= 1
    with pytest.raises(TooLarge):
        read(old_book(chart + number(65_535, 65_535), 0))


def test_hidden_rows_of_an_old_workbook() -> None:
    """Protects rows that a filter took away: they keep their place, and are known."""
    shown = struct.pack("<HHHHHHI", 0, 0, 1, 255, 0, 0, 0x100)
    gone = struct.pack("<HHHHHHI", 1, 0, 1, 255, 0, 0, 0x120)
    cells = record(0x208, shown) + record(0x208, gone) + number(0, 0) + number(1, 0)
    (sheet,) = read(old_book(cells, 0))
    assert (sheet.cells.height, sheet.hidden.to_list()) == (2, [1])
    data = bytearray(old_book(number(0, 0), 0))
    at = data.index(struct.pack("<HHI", 0x85, 10, 20 + 14 + 4)) + 8
    data[at] = 2  # very hidden
    assert read(bytes(data))[0].hidden.to_list() == [0]


def test_the_corpus_has_no_hidden_rows() -> None:
    """Protects everybody else: no row is taken for hidden that isn't."""
    folder = Path(__file__).with_name("corpus")
    for name in ("old.xls", "small.ods", "numbers.xlsx", "no-places.xlsx"):
        assert not any(sheet.hidden.len() for sheet in read((folder / name).read_bytes()))
