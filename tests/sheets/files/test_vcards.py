import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files.vcards import read
from sheets.lists.intake import Part
from sheets.lists.intake import read as read_list

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=
=D0=BD;=D0=90;;;
TEL;CELL;PREF:+7 987 654-32-10
TEL;HOME;ENCODING=QUOTED-PRINTABLE:=2B4930901820
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ
 TEL:+123456789012
 ABC==

END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
FN:Anna\\, M
 aria
N:Maria;Anna;;;
item1.TEL;TYPE="voice,home";VALUE=uri:tel:+49-30-901820;ext=12
item1.X-ABLabel:work
tel:+79876543210
END:VCARD
"""


def people(text: str, encoding: str = "utf-8") -> list[tuple[str | None, str | None]]:
    """Return names and numbers, without the header."""
    head, *rows = read(text.encode(encoding)).rows()
    assert head == ("Name", "Number")
    return rows


def test_version_2() -> None:
    """Old phones fold names in quoted-printable; the number of a card keeps its name."""
    assert people(OLD) == [("Иван А", "+7 987 654-32-10"), ("Иван А", "+4930901820")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_version_4(end: str, encoding: str) -> None:
    """Groups, parameters, folded lines and escapes are understood, with any line ends."""
    assert people(NEW.replace("\n", end), encoding) == [
        ("Anna, Maria", "tel:+49-30-901820;ext=12"),
        ("Anna, Maria", "+79876543210"),
    ]


def test_several_cards_and_broken_ones() -> None:
    """A card without an end or a name doesn't take the next one's."""
    text = "BEGIN:VCARD\nTEL:1\nBEGIN:VCARD\nN:B;;;\nFN:\nTEL:2\nTEL\nTEL;:\nEND:VCARD\nBEGIN:VCARD"
    assert people(text) == [(None, "1"), ("B", "2"), ("B", "")]


def test_an_unknown_charset() -> None:
    """An unknown charset garbles a name, but no number."""
    text = "BEGIN:VCARD\nFN;CHARSET=X-9;ENCODING=QUOTED-PRINTABLE:=41\nTEL:1\nEND:VCARD\n"
    assert people(text) == [("A", "1")]


def test_a_thick_phone_book() -> None:
    """Of thousands of cards none is lost, and each number has its own name."""
    cards = "".join(f"BEGIN:VCARD\nFN:N\n {n}\nTEL:{n}\nEND:VCARD\n" for n in range(3000))
    assert people(cards) == [(f"N{n}", str(n)) for n in range(3000)]


ONE, TWO = "+4915123580489", "+4915123844868"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nTEL;TYPE=CELL:+4915123580489\nEND:VCARD\n"
ANNA = [("Anna", ONE)]
# As Google, Outlook, iCloud, Samsung, Xiaomi and Huawei write them, and as they get broken.
SOUND = {
    "lower case": CARD.lower().replace("anna", "Anna"),
    "indented": "".join(f"  {line}\n" for line in CARD.splitlines()),
    "blanks": CARD.replace(":", " : "),
    "blank lines": CARD.replace("\n", "\n\n"),
    "one line": CARD.strip().replace("\n", " "),
    "a code's line": CARD.replace("\n", "\\n"),
    "words above": f"Contacts of May\n\n{CARD}",
    "marks within": f"\n\ufeff{CARD}",
    "a group": CARD.replace("TEL", "item1.TEL").replace(
        "END", "item1.X-ABLabel:_$!<Mobile>!$_\nEND"
    ),
    "folded": CARD.replace("CELL:+49151", "CELL:+49151\n "),
    "folded about": CARD.replace("TYPE=CELL", "TYPE=\n CELL"),
    "a picture": CARD.replace(
        "TEL", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n TEL:+4915123580400\nTEL"
    ),
    "an unfolded picture": CARD.replace("TEL", "PHOTO;ENCODING=BASE64;JPEG:/9j/\nABCDEFG=\nTEL"),
    "base64": CARD.replace("FN:Anna", "FN;ENCODING=b:QW5uYQ==").replace(
        "TYPE=CELL:+4915123580489", "ENCODING=BASE64:KzQ5MTUxMjM1ODA0ODk="
    ),
    "quoted": CARD.replace(
        "TYPE=CELL:+4915123580489", "CELL;ENCODING=QUOTED-PRINTABLE:=2B=34=39=\n15123580489"
    ),
    "quoted and folded": CARD.replace("FN:Anna", "FN;ENCODING=QUOTED-PRINTABLE:=41=6E=\n =6E=61"),
    "a break before nothing": CARD.replace("TEL", "NOTE;ENCODING=QUOTED-PRINTABLE:a=3D=\nTEL"),
    "a number in a note": CARD.replace(
        "TEL", "NOTE;ENCODING=QUOTED-PRINTABLE:call=0D=0A=\nTEL:+4915123580400=0D=0A=\nbye\nTEL"
    ),
    "a custom label": CARD.replace("TYPE=CELL", "X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED,=D0=A0)"),
    "a charset": CARD.replace("FN:", "FN;CHARSET=UTF-8:").replace("TYPE=CELL", "CELL;PREF"),
    "an id": CARD.replace(
        "END", "X-HW-ID:4915123580400\nUID:4915123580401\nREV:20240517T120000Z\nEND"
    ),
    "an address": CARD.replace("TYPE=CELL:", 'VALUE=uri;PREF=1;TYPE="voice,cell":sip:').replace(
        "489\n", "489@example.com\n"
    ),
    "a coded address": CARD.replace("TYPE=CELL:+49", "VALUE=uri:tel:%2B49").replace(
        "80489", "%2080489"
    ),
    "no name": CARD.replace("FN:Anna", "FN:\nN:;;;;\nORG:Anna"),
    "a messenger": CARD.replace("END", "IMPP;X-SERVICE-TYPE=Skype:skype:+4915123844868\nEND"),
}


@pytest.mark.parametrize("fault", SOUND)
def test_cards_of_phones_and_programs(fault: str) -> None:
    """Protects phone books from all over: a number is whole, has its name, and is no other's."""
    reading = read_list([Part("a.vcf", SOUND[fault].encode())])
    assert reading.numbers.to_list() == [ONE]
    ((name, _),) = people(SOUND[fault])
    assert name == "Anna"


def test_cards_without_a_line_end_between() -> None:
    """Protects the second card of each two: it has a name of its own."""
    text = CARD.strip() + CARD.replace("Anna", "Bob").replace(ONE, TWO)
    assert people(text) == [("Anna", ONE), ("Bob", TWO)]


def test_numbers_in_addresses() -> None:
    """Protects numbers that are national where the address says, and those with an extension."""
    text = CARD.replace(ONE, f"tel:015123580489;phone-context=+49\nTEL;VALUE=uri:tel:{TWO};ext=55")
    assert read_list([Part("a.vcf", text.encode())]).numbers.to_list() == [ONE, TWO]


def test_a_fax_is_shown_and_not_read() -> None:
    """Protects from paying for machines; a line that also speaks is a phone."""
    fax = "TEL;TYPE=HOME,FAX:+4930901820\nTEL;WORK;FAX:+4930901821\nTEL;TYPE=PAGER:+4930901822\n"
    text = CARD.replace("END", f"{fax}TEL;TYPE=fax,voice:{TWO}\nEND")
    assert read_list([Part("a.vcf", text.encode())]).numbers.to_list() == [ONE, TWO]
    assert read(text.encode())["c2"].to_list() == [
        *("Fax", None, "+4930901820", "+4930901821", "+4930901822", None)
    ]
    assert read(CARD.encode()).width == 2


lines = st.sampled_from(
    [
        *(
            "BEGIN:VCARD",
            "END:VCARD",
            "END:VCARDBEGIN:VCARD",
            f"TEL:{ONE}",
            " x",
            "=",
            "a=",
            "TEL;",
        ),
        *(
            "N;ENCODING=QUOTED-PRINTABLE:=41=",
            "=42=",
            "FN;ENCODING=b:QW5",
            "\\n",
            "BEGIN:VCARD N:a ",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(lines, max_size=20).map("\n".join), st.integers(1, 50))
def test_any_card_is_read(text: str, times: int) -> None:
    """Protects from a fault of ours, and from a number that stood in no card."""
    numbers = read(f"BEGIN:VCARD\n{text}\n".encode() * times)["c1"].slice(1).drop_nulls()
    assert all(ONE.startswith(number[:14]) or "TEL" not in number for number in numbers)
