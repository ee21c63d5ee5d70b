import io
import zipfile
from collections.abc import Sequence

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.answers.result_errors import (
    BrokenResultError,
    ResultError,
    UnreadableResultError,
    UnsafeResultError,
)
from sheets.answers.result_files import read
from sheets.files.packed import archives

COLUMNS = ("Number", "Phone", "Mobile Number")
WORDS = Meaning(
    COLUMNS, ("ActiveStatus", "activated"), yes=("yes", "activated"), no=("no", "unregistered")
)
ONE, TWO, THREE = 447400123456, 447400123457, 447400123458
CSV = f"Number,activated\r\n+{ONE},yes\r\n+{TWO},no\r\n".encode()


def packed(**members: bytes | str) -> bytes:
    """Return a zip; `all_csv` is the content of all.csv."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


def book(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook with these texts."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return out.getvalue()


def said(answers: Answers) -> dict[int, str]:
    """Return numbers with their answers."""
    return dict(answers.frame.select("number", "answer").rows())


@pytest.mark.parametrize(
    "text",
    [
        f"Number,activated\n{ONE},yes\n{TWO},no\n",
        f"\ufeffnumber,ACTIVATED\r\n+{ONE},yes\r\n+{TWO},no\r\n",
        f'"Phone";" Activated "\n"+{ONE}";"yes"\n"{TWO}"; no \n',
        f"mobile number\tactivated\n{ONE}.0\tyes\n'{TWO}\tno\n",
        f"activated|Number\nyes|+44 7400 123456\nno|{TWO}\n",
        f"sep=;\nNumber;activated\n{ONE};yes\n\n{TWO};no",
        f"Number,activated\r{ONE},yes\r{TWO},no\r",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_csv_is_read_however_it_is_written(text: str, encoding: str) -> None:
    """Protects the answers from format changes: separators, quotes, BOMs, names, encodings."""
    answers = read(text.encode(encoding), WORDS)
    assert said(answers) == {ONE: "yes", TWO: "no"}
    assert [header.casefold() for header in answers.headers] == ["activated"]


def test_text_stays_text() -> None:
    """Protects what services write: no text becomes a number, a date, a boolean or a blank."""
    rows = [["id", "Number", "activated", "", "note", "note", "answer"]]
    rows += [["007", f"+{ONE}", "1e5", "", "=1+1", "true", " a "]]
    csv = "\n".join(",".join(row) for row in rows).encode()
    for data in (csv, packed(all_csv=csv), book(rows)):
        answers = read(data, WORDS)
        assert answers.headers == ("activated", "id", "note", "note", "answer")
        assert answers.frame.columns == ["number", "answer", "id", "note", "note (2)", "answer (2)"]
        assert answers.frame.row(0) == (ONE, "1e5", "007", "=1+1", "true", " a ")


def test_strangers_texts_keep_commas_quotes_and_line_breaks() -> None:
    """Protects the columns: a text with a separator in it shifts no answer."""
    text = 'Number,signature,activated\n+447400123456,"a, ""b""\n;c",yes\n+447400123457,,no\n'
    answers = read(text.encode(), WORDS)
    assert answers.frame["signature"].to_list() == ['a, "b"\n;c', ""]
    assert said(answers) == {ONE: "yes", TWO: "no"}


def test_the_first_answer_counts_and_rows_without_a_number_are_dropped() -> None:
    """Protects against counting a number twice, or a line below the table as a number."""
    text = (
        f"Number,activated\n{ONE},yes\n+{ONE},no\n4.47E+11,no\nTotal,2\n,no\n-{TWO},no\n{THREE}\n"
    )
    assert said(read(text.encode(), WORDS)) == {ONE: "yes", THREE: ""}


def test_an_empty_table_is_no_riddle() -> None:
    """Protects a check that found nothing: its file has a header and no rows."""
    assert read(b"Number,activated\r\n", WORDS).frame.is_empty()


def test_the_fullest_table_of_a_zip_is_taken() -> None:
    """Protects the answers in a zip whose members differ by check and day."""
    more = CSV + f"+{THREE},no\r\n".encode()
    assert len(said(read(packed(all_csv=CSV, more_csv=more), WORDS))) == 3
    assert len(said(read(packed(more_csv=more, all_csv=CSV), WORDS))) == 3
    same = book([["Number", "activated"], [f"{ONE}", "no"], [f"{TWO}", "no"]])
    assert said(read(packed(result_xlsx=same, all_csv=CSV), WORDS)) == {ONE: "yes", TWO: "no"}
    whole = packed(readme_txt="Number of the day, and more", registered_txt=f"{THREE}", all_csv=CSV)
    assert said(read(whole, WORDS)) == {ONE: "yes", TWO: "no"}
    hurt = packed(result_xlsx=same[:-50] + b"PK", all_csv=CSV)
    assert said(read(hurt, WORDS)) == {ONE: "yes", TWO: "no"}


def test_bare_lists_count_when_their_name_is_a_known_word() -> None:
    """Protects against guessing: a list means yes or no only by a name that the check knows."""
    lists = packed(Activated_txt=f"+{ONE}\n", unregistered_txt=f"{TWO}\r\n\r\n{ONE}\n")
    answers = read(lists, WORDS)
    assert said(answers) == {ONE: "activated", TWO: "unregistered"}
    assert answers.headers == ("ActiveStatus",)
    for unsure in (
        packed(others_txt=f"{ONE}\n"),
        packed(activated_txt=f"{ONE}\nand more\n"),
        packed(activated_txt=b"\x00\x01\x02" * 50),
    ):
        with pytest.raises(UnreadableResultError):
            read(unsure, WORDS)


@pytest.mark.parametrize(
    "data",
    [
        b"Number,verdict\n447400123456,yes\n",
        b"activated,date\nyes,2025-11-21\n",
        b"Number,activated\nAnna,yes\nBoris,no\n",
        b"Number,activated\n447400123456,yes,no\n",
        b'Number,activated\n447400123456,"yes"x"\n447400123457,no\n',
        b'{"447400123456": "yes"}',
        b"%PDF-1.7 ...",
        b"PK\x05\x06" + bytes(18),
        b"\xff\xfeN\x00u\x00\x00\xd8x\x00",
        packed(all_csv=b""),
        book([["Number", "verdict"], ["447400123456", "yes"]]),
    ],
)
def test_what_is_not_understood_is_said_to_be_unreadable(data: bytes) -> None:
    """Protects from made-up answers: an unknown format is passed on unchanged."""
    with pytest.raises(UnreadableResultError):
        read(data, WORDS)


def test_a_locked_zip_is_unreadable() -> None:
    """Protects the chat from a traceback when a service sets a password."""
    data = bytearray(packed(all_csv=CSV))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    with pytest.raises(UnreadableResultError, match="locked"):
        read(bytes(data), WORDS)


@pytest.mark.parametrize("whole", [packed(all_csv=CSV * 20), book([["Number", "activated"]])])
def test_what_was_cut_short_is_told_apart(whole: bytes) -> None:
    """Protects a paid result: half a file is fetched again, not called unreadable."""
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        with pytest.raises(BrokenResultError):
            read(whole[:length], WORDS)


def spaced(count: int) -> bytes:
    """Return a workbook with extremely compressed blanks."""
    return packed(all_csv=b"Number,activated\n" + b" " * count)


def climbing() -> bytes:
    """Return a zip with a path that leads out of its folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../all.csv", CSV)
    return out.getvalue()


def hollow(sheet: bytes) -> bytes:
    """Return a workbook with another sheet in place of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([["Number", "activated"]]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return out.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)


def corners() -> bytes:
    """Return a workbook with two cells, as far from each other as possible."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_string(0, 0, "Number")
        sheet.write_string(1_048_575, 16_383, "activated")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(corners(), id="corners"),
        pytest.param(spaced(archives.RATIO_COUNTS_FROM + 10), id="ratio"),
        pytest.param(packed(inner_zip=packed(all_csv=CSV)), id="nested"),
        pytest.param(packed(inner_gz=b"\x1f\x8b\x08" + bytes(20)), id="gzip"),
        pytest.param(climbing(), id="names"),
        pytest.param(packed(**{f"a{n}_txt": b"" for n in range(1001)}), id="members"),
        pytest.param(
            packed(**{f"a{n}_xlsx": book([["a"]]) for n in range(9)}), id="many workbooks"
        ),
        pytest.param(hollow(b" " * (archives.RATIO_COUNTS_FROM + 10)), id="workbook"),
        pytest.param(packed(b_xlsx=hollow(b" " * (archives.RATIO_COUNTS_FROM + 10))), id="within"),
        pytest.param(hollow(ENTITIES), id="entities"),
        pytest.param(packed(all_csv=CSV, b_xlsx=hollow(ENTITIES)), id="entities within"),
    ],
)
def test_bombs_are_refused(data: bytes) -> None:
    """Protects the machine, and the next person who would open the file."""
    with pytest.raises(UnsafeResultError):
        read(data, WORDS)


PIECES = st.sampled_from(
    [b"Number", b"activated", b",", b";", b"\n", b'"', b"+447400123456", b"yes", b"\xff\xfe",
     b"\x00", b"PK\x03\x04", b"\xef\xbb\xbf", b"\r", b"\xd0\xcf\x11\xe0"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(b"".join)))
def test_arbitrary_bytes_raise_only_our_own_errors(data: bytes) -> None:
    """Protects the workers: any bytes raise only errors that they handle."""
    for content in (data, packed(all_csv=data, registered_txt=data)):
        try:
            answers = read(content, WORDS)
        except ResultError:
            continue
        assert answers.frame.schema["number"] == pl.Int64
        assert answers.frame["number"].is_unique().all()
        assert answers.frame.width == len(answers.headers) + 1
        assert sum(answers.frame.null_count().row(0)) == 0


WHOLE = (packed(all_csv=CSV), book([["Number", "activated"], [f"{ONE}", "yes"]]))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_files_raise_only_our_own_errors(data: st.DataObject) -> None:
    """Protects the workers from files that are damaged."""
    whole = data.draw(st.sampled_from(WHOLE))
    hurt = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        hurt[place] ^= data.draw(st.integers(1, 255))
    try:
        read(bytes(hurt), WORDS)
    except ResultError:
        return
