"""A csv comes back as it came, with the answers behind its rows."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.workbooks.round_trip import DAY, answered

NUMBERS = [f"44740012{place:04}" for place in range(3000, 3040)]
TITLES = "E.164;Telegram: last online (days ago);Checked on"
ENDS = ["\n", "\r\n", "\r"]


def behind(number: str, word: str, delimiter: str = ";") -> str:
    """Return the cells that are added to a row."""
    return delimiter.join(["", f"+{number}", word, DAY])


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-be"])
def test_nothing_else_changes(encoding: str, end: str) -> None:
    """Protects programs that read it again: quotes, blanks, line ends, encoding, blank lines."""
    one, two, three = NUMBERS[:3]
    lines = [
        "Имя;Телефон;Заметка",
        f'"Анна";{one}; =1+1',
        "",
        f'Жора ;\'{two};"a;""b"',
        f"Зоя;{three};",
    ]
    added = [f";{TITLES}", behind(one, "1"), "", behind(two, "7"), behind(three, "30")]
    found = answered(end.join(lines).encode(encoding), name="list.csv")
    assert found.said == [""]
    wanted = end.join(line + more for line, more in zip(lines, added, strict=True))
    assert found.files[0].data == wanted.encode(encoding)
    assert found.files[0].name_suffix == ".csv"


@settings(max_examples=40, deadline=None)
@given(
    cells=st.lists(
        st.sampled_from(['"a;b"', "x", ' "q" ', "", '"two\nlines"', "=1", "é"]),
        min_size=6,
        max_size=12,
    ),
    ends=st.lists(st.sampled_from(["\n", "\r\n"]), min_size=13, max_size=13),
    is_closed=st.booleans(),
)
def test_each_row_begins_as_it_did(cells: list[str], ends: list[str], is_closed: bool) -> None:  # noqa: FBT001
    """Protects every byte of a row, whatever stands in it and however it ends."""
    rows = [
        "Name;Phone",
        *(f"{cell};{number}" for cell, number in zip(cells, NUMBERS, strict=False)),
    ]
    text = "".join(row + end for row, end in zip(rows, ends, strict=False))
    if not is_closed:
        text = text.rstrip("\r\n")
    data = answered(text.encode(), name="list.csv").files[0].data.decode()
    at = 0
    for place, row in enumerate(rows):
        assert data.startswith(row, at)
        more = (
            f";{TITLES}"
            if not place
            else behind(NUMBERS[place - 1], ["1", "7", "30", "N/A"][(place - 1) % 4])
        )
        end = "" if place == len(rows) - 1 and not is_closed else ends[place]
        assert data.startswith(more + end, at + len(row)), data[at:]
        at += len(row) + len(more) + len(end)
    assert at == len(data)


def test_short_rows_are_filled_up_to_the_new_columns() -> None:
    """Protects a column: an answer behind a short row would stand in another one's."""
    whole = "".join(f"{number};Ann;Rome\n" for number in NUMBERS[3:])
    text = f"Phone;Name;City\n{NUMBERS[0]}\n{NUMBERS[1]};Bea;\nnone;x\n{whole}"
    data = answered(text.encode(), name="list.csv").files[0].data.decode()
    assert data.splitlines()[1:5] == [
        f"{NUMBERS[0]};;{behind(NUMBERS[0], '1')}",
        f"{NUMBERS[1]};Bea;{behind(NUMBERS[1], '7')}",
        "none;x;;;;",
        f"{NUMBERS[3]};Ann;Rome{behind(NUMBERS[3], '30')}",
    ]


def test_quotes_around_every_cell_stand_around_ours_too() -> None:
    """Protects programs that want all cells in quotes."""
    text = f'"Name","Phone"\r\n"Ann","{NUMBERS[0]}"\r\n"Bea","{NUMBERS[1]}"\r\n'
    data = answered(text.encode(), name="list.csv").files[0].data.decode()
    assert data.splitlines()[1] == f'"Ann","{NUMBERS[0]}","+{NUMBERS[0]}","1","{DAY}"'


def test_tabs_keep_the_name_that_tells_of_them() -> None:
    """Protects programs that divide the cells of a .tsv at tabs, and those of a .csv elsewhere."""
    text = f"Phone\tName\n{NUMBERS[0]}\tAnn\n{NUMBERS[1]}\tBea\n"
    (file,) = answered(text.encode(), name="list.tsv").files
    assert file.name_suffix == ".tsv"
    assert file.data.decode().splitlines()[1] == (
        f"{NUMBERS[0]}\tAnn{behind(NUMBERS[0], '1', chr(9))}"
    )


def test_titles_and_excels_own_line_get_no_cells() -> None:
    """Protects what stands above the header."""
    text = f"sep=;\r\nPhone;Name\r\n{NUMBERS[0]};Ann\r\n{NUMBERS[1]};Bea\r\n"
    lines = answered(text.encode(), name="list.csv").files[0].data.decode().split("\r\n")
    assert lines[0] == "sep=;"
    assert lines[1] == f"Phone;Name;{TITLES}"
    assert lines[2] == f"{NUMBERS[0]};Ann{behind(NUMBERS[0], '1')}"


@pytest.mark.parametrize(
    ("encoding", "head", "name"),
    [("cp1251", '"Имя";Телефон', "Анна"), ("ascii", '"Name";Tel', "Ann")],
)
def test_a_letter_that_the_encoding_lacks_makes_it_utf_8(
    monkeypatch: pytest.MonkeyPatch, encoding: str, head: str, name: str
) -> None:
    """Protects answers in other alphabets, in Excel too; line ends and quotes still stay."""
    monkeypatch.setattr("scripts.workbooks.round_trip.TITLES", {"": "最近上线"})
    text = f"{head}\r\n{name};{NUMBERS[0]}\r\n{name};{NUMBERS[1]}\r\n"
    data = answered(text.encode(encoding), name="list.csv").files[0].data
    assert data.startswith(codecs.BOM_UTF8)
    assert data.decode("utf-8-sig").startswith(f"{head};E.164;最近上线;Checked on\r\n{name};")


def test_a_text_that_is_no_table_is_written_as_before() -> None:
    """Protects plain lists: one number a line becomes a table."""
    data = answered(f"{NUMBERS[0]}\n{NUMBERS[1]}\n".encode(), name="list.txt").files[0].data
    assert data.decode().splitlines()[0] == f"{NUMBERS[0]},+{NUMBERS[0]},1,{DAY}"
