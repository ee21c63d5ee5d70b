"""Headers: the words people write above a column, in many languages, and the row they are in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

import polars as pl

Kind = Literal["phone", "country", "other", "none"]
"""What a header says that its column holds; "none" is a word that says nothing of it."""

_FEW_DIGITS = 4
_AMONG = 10  # a title or two may stand above the header

NUMBER = re.compile(
    r"phone|fone\b|mobile|msisdn|whats ?app|telegram|\bcell\b|^tel|\btel\b|handphone|e\.?164|"
    r"телефон|моб|тел\b|сотов|вотсап|ватсап|"  # Russian, Ukrainian, Bulgarian
    r"手机|手機|电话|電話|联系方式|聯絡|携帯|연락처|"  # Chinese, Japanese
    r"전화|휴대|핸드폰|"  # Korean
    r"\bcep\b|telefon|gsm|"  # Turkish; German, Polish, Romanian and others
    r"tel[ée]f|m[óo]vil|celular|telem[óo]vel|t[ée]l[ée]ph|portable|"  # Spanish, Portuguese, French
    r"handy|mobil|rufnummer|cellulare|kom[óo]rk|"  # German, Nordic, Italian, Polish
    r"هاتف|جوال|موبايل|تليفون|تلفن|موبایل|همراه|"  # Arabic, Persian
    r"फ़?ोन|मोबाइल|ফোন|মোবাইল|"  # Hindi, Bengali
    r"no\.? ?hp|telepon|điện thoại|di động|số đt|\bsđt\b|"  # Indonesian, Vietnamese
    r"โทร|มือถือ|טלפון|נייד|τηλ|κινητ",  # Thai, Hebrew, Greek
    re.IGNORECASE,
)
"""A column of phone numbers. A bare "number" isn't one: orders and customers have numbers too."""

BARE = re.compile(
    r"^\W*(?:numbers?|nummern?|numero|número|numéro|numer|номера?|numara|numaras.|nomor|"
    r"号码|號碼|番号|번호|شماره|رقم|أرقام|नंबर|số|หมายเลข|מספר|αριθμός)\W*$",
    re.IGNORECASE,
)
"""A bare "number": phone numbers only if the content is plainly that."""

COUNTRY = re.compile(
    r"country|\biso\b|dial(?:ling)? ?code|calling ?code|\bland\b|länder|\bpays\b|pa[íi]s|paese|"
    r"vorwahl|ülke|ulke|стран[аы]|країн[аи]|держава|kraj|země|negara|quốc gia|"
    r"国家|國家|国$|国名|国番号|区号|국가|나라|دولة|الدولة|بلد|البلد|کشور|देश|ประเทศ|ארץ|מדינה|"
    r"χώρα|țar|zemlja",
    re.IGNORECASE,
)
"""A column of countries."""

_ABOUT_A_PHONE = re.compile(
    r"label|\btype|\bтип|тип\b|verif|status|статус|model|модель|consent|opt.?in|count\b|"
    r"carrier|operator|оператор|\bid\b|_id\b|date|дата|\btime|country|стран|\bext|extension|доб|"
    r"durchwahl|name|имя|owner|\bbill\b|\bapp\b|факс|\bfax|price|цена|brand",
    re.IGNORECASE,
)
"""Beside a word for phone: it says something of the phone, and isn't its number."""

OTHER = re.compile(
    r"\bid\b|_id$|^id|uid\b|guid|uuid|№|#|\bno\b|\bnr\b|order|invoice|receipt|ticket|passport|"
    r"account|card|iban|\bbic\b|swift|\bbank|contract|policy|serial|sku|\bean\b|upc|barcode|"
    r"\bgtin|isbn|zip|post.?code|postal|plz|date|time|birth|year|age\b|price|amount|total|sum\b|"
    r"paid|balance|spent|cost|salary|qty|quantity|lat\b|lon|tax|\bvat|ssn|cpf|cnpj|curp|\brfc\b|"
    r"\bfax|imei|imsi|iccid|customer|client|member|user|e-?mail|name|address|city|note|"
    r"договор|заказ|паспорт|сч[её]т|карт[аы]|банк|инн|снилс|огрн|кпп|бик|индекс|дата|время|"
    r"год|возраст|цена|сумма|итого|оплат|артикул|штрих|факс|клиент|им[яіь]|адрес|город|"
    r"bestell|rechnung|kunde|vertrag|konto|karte|datum|zeit|jahr|preis|betrag|summe|geburt|"
    r"pedido|factura|fatura|cuenta|conta|contrato|cliente|fecha|data\b|precio|preço|importe|"
    r"commande|facture|compte|montant|prix|sipariş|hesap|müşteri|tarih|tutar|fiyat|kimlik|vergi|"
    r"订单|订單|身份|护照|账号|帳號|卡号|银行|金额|日期|时间|编号|会员|會員|会員|注文|口座|金額|"
    r"日付|郵便|住所|氏名|주문|계좌|회원|금액|날짜|우편|طلب|حساب|تاريخ|مبلغ|هوية|סכום|תאריך|הזמנה|"
    r"ngày|đơn hàng|mã|tanggal|pesanan|rekening|harga|data ur|zamówien|faktur|kwota",
    re.IGNORECASE,
)
"""A column of something else; nothing of it is sent unasked."""

_GOOGLE = re.compile(r"^Phone [0-9]{1,2} - Value$")
_OF_A_CONTACT = re.compile(
    # What phone books and customer lists of Outlook, HubSpot, amoCRM, Bitrix24 and shops say.
    r"(?:business|home|mobile|work|other|primary|main|personal|private|cell|car|radio|default|"
    r"billing|shipping|address|phone|telephone|tel|number|no|direct|sms|"
    r"рабочий|мобильный|домашний|другой|основной|личный|дополнительный|прямой|для|рассылок|"
    r"телефон|номер|geschäftlich|privat|mobil|weiteres|telefon|telefonnummer|handy|rufnummer|"
    r"[0-9]|[\s.:()_/\-])+",
    re.IGNORECASE,
)
_CALENDAR = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d.*")


@dataclass(frozen=True, slots=True)
class Header:
    """The row with the columns' names.

    rows: rows above the body, this one included; 0 without a header.
    names: of all columns, empty without a header.
    """

    rows: int
    names: list[str]


def kind_of(name: str) -> Kind:
    """Return what a header says that its column holds."""
    name = name.replace("_", " ")
    if NUMBER.search(name):
        return "other" if _ABOUT_A_PHONE.search(name) and not _GOOGLE.match(name) else "phone"
    if COUNTRY.search(name):
        return "country"
    if not BARE.match(name) and OTHER.search(name):
        return "other"
    return "none"


def one_phone_book(names: Sequence[str]) -> bool:
    """True if a phone book names these columns, all of which hold numbers of one contact.

    Two columns of one name, which only their numbers tell apart, are none of that kind.
    """
    typed = {re.sub(r"[\d\s]+", "", name).lower() for name in names}
    several = len(typed) > 1 and all(map(_OF_A_CONTACT.fullmatch, names))
    return several or all(map(_GOOGLE.match, names))


def header_of(columns: Sequence[pl.Series]) -> Header:
    """Return the header: the first row that names a column of numbers, else the first row.

    Only rows above all numbers count, so there may be none. Titles, dates and years may stand in
    the header or above it.

    Args:
        columns: Texts, without blank rows.
    """
    rows = list(zip(*(each.head(_AMONG + 1) for each in columns), strict=True))
    wordy = list(takewhile(lambda row: not any(map(_is_numeric, row)), rows[:_AMONG]))
    if not wordy:
        return Header(0, [""] * len(columns))
    above = wordy[: len(rows) - 1]  # the last row has nothing below that it could name
    named = (at for at, row in enumerate(above) if any(kind_of(cell) == "phone" for cell in row))
    place = next(named, 0)
    return Header(place + 1, list(wordy[place]))


def _is_numeric(cell: str) -> bool:
    if _CALENDAR.fullmatch(cell.strip()):
        return False
    digits = sum(map(str.isdigit, cell))
    if digits <= _FEW_DIGITS and kind_of(cell) == "phone":
        return False  # "E.164", "Tel 1"
    return digits > len(cell) // 2
