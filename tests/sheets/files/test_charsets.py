import chardet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files import charsets
from sheets.files.charsets import CHARSETS, charset_of
from sheets.files.documents import decode
from sheets.files.encodings import encoding_of
from sheets.lists.intake import Part, read, trace
from sheets.output import export

ONE, TWO, THREE = "+4915123580489", "+4915123844868", "+4915123457583"

PEOPLE = {
    "ja": (
        "氏名",
        "電話番号",
        "高橋 亮介",
        "横浜市港北区",
        "佐藤 明美",
        "大阪府堺市西区",
        "鈴木 修平",
    ),
    "zh": ("姓名", "手机号码", "王建国", "江西省南昌市", "李秀英", "四川省成都市", "张伟"),
    "tw": ("姓名", "手機號碼", "陳怡君", "臺北市信義區", "林志明", "高雄市左營區", "黃淑芬"),
    "ko": ("이름", "전화번호", "김민준", "서울특별시 강남구", "이서연", "부산광역시", "박지훈"),
    "ru": (
        "Имя",
        "Телефон",
        "Иванов Пётр",
        "Екатеринбург",
        "Сидорова Анна",
        "Тюмень",
        "Жуков Олег",
    ),
    "uk": ("Ім'я", "Телефон", "Шевченко Їжак", "Київ", "Ґалаґан Юлія", "Чернівці", "Бойко Євген"),
    "el": ("Όνομα", "Τηλέφωνο", "Γιώργος Παπάς", "Θεσσαλονίκη", "Ελένη Ράπτη", "Αθήνα", "Νίκος"),
    "tr": ("Adı", "Telefon", "Şükrü Yıldız", "Eskişehir", "Ayşe Çağlar", "Iğdır", "Gökçe Işık"),
    "ar": (
        "الاسم",
        "رقم الهاتف",
        "محمد عبدالله",
        "المدينة المنورة",
        "فاطمة الزهراء",
        "جدة",
        "خالد",
    ),
    "he": ("שם", "טלפון", "משה כהן", "תל אביב", "שרה לוי", "ירושלים", "דוד מזרחי"),
    "th": ("ชื่อ", "เบอร์โทร", "สมชาย ใจดี", "กรุงเทพมหานคร", "สมหญิง รักไทย", "เชียงใหม่", "วิชัย"),
    "pl": (
        "Imię",
        "Telefon",
        "Łukasz Wójcik",
        "Świętochłowice",
        "Małgorzata Źdźbło",
        "Łódź",
        "Jaś",
    ),
    "lt": (
        "Vardas",
        "Telefonas",
        "Živilė Šimkutė",
        "Šiauliai",
        "Ąžuolas Žukas",
        "Panevėžys",
        "Ūla",
    ),
    "de": ("Name", "Telefon", "Jürgen Größer", "München", "Käthe Müller", "Köln", "Björn Weiß"),
}
WRITTEN = [
    *(("ja", "cp932"), ("ja", "euc_jp"), ("zh", "gb18030"), ("zh", "gbk"), ("tw", "big5")),
    *(("ko", "euc_kr"), ("ko", "cp949"), ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "cp866")),
    *(("ru", "iso8859-5"), ("ru", "mac-cyrillic"), ("uk", "cp1251"), ("uk", "koi8-u")),
    *(("el", "cp1253"), ("el", "iso8859-7"), ("tr", "cp1254"), ("tr", "iso8859-9")),
    *(("tr", "cp857"), ("ar", "cp1256"), ("ar", "iso8859-6"), ("he", "cp1255"), ("th", "cp874")),
    *(("th", "tis-620"), ("pl", "cp1250"), ("pl", "iso8859-2"), ("pl", "cp852")),
    *(("lt", "cp1257"), ("de", "cp1252"), ("de", "latin-1"), ("de", "mac-roman"), ("de", "cp850")),
]


def table(people: str) -> str:
    """Return a csv of three people."""
    name, phone, *cells = PEOPLE[people]
    rows = [f"{name};{phone}", f"{cells[0]}, {cells[1]};{ONE}"]
    rows += [f"{cells[2]}, {cells[3]};{TWO}", f"{cells[4]};{THREE}"]
    return "".join(f"{row}\r\n" for row in rows)


@pytest.mark.parametrize(("people", "charset"), WRITTEN)
def test_a_table_of_three_people(people: str, charset: str) -> None:
    """Protects headers and names: few words are enough to tell in which charset they are."""
    text = table(people)
    assert decode(text.encode(charset)) == text.replace("\r\n", "\n")


@pytest.mark.parametrize(("people", "charset"), WRITTEN)
def test_the_own_sheet_is_in_the_charset_that_it_came_in(people: str, charset: str) -> None:
    """Protects whoever's program opens nothing else."""
    data = table(people).encode(charset)
    (traced,) = trace([Part("a.csv", data)])
    (written,) = export.write([traced.table])
    assert written.data.decode(charset).replace('"', "") == table(people)


@pytest.mark.parametrize("sign", [b"\xa0", b"\x96"])
@pytest.mark.parametrize("word", [b"", "Straße".encode("cp1252"), "Улица Льва".encode("cp1251")])
def test_blanks_and_dashes_in_numbers_are_no_letters(sign: bytes, word: bytes) -> None:
    """Protects numbers: the blank of Word is a letter in DOS and on old Macs."""
    number = sign.join([b"+49", b"151", b"235", b"804", b"89"])
    assert read([Part("a", number + b"\n" + word)]).numbers.to_list() == [ONE]


def test_words_at_the_end_of_a_long_list() -> None:
    """Protects names of a list that begins with a million plain numbers, or one odd sign."""
    numbers = f"{ONE}\r\n".encode() * 100_000
    for begin in (b"", b"\xa9\r\n"):
        data = begin + numbers + table("ru").encode("cp1251")
        assert encoding_of(data)[0] == "cp1251"


def test_plain_text_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects speed: nearly all lists are ASCII or Unicode, and need no library."""
    monkeypatch.setattr(chardet, "detect", None)
    for data in (ONE.encode(), table("ja").encode(), table("ru").encode("utf-16")):
        decode(data)
    assert encoding_of(b"+49\xa0151")[0] == "cp1252"


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=300), st.integers(1, 400))
def test_any_bytes_have_a_charset(data: bytes, times: int) -> None:
    """Protects the child: only codecs without a state are chosen, and samples are bounded."""
    assert charset_of(data * times) in CHARSETS
    samples = list(charsets._samples(data * times))
    assert len(samples) <= charsets.WINDOWS
    assert all(len(sample) <= charsets.WINDOW for sample in samples)
