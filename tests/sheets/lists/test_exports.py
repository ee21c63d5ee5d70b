import csv
import io

import pytest

from sheets.files.documents import SeveralColumns
from sheets.lists.intake import Part, read, trace

ONE, TWO, THREE, FOUR = "+4915123580489", "+4915123844868", "+4915123457583", "+4915123376037"
FIXED = "+4930901820"
ID = "49151235804"  # and two digits more are a number in Germany
RUSSIAN = ["+79123900579", "+79123524654", "+79123809407", "+79123226630"]

GOOGLE_OLD = (
    "Name,Given Name,Yomi Name,Birthday,Location,Billing Information,Notes,Language,Photo,"
    "Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Phone 2 - Type,Phone 2 - Value,Address 1 - Formatted,Address 1 - Postal Code,"
    "Address 1 - Country,Organization 1 - Name"
)
GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Nickname,File As,Organization Name,Birthday,Notes,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,"
    "Phone 2 - Value,Address 1 - Postal Code,Custom Field 1 - Label,Custom Field 1 - Value"
)
OUTLOOK = (
    "Title,First Name,Last Name,Company,Business Postal Code,Assistant's Phone,Business Fax,"
    "Business Phone,Business Phone 2,Home Fax,Home Phone,Mobile Phone,Other Phone,Pager,"
    "Primary Phone,Account,Birthday,E-mail Address,Government ID Number,Notes,Web Page"
)
META = (
    "id,created_time,ad_id,adset_id,campaign_id,form_id,is_organic,platform,full_name,"
    "phone_number,email,lead_status"
)
SHOPIFY = (
    "Customer ID,First Name,Email,Default Address Country Code,Default Address Zip,"
    "Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags"
)
ORDERS = (
    "Name,Email,Paid at,Total,Billing Name,Billing Phone,Shipping Zip,Shipping Phone,Id,Phone,"
    "Payment Reference"
)
WOO = (
    "Order Number,Order Status,Order Date,First Name (Billing),Postcode (Billing),"
    "Country Code (Billing),Phone (Billing),Order Total Amount,Transaction ID,Customer User ID"
)
HUBSPOT = (
    "Record ID,First Name,Last Name,Phone Number,Mobile Phone Number,Email,Contact owner,"
    "Associated Company IDs,Create Date,Number of Associated Deals"
)
AMO = (
    "ID,Тип,Полное имя контакта,Дата создания контакта,Теги,Рабочий телефон,"
    "Рабочий прямой телефон,Мобильный телефон,Факс,Домашний телефон,Другой телефон,ИНН"
)
BITRIX = (
    "ID,Имя,Фамилия,Рабочий телефон,Мобильный телефон,Номер факса,Домашний телефон,"
    "Телефон для SMS-рассылок,Рабочий e-mail,Дата создания,Ответственный,ИНН"
)
LEADS = "ID,Стадия,Название лида,Телефон,Источник,Сумма,Дата создания"

Row = dict[str, str]


def table(header: str, rows: list[Row], delimiter: str = ",") -> str:
    """Return a csv with these cells; all others are blank."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header.split(","), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def contact(first: str, second: str = "", **more: str) -> Row:
    """Return a contact of Google, with a number in its notes and its own fields."""
    note = {"Notes": f"customer {ID}00\ncall after 5", "Birthday": "1984-05-17"}
    return {**note, "Phone 1 - Value": first, "Phone 2 - Value": second, **more}


def russian(place: int, **more: str) -> Row:
    """Return what a Russian programme says of a contact beside its phones."""
    made = {"Дата создания контакта": "17.05.2024 12:00:00", "Факс": "'+74951234567"}
    made |= {"Дата создания": "17.05.2024 12:00:00", "Номер факса": "+74951234567"}
    return {**made, "ID": f"7912390{place:04}", "ИНН": "7912390057", **more}


def of(header: str, rows: list[Row], delimiter: str = ",") -> str:
    """Return a csv of those of the cells that it has columns for."""
    names = header.split(",")
    kept = [{name: row[name] for name in names if name in row} for row in rows]
    return table(header, kept, delimiter)


GOOGLE = [
    contact(ONE),
    contact("0151 23844868", THREE, **{"Address 1 - Postal Code": "10115"}),
    contact(f"{FOUR} ::: {FIXED}", **{"Custom Field 1 - Value": f"{ID}01"}),
]
GERMANS = [ONE, TWO, THREE, FOUR]
EXPORTS: dict[str, tuple[str, list[str]]] = {
    "google, old": (of(GOOGLE_OLD, GOOGLE), [*GERMANS, FIXED]),
    "google, new": (of(GOOGLE_NEW, GOOGLE), [*GERMANS, FIXED]),
    "outlook": (
        of(
            OUTLOOK,
            [
                {"Mobile Phone": ONE, "Business Fax": "+4930901829", "Birthday": "0/0/00"},
                {"Business Phone": "030 901820", "Mobile Phone": "0151 23844868", "Notes": "a\nb"},
                {"Home Phone": THREE, "Mobile Phone": FOUR, "Government ID Number": f"{ID}02"},
            ],
        ),
        [FIXED, *GERMANS],
    ),
    "shopify, customers": (
        of(
            SHOPIFY,
            [
                {
                    "Customer ID": f"'{ID}{place:02}",
                    "Default Address Phone": f"'{number}",
                    "Phone": f"'{number}" if place % 2 else "",
                    "Total Spent": "12.50",
                }
                for place, number in enumerate(GERMANS)
            ],
        ),
        GERMANS,
    ),
    "shopify, orders": (
        of(
            ORDERS,
            [
                {
                    "Id": f"{ID}{place:02}",
                    "Billing Phone": number,
                    "Shipping Phone": number if place else "",
                    "Payment Reference": f"c{ID}{place:02}.1",
                }
                for place, number in enumerate(GERMANS)
            ],
        ),
        GERMANS,
    ),
    "woocommerce": (
        of(
            WOO,
            [
                {
                    "Order Number": f"{ID}{place:02}",
                    "Order Date": "2024-05-17 12:34",
                    "Phone (Billing)": f"0{number[3:]}",
                    "Country Code (Billing)": "DE",
                    "Transaction ID": f"{ID}{place + 10:02}",
                }
                for place, number in enumerate(GERMANS)
            ],
        ),
        GERMANS,
    ),
    "hubspot": (
        of(
            HUBSPOT,
            [
                {
                    "Record ID": f"{ID}{place:02}",
                    "Phone Number": number,
                    "Associated Company IDs": f"{ID}{place + 10:02}",
                    "Create Date": "2024-05-17 12:00",
                }
                for place, number in enumerate(GERMANS)
            ],
        ),
        GERMANS,
    ),
    "amocrm": (
        of(
            AMO,
            [
                russian(at, **{("Рабочий", "Мобильный")[at % 2] + " телефон": f"'{number}"})
                for at, number in enumerate(RUSSIAN)
            ],
        ),
        RUSSIAN,
    ),
    "bitrix24": (
        of(
            BITRIX,
            [
                russian(at, **{("Рабочий", "Мобильный")[at % 2] + " телефон": number})
                for at, number in enumerate(RUSSIAN)
            ],
            ";",
        ),
        RUSSIAN,
    ),
    "bitrix24, leads": (
        of(
            LEADS,
            [
                russian(at, Телефон=number[1:], **{"Название лида": f"Заявка №79123900{at:03}"})
                for at, number in enumerate(RUSSIAN)
            ],
            ";",
        ),
        RUSSIAN,
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_of_programs(name: str) -> None:
    """Protects from ids, dates, faxes and notes: the phones are read, and nothing is asked."""
    text, expected = EXPORTS[name]
    region = "DE" if expected[0].startswith("+49") else None
    reading = read([Part(f"{name}.csv", text.encode())], region)
    assert sorted(reading.numbers) == sorted(expected)
    assert reading.rejected == 0
    (traced,) = trace([Part(f"{name}.csv", text.encode())], region)
    assert traced.table.cells.height == len(list(csv.reader(io.StringIO(text))))


@pytest.mark.parametrize("header", [META, META.replace("phone_number", "telefonnummer")])
def test_leads_from_meta(header: str) -> None:
    """Protects from ids of ads and forms, in the tabs and UTF-16 that Meta writes."""
    phone = header.split(",")[9]
    rows = [
        {
            "id": f"l:{ID}{place:02}77",
            "created_time": "2024-05-17T12:34:56+02:00",
            "ad_id": f"ag:{ID}{place:02}",
            "form_id": f"f:{ID}{place:02}",
            phone: f"p:{number}",
        }
        for place, number in enumerate(GERMANS)
    ]
    data = table(header, rows, "\t").encode("utf-16")
    assert read([Part("leads.csv", data)]).numbers.to_list() == GERMANS


@pytest.mark.parametrize("word", ["sep=\t", '"sep=\t"', "sep=\\t", "SEP=\t"])
def test_a_tab_may_be_spelled(word: str) -> None:
    """Protects from ids: the first line says how the rest is divided, also in signs."""
    text = f"{word}\nName\tPhone\tID\nA\t{ONE}\t{ID}00\n"
    assert read([Part("a.csv", text.encode())]).numbers.to_list() == [ONE]


def test_another_ones_phone_is_asked_about() -> None:
    """Protects from reading an assistant's number as the contact's, without a word."""
    rows = [{"Mobile Phone": ONE, "Assistant's Phone": FIXED}, {"Mobile Phone": TWO}]
    with pytest.raises(SeveralColumns):
        read([Part("a.csv", of(OUTLOOK, rows).encode())])
