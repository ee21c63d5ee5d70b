import json
import random
from collections.abc import Sequence

import polars as pl
import pytest

from sheets.files.documents import SeveralColumns
from sheets.lists.columns import layout
from sheets.lists.columns.headers import kind_of
from sheets.lists.intake import Part, Reading, read
from tests.support.sheets.make_corpus import xlsx

PHONES = [f"8 (912) {n:03}-05-79" for n in (390, 352, 380, 322, 395, 389)]
SENT = [f"+7912{n:03}0579" for n in (390, 352, 380, 322, 395, 389)]


def table(*rows: str, region: str | None = "RU", column: int | None = None) -> Reading:
    """Return the reading of a csv with these lines."""
    return read([Part("list.csv", "\n".join(rows).encode(), column=column)], region)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        *(
            (word, "phone")
            for word in ("Phone", "Телефон", "电话号码", "電話番号", "e164", "Handynr")
        ),
        *((word, "phone") for word in ("phone_number", "Mobile No", "Номер телефона", "Tel.")),
        *((word, "none") for word in ("Number", "Номер", "番号", "Numara", "Whatever")),
        *((word, "other") for word in ("№", "Phone Type", "phone_verified", "Order ID", "user_id")),
        *((word, "other") for word in ("Паспорт", "Договор", "会員番号", "Kundennummer", "EAN")),
        *((word, "country") for word in ("Country", "Код страны", "Land", "国家")),
    ],
)
def test_what_a_header_says(header: str, kind: str) -> None:
    """A word for phone is one, a bare number isn't, and many words say that it is another."""
    assert kind_of(header) == kind


@pytest.mark.parametrize("header", ["Паспорт", "order id", "Kundennr", "№", "date_unixtime", "ИНН"])
def test_ids_beside_the_phones_are_never_sent(header: str) -> None:
    """Half of all ten-digit ids are phone numbers of some country."""
    chance = random.Random(7)
    ids = [str(chance.randrange(4_500_000_000, 4_600_000_000)) for _ in PHONES]
    for region in ("RU", "DE", "US"):
        rows = [f"{n};{phone}" for n, phone in zip(ids, SENT, strict=True)]
        assert table(f"{header};Телефон", *rows, region=region).numbers.to_list() == SENT
        assert (
            table(f"Телефон;{header}", *[";".join(r.split(";")[::-1]) for r in rows]).rejected == 0
        )


def test_a_column_of_ids_alone_is_asked_about() -> None:
    """Numbers from a column that says it is something else are sent only if that is wanted."""
    rows = ["Name,Order ID", "Anna,79123900579", "Boris,79123520579"]
    with pytest.raises(SeveralColumns) as refused:
        table(*rows)
    assert [each.header for each in refused.value.columns] == ["Order ID"]
    assert table(*rows, column=1).numbers.len() == 2


def test_the_phone_column_may_be_nearly_blank() -> None:
    """A header that says phone outranks a column that is full."""
    rows = [f"{4507666193 + n};не указан" for n in range(9)] + [f"1;{phone}" for phone in PHONES]
    assert table("Номер;Телефон", *rows).numbers.to_list() == SENT
    late = [f"{5143883911 + n},u{n}," for n in range(3000)]
    late += [f"{5148806110 + n},x,{phone}" for n, phone in enumerate(SENT)]
    assert table("user,name,phone", *late, region="DE").numbers.to_list() == SENT


def test_titles_dates_and_years_above_the_body() -> None:
    """What stands above or in the header doesn't hide it."""
    rows = ["Отчёт;;;17.05.2024", ";;;", "№;Договор;Телефон;2024"]
    rows += [f"{n};459893920{n};{phone};10.05.2024" for n, phone in enumerate(SENT)]
    reading = table(*rows)
    assert (reading.numbers.to_list(), reading.rejected) == (SENT, 0)


def test_ids_without_any_header_are_asked_about() -> None:
    """Where neither a header nor the content tells, the person does."""
    rows = [f"{4520574354 + 7 * n};{phone}" for n, phone in enumerate(SENT)]
    with pytest.raises(SeveralColumns):
        table(*rows, region="DE")
    assert table(*rows, region="DE", column=1).numbers.to_list() == SENT


def test_our_own_sheet_comes_back() -> None:
    """A column that repeats another, such as our E.164, needs no question."""
    rows = [f"{phone},{phone},A" for phone in SENT]
    assert table("Phone,E.164,status", *rows).numbers.to_list() == SENT


def test_a_phone_book_has_several_numbers_for_each_contact() -> None:
    """Google's own columns are all meant."""
    head = "First Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value"
    rows = [f"A,Mobile,{SENT[0]},Work,{SENT[1]}", f"B,Mobile,{SENT[2]},,"]
    assert table(head, *rows).numbers.to_list() == SENT[:3]


def test_eans_are_no_numbers() -> None:
    """Barcodes have a check digit that tells them apart, whatever their column is called."""
    eans = ["4006381333931", "4003994155486", "4000417025005", "4008400404127"]
    rows = [f"{ean},{phone}" for ean, phone in zip(eans, SENT, strict=False)]
    assert table("Code,Kontakt", *rows, region="DE").numbers.to_list() == SENT[:4]


def test_calling_codes_in_a_column_of_their_own() -> None:
    """Each row is read in the country of its calling code."""
    rows = ["Имя;Код страны;Телефон", "А;7;9161234567", "Б;380;501234567", "В;375;291234567"]
    assert table(*rows, region=None).numbers.to_list() == [
        "+79161234567",
        "+380501234567",
        "+375291234567",
    ]


def test_cells_with_several_numbers() -> None:
    """A column whose cells hold two numbers each is one of numbers."""
    rows = [["Client", "Phones", "Passport"]]
    rows += [[f"n{n}", f"{SENT[n]}, {SENT[n + 1]}", str(4520574354 + n)] for n in (0, 2, 4)]
    reading = read([Part("a.xlsx", xlsx(S=rows))], "DE")
    assert reading.numbers.to_list() == SENT


@pytest.mark.parametrize("kind", ["a.csv", "a.json"])
def test_thin_columns_are_looked_at_together(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the child from two hundred walks through a table: all thin columns take one."""
    walks = []
    cells = layout._cells

    def counted(rows: pl.DataFrame, delimiter: str, places: Sequence[int]) -> list[pl.Series]:
        walks.append(len(places))
        return cells(rows, delimiter, places)

    monkeypatch.setattr(layout, "_cells", counted)
    names = [f"phone {place}" for place in range(30)]
    rows = [{names[place % 30]: SENT[place % len(SENT)]} for place in range(3000)]
    table = "\n".join([",".join(names), *(",".join(row.get(n, "") for n in names) for row in rows)])
    given = table if kind == "a.csv" else json.dumps(rows)
    with pytest.raises(SeveralColumns):
        read([Part(kind, given.encode())])
    assert walks == [30, 30, 20], "the top, a sample, and those that are rare in it"
