import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files import workbooks, xls_bounds, xml_parts
from sheets.files.allowance import Allowance
from sheets.files.documents import BrokenFile, HarmfulFile, TooLarge
from sheets.files.packed import ole
from sheets.files.workbooks import read
from tests.support.sheets.make_corpus import bare_xlsx, ods, ods_cell, ods_row, xlsx, zipped
from tests.support.sheets.old_books import book, number, old_book, record

OLD = (Path(__file__).with_name("corpus") / "old.xls").read_bytes()


def test_a_container_written_anew_is_read() -> None:
    """The library reads the records from a container that holds nothing else."""
    stream = ole.stream(OLD, ["workbook", "book"])
    assert ole.stream(ole.container("Workbook", stream), ["workbook"]) == stream
    assert read(ole.container("Workbook", stream))[0].cells.equals(read(OLD)[0].cells)
    assert read(old_book(number(0, 0), 0))[0].cells.rows() == [("79876543210",)]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 9_000_000))
def test_containers_of_any_length(length: int) -> None:
    """A stream comes back as it was written, with zeros behind a short one."""
    content = bytes(range(1, 251)) * (length // 250)
    assert ole.stream(ole.container("Book", content), ["book"]).rstrip(b"\0") == content


@pytest.mark.parametrize("starts", [(0, 0), (0, 18), tuple([0] * 2000)])
def test_sheets_of_an_xls_that_share_records(starts: tuple[int, ...]) -> None:
    """A thousand sheets at one place would be read a thousand times; each record belongs to one."""
    with pytest.raises(HarmfulFile, match="sheets"):
        read(old_book(number(0, 0) + number(1, 0), *starts))


def test_each_record_of_an_xls_is_visited_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many sheets there are, no more records are read than the file has."""
    visited: list[int] = []
    records = xls_bounds._records

    def counted(*of: object) -> Iterator[tuple[int, int, int]]:
        for found in records(*of):  # type: ignore[arg-type]
            visited.append(found[0])
            yield found

    monkeypatch.setattr(xls_bounds, "_records", counted)
    sheet = number(0, 0) * 50 + record(0x0A)
    stream = book(sheet * 20, *(len(sheet) * place for place in range(20)))
    assert len(list(xls_bounds.of_stream(stream))) == 21
    assert len(visited) <= 1000 + 3 * 21


def test_a_far_corner_in_a_short_stream() -> None:
    """Two cells in a few hundred bytes are enough to ask for a hundred gigabytes."""
    with pytest.raises(TooLarge):
        read(old_book(number(0, 0) + number(65_535, 65_535), 0))


def test_what_an_xls_announces_is_not_believed() -> None:
    """Neither its dimensions nor the number of its texts make the library reserve memory."""
    wide = record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    assert read(old_book(wide + number(0, 0), 0))[0].cells.rows() == [("79876543210",)]
    many = record(0xFC, struct.pack("<II", 1, 0xFFFFFFFF))
    with pytest.raises(BrokenFile, match="texts"):
        read(old_book(number(0, 0), 0, more=many))
    with pytest.raises(BrokenFile, match="outside"):
        read(old_book(number(0, 0), 0xFFFF))


def test_a_circle_of_sectors() -> None:
    """A chain that leads back to itself ends."""
    data = bytearray(old_book(number(0, 0) * 1000, 0))
    table = len(data) - 4096
    struct.pack_into("<I", data, table + 4 * 3, 2)
    with pytest.raises(BrokenFile, match="circle"):
        read(bytes(data))


def test_a_library_that_panics_is_no_fault_of_ours() -> None:
    """A panic is no Exception; the file is told to be damaged."""
    with pytest.raises(BrokenFile):
        read(old_book(number(0, 0), 0, more=record(0x18, b"\0")))


@pytest.mark.parametrize(
    "repeated",
    [
        'table:number-columns-repeated="1000000000000000000"',
        'table:number-columns-repeated="+99999999"',
        'office:number-columns-repeated="1" table:number-columns-repeated="99999999"',
    ],
)
def test_cells_repeated_beyond_measure(repeated: str) -> None:
    """However a count is spelled, it is never taken for less than a reader would."""
    with pytest.raises(TooLarge):
        read(ods(ods_row(ods_cell("a", f" {repeated}"))))


def test_a_part_named_as_many_sheets() -> None:
    """One part that is named twice would be read twice, and a thousand times as well."""
    members = {"xl/workbook.xml": '<workbook xmlns:r="r"><sheets>{}</sheets></workbook>'}
    sheet = '<sheet name="S{}" sheetId="{}" r:id="r"/>'
    data = members["xl/workbook.xml"].format("".join(sheet.format(n, n) for n in range(3)))
    relations = '<Relationships><Relationship Id="r" Target="sheet.xml"/></Relationships>'
    with pytest.raises(HarmfulFile, match="sheets"):
        workbooks.check(
            zipped(
                {
                    "xl/workbook.xml": data,
                    "xl/_rels/workbook.xml.rels": relations,
                    "xl/sheet.xml": "<a/>",
                }
            )
        )


def test_tags_without_end() -> None:
    """Neither the depth nor the length of tags is without bound."""
    with pytest.raises(HarmfulFile, match="nesting"):
        read(bare_xlsx("<row><c>" + "<a>" * 300 + "</a>" * 300 + "</c></row>"))
    with pytest.raises(HarmfulFile, match="size"):
        read(bare_xlsx("<row><c " + " " * (3 * xml_parts.LONGEST_TAG) + "/></row>"))


def test_sheets_share_the_cells_of_a_list() -> None:
    """Each sheet may be small, and all of them too much."""
    data = xlsx(A=[["a", "b"]] * 5, B=[["a", "b"]] * 5)
    assert len(read(data, Allowance(cells=20))) == 2
    with pytest.raises(TooLarge):
        read(data, Allowance(cells=19))


def test_pictures_in_a_workbook_are_not_looked_at() -> None:
    """A picture may hold bytes that look like half a cell; no reader is given it."""
    picture = b"\x89PNG" + b'<c <c r="XFD1048576"' * 9
    assert read(bare_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', **{"xl/media/a.png": picture}))  # type: ignore[arg-type]
