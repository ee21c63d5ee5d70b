"""Headers: the words people write above a column, in many languages, and the row they are in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import polars as pl

_AMONG = 10  # a title or two may stand above the header

NUMBER = re.compile(
    r"phone|mobile|msisdn|whats ?app|telegram|\bcell\b|^tel|handphone|"  # English, and everywhere
    r"телефон|моб|тел\b|номер|сотов|вотсап|ватсап|"  # Russian, Ukrainian, Bulgarian
    r"手机|手機|电话|電話|號碼|号码|联系方式|携帯|番号|"  # Chinese, Japanese
    r"전화|휴대|핸드폰|번호|"  # Korean
    r"\bcep\b|numara|telefon|gsm|"  # Turkish; German, Polish, Romanian and others
    r"tel[ée]f|m[óo]vil|celular|telem[óo]vel|t[ée]l[ée]ph|portable|"  # Spanish, Portuguese, French
    r"handy|mobil|rufnummer|cellulare|kom[óo]rk|"  # German, Nordic, Italian, Polish
    r"هاتف|جوال|موبايل|تليفون|تلفن|موبایل|همراه|شماره|"  # Arabic, Persian
    r"फ़?ोन|मोबाइल|नंबर|ফোন|মোবাইল|"  # Hindi, Bengali
    r"nomor|no\.? ?hp|telepon|điện thoại|di động|số đt|\bsđt\b|"  # Indonesian, Vietnamese
    r"โทร|มือถือ|טלפון|נייד|τηλ|κινητ",  # Thai, Hebrew, Greek
    re.IGNORECASE,
)
"""A column of phone numbers."""

COUNTRY = re.compile(
    r"country|\biso\b|dial(?:ling)? ?code|calling ?code|\bland\b|länder|\bpays\b|pa[íi]s|paese|"
    r"ülke|ulke|страна|країна|держава|kraj|země|negara|quốc gia|"
    r"国家|國家|国$|国名|국가|나라|دولة|الدولة|بلد|البلد|کشور|देश|ประเทศ|ארץ|מדינה|χώρα|țar|zemlja",
    re.IGNORECASE,
)
"""A column of countries."""


@dataclass(frozen=True, slots=True)
class Header:
    """The row with the columns' names.

    rows: rows above the body, this one included; 0 without a header.
    names: of all columns, empty without a header.
    """

    rows: int
    names: list[str]


def header_of(columns: Sequence[pl.Series]) -> Header:
    """Return the header: the first row that names a column of numbers, else the first row.

    Only rows above all numbers count, so there may be none.

    Args:
        columns: Texts, without blank rows.
    """
    rows = list(zip(*(each.head(_AMONG + 1) for each in columns), strict=True))
    wordy = list(takewhile(lambda row: not any(map(_is_numeric, row)), rows[:_AMONG]))
    if not wordy:
        return Header(0, [""] * len(columns))
    above = wordy[: len(rows) - 1]  # the last row has nothing below that it could name
    named = (place for place, row in enumerate(above) if any(map(NUMBER.search, row)))
    place = next(named, 0)
    return Header(place + 1, list(wordy[place]))


def _is_numeric(cell: str) -> bool:
    return sum(map(str.isdigit, cell)) > len(cell) // 2
