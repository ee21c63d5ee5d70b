"""Workbooks come back as they came, with the answers beside their rows."""

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from scripts.workbooks.compare import compare
from scripts.workbooks.round_trip import DAY, WORDS, Returned, answered
from sheets.answers.answers import Answers
from sheets.lists import intake
from sheets.output import own_sheets
from sheets.output.joining import Checked
from sheets.output.kept import rows as kept_rows

FOLDER = Path(__file__).parent / "workbooks"
CORPUS = sorted(path.name for path in FOLDER.iterdir())
ANEW = {"hand-comment.xlsx": "strange", "hand-signed.xlsx": "signed"}
CONVERTED = {".ods", ".xls"}
KEPT = [name for name in CORPUS if name not in ANEW and Path(name).suffix not in CONVERTED]
TITLES = ["E.164", "Telegram: last online (days ago)", "Checked on"]
FRAME = pl.DataFrame({"number": [447400123400], "answer": ["yes"]})
SERIAL, SERIAL_1904 = "46356", "44894"  # of that day


@cache
def returned(name: str) -> Returned:
    """Return a workbook of the corpus with its answers."""
    return answered((FOLDER / name).read_bytes(), name=name)


def open_(found: Returned) -> openpyxl.Workbook:
    """Return the workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(found.files[0].data))


def part(data: bytes, name: str) -> str:
    """Return a part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_the_corpus_has_thirty_workbooks_of_four_programs() -> None:
    """Protects the corpus itself."""
    assert len(KEPT) >= 30
    programs = {name.partition("-")[0] for name in KEPT}
    assert {"openpyxl", "xlsxwriter", "pandas", "libreoffice"} <= programs


@pytest.mark.parametrize("name", KEPT)
def test_everything_that_was_there_is_there(name: str) -> None:
    """Protects people's workbooks: cells, types, styles, widths, sheets, filters and names."""
    found = returned(name)
    assert found.said == [""]
    (file,) = found.files
    assert file.name_suffix == Path(name).suffix
    assert compare((FOLDER / name).read_bytes(), file.data).lost == []


@pytest.mark.parametrize("name", KEPT)
def test_each_row_has_its_answer(name: str) -> None:
    """Protects the answers: they stand in the rows of their numbers, and nowhere else."""
    found = returned(name)
    added = compare((FOLDER / name).read_bytes(), found.files[0].data).added
    cells: dict[int, list[str]] = {}
    for sheet in added.values():
        by_place = sorted(sheet.items(), key=lambda each: [*map(int, each[0].split(":"))])
        for place, text in by_place:
            cells.setdefault(int(place.partition(":")[2]), []).append(text)
    (traced,) = found.traced
    said: dict[int, str] = {}
    for number in traced.numbers["number"]:
        said.setdefault(number, WORDS[len(said) % len(WORDS)])
    day = SERIAL_1904 if "1904" in name else SERIAL
    wanted = {
        row + 1: [f"+{number}", said[number], day] for row, number in traced.numbers.iter_rows()
    }
    assert traced.table.origin is not None
    if traced.table.origin.header is not None:
        wanted[traced.table.origin.header + 1] = TITLES
    assert wanted
    assert cells == wanted


@pytest.mark.parametrize(
    ("name", "why"), [*ANEW.items(), *((n, "converted") for n in CORPUS if n not in {*KEPT, *ANEW})]
)
def test_what_cant_be_kept_is_written_anew_and_said(name: str, why: str) -> None:
    """Protects from a workbook that opens broken: it has all rows, in a new file."""
    found = returned(name)
    assert found.said == [why]
    assert found.files[0].name_suffix == ".xlsx"
    cells = [[cell.value for cell in row] for row in open_(found).active.iter_rows()]
    assert cells[0][-3:] == TITLES
    assert all(str(row[-3]).startswith("+4474001234") for row in cells[1:])
    assert all(row[-1] == DAY for row in cells[1:])


def test_a_table_and_its_filter_reach_over_the_answers() -> None:
    """Protects the rows from a sort: answers beside a table would stay where they are."""
    found = returned("openpyxl-as-table.xlsx")
    table = open_(found).active.tables["Customers"]
    assert table.ref == table.autoFilter.ref == "A1:I9"
    assert table.column_names[-3:] == TITLES
    sheet = open_(returned("xlsxwriter-crm.xlsx")).active
    assert sheet.auto_filter.ref == "A1:I9"
    book = part(returned("xlsxwriter-crm.xlsx").files[0].data, "xl/workbook.xml")
    assert "$A$1:$I$9<" in book


def test_a_list_without_a_filter_gets_one() -> None:
    """Protects from scrolling: who is active is a tap away; a protected sheet stays as it is."""
    assert open_(returned("openpyxl-types.xlsx")).active.auto_filter.ref == "A1:J9"
    assert open_(returned("openpyxl-below-titles.xlsx")).active.auto_filter.ref == "A4:I12"
    assert open_(returned("openpyxl-protected.xlsx")).active.auto_filter.ref is None
    assert open_(returned("openpyxl-no-header.xlsx")).active.auto_filter.ref is None


def test_colours_say_what_an_answer_means() -> None:
    """Protects a glance at a long list: light fills for yes, no and unknown, and no others."""
    sheet = open_(returned("openpyxl-types.xlsx")).active
    fills = [cell.fill.fgColor.rgb if cell.fill.patternType else "" for cell in sheet["I"][1:6]]
    assert fills == ["FFE2F0D9", "FFE2F0D9", "FFFBE5D6", "FFEDEDED", "FFE2F0D9"]
    assert not [cell for cell in (*sheet["H"], *sheet["J"]) if cell.fill.patternType]


def test_a_title_looks_like_the_one_beside_it() -> None:
    """Protects a header's look."""
    sheet = open_(returned("openpyxl-styled.xlsx")).active
    assert sheet["G1"].fill.fgColor.rgb == sheet["F1"].fill.fgColor.rgb == "FF1F4E78"
    assert sheet["G1"].font.bold


@pytest.mark.parametrize(
    ("name", "column"),
    [("hand-blank-cells.xlsx", "B"), ("openpyxl-with-chart.xlsx", "R"),
     ("openpyxl-two-tables.xlsx", "J"),
     ("xlsxwriter-wide.xlsx", "BL")],
)  # fmt: skip
def test_answers_stand_where_they_are_seen(name: str, column: str) -> None:
    """Protects from answers far away, below a chart, in merged cells, or over a second table."""
    assert open_(returned(name)).active[f"{column}1"].value == "E.164"


def test_answers_are_seen_where_all_other_columns_are_hidden() -> None:
    """Protects people who hide what they don't use."""
    data = returned("xlsxwriter-hidden-rest.xlsx").files[0].data
    cols = re.findall(r"<col [^>]*>", part(data, "xl/worksheets/sheet1.xml"))
    hidden = [each for each in cols if "hidden" in each]
    assert len(hidden) == 1
    assert 'min="10"' in hidden[0]


def test_a_workbook_that_would_be_too_large_to_send_is_written_anew() -> None:
    """Protects the answers: what can't be sent in one piece is split."""
    name = "openpyxl-types.xlsx"
    found = answered((FOLDER / name).read_bytes(), name=name, most_bytes=5_500)
    assert set(found.said) == {"large"}


def test_rows_too_long_to_hold_are_no_end_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the memory of whoever writes it."""
    monkeypatch.setattr(kept_rows, "LONGEST_ROW", 1 << 19)
    cell = f'<c r="B7" t="inlineStr"><is><t>{"x" * (3 << 20)}</t></is></c></row>'
    out = io.BytesIO()
    with (
        zipfile.ZipFile(FOLDER / "hand-plain.xlsx") as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            head, close, rest = old.read(name).rpartition(b"</row>")
            new.writestr(name, head + (cell.encode() if close else b"") + rest)
    assert answered(out.getvalue()).said == ["large"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="3">', b'<row r="2">'),
        (b'<row r="3">', b'<row r="3"><![CDATA[ ]]>'),
        (b"<sheetData>", b'<cols><col min="one" max="2"/></cols><sheetData>'),
        (
            b"</sheetData>",
            b'<row r="9"><c ph="1" r="B9"/><c r="C9"><v>1</v></c></row></sheetData>',
        ),
    ],
)
def test_what_isnt_understood_isnt_touched(old: bytes, new: bytes) -> None:
    """Protects from cells in wrong places: whatever is odd is written anew, or stays as it is."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(FOLDER / "hand-plain.xlsx") as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new))
    found = answered(out.getvalue())
    assert found.said == ["strange"] or compare(out.getvalue(), found.files[0].data).lost == []
    with zipfile.ZipFile(io.BytesIO(found.files[0].data)) as archive:
        assert b"+447400123400" in archive.read("xl/worksheets/sheet1.xml")


def test_only_what_has_to_changes() -> None:
    """Protects what nobody thought of: all other parts are the same bytes."""
    before = (FOLDER / "xlsxwriter-pictures.xlsx").read_bytes()
    after = returned("xlsxwriter-pictures.xlsx").files[0].data
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_an_archive_gives_each_of_its_files_back() -> None:
    """Protects a zip of several lists: each comes back as it came."""
    out = io.BytesIO()
    book = (FOLDER / "openpyxl-types.xlsx").read_bytes()
    text = b'Name;Phone\r\nAnn;447400123499\r\n"B";447400123498\r\n'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xlsx", book)
        archive.writestr("b.csv", text)
        archive.writestr("c.xlsx", (FOLDER / "openpyxl-styled.xlsx").read_bytes())
    found = answered(out.getvalue(), name="lists.zip")
    assert [file.name_suffix for file in found.files] == ["-1.xlsx", "-2.csv", "-3.xlsx"]
    assert compare(book, found.files[0].data).lost == []
    assert found.files[1].data.startswith(b"Name;Phone;E.164;")
    assert found.files[1].data.count(b'\r\n"B";447400123498;') == 1


def test_a_plain_list_gets_titles_where_answers_have_to_be_told_apart() -> None:
    """Protects several answers without a name; where rows may be referred to, none moves."""
    two = Checked("A", Answers(FRAME, ("a",))), Checked("B", Answers(FRAME, ("b",)))
    for name, first in (("hand-no-places.xlsx", "E.164"), ("openpyxl-no-header.xlsx", "E.164")):
        data = (FOLDER / name).read_bytes()
        traced = intake.trace([intake.Part(name, data)], "GB")
        (file,), said = own_sheets.write(traced, data, two)
        assert said == [""]
        rows = list(openpyxl.load_workbook(io.BytesIO(file.data)).active.values)
        before = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
        assert rows[0][-3:] == (first, "A: a", "B: b")
        assert [row[: len(before[0])] for row in rows[1:]] == before
        assert rows[1][-3:] == ("+447400123400", "yes", "yes")
