"""Headers, names and other words that stand in lists."""

HEADERS = {
    "en": ("Name", "Phone", "Order ID", "Passport No", "Created", "Amount", "Country"),
    "ru": ("Имя", "Телефон", "Заказ", "Паспорт", "Дата", "Сумма", "Страна"),
    "de": ("Kunde", "Telefonnummer", "Bestellnummer", "Konto", "Datum", "Betrag", "Land"),
    "es": ("Nombre", "Teléfono", "Pedido", "Cuenta", "Fecha", "Importe", "País"),
    "fr": ("Nom", "Téléphone", "Commande", "Compte", "Date", "Montant", "Pays"),
    "pt": ("Nome", "Celular", "Pedido", "CPF", "Data", "Total", "País"),
    "tr": ("Ad", "Cep telefonu", "Sipariş", "TC kimlik", "Tarih", "Tutar", "Ülke"),
    "zh": ("姓名", "手机号码", "订单号", "身份证", "日期", "金额", "国家"),
    "ja": ("氏名", "電話番号", "注文番号", "会員番号", "日付", "金額", "国"),
    "ko": ("이름", "전화번호", "주문번호", "계좌", "날짜", "금액", "국가"),
    "ar": ("الاسم", "رقم الهاتف", "رقم الطلب", "حساب", "تاريخ", "مبلغ", "الدولة"),
    "id": ("Nama", "No HP", "ID Pesanan", "Rekening", "Tanggal", "Harga", "Negara"),
}
"""By language: name, phone, order, paper or account, date, sum, country."""

OTHER_PHONES = ("Phone", "Mobile", "WhatsApp", "Телефон", "Handy", "Celular", "Tel.", "Téléphone")

UNKNOWN = (
    *("Feld 3", "Vorgang", "Ref.", "Wert", "col_b", "Прочее", "XYZ", "備考2", "Number", "Номер"),
    *("№", "Nr", "ID", "Column1"),
)
"""Headers that say nothing, or nothing of a phone."""

FILL = ("", "", "n/a", "-", "—", "не указан", "unknown", "нет", "0", "none")
"""What stands where there is no phone."""

NAMES = ("Anna", "Li, Wei", "Иван", 'B "x" C', "1 High St\nLondon", "O'Neil 3", "李伟", "علي")

TITLES = ("Report 17.05.2024", "Клиенты за 2023 год", "Export", "2024", "Sheet1 05/2024")

LINES = (
    "{phone}",
    "{phone}",
    "{item}. {phone}",
    "{item}) {phone}",
    "№ {item} {phone}",
    "{item}: {phone}",
    "{name}\t{phone}",
    "2024-05-{day:02} 12:{minute:02} - {phone}: hello",
    "[{day:02}.05.2024, 12:{minute:02}:00] {phone}: hello",
    "{phone} {day:02}.05.2024",
    "{phone} ({name})",
    "{name}: {phone}",
    "{name} {phone}",
    "Tel. {phone}",
    "тел {phone}",
    "{phone}, 1 500 руб.",
    "{phone} $25",
    "Order {id}, {phone}",
    "Заказ № {id} {phone}",
    "{phone} // paid",
    "- {phone};",
    "* {phone}",
)
"""How a line of a text is written."""
