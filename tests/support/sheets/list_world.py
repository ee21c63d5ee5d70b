"""Lists as people have them, made by a small grammar, with what must be sent of each.

`world(seed)` is one list: a table or a text, in one country's notation, with ids of several kinds
beside the phones, headers in twelve languages, and the damages that exports do. The truth is known
because the numbers are made first.
"""

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

COUNTRIES = (
    *("RU", "DE", "GB", "US", "FR", "IT", "ES", "TR", "IN", "BR", "CN", "JP"),
    *("UA", "KZ", "PL", "MX", "ID", "NG", "SA", "KR", "NL", "AT", "PT", "TH"),
)
HEADERS = {
    "en": ("Name", "Phone", "Order ID", "Passport No", "Created", "Amount", "EAN"),
    "ru": ("Имя", "Телефон", "Заказ", "Паспорт", "Дата", "Сумма", "Артикул"),
    "de": ("Kunde", "Telefonnummer", "Bestellnummer", "Konto", "Datum", "Betrag", "EAN"),
    "es": ("Nombre", "Teléfono", "Pedido", "Cuenta", "Fecha", "Importe", "EAN"),
    "fr": ("Nom", "Téléphone", "Commande", "Compte", "Date", "Montant", "EAN"),
    "pt": ("Nome", "Celular", "Pedido", "CPF", "Data", "Total", "EAN"),
    "tr": ("Ad", "Cep telefonu", "Sipariş", "TC kimlik", "Tarih", "Tutar", "Barkod EAN"),
    "zh": ("姓名", "手机号码", "订单号", "身份证", "日期", "金额", "编号"),
    "ja": ("氏名", "電話番号", "注文番号", "会員番号", "日付", "金額", "EAN"),
    "ko": ("name", "전화번호", "주문번호", "계좌", "날짜", "금액", "EAN"),
    "ar": ("name", "رقم الهاتف", "رقم الطلب", "حساب", "تاريخ", "مبلغ", "EAN"),
    "id": ("Nama", "No HP", "ID Pesanan", "Rekening", "Tanggal", "Harga", "EAN"),
}
UNKNOWN = (
    "Feld 3",
    "Vorgang",
    "Ref.",
    "Wert",
    "col_b",
    "Прочее",
    "XYZ",
    "備考2",
    "Number",
    "Номер",
)
"""Headers that say nothing; the reader has no list of them."""
FILL = ("", "", "n/a", "-", "не указан", "unknown")

Written = Callable[[phonenumbers.PhoneNumber], str]


@dataclass(frozen=True, slots=True)
class World:
    """One list. want: what must be sent, and nothing else. region: what the chat has set."""

    name: str
    kind: Literal["document", "text"]
    data: bytes
    region: str | None
    want: frozenset[str]
    about: str


def world(seed: int) -> World:
    """Return the list of this seed."""
    chance = random.Random(seed)
    country = chance.choice(COUNTRIES)
    phones = _phones(country, chance, chance.randrange(4, 30))
    style = chance.choice(sorted(STYLES))
    region = country if style in {"national", "lost zero"} or chance.random() < 0.5 else None
    if style in {"plus", "spaced", "coded"} and chance.random() < 0.3:
        region = chance.choice(COUNTRIES)  # a foreign list in a chat with a country
    make = chance.choice((_csv, _csv, _csv, _unknown, _unknown, _bare, _json, _text, _text))
    data, kind = make(phones, STYLES[style], chance)
    want = frozenset(phonenumbers.format_number(each, PhoneNumberFormat.E164) for each in phones)
    about = f"seed {seed}: {country} {style} {make.__name__} in {region}"
    return World(f"list-{seed}", kind, data, region, want, about)


def _national(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))


def _plus(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


STYLES: dict[str, Written] = {
    "plus": _plus,
    "spaced": lambda n: str(phonenumbers.format_number(n, PhoneNumberFormat.INTERNATIONAL)),
    "coded": lambda n: _plus(n).removeprefix("+"),
    "zeros": lambda n: "00" + _plus(n).removeprefix("+"),
    "national": _national,
    "lost zero": lambda n: str(phonenumbers.national_significant_number(n)),
}


@cache
def _patterns(country: str) -> tuple[int, str]:
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    assert example is not None, country
    return example.country_code, phonenumbers.national_significant_number(example)


def _phones(country: str, chance: random.Random, count: int) -> list[phonenumbers.PhoneNumber]:
    code, national = _patterns(country)
    found: dict[str, phonenumbers.PhoneNumber] = {}
    while len(found) < count:
        text = f"+{code}{national[:-5]}{chance.randrange(10**5):05}"
        number = phonenumbers.parse(text)
        if phonenumbers.is_valid_number(number):
            found[text] = number
    return list(found.values())


def _ids(kind: int, chance: random.Random) -> str:
    """Return an id, a paper, a date or a sum, as they stand beside a phone."""
    made = (
        lambda: str(chance.randrange(4_000_000_000, 9_999_999_999)),
        lambda: f"{chance.randrange(4500, 4700)} {chance.randrange(10**6):06}",
        lambda: (
            lambda: "{:02}.{:02}.20{}".format(*map(chance.randrange, (1, 1, 10), (29, 13, 27))),
        ),
        lambda: f"{chance.randrange(1000, 9999)}.{chance.randrange(100):02}",
        lambda: str(chance.randrange(10**10, 10**11)),
        lambda: str(chance.randrange(1_690_000_000, 1_730_000_000)),
        lambda: _ean(f"{chance.randrange(400, 441)}{chance.randrange(10**9):09}"),
        lambda: str(chance.randrange(10**8, 10**9)),
    )
    return made[kind]()


def _ean(digits: str) -> str:
    weighted = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"


Made = tuple[bytes, Literal["document", "text"]]


def _unknown(
    phones: Sequence[phonenumbers.PhoneNumber], written: Written, chance: random.Random
) -> Made:
    """A table whose ids stand below words that say nothing."""
    words = HEADERS[chance.choice(sorted(HEADERS))]
    unknown, kind = chance.choice(UNKNOWN), chance.choice((0, 1, 4, 5, 6, 7))
    rows = [[words[0], unknown, words[1]]]
    rows += [["Anna", _ids(kind, chance), _cell(each, written, chance)] for each in phones]
    return _as_csv(rows, chance)


def _bare(
    phones: Sequence[phonenumbers.PhoneNumber], written: Written, chance: random.Random
) -> Made:
    """A table without any header."""
    kind = chance.choice((0, 1, 2, 3, 4, 5, 6, 7))
    rows = [["Anna", _ids(kind, chance), written(each)] for each in phones]
    return _as_csv(rows, chance)


def _cell(number: phonenumbers.PhoneNumber, written: Written, chance: random.Random) -> str:
    text = written(number)
    return chance.choice((text, text, text, f"{text} (work)", f"{text} 17.05.2024"))


def _as_csv(rows: list[list[str]], chance: random.Random) -> Made:
    out = io.StringIO()
    csv.writer(out, delimiter=chance.choice(";,\t")).writerows(rows)
    return out.getvalue().encode(), "document"


def _csv(
    phones: Sequence[phonenumbers.PhoneNumber], written: Written, chance: random.Random
) -> Made:
    words = HEADERS[chance.choice(sorted(HEADERS))]
    kinds = [0, 1, 0, 4]
    columns = [(words[1], None)]
    # Order id, paper, date, sum: each with cells of its own kind.
    for word, kind in zip(words[2:6], (0, 1, 2, 3), strict=True):
        if chance.random() < 0.6:
            columns.append((word, chance.choice(kinds) if kind < 2 else kind))
    chance.shuffle(columns)
    rows = [[words[0], *(word for word, _ in columns)]]
    waiting = list(phones)
    while waiting:
        blank = chance.random() < 0.2
        phone = chance.choice(FILL) if blank else written(waiting[0])
        if not blank:
            waiting.pop(0)
        cells = [phone if kind is None else _ids(kind, chance) for _, kind in columns]
        name = chance.choice(("Anna", "Li, Wei", "Иван", 'B "x" C', "1 High St\nLondon"))
        rows.append([name, *cells])
    if chance.random() < 0.2:
        rows.insert(0, ["Report 17.05.2024", *[""] * len(columns)])
    out = io.StringIO()
    delimiter = chance.choice(";,\t")
    if chance.random() < 0.2:
        out.write(f"sep={delimiter}\n")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "utf-16"))), "document"


def _json(
    phones: Sequence[phonenumbers.PhoneNumber], written: Written, chance: random.Random
) -> Made:
    key = chance.choice(("phone", "phone_number", "mobile", "contact_phone"))
    objects = [
        {"id": int(_ids(0, chance)), key: written(each), "date_unixtime": str(1_700_000_000 + at)}
        for at, each in enumerate(phones)
    ]
    if chance.random() < 0.3:
        return "\n".join(map(json.dumps, objects)).encode(), "document"
    return json.dumps({"contacts": {"list": objects}}, indent=1).encode(), "document"


def _text(
    phones: Sequence[phonenumbers.PhoneNumber], written: Written, chance: random.Random
) -> Made:
    line = chance.choice(
        (
            "{phone}",
            "{item}. {phone}",
            "{item}) {phone}",
            "№ {item} {phone}",
            "2024-05-{day:02} 12:{item:02} - {phone}: hello",
            "[{day:02}.05.2024, 12:{item:02}:00] {phone}: hello",
            "{phone} {day:02}.05.2024",
            "Anna: {phone}",
            "{phone}, 1 500 руб.",
            "Order {id}, {phone}",
        )
    )
    lines = [
        line.format(phone=written(each), item=at + 1, day=at % 28 + 1, id=_ids(0, chance))
        for at, each in enumerate(phones)
    ]
    return "\n".join(lines).encode(), chance.choice(("document", "text"))
