import pytest

from sheets.files.vcards import read

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
