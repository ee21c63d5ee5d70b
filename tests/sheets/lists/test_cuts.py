import polars as pl
import pytest

from sheets.files.documents import NoNumbers
from sheets.lists.cuts.items import without_items
from sheets.lists.cuts.preparing import prepared
from sheets.lists.intake import Part, read, trace


def numbers(text: str, region: str | None = None) -> list[str]:
    """Return the numbers of a message beside one that is always read."""
    return read([Part("m", f"{text}\n+4930901820", "text")], region).numbers.to_list()[:-1]


@pytest.mark.parametrize(
    ("text", "region", "found"),
    [
        ("1. 01512 3580489", "DE", ["+4915123580489"]),
        ("2) (202) 555-0101", "US", ["+12025550101"]),
        ("№ 3 8 (912) 390-05-79", "RU", ["+79123900579"]),
        ("4.+79123900579", None, ["+79123900579"]),
        ("81.373 [79.964, 81.191]", "US", []),
        ("(81).(373) (79).(9)64", "US", []),
        ("$25 202-555-0101", "US", ["+12025550101"]),
        ("$202-555-0101", "US", []),
        ("202-555-0101%", "US", []),
        ("202-555-0101 100$", "US", ["+12025550101"]),
        ("É+44 7400 395497 etc", "US", ["+447400395497"]),
        ("Anna: 3546110169.0", "IS", ["+3546110169"]),
        ("52.520008, 13.404954", "DE", []),
        ("(11) 96123-4567", "FR", []),
        ("11 961234567", "FR", []),
        ("0151 235804890151 23580480", "DE", []),
        ("101000 89123900579", "RU", ["+79123900579"]),
        ("015123580489 015123580490", "DE", ["+4915123580489", "+4915123580490"]),
        ("20123456 (work)", "DK", ["+4520123456"]),
        ("20123456 (work)", "DE", []),
        ("05.10.1986", "DE", []),
        ("03.07.90", "DE", []),
        ("2011-06-05", "DE", []),
        ("6/5/2011 10:15 PM", "US", []),
        ("+44 7400 395497 2024-05-17 12:00", None, ["+447400395497"]),
        ("[17.05.2024, 12:00:03] +1 202-555-0100: Hello", "US", ["+12025550100"]),
        ("5/17/24, 12:01 PM - +1 202-555-0100: call at 10:30", "US", ["+12025550100"]),
        ("2024-05-17T12:34:56+02:00;+79123900579", "DE", ["+79123900579"]),
        ("01.23.45.67.89", "FR", ["+33123456789"]),
        ("TC 12345678901", "DE", []),
        ("CPF 123.456.789-09", "BR", []),
        ("паспорт 4520 574354", "RU", []),
        ("Rechnung 2024/000123", "DE", []),
        ("order id: 4520574354, +79123900579", None, ["+79123900579"]),
        ("заказ № 9123900579", "RU", []),
        ("$415-666-7777", "US", []),
        ("8 912 390-05-79 1 500 руб.", "RU", ["+79123900579"]),
        ("0151 23580489/0151 23580480", "DE", ["+4915123580489", "+4915123580480"]),
        ("+49 151 23580489/80", "DE", ["+4915123580489"]),
        ("4557.08\t0812-366-588", "ID", ["+62812366588"]),
        ("0151/23580489", "DE", ["+4915123580489"]),
        ("张三13812345678", "CN", ["+8613812345678"]),
        ("李四电话138-1234-5679，微信同号", "CN", ["+8613812345679"]),
        ("тел89123900579", "RU", ["+79123900579"]),
        ("Anna79123900579", None, ["+79123900579"]),
        ("id79123900579", None, []),
        ("INV79123900579", None, []),
        ("t.me/anna79123900579", None, []),
        ("090ー1298ー4262", "JP", ["+819012984262"]),
        ("０９０～１２９８～４２６３", "JP", ["+819012984263"]),
        ("+52 1 55 4163 7146", None, ["+525541637146"]),
        ("Call +1800-123-4567 or (449)978-0001", "MX", ["+524499780001"]),
        ("call 1800-123-4567", "MX", []),
        ("call 01 (449)978-0001 now", "MX", ["+524499780001"]),
        ("455-234-3451", "US", []),
        ("(415) 666-7777 (800) 443-1223", "US", ["+14156667777", "+18004431223"]),
        (
            "415-666-7777 - 800-443-1223 - 212-443-1223",
            "US",
            ["+14156667777", "+18004431223", "+12124431223"],
        ),
        ("My number is (415) 666 7777. 34215 is my zip code", "US", ["+14156667777"]),
        ("+49 (0) 99999 - 20123456", "DK", []),
        ("+39 (06) 12345678 (02) 87654321", "FR", []),
        ("+39 (06) 12345678 (02) 87654321", "DE", []),
        ("+41 (0)44 668 18 00 (0)79 123 45 67", "FR", []),
        ("+49 (0)151 12345678 (0)30 1234567", "AT", []),
        ("+1 (212) 736-5000 (646) 736-5001", None, []),
        ("+7 (912) 345-67-89 (495) 123-45-67", None, []),
        ("+1 212 555 0100 - 646 555 0101", "IN", ["+12125550100"]),
        ("+1 212 555 0100 - 646 555 0101", "DE", ["+12125550100"]),
        ("+1 212 555 0100 - +1 646 555 0101", "DE", ["+12125550100", "+16465550101"]),
        ("Mr Lee 12-15 (2009), call 03 331 6005", "NZ", ["+6433316005"]),
        ("Call ++43 664 1234567 please", None, ["+436641234567"]),
        ("电话：＋８６　１３８（１２３４）５６７８ 谢谢", None, ["+8613812345678"]),
        ("call 0 3   3 3 1   6 0 0 5 before 6:30", "NZ", ["+6433316005"]),
        ("15   331 6005", "NZ", []),
        ("call 8~10 49 151 23580489 now", "RU", ["+4915123580489"]),
    ],
)
def test_only_what_was_meant_is_a_number(text: str, region: str | None, found: list[str]) -> None:
    """Dates, times, money, ids and item numbers are no digits of a number; borders are seen."""
    assert numbers(text, region) == found


@pytest.mark.parametrize(
    ("cell", "region", "found"),
    [
        ("888-9243\n888-4966", "NU", ["+6838889243", "+6838884966"]),
        ("888-9243\r\n888-4966\n888-4967", "NU", ["+6838889243", "+6838884966", "+6838884967"]),
        (
            "888-1111 \n 888-2222\n888-3333\n888-4444",
            "NU",
            [f"+683888{n}" for n in (1111, 2222, 3333, 4444)],
        ),
        ("0151\n23580489", "DE", ["+4915123580489"]),
        ("+49 151\n23580489", None, ["+4915123580489"]),
    ],
)
def test_lines_of_a_cell(cell: str, region: str, found: list[str]) -> None:
    """Protects from a number made of two short ones; one that is wrapped stays one."""
    table = f'Name;Phone\nA;"{cell}"\nB;+4930901820\n'
    assert read([Part("a.csv", table.encode())], region).numbers.to_list() == [
        *found,
        "+4930901820",
    ]


def test_a_line_that_fails_is_shown_as_it_was() -> None:
    """What was taken out to read a line comes back in the report."""
    reading = read([Part("m", "+79123900579\nTC 12345678901\nx 05.10.1986, 12:15", "text")])
    assert reading.left_out["text"].to_list() == ["TC 12345678901", "x 05.10.1986, 12:15"]
    assert (reading.total, reading.rejected) == (3, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("home 52.520008, 13.404954\n030 901820\n030 901821", ["+4930901820", "+4930901821"]),
        ("52.520008 13.404954\n48.856613, 2.352222", []),
        ("030.901820, 089.12345678", ["+4930901820", "+498912345678"]),
        ("0151 23580489\n0151 235804890151 23580480", ["+4915123580489"]),
        ("10115 030901820\n030 901821", ["+4930901820", "+4930901821"]),
    ],
)
def test_places_and_the_rests_of_numbers_are_none(text: str, found: list[str]) -> None:
    """Protects money: half of what nobody could read is no number of somebody else."""
    try:
        assert read([Part("list.txt", text.encode())], "DE").numbers.to_list() == found
    except NoNumbers:
        assert found == []


@pytest.mark.parametrize("item", ["{}. ", "{}) ", "{} ", "{} - ", "{}: ", "№{} "])
def test_numbered_lists(item: str) -> None:
    """Items are numbered in many ways; their numbers count up, which digits of phones don't."""
    phones = [f"0151 23{n:06}" for n in (580489, 844868, 457583, 376037, 328732)]
    text = "\n".join(item.format(n + 1) + phone for n, phone in enumerate(phones))
    found = read([Part("list.txt", text.encode())], "DE").numbers.to_list()
    assert found == [f"+4915123{n}" for n in (580489, 844868, 457583, 376037, 328732)]
    (traced,) = trace([Part("list.txt", text.encode())], "DE")
    assert traced.table.cells["c0"].to_list() == text.split("\n")


def test_numbers_in_groups_are_no_items() -> None:
    """First groups that don't count up belong to the numbers."""
    lines = pl.Series(["7 912 390 05 79", "7 912 390 05 80", "7 912 390 05 81", "x"])
    assert without_items(lines).to_list() == lines.to_list()
    assert prepared(lines).to_list() == lines.to_list()
