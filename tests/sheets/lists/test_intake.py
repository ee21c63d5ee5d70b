import csv
import io
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files.documents import Column, SeveralColumns
from sheets.lists import intake
from sheets.lists.intake import (
    Part,
    Reading,
    as_upload,
    from_upload,
    left_out_csv,
    longest_run,
    read,
)
from sheets.phones.e164 import normalise
from sheets.phones.reasons import Reason

WORDS = {reason: f"because {reason.value}" for reason in Reason}
HEADERS = ("File", "Line", "Text", "Reason")


def document(text: str, region: str | None = None) -> Reading:
    """Return the reading of a document with this text."""
    return read([Part("list.txt", text.encode())], region)


def left_out(reading: Reading) -> list[tuple[object, ...]]:
    """Return line, text and reason of each rejected line."""
    return reading.left_out.select("line", "text", "reason").rows()


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("+79876543210, +79876543211;+4930901820", ["+79876543210", "+79876543211", "+4930901820"]),
        ("79876543210 79876543211", ["+79876543210", "+79876543211"]),
        ("79876543210\t79876543211|4930901820", ["+79876543210", "+79876543211", "+4930901820"]),
        ("+7 987 654 32 10 +7 987 654 32 11", ["+79876543210", "+79876543211"]),
        ("+7 987 654-32-10 / +7 987 654-32-11", ["+79876543210", "+79876543211"]),
        ("7 987 654 32 10   7 987 654 32 11", ["+79876543210", "+79876543211"]),
        ("+79876543210 (Anna)", ["+79876543210"]),
        ("Anna +79876543210 Boris +79876543211", ["+79876543210", "+79876543211"]),
        ("Call me at +79876543210 or 4930901820, thanks!", ["+79876543210", "+4930901820"]),
        ("from 79876543210 since 12.05.2024", ["+79876543210"]),
        ('"Anna","+79876543210","12"', ["+79876543210"]),
        ("٠٠٧٩٨٧٦٥٤٣٢١٠، 79876543211", ["+79876543210", "+79876543211"]),
        ("+447400000007+447400000014", ["+447400000007", "+447400000014"]),
        ("+447400000007 +447400000014", ["+447400000007", "+447400000014"]),
        ("447400000007+447400000014", ["+447400000007", "+447400000014"]),
        ("Anna +447400000007+447400000014!", ["+447400000007", "+447400000014"]),
    ],
)
def test_several_numbers_on_a_line(line: str, numbers: list[str]) -> None:
    """A line with more than one number is split, and nothing of it is lost."""
    for kind in ("document", "text"):
        reading = read([Part("list", line, kind)])
        assert reading.numbers.to_list() == numbers
        assert reading.rejected == 0


def test_what_is_wrong_on_a_line_is_reported_by_itself() -> None:
    """Beside good numbers a bad one is reported by itself, with its line."""
    reading = document("+79876543210\n\n79876543211; 8 987 654 32 12, 4930901820\n4.41E+11\nn/a\n")
    assert reading.numbers.to_list() == ["+79876543210", "+79876543211", "+4930901820"]
    assert left_out(reading) == [
        (3, " 8 987 654 32 12", Reason.NO_COUNTRY),
        (4, "4.41E+11", Reason.DIGITS_LOST),
        (5, "n/a", Reason.NOT_A_NUMBER),
    ]
    assert (reading.total, reading.rejected, reading.national) == (6, 3, 1)


def test_a_junk_line_is_reported_once_as_written() -> None:
    """A line of words with commas is one rejected line, not five."""
    line = "Meeting, 12.05.2024, 10:30, room 5, bring 2 pens"
    assert left_out(document(f"+79876543210\n{line}\n")) == [(2, line, Reason.NOT_A_NUMBER)]


def test_order_duplicates_and_counts() -> None:
    """The list keeps its order, repeats are dropped in any spelling, and all adds up."""
    reading = document(
        "79876543211\n+7 987 654 32 10\n+79876543211\njunk\n79876543210 79876543209\n"
    )
    assert reading.numbers.to_list() == ["+79876543211", "+79876543210", "+79876543209"]
    assert (reading.total, reading.duplicates, reading.rejected) == (6, 2, 1)


def test_country_reads_national_numbers() -> None:
    """Lines rejected for want of a country are read once the chat has chosen one."""
    text = "8 987 654 32 10\n987 654 32 11\n+4930901820\n"
    assert document(text).national == 2
    assert document(text, "RU").numbers.to_list() == ["+79876543210", "+79876543211", "+4930901820"]


def test_sources_and_lines_of_several_parts() -> None:
    """A person who sends three files can find a line in the right one."""
    parts = [
        Part("a.txt", b"+79876543210\nbad\n"),
        Part("b.txt", b"phone\n+79876543211\n\n\nworse\n"),
        Part("message", "+79876543212\nworst", "text"),
    ]
    reading = read(parts)
    assert reading.numbers.len() == 3
    assert reading.left_out.rows() == [
        ("a.txt", 2, "bad", Reason.NOT_A_NUMBER),
        ("b.txt", 5, "worse", Reason.NOT_A_NUMBER),
        ("message", 2, "worst", Reason.NOT_A_NUMBER),
    ]
    assert reading.left_out.schema["line"] == pl.Int64


def test_header_is_not_a_number_gone_wrong() -> None:
    """The first line of a document may name the column; that of a message is content."""
    assert document("\n\nPhone number\n+79876543210\n").rejected == 0
    assert document("+79876543210\nPhone number\n").rejected == 1
    assert document("12345678901234\n+79876543210\n").rejected == 1
    assert read([Part("m", "Hello\n+79876543210", "text")]).rejected == 1


def test_long_texts_are_cut() -> None:
    """The report of a file that is no list does not hold the whole file again."""
    reading = document("+79876543210\n" + "x" * 5000)
    assert reading.left_out["text"].str.len_chars().to_list() == [200]


def test_one_endless_line() -> None:
    """All numbers of a list may stand on one line."""
    numbers = [f"+7987{n:07}" for n in range(3000)]
    assert document(",".join(numbers)).numbers.to_list() == numbers
    assert document(" ".join(numbers)).numbers.to_list() == numbers


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_one_column_with_numbers_is_taken(delimiter: str) -> None:
    """A table is read without a question if one column has the numbers, whatever cells hold."""
    rows = [["id", "name", "Phone"]]
    rows += [[str(n), f"Anna{delimiter} {n}", f"+7 987 654 32 {n}"] for n in range(10, 40)]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    reading = document(out.getvalue())
    assert reading.numbers.to_list() == [f"+798765432{n}" for n in range(10, 40)]
    assert reading.rejected == 0


def test_two_columns_with_numbers_are_asked_about() -> None:
    """The person says which phone column is meant; a wrong guess would cost money."""
    text = "name,Phone 1,Phone 2\n" + "Anna,+79876543210,+79876543211\n" * 3
    with pytest.raises(SeveralColumns) as refused:
        document(text)
    error = refused.value
    assert (error.name, error.source, error.part) == ("list.txt", "list.txt", 0)
    assert error.columns == (
        Column(1, "Phone 1", "+79876543210", 3),
        Column(2, "Phone 2", "+79876543211", 3),
    )
    text = "Anna,+79876543210,+79876543211\nBoris,+79876543212,+79876543213\n"
    with pytest.raises(SeveralColumns) as refused:
        document(text)
    assert [column.place for column in refused.value.columns] == [1, 2]


def test_a_header_settles_which_column_is_meant() -> None:
    """Customer numbers may look like phone numbers; the header tells them apart."""
    text = "customer;телефон\n79876543210;+4930901820\n79876543211;+4930901821\n"
    assert document(text).numbers.to_list() == ["+4930901820", "+4930901821"]


def test_a_list_several_abreast_is_no_table() -> None:
    """Several columns with nothing but numbers are all meant."""
    text = "+79876543210,+79876543211\n+79876543212,+79876543213\n"
    assert document(text).numbers.len() == 4


def test_no_column_is_dropped_without_a_header() -> None:
    """Where no header names the other cells, everything that could be a number is read."""
    text = "+79876543210, +79876543211;+4930901820\n+79876543212, +79876543213;+4930901821\n"
    reading = document(text)
    assert reading.numbers.len() == 6
    text = "+79876543210;12345678901234\n+79876543211;12345678901235\n"
    assert document(text).rejected == 2


def test_a_bad_number_beside_good_ones_stays_in_one_piece() -> None:
    """An unreadable number is reported as it was written, not in fragments."""
    reading = document("Anna +79876543210 or 0123 9999999999 456\n")
    assert reading.numbers.to_list() == ["+79876543210"]
    assert left_out(reading) == [(1, "0123 9999999999 456", Reason.TOO_LONG)]


def test_upload_and_back() -> None:
    """Services get one number a line, and a stored list is read back unchanged."""
    numbers = pl.Series(["+79876543210", "+4930901820"])
    assert as_upload(numbers) == b"+79876543210\n+4930901820\n"
    assert from_upload(as_upload(numbers)).to_list() == numbers.to_list()
    assert from_upload(as_upload(numbers.clear())).to_list() == []


def test_left_out_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    """Foreign texts are shown, with reasons in the person's language, and never run."""
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=x", "\n=x", 'a "b", c', "plain", " =1"]
    texts += ["'=1", "''+1", "'plain'"]
    within = {"\r=x": "'\r'=x", "\n=x": "'\n'=x"}  # lines of their own for some spreadsheets
    size = len(texts)
    frame = pl.DataFrame(
        {
            "source": ["=cmd.csv"] * size,
            "line": range(1, size + 1),
            "text": texts,
            "reason": pl.Series([Reason.NOT_A_NUMBER.value] * size),
        }
    )
    data = left_out_csv(frame, WORDS, HEADERS)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == HEADERS
    # Only what would run, or looks as if it had been guarded already, gets an apostrophe.
    as_they_are = {'a "b", c', "plain", "'plain'"}
    assert [row[2] for row in rows] == [
        text if text in as_they_are else within.get(text, f"'{text}") for text in texts
    ]
    assert all(row[0] == "'=cmd.csv" and row[3] == "because not_a_number" for row in rows)
    assert not any(cell.lstrip(" \n")[:1] in set("=+-@\t\r") for row in rows for cell in row)


def test_left_out_of_a_reading_can_be_written() -> None:
    """The report accepts any reading, also without rejected lines."""
    reading = document("+79876543210\nбред\n")
    assert left_out_csv(reading.left_out, WORDS, HEADERS).decode("utf-8-sig") == (
        "File,Line,Text,Reason\nlist.txt,2,бред,because not_a_number\n"
    )
    empty = document("+79876543210\n").left_out
    assert left_out_csv(empty, WORDS, HEADERS).decode("utf-8-sig") == "File,Line,Text,Reason\n"


@settings(deadline=None)
@given(st.sets(st.integers(0, 40)))
def test_longest_run(numbers: set[int]) -> None:
    """Range sweeps are refused by this count, so it must be exact."""
    best = max(
        (sum(all(n + k in numbers for k in range(m + 1)) for m in range(41)) for n in numbers),
        default=0,
    )
    shuffled = random.Random(len(numbers)).sample(sorted(numbers), len(numbers))
    assert longest_run(pl.Series(shuffled, dtype=pl.Int64)) == best


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32), region=st.sampled_from([None, "RU", "DE", "US"]))
def test_reading_adds_up(seed: int, region: str | None) -> None:
    """Each piece of a list is a number, a duplicate, an unusual number or rejected."""
    chance = random.Random(seed)
    pieces = [
        "+79876543210",
        "8 987 654 32 1",
        "0049 30 901820",
        "x",
        "4.41E+11",
        "Anna ",
        ", ",
        ";",
        " ",
    ]
    lines = ["".join(chance.choices(pieces, k=chance.randrange(1, 6))) for _ in range(30)]
    reading = document("\n".join(["+12015550123", *lines]), region)
    left_out = reading.rejected + reading.told.offers.unusual
    assert reading.numbers.len() + reading.duplicates + left_out == reading.total
    assert reading.numbers.n_unique() == reading.numbers.len()
    assert normalise(reading.numbers)["e164"].to_list() == reading.numbers.to_list()
    assert reading.left_out.height == left_out
    blank = {n for n, line in enumerate(lines, 2) if not any(map(str.isalnum, line))}
    reported = set(reading.left_out["line"].to_list())
    assert reported <= set(range(2, 32))
    assert reported.isdisjoint(blank - {n for n, line in enumerate(lines, 2) if line.strip()})


def test_a_sheet_of_a_million_left_out_lines_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the bot's memory, and the person from a file that no phone opens."""
    monkeypatch.setattr(intake, "MOST_LEFT_OUT", 2)
    left_out = read([Part("list.txt", "\n".join(["+447400123456", *"abcde"]))], "GB").left_out
    reasons = {reason: str(reason) for reason in Reason}
    sheet = left_out_csv(left_out, reasons, ["File", "Line", "Text", "Why"])
    rows = sheet.decode("utf-8-sig").splitlines()
    assert [row.split(",")[2] for row in rows] == ["Text", "a", "b", "… +3"]
