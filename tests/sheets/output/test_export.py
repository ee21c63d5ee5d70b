import csv
import io
import re
import zipfile
from pathlib import PurePosixPath

import fastexcel
import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.answers.result_files import read
from sheets.base.formulas import disarmed
from sheets.base.table import Kind, Table
from sheets.glass.shapes import split_lines
from sheets.lists.intake import as_upload
from sheets.output import xlsx
from sheets.output.export import File, split_result, write

Rows = list[tuple[str | None, ...]]
SEPARATORS = [",", ";", "\t", "|"]
MEANING = Meaning(("MSISDN", "Number"), ("band",))
CELLS = st.one_of(
    st.text(max_size=12),
    st.text(st.sampled_from(" \t\r\n,;\"'=+-@0179_x4F<>&\x00\x1f\ufeff😀"), max_size=8),
    st.sampled_from(["007", "1e5", "=1+1", "+447400123456", "_x0041_x0042_", "true", "-0.127"]),
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=6)
)


def frame(rows: Rows) -> pl.DataFrame:
    """Return cells as they are in a Table."""
    names = [f"c{place}" for place in range(len(rows[0]))]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def table(rows: Rows, kind: Kind = "csv", **more: object) -> Table:
    """Return a table of a person's."""
    given_ = {"source": "x", "part": 0, "kind": kind, "delimiter": ",", "cells": frame(rows)}
    return Table(**{**given_, **more})  # type: ignore[arg-type] # mixed on purpose


def only(files: list[File]) -> bytes:
    """Return the one file."""
    assert len(files) == 1
    return files[0].data


def csv_rows(data: bytes, delimiter: str = ",", encoding: str = "utf-8") -> list[list[str]]:
    """Return a csv as Python's own module reads it."""
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def sheets_of(data: bytes) -> dict[str, list[tuple[str, ...]]]:
    """Return a workbook as calamine reads it."""
    book = fastexcel.read_excel(data)
    return {
        name: [
            tuple(cell or "" for cell in row)
            for row in book.load_sheet(name, header_row=None, dtypes="string").to_polars().rows()
        ]
        for name in book.sheet_names
    }


def safe(text: str) -> str:
    """Return one cell as a csv writes it."""
    return str(pl.select(disarmed(pl.lit(text))).item())


@settings(max_examples=50, deadline=None)
@given(rows=TABLES, delimiter=st.sampled_from([",", ";", "\t", "|"]))
def test_a_csv_reads_back_the_same(rows: Rows, delimiter: str) -> None:
    """Protects the person's cells: any text comes back, but for the documented apostrophes."""
    data = only(write([table(rows, delimiter=delimiter)]))
    wanted = [[safe(cell or "") for cell in row] for row in rows]
    if len(rows[0]) == 1:
        wanted = [row if row[0] else [] for row in wanted]  # such a line is blank
    assert csv_rows(data, delimiter) == wanted


@settings(max_examples=50, deadline=None)
@given(rows=TABLES)
def test_a_workbook_reads_back_the_same(rows: Rows) -> None:
    """Protects the person's cells in a workbook, where every text stays the same."""
    rows = [("corner", *row[1:]) for row in rows[:1]] + rows[1:] + [("end", *rows[0][1:])]
    data = only(write([table(rows, "xlsx")]))
    wanted = [tuple((c or "").replace("\ufffe", "\ufffd") for c in row) for row in rows]
    got = sheets_of(data)["Sheet1"]
    assert [row + ("",) * (len(rows[0]) - len(row)) for row in got] == [
        tuple(cell.replace("\uffff", "\ufffd") for cell in row) for row in wanted
    ]
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    types = {cell.data_type for row in workbook.active.iter_rows() for cell in row if cell.value}
    assert types <= {"s", "inlineStr"}


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\tx", " =1", "=cmd|' /C calc'!A0", "＝1",
     "+", "-", "＋x", "＠x", "－1x", "+447400123456|calc", "+44=1", "+12a", '"=1'],
)  # fmt: skip
def test_formulas_are_disarmed(text: str) -> None:
    """Protects a person who opens the csv: foreign texts are shown, and never run."""
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a;=1", "a;'=1"),
        ("a, @SUM(A1)", "a, '@SUM(A1)"),
        ("a\t+cmd|x", "a\t'+cmd|x"),
        ("a|-2+3", "a|'-2+3"),
        ('a;""=1', 'a;""\'=1'),
        ("+447400123456\n=1", "'+447400123456\n'=1"),
        ("\r=x", "'\r'=x"),
        ("a;=1;-b", "a;'=1;'-b"),
    ],
)
def test_formulas_are_disarmed_behind_every_separator(text: str, shown: str) -> None:
    """Protects a person whose spreadsheet divides lines at another sign than ours."""
    assert safe(text) == shown


@settings(max_examples=200, deadline=None)
@given(rows=TABLES, written=st.sampled_from(SEPARATORS), read_=st.sampled_from(SEPARATORS))
def test_no_separator_shows_a_formula(rows: Rows, written: str, read_: str) -> None:
    """Protects a person who opens the csv with any separator: no cell is a formula."""
    text = only(write([table(rows, delimiter=written)])).decode()
    naive = re.split(rf"[{read_}\r\n]", text)
    honoured = [cell for row in csv_rows(text.encode(), read_) for cell in row]
    for cell in naive + honoured:
        start = re.split(r"[;,\t|\r\n]", cell.lstrip(' \t\r\n"'))[0]  # a number calls nothing
        assert start[:1] not in set("=@"), cell
        assert start[:1] not in set("+-") or not set(start) - set("+-0123456789. \"'"), cell


@pytest.mark.parametrize(
    "text",
    ["", "a", "'=1", "+447400123456", "+44 7400 123456", "+7 (987) 654-32-10", "-0.127", "+1",
     "+447400123456; +447400123457", "1-2", "12,5", "12;-5,1"],
)  # fmt: skip
def test_numbers_are_left_alone(text: str) -> None:
    """Protects imports into other programs: phone numbers and plain numbers stay unchanged."""
    assert safe(text) == text


@pytest.mark.parametrize("bom", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16-le", "gb18030"])
def test_a_csv_keeps_its_encoding(encoding: str, bom: bool) -> None:  # noqa: FBT001
    """Protects the program that made the file and will read it again."""
    rows: Rows = [("имя", "x"), ("Анна", "1;2")]
    data = only(write([table(rows, encoding=encoding, bom=bom, delimiter=";")]))
    text = data.decode(encoding)
    marked = bom and encoding.startswith("utf")
    assert text == "\ufeff" * marked + 'имя;x\r\nАнна;"1;2"\r\n'


def test_a_character_that_the_encoding_lacks_changes_the_file_to_utf8() -> None:
    """Protects foreign texts: none is lost because the list came in an old encoding."""
    rows: Rows = [("Анна", "😀")]
    data = only(write([table(rows, encoding="cp1251")]))
    assert data == "\ufeffАнна,😀\r\n".encode()


@pytest.mark.parametrize("kind", ["message", "vcf"])
def test_what_was_no_table_becomes_a_csv_for_excel(kind: Kind) -> None:
    """Protects people who pasted a list: they get a file that opens with a tap."""
    files = write([table([("Анна", "yes")], kind, encoding="cp1251", delimiter=";")])
    assert files == [File(".csv", "\ufeffАнна,yes\r\n".encode())]


def test_the_sheets_of_a_part_come_back_in_one_workbook() -> None:
    """Protects the order of a workbook, and Excel from sheet names that it rejects."""
    long = "x" * 40
    names = ["May", "may", "[a]:b?", "", "History", "'q'", long, long, "😀" * 20]
    tables = [table([(name,)], "xls", source=f"crm.xls / {name}") for name in [*names, "x\x07"]]
    files = write(tables)
    assert [file.name_suffix for file in files] == [".xlsx"]
    found = sheets_of(files[0].data)
    assert list(found)[:7] == ["May", "may (2)", "_a__b_", "Sheet", "History_", "q", "x" * 31]
    assert len(found) == len(tables)
    assert all(len(name.encode("utf-16-le")) <= 62 for name in found)
    assert [rows[0][0] for rows in found.values() if rows][:3] == ["May", "may", "[a]:b?"]


def test_texts_longer_than_a_cell_are_cut() -> None:
    """Protects the workbook: Excel calls a file with a longer cell damaged."""
    data = only(write([table([("a" * 40_000, "😀" * 20_000, "é" * 32_767)], "xlsx")]))
    ascii_, wide, fits = sheets_of(data)["Sheet1"][0]
    assert (len(ascii_), len(fits)) == (32_767, 32_767)
    assert len(wide.encode("utf-16-le")) // 2 <= 32_767


def test_rows_beyond_a_sheet_go_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects rows beyond the last one that Excel can show."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    rows: Rows = [("head",), *((str(n),) for n in range(7))]
    found = sheets_of(only(write([table(rows, "xlsx", has_header=True)])))
    assert found == {
        "Sheet1": [("head",), ("0",), ("1",), ("2",)],
        "Sheet1 (2)": [("head",), ("3",), ("4",), ("5",)],
        "Sheet1 (3)": [("head",), ("6",)],
    }


def test_what_the_parts_of_an_archive_hold_comes_back_as_files() -> None:
    """Protects a zip with lists of several kinds: each in its own kind, under unique names."""
    mixed = [table([("a",)]), table([("b",)], "xlsx"), table([("c",)], "text")]
    files = write(mixed)
    assert [file.name_suffix for file in files] == ["-1.xlsx", "-2.csv", "-3.csv"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("header", [True, False])
def test_a_large_table_is_cut_into_parts_that_open(kind: Kind, header: bool) -> None:  # noqa: FBT001
    """Protects results too large to send: each part fits, has the header, and no row is lost."""
    rows: Rows = [(f"name {n * 7919 % 1000}", f"+4474001{n:05}", "a\nb") for n in range(800)]
    files = write([table(rows, kind, has_header=header)], 9_000)
    assert len(files) > 2
    assert all(len(file.data) <= 9_000 for file in files)
    assert [PurePosixPath(file.name_suffix).stem for file in files] == [
        f"-{n}" for n in range(1, len(files) + 1)
    ]
    found: list[tuple[str, ...]] = []
    for file in files:
        part = (
            sheets_of(file.data)["Sheet1"]
            if kind == "xlsx"
            else [tuple(row) for row in csv_rows(file.data)]
        )
        if header:
            assert part[0] == rows[0]
        found += part[1:] if header else part
    assert found == (rows[1:] if header else rows)


def test_a_row_that_cannot_be_cut_is_sent_as_it_is() -> None:
    """Protects against cutting for ever."""
    assert len(write([table([("a" * 100,), ("b" * 100,)])], 10)) == 2


@given(count=st.integers(0, 60), most=st.integers(1, 200))
def test_a_list_is_cut_between_lines(count: int, most: int) -> None:
    """Protects the numbers behind a button: no part is too large, and together they are all."""
    numbers = pl.Series([f"+4474001{n:05}" for n in range(count)], dtype=pl.String)
    data = as_upload(numbers)
    assert data.decode().split() == numbers.to_list()
    files = split_lines(data, most)
    assert b"".join(file.data for file in files) == data
    assert all(len(file.data) <= max(most, 14) for file in files)
    assert all(file.data.endswith(b"\n") for file in files) or not count


def test_a_large_result_is_cut_into_zips_that_can_be_read() -> None:
    """Protects a paid result over the limit: the parts are files like the service's own."""
    answers = Answers(
        pl.DataFrame(
            {
                "number": [447400000000 + n * 7919 for n in range(2000)],
                "answer": ["yes", "maybe"] * 1000,
                "signature": [f"{n * 104729 % 9973}, 1" for n in range(2000)],
            }
        ),
        ("band", "signature"),
    )
    files = split_result(answers, MEANING, 6_000)
    assert len(files) > 2
    assert files == split_result(answers, MEANING, 6_000)
    assert all(len(file.data) <= 6_000 and file.name_suffix.endswith(".zip") for file in files)
    parts = [read(file.data, MEANING) for file in files]
    assert pl.concat([part.frame for part in parts]).equals(answers.frame)
    assert {part.headers for part in parts} == {answers.headers}
    with zipfile.ZipFile(io.BytesIO(files[0].data)) as archive:
        assert archive.namelist() == ["all.csv"]
        assert archive.read("all.csv").startswith(b"\xef\xbb\xbfMSISDN,band,signature\r\n+4474")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_larger_than_what_is_written_at_once_comes_back_whole(kind: Kind) -> None:
    """Protects each row of a large result: the writers take some rows at a time."""
    rows: Rows = [(f"+4474{place:08}", "seen yesterday" * 3) for place in range(60_000)]
    data = only(write([table(rows, kind)]))
    if kind == "csv":
        read_back = csv.reader(io.StringIO(data.decode()))
        assert [tuple(row) for row in read_back] == rows
    else:
        assert fastexcel.read_excel(data).load_sheet(0, header_row=None).to_polars().rows() == rows
