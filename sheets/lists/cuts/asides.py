"""Digits that belong to no number: dates, times, money, item numbers, ids that say what they are.

They are taken out before a line is read, so that nothing is made of them. Only lines with a sign
that such things have are looked at; a list of plain numbers never pays for it.
"""

import polars as pl

GAP = "|"
"""Stands where something was taken out; `splitting` takes it for a separator."""

_MAY_HOLD = (
    r"[^0-9+() \-]|^\s*[0-9]{1,4}\)|[0-9]{4}-[0-9]{1,2}-[0-9]|[0-9]-[0-9]{1,2}-[0-9]{4}"
    r"|[0-9]{1,2}:[0-9]{2}"
)
# Rust's regex has no lookaround: what stands around a date is captured and put back.
_BEFORE = r"(^|[^\p{Nd}+./\-])"
_AFTER = r"($|[^\p{Nd}./\-]|[./\-](?:$|[^\p{Nd}]))"
_DAY, _MONTH = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)[0-9]{2}"
_CLOCK = r"[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
_OF_DAY = rf"{_CLOCK}(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_ZONE = r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_DATE = (
    rf"(?:{_YEAR}-{_MONTH}-{_DAY}|{_YEAR}\.{_MONTH}\.{_DAY}|{_YEAR}/{_MONTH}/{_DAY}"
    rf"|{_DAY}\.\s?{_MONTH}\.\s?{_YEAR}|{_DAY}-{_MONTH}-{_YEAR}|{_DAY}/{_MONTH}/{_YEAR}"
    rf"|{_MONTH}/{_DAY}/{_YEAR}|{_DAY}\.{_MONTH}\.[0-9]{{2}}|{_DAY}/{_MONTH}/[0-9]{{2}}"
    rf"|{_MONTH}/{_DAY}/[0-9]{{2}}|{_YEAR}年{_MONTH}月{_DAY}日?)"
)
_DATES = rf"{_BEFORE}{_DATE}(?:[T,\s]\s?{_OF_DAY}{_ZONE})?{_AFTER}"
_TIMES = rf"(^|[^\p{{Nd}}:+]){_OF_DAY}($|[^\p{{Nd}}:])"
_SIGNS = r"[$€£¥₽₴₸₺₹₩₫₪฿]"
_SUM = (
    r"(?:[0-9]{1,3}(?:[ .,'][0-9]{3})+(?:[.,][0-9]{1,2})?(?:$|[^0-9\-])"
    r"|[0-9]+(?:[.,][0-9]{1,2}\b)?(?:-[0-9]+)*)"
)
_PRICES = rf"(^|[^\p{{L}}\p{{Nd}}]){_SIGNS}\s?{_SUM}"
# A sign right behind digits makes them a sum or a share.
_SHARES = rf"(^|[^\p{{Nd}}+.,'\-])[0-9](?:[0-9.,'\-]*[0-9])?(?:%|{_SIGNS})"
_SUMS = (
    r"(^|[^\p{Nd}.,+()\-])[0-9]{1,3}(?:[ .,'][0-9]{3})*(?:[.,][0-9]{1,2})?\s?"
    rf"(?:{_SIGNS}|(?:руб\.?|грн|тенге|сом|USD|EUR|GBP|CHF|RUB|UAH|KZT|TRY|TL|zł|Kč)(?:$|[^\p{{L}}]))"  # noqa: RUF001 - Cyrillic
)
_YEARS = rf"\({_YEAR}\)(\s*(?:$|[^\p{{Nd}}\s\-.]))"  # of a book; no number ends in such brackets
# A word that says what the digits behind it are. These may hold blanks:
_PAPERS = (
    r"passport|паспорт\p{L}*|pasaport|reisepass|c\.?p\.?f|c\.?n\.?p\.?j|curp|rfc|tc(?: kimlik)?"
    r"|t\.c\.|tckn|инн|снилс|огрн\p{L}*|кпп|бик|iban|ssn|vat|ust(?:-?id)?|steuer\p{L}*|siret"
    r"|siren|aadhaar|身份证号?|护照号?|マイナンバー|주민등록번호"
)
# Behind these only the next group of digits is meant:
_NUMBERED = (
    r"id|uid|user ?id|order|invoice|inv|ref|reference|receipt|ticket|case|account"
    r"|acct|contract|policy|parcel|tracking|sku|ean|isbn|barcode|zip|plz|pin|otp|code"
    r"|rechnung\p{L}*|auftrag\p{L}*|bestell\p{L}*|kunden(?:nummer|nr|-?id)|vertrag\p{L}*|beleg\p{L}*"
    r"|konto\p{L}*|заказ\p{L}*|договор\p{L}*|сч[её]т\p{L}*|код\p{L}*|чек\p{L}*|артикул|полис\p{L}*"
    r"|pedido|factura|fatura|contrato|cuenta|commande|facture|contrat|sipariş"
    r"|pedido|factura|fatura|contrato|cuenta|commande|facture|contrat|sipariş|müşteri (?:no|id)"
    r"|(?:customer|client|cliente|клиент)\s?(?:id|no|nr|number|номер)"
    r"|订单号?|订单编号|编号|注文番号|会員番号|주문번호"
)
_PAPER_IDS = (
    rf"(?i)(^|[^\p{{L}}])(?:{_PAPERS})(?:\s?(?:no|nr|num|number|номер|№)\b)?[\s.:#№=\-]*"
    r"[0-9][0-9./\-]*(?:\s[0-9][0-9./\-]*)*"
)
_IDS = (
    rf"(?i)(^|[^\p{{L}}])(?:{_NUMBERED})(?:[\s.\-]?(?:id|no|nr|num|number|nummer|номер|№)\b)?"
    r"[\s.:#№=\-]*[\s:#№=][\s.:#№=\-]*[0-9][0-9./\-]*"
)
_ITEM = r"^\s*(?:[№#]\s?)?[1-9][0-9]{0,4}(?:[.)\]]\s+|\)\s*|[.:]\s*(\+)|[.]?\s*(\())"
_MARKED = r"[№#]\s?[0-9]{1,6}(?:[.):,;]|\s|$)"

# A place on a map, such as "52.520008, 13.404954".
_LATITUDE, _LONGITUDE = r"-?(?:[1-8]?[0-9]|90)\.[0-9]{4,}", r"-?(?:0|[1-9][0-9]{0,2})\.[0-9]{4,}"
_PLACES = rf"(^|[^\p{{Nd}}.+\-]){_LATITUDE}°?\s*[,;\s]\s*{_LONGITUDE}($|[^\p{{Nd}}.])"

_STEPS = (
    (_DATES, "${1}|${2}"),
    (_DATES, "${1}|${2}"),  # two dates in a row share what stands between them
    (_TIMES, "${1}|${2}"),
    (_YEARS, "|${1}"),
    (_PLACES, "${1}|${2}"),
    (_PAPER_IDS, "${1}|"),
    (_IDS, "${1}|"),
    (_PRICES, "${1}|"),
    (_SHARES, "${1}|"),
    (_SUMS, "${1}|"),
    (_ITEM, "${1}${2}"),
    (_MARKED, GAP),
)


def without_asides(texts: pl.Series) -> pl.Series:
    """Replace everything in these texts that is no part of a number by a `GAP`."""
    text = pl.col("text")
    frame = texts.alias("text").to_frame().with_row_index("row")
    some = frame.filter(text.str.contains(_MAY_HOLD) & text.str.contains(r"[0-9].*[0-9]"))
    if some.is_empty():
        return texts
    taken = text
    for pattern, kept in _STEPS:
        taken = taken.str.replace_all(pattern, kept)
    some = some.select("row", taken)
    return texts.scatter(some["row"], some["text"])
