import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files import documents
from sheets.files.allowance import Allowance
from sheets.files.documents import TooLarge
from sheets.lists import batches, csv_cells, long_lines, paste
from sheets.lists.intake import Part, read, trace


@settings(max_examples=60, deadline=None)
@given(st.text("17+ ,;\tx", max_size=3000), st.integers(1_000, 1_500))
def test_a_long_line_is_cut_without_loss(text: str, longest: int) -> None:
    """No piece is longer than the cap, and together they are the line."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_lines, "LONGEST_LINE", longest)
        pieces = long_lines.divide(text)
    assert "".join(pieces) == text
    assert all(len(piece) <= longest for piece in pieces)


@pytest.mark.parametrize("separator", [",", "; ", " ", "\t", ""])
def test_no_number_is_lost_where_a_long_line_is_cut(separator: str) -> None:
    """All numbers of a line of any length are found, and what is none is counted."""
    numbers = [f"+7987{n:07}" for n in range(5000)]
    reading = read([Part("a", separator.join(numbers).encode())])
    assert reading.numbers.to_list() == numbers
    junk = read([Part("a", b"+79876543210\n" + b"x" * 50_001)])
    assert (junk.numbers.len(), junk.rejected) == (1, 3)
    first = read([Part("a", b"x" * 50_001 + b"\n+79876543210")])
    assert (first.numbers.len(), first.rejected) == (1, 3)


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many lines are taken at a time, the same is found."""
    text = "".join(f'a{n};"x; {n}";tel +7987654{n:04}, or +49309018{n:02}\n' for n in range(30))
    part = Part("a.csv", text.encode())
    whole, (traced,) = read([part]), trace([part])
    monkeypatch.setattr(batches, "BATCH", 50)
    assert read([part]).numbers.to_list() == whole.numbers.to_list()
    assert read([part]).left_out.rows() == whole.left_out.rows()
    assert trace([part])[0].table.cells.equals(traced.table.cells)


def test_a_csv_line_is_taken_apart_once() -> None:
    """All columns come from one walk over the lines, and a missing one is empty."""
    lines = documents.lines_of(b'a\t\tb\n"x\ty" \tc\n"a,b\t"q" z\t\n')
    cells = csv_cells.cells_at(lines, "\t", [0, 1, 2, 3])
    assert [list(row) for row in zip(*cells, strict=True)] == [
        ["a", "", "b", ""],
        ["x\ty", "c", "", ""],
        ['"a,b', "q", "", ""],
        ["", "", "", ""],
    ]


def test_lines_and_cells_have_caps() -> None:
    """A file of more lines, or a line of more cells, than any list has is refused in words."""
    with pytest.raises(TooLarge):
        documents.lines_of(b"\n" * 11, Allowance(lines=10))
    assert documents.lines_of(b"\n" * 10, Allowance(lines=10)).len() == 11
    usual = b"a,b,c\n" * 50
    wide = b"," * csv_cells.MOST_IN_A_LINE
    assert read([Part("a", usual + wide[1:] + b"\n+79876543210")]).numbers.len() == 1
    with pytest.raises(TooLarge):
        read([Part("a", usual + wide + b"\n+79876543210")])


def test_a_paste_of_one_line_is_joined_in_one_walk() -> None:
    """Messages without a line end move as a whole; none is copied again for each one before it."""
    numbers = [f"+7987{n:07}" for n in range(3000)]
    text = " ".join(numbers)
    size = paste.MESSAGE_UNITS
    chunks = [text[at : at + size] for at in range(0, len(text), size)]
    joined = paste.join(chunks)
    assert len(joined) == len(chunks)
    assert (
        read([Part(str(n), chunk, "text") for n, chunk in enumerate(chunks)]).numbers.len() >= 2990
    )
