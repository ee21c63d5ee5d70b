"""A list made clean accounts for everything that was read, in the person's own kind of file."""

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files.documents import EmptyFile, NoNumbers, SeveralColumns
from sheets.lists import intake
from sheets.lists.accounts import account, bare
from sheets.lists.intake import Part
from sheets.output import clean_list, xlsx
from sheets.output.clean_words import CleanWords
from sheets.phones.lines import Line
from sheets.phones.reasons import Reason
from sheets.work.cleaning import pick_lines, write_clean
from tests.support.stories.sheets_of import cells_of, rows_of, workbook

HEAD = ["E.164", "Country", "ISO", "Type", "As given", "Row", "Remark"]
WORDS = CleanWords(
    head=HEAD,
    lines={line: line for line in Line},
    reasons={reason: reason for reason in Reason},
    again="again",
    language="ru",
)
PIECES = st.sampled_from(
    (
        *("+447400123456", "+44 20 7946 0018", "07400 123457", "+12125550123", "+44 7400"),
        *("Ann", "12", "=1+1", "#", "8 800 555-35-35", "2024-05-06", "4.41E+11"),
    )
)
LINES = st.lists(PIECES, max_size=3).map(", ".join)
PARTS = st.lists(st.tuples(st.booleans(), st.lists(LINES, max_size=5).map("\n".join)), max_size=3)


def cells(parts: Sequence[Part], region: str | None = "GB") -> list[list[tuple[str | None, ...]]]:
    """Return the rows of each clean table, without its header."""
    tables = clean_list.tables(account(parts, region), WORDS)
    assert all(list(table.cells.row(0)) == HEAD for table in tables)
    return [table.cells.rows()[1:] for table in tables]


@given(PARTS, st.sampled_from(["GB", None]))
@settings(deadline=None, max_examples=30)
def test_everything_that_was_read_is_accounted_for(
    texts: list[tuple[bool, str]], region: str | None
) -> None:
    """Protects trust in the counts: the file holds what the card tells, no more and no less."""
    parts = [
        Part("a.txt", text.encode()) if is_file else Part("", text, "text")
        for is_file, text in texts
    ]
    try:
        read = intake.read(parts, region)
    except (EmptyFile, NoNumbers, SeveralColumns):
        return
    rows = account(parts, region).rows
    assert rows["number"].drop_nulls().unique(maintain_order=True).to_list() == [
        int(number) for number in read.numbers
    ]
    assert rows["again"].sum() == read.duplicates
    assert rows["reason"].drop_nulls().to_list() == read.left_out["reason"].to_list()
    assert rows["given"].is_not_null().all()
    assert rows["line"].is_not_null().all()


def test_each_row_tells_what_became_of_it() -> None:
    """Protects the file's meaning: number, country, line, text as written, its row, and why not."""
    text = "Ann +44 7400 123456\n020 7946 0018, +12125550123\nnobody\n+447400123456\n0800 1111"
    (rows,) = cells([Part("", text, "text")])
    mobile = ("+447400123456", "Великобритания", "GB", "mobile")
    assert rows == [
        (*mobile, "Ann +44 7400 123456", "1", None),
        ("+442079460018", "Великобритания", "GB", "fixed", "020 7946 0018", "2", None),
        ("+12125550123", "Соединенные Штаты", "US", "either", "+12125550123", "2", None),
        (None, None, None, None, "nobody", "3", "not_a_number"),
        (*mobile, "+447400123456", "4", "again"),
        ("+448001111", "Великобритания", "GB", "toll_free", "0800 1111", "5", None),
    ]


def test_a_paste_in_pieces_is_one_table() -> None:
    """Protects a long paste, which Telegram cuts: one sheet, whose rows go on counting."""
    parts = [Part("", "+447400123456\nx", "text"), Part("", "+447400123457", "text")]
    (rows,) = cells(parts)
    assert [row[5] for row in rows] == ["1", "2", "3"]


def test_a_number_of_no_country_has_none() -> None:
    """Protects the column of countries from "world": +800 belongs to none."""
    ((row,),) = cells([Part("", "+80012345678", "text")])
    assert row[:4] == ("+80012345678", None, None, "toll_free")


def test_one_long_line_is_not_repeated_at_each_of_its_numbers() -> None:
    """Protects memory: each number of a line has its own text, and none a long one."""
    text = "; ".join(f"+4474001{place:05}" for place in range(2_000))
    alone = f"{'x' * 300} +447400200000"
    (rows,) = cells([Part("", f"{text}\n{alone}", "text")])
    assert rows[-1][0] == "+447400200000"
    assert [row[4] for row in rows[:2_000]] == [row[0] for row in rows[:2_000]]
    assert max(len(row[4] or "") for row in rows) <= intake.SHOWN


def made(
    parts: list[tuple[str, bytes]], posted: bytes | None = None, most: int = 10**7
) -> tuple[dict[str, object], list[bytes]]:
    """Make a list of documents clean. posted: Its numbers, if they aren't those that are read."""
    if posted is None:
        read = intake.read([Part(name, data) for name, data in parts], "GB")
        posted = intake.as_upload(read.numbers)
    told = [
        {"name": name, "kind": "document", "size": len(data), "column": None}
        for name, data in parts
    ]
    words = {name: getattr(WORDS, name) for name in WORDS.__dataclass_fields__}
    whole = b"".join(data for _, data in parts)
    return write_clean(whole, posted, parts=told, region="GB", words=words, most_bytes=most)


CARD = b"BEGIN:VCARD\nFN:Ann\nTEL:07400 123456\nEND:VCARD\n"
SHEET = workbook([["Name", "Phone"], ["Ann", "07400 123456"]])


@pytest.mark.parametrize(
    ("name", "data", "ending"),
    [
        ("a.csv", b"Name,Phone\nAnn,07400 123456\nBob,07400 123457\n", ".csv"),
        ("a.xlsx", SHEET, ".xlsx"),
        ("a.txt", b"07400 123456\n", ".xlsx"),
        ("a.vcf", CARD, ".xlsx"),
    ],
)
def test_it_is_a_file_of_the_persons_own_kind(name: str, data: bytes, ending: str) -> None:
    """Protects E.164 from a spreadsheet: what had no columns comes as a workbook, all texts."""
    told, (file,) = made([(name, data)])
    assert told["names"] == [[name, ending]]
    rows = cells_of(file) if ending == ".xlsx" else rows_of(file.decode())
    assert rows[0] == HEAD
    assert rows[1][:4] == ["+447400123456", "Великобритания", "GB", "mobile"]


def test_a_csv_keeps_its_delimiter_and_its_letters_and_runs_nothing() -> None:
    """Protects programs that read it again, and people who open it."""
    text = "Имя;Телефон\nАня;07400 123456\nЗоя;=cmd|' /C calc'!A0\n"
    _, (file,) = made([("a.csv", text.encode("cp1251"))])
    _, ann, zoe = rows_of(file.decode("cp1251"), ";")
    assert ann[:2] == ["+447400123456", "Великобритания"]
    assert zoe[4] == "'=cmd|' /C calc'!A0"


def test_a_long_text_is_a_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects texts of a million lines, whose workbook would take longer than is allowed."""
    monkeypatch.setattr(clean_list, "MOST_IN_A_BOOK", 2)
    for lines, ending in ((2, ".xlsx"), (3, ".csv")):
        text = "".join(f"0740012345{line}\n" for line in range(lines))
        assert made([("a.txt", text.encode())])[0]["names"] == [["a.txt", ending]]


def test_a_workbook_too_long_for_a_sheet_goes_on_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Protects the rows behind the 1,048,576th: below the same header, on another sheet."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    sheet = workbook([["Phone"], *([f"0740012345{line}"] for line in range(3))])
    _, (file,) = made([("a.xlsx", sheet)])
    assert [len(cells_of(file, place)) for place in (0, 1)] == [3, 2]
    assert cells_of(file, 1)[0] == HEAD


def test_a_file_too_large_to_send_is_split() -> None:
    """Protects large lists: no file is larger than allowed, and no row is lost."""
    text = "Phone;x\n" + "".join(f"+4474{line:08};x\n" for line in range(0, 70_000, 7))
    told, files = made([("a.csv", text.encode())], most=200_000)
    assert told["names"] == [["a.csv", f"-{n}.csv"] for n in range(1, len(files) + 1)]
    assert max(map(len, files)) <= 200_000
    assert sum(len(rows_of(file.decode())) - 1 for file in files) == 10_000


def test_each_file_of_a_list_is_made_clean_for_itself() -> None:
    """Protects several files: each comes back, and a duplicate of another file's is marked."""
    told, (one, two) = made([("a.csv", b"Phone,x\n+44 7400 123456,1\n"), ("b.xlsx", SHEET)])
    assert told["names"] == [["a.csv", ".csv"], ["b.xlsx", ".xlsx"]]
    assert rows_of(one.decode())[1][4:] == ["+44 7400 123456", "2", ""]
    assert cells_of(two)[1][4:] == ["07400 123456", "2", "again"]
    assert told["duplicates"] == 1


def test_its_lines_are_those_of_the_stored_numbers() -> None:
    """Protects the caption's counts, which the bot holds against the numbers it keeps."""
    told, _ = made([("a.txt", b"07400 123456")], b"+447400123456\n+442079460018\n+12125550123\n")
    assert told["lines"] == {"mobile": 1, "fixed": 1, "either": 1}


def test_without_its_source_a_list_is_made_clean_of_its_numbers() -> None:
    """Protects lists made of another one, and pastes whose text is erased."""
    tables = clean_list.tables(bare(pl.Series([447400123456])), WORDS)
    assert tables[0].kind == "xlsx"
    row = ("+447400123456", "Великобритания", "GB", "mobile", "+447400123456", "1", None)
    assert tables[0].cells.rows()[1:] == [row]


@pytest.mark.parametrize(
    ("kept", "numbers"),
    [
        ("mobile", b"+447400123456\n+12125550123\n"),
        ("no_fixed", b"+447400123456\n+12125550123\n+448001111\n"),
    ],
)
def test_numbers_are_picked_by_their_lines(kept: str, numbers: bytes) -> None:
    """Protects money: only what is wanted goes on to a check, in the list's order."""
    posted = b"+447400123456\n+442079460018\n+12125550123\n+448001111\n"
    told, (picked, in_order, dense) = pick_lines(posted, kept=kept)  # type: ignore[arg-type] # a literal
    assert picked == numbers
    assert in_order == b"".join(sorted(picked.splitlines(keepends=True)))
    assert dense == b""  # no two of one block
    assert told == {"what": "numbers", "count": numbers.count(b"\n"), "either": 1}
