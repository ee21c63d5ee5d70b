from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.answers.answers import Answers
from sheets.base.table import Table, Traced
from sheets.output.joining import Checked, columns_of, join, needs_header

ONE, TWO, THREE = 447400123456, 447400123457, 447400123458


def traced(rows: list[list[str | None]], found: list[tuple[int, int]], *, header: bool) -> Traced:
    """Return a csv with these cells, and the numbers (row, number) in it."""
    names = [f"c{place}" for place in range(len(rows[0]) if rows else 1)]
    cells = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    numbers = pl.DataFrame(found, schema={"row": pl.UInt32, "number": pl.Int64}, orient="row")
    return Traced(Table("list.csv", 0, "csv", cells, has_header=header), numbers)


def answers(said: dict[int, str], header: str = "band", **columns: list[str]) -> Answers:
    """Return a service's file."""
    frame = pl.DataFrame(
        {"number": list(said), "answer": list(said.values()), **columns},
        schema_overrides={"number": pl.Int64, "answer": pl.String},
    )
    return Answers(frame, (header, *columns))


CRM = traced(
    [
        ["name", "Phone"],
        ["Anna", "447400123456"],
        [None, None],
        ["Boris", "no phone"],
        ["Anna again", "+44 7400 123456"],
        ["Clara", "+447400123458"],
    ],
    [(1, ONE), (4, ONE), (5, THREE)],
    header=True,
)


def test_answers_stand_beside_their_rows() -> None:
    """Protects the person's own table: all rows, in their order, unchanged."""
    table = join(CRM, [Checked("Band", answers({THREE: "?", TWO: "yes", ONE: "no"}))])
    assert table.has_header
    assert table.cells.rows() == [
        ("name", "Phone", "E.164", "band"),
        ("Anna", "447400123456", f"+{ONE}", "no"),
        (None, None, None, None),
        ("Boris", "no phone", None, None),
        ("Anna again", "+44 7400 123456", f"+{ONE}", "no"),
        ("Clara", "+447400123458", f"+{THREE}", "?"),
    ]
    assert replace(table, cells=CRM.table.cells) == CRM.table


def test_a_number_that_did_not_come_back_has_no_answer() -> None:
    """Protects from a false no: the cell of a missing answer is empty."""
    table = join(CRM, [Checked("Band", answers({ONE: "yes"}))])
    assert table.cells["c3"].to_list() == ["band", "yes", None, None, "yes", None]


def test_all_columns_of_several_checks_say_whose_they_are() -> None:
    """Protects against taking one check's answer for another's."""
    details = answers({ONE: "yes"}, "whatsapp", signature=["=Hi"])
    table = join(CRM, [Checked("Band", answers({ONE: "no"})), Checked("Details", details)])
    assert table.cells.row(0)[2:] == (
        "E.164", "Band: band", "Details: whatsapp", "Details: signature",
    )  # fmt: skip
    assert table.cells.row(1)[2:] == (f"+{ONE}", "no", "yes", "=Hi")


@pytest.mark.parametrize(
    ("own", "added"),
    [
        ("name", ("E.164", "band")),
        ("BAND ", ("E.164", "Check: band")),
        ("e.164", ("E.164 (2)", "band")),
    ],
)
def test_no_two_columns_are_called_alike(own: str, added: tuple[str, str]) -> None:
    """Protects a table that went through the same check before."""
    once = traced([["Phone", own], ["447400123456", "x"]], [(1, ONE)], header=True)
    table = join(once, [Checked("Check", answers({ONE: "yes"}))])
    assert table.cells.row(0)[2:] == added
    twice = join(Traced(table, once.numbers), [Checked("Check", answers({ONE: "no"}))])
    assert len({str(title).casefold() for title in twice.cells.row(0)}) == twice.cells.width


def test_several_numbers_of_a_row_keep_their_order() -> None:
    """Protects rows with two phones: the second answer is the second number's, also if alone."""
    rows: list[list[str | None]] = [["a / b"], ["b"], ["c / d"]]
    found = [(0, ONE), (0, TWO), (1, TWO), (2, THREE), (2, THREE + 1)]
    table = join(traced(rows, found, header=False), [Checked("Band", answers({TWO: "yes"}))])
    assert table.cells.rows() == [
        ("a / b", f"+{ONE}; +{TWO}", "; yes"),
        ("b", f"+{TWO}", "yes"),
        ("c / d", f"+{THREE}; +{THREE + 1}", None),
    ]


def test_a_header_is_added_only_where_it_is_needed() -> None:
    """Protects a bare list, which gets no header; two answers side by side need names."""
    bare = traced([["447400123456"], ["447400123457"]], [(0, ONE), (1, TWO)], header=False)
    one = join(bare, [Checked("Band", answers({ONE: "yes", TWO: "no"}))])
    assert not one.has_header
    assert one.cells.row(0) == ("447400123456", f"+{ONE}", "yes")
    two = join(bare, [Checked("A", answers({ONE: "yes"})), Checked("B", answers({TWO: "no"}))])
    assert two.has_header
    assert two.cells.rows() == [
        (None, "E.164", "A: band", "B: band"),
        ("447400123456", f"+{ONE}", "yes", None),
        ("447400123457", f"+{TWO}", None, "no"),
    ]


def test_nothing_to_join_is_no_trouble() -> None:
    """Protects sheets without any number beside others that have some."""
    table = join(traced([["a", "b"]], [], header=False), [Checked("Band", answers({ONE: "yes"}))])
    assert table.cells.rows() == [("a", "b", None, None)]
    assert join(traced([], [], header=False), [Checked("Band", answers({}))]).cells.height == 0


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(st.integers(0, 6), max_size=3), max_size=12),
    said=st.dictionaries(st.integers(0, 6), st.sampled_from(["yes", "no", "", "maybe"])),
)
def test_every_row_gets_its_own_answers(rows: list[list[int]], said: dict[int, str]) -> None:
    """Protects the join itself, against doing it by hand."""
    found = [(row, ONE + n) for row, numbers in enumerate(rows) for n in numbers]
    cells: list[list[str | None]] = [[f"row {row}"] for row in range(len(rows))]
    told = answers({ONE + n: answer for n, answer in said.items()})
    table = join(traced(cells, found, header=False), [Checked("Band", told)])
    for row, numbers in enumerate(rows):
        texts = [said.get(n, "") for n in numbers]
        own, number, answer = table.cells.row(row)
        assert own == f"row {row}"
        assert (number or "") == "; ".join(f"+{ONE + n}" for n in numbers)
        assert (answer or "") == ("; ".join(texts) if any(texts) else "")


def test_each_answer_says_when_it_was_given() -> None:
    """Protects from old answers taken for new: the day of the check, or of each number."""
    days = answers({ONE: "7", THREE: "1"}, "telegram_days", checked_on=["2026-11-02", "2026-11-30"])
    of_each = Checked("Activity", days, {"": "Last online"}, "2026-11-30", "Checked on")
    of_all = Checked("Band", answers({ONE: "yes"}), {}, "2026-11-29", "Band: checked on")
    table = join(CRM, [of_each, of_all])
    assert table.cells.row(0)[3:] == ("Last online", "Checked on", "Band: band", "Band: checked on")
    assert table.cells.row(1)[3:] == ("7", "2026-11-02", "yes", "2026-11-29")
    assert table.cells.row(5)[3:] == ("1", "2026-11-30", None, None)
    kinds = [column.kind for column in columns_of(CRM, [of_each, of_all])]
    assert kinds == ["number", "words", "day", "words", "day"]
    assert not needs_header([of_each])
