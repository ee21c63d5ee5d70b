import codecs
import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheets.files import documents, encodings
from sheets.files.documents import (
    EmptyFile,
    ListError,
    NoNumbers,
    NotAList,
    SeveralColumns,
    TooManyNumbers,
    Undecodable,
)
from sheets.lists.intake import Part, Reading, read

FIRST, SECOND = "+79876543210", "+4930901820"


def reading(data: bytes, name: str = "list.txt") -> Reading:
    """Return the reading of a single document."""
    return read([Part(name, data)])


def numbers(data: bytes) -> list[str]:
    """Return the numbers of a single document."""
    return reading(data).numbers.to_list()


def zipped(*names: str) -> bytes:
    """Return a zip of meaningless files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"\x01\x02\x03")
    return out.getvalue()


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "cp1252"),
        *("latin-1", "cp866", "koi8-r", "gb18030", "shift-jis", "cp1254"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end(encoding: str, end: str) -> None:
    """A list is read in any encoding, with any line ends, from old and new programs."""
    headers = {"cp1251": "Телефон", "cp866": "Телефон", "koi8-r": "Телефон", "gb18030": "手机号码"}
    lines = [headers.get(encoding, "Telephone"), FIRST, "", SECOND, ""]
    result = reading(end.join(lines).encode(encoding))
    assert result.numbers.to_list() == [FIRST, SECOND]
    assert (result.total, result.rejected) == (2, 0)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1251", "Телефон Ивана Петровича"),
        ("cp1252", "Téléphone de Noël"),
        ("gb18030", "张三的手机号码"),
        ("utf-16-le", "Телефон: нет"),
        ("utf-8", "Hände weg ✋"),
    ],
)
def test_left_out_words_stay_legible(encoding: str, words: str) -> None:
    """A person recognises a rejected line by its own words."""
    data = f"{FIRST}\n{words}\n{SECOND}\n".encode(encoding)
    assert reading(data).left_out["text"].to_list() == [words]


def test_utf8_with_a_broken_place_stays_utf8() -> None:
    """One damaged byte does not turn invisible marks elsewhere into letters."""
    data = f"\u200b{FIRST}\nпривет\n".encode() + b"\xff\n" + f"\u200f{SECOND}".encode()
    assert numbers(data) == [FIRST, SECOND]


def test_line_ends_across_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is decoded in chunks; neither characters nor line ends break at their borders."""
    text = f"имя\r\n{FIRST}\r\n\r\nя\r{SECOND}\r\nconst"
    whole = documents.lines_of(text.encode()).to_list()
    assert whole == ["имя", FIRST, "", "я", SECOND, "const"]
    for size in range(1, 12):
        monkeypatch.setattr(encodings, "PIECE", size)
        assert documents.lines_of(text.encode()).to_list() == whole
        assert documents.lines_of(text.encode("utf-16")).to_list() == whole


def test_decode_gives_the_whole_text() -> None:
    """Small files can be decoded as one text, by the same rules."""
    assert documents.decode(codecs.BOM_UTF8 + b"a\r\nb\x00\rc\r") == "a\nb\nc\n"


def test_nul_bytes_are_dropped() -> None:
    """Broken exports pad with NUL; the digits around it still make one number."""
    assert numbers(b"+7987\x006543210\n\x00\n+4930901820\x00\x00\n") == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped("word/document.xml"), "document"),
        (zipped("photo.jpg"), "unknown"),
        (b"<!DOCTYPE html>\n<p>Log in", "html"),
        (b"\xd0\xcf\x11\xe0" + bytes(99) + "EncryptedPackage".encode("utf-16-le"), "protected"),
        (b"%PDF-1.7\n+79876543210\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n+79876543210", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image"),
        (b"GIF89a\x01\x00", "image"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "image"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00", "media"),
        (b"OggS\x00\x02", "media"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (bytes(range(1, 32)) * 20, "unknown"),
        (bytes(1000), "unknown"),
    ],
)
def test_other_files_are_named(data: bytes, kind: str) -> None:
    """A picture called numbers.csv is named as a picture, not answered with a list of garbage."""
    with pytest.raises(NotAList) as refused:
        reading(data, "numbers.csv")
    assert (refused.value.kind, refused.value.name) == (kind, "numbers.csv")


def test_names_do_not_matter() -> None:
    """A list that a phone calls photo.jpg, or that begins like a bitmap, is a list."""
    assert read([Part("photo.jpg", FIRST.encode())]).numbers.to_list() == [FIRST]
    assert numbers(b"BM numbers\n+79876543210\n") == [FIRST]


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\r\n \t\r\n", "\ufeff".encode(), "\u200b\n".encode()]
)
def test_nothing_is_an_empty_file(data: bytes) -> None:
    """Blank lines alone are told apart from lines that hold no number."""
    with pytest.raises(EmptyFile):
        reading(data)
    with pytest.raises(EmptyFile):
        read([])


def test_an_empty_file_among_others_is_passed_over() -> None:
    """A blank file sent together with others does not spoil the list."""
    assert read([Part("a", b""), Part("b", FIRST.encode())]).numbers.to_list() == [FIRST]


def test_no_numbers_says_what_was_seen() -> None:
    """The answer can offer to read national numbers once the country is known."""
    with pytest.raises(NoNumbers) as refused:
        reading(b"name\n8 987 654 32 10\nnothing\n")
    error = refused.value
    assert (error.total, error.national, error.left_out.height) == (2, 1, 2)


def test_too_many_numbers() -> None:
    """The limit counts different numbers, so that a list with repeats is not refused for them."""
    data = b"+79876543210\n+79876543211\n+79876543210\n"
    assert read([Part("a", data)], maximum=2).numbers.len() == 2
    with pytest.raises(TooManyNumbers) as refused:
        read([Part("a", data)], maximum=1)
    assert (refused.value.found, refused.value.maximum) == (2, 1)


def test_broken_utf16_is_undecodable() -> None:
    """A file with a UTF-16 mark and other content is not read as Chinese."""
    with pytest.raises(Undecodable):
        reading(codecs.BOM_UTF16_LE + b"\x00\xdc" * 100)


def test_errors_are_one_family() -> None:
    """Handlers catch one class for all errors that a person can fix."""
    family = (EmptyFile, NotAList, Undecodable, NoNumbers, TooManyNumbers, SeveralColumns)
    assert all(issubclass(error, ListError) for error in family)


@settings(max_examples=30, deadline=None)
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00")
@example(b"\x00\x00\xfe\xff\x00")
@example(b"PK\x03\x04")
@example(b"RIFF")
@example(b"\x81")
@example(b'"')
@example(b'";"\n"')
@example(b"," * 5000)
@example(b"+")
@example(b"\x1a")
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(
            st.sampled_from(
                [
                    b"\n",
                    b"\r",
                    b",",
                    b";",
                    b"\t",
                    b'"',
                    b" ",
                    b"+",
                    b"7987",
                    b"65432",
                    b"10",
                    b"\x00",
                    b"\xff\xfe",
                    b"\xef\xbb\xbf",
                    b"a",
                    b"\xd0\x90",
                    b"E+11",
                    b".0",
                    b"(",
                ]
            ),
            max_size=60,
        ).map(b"".join),
    )
)
def test_any_bytes_are_answered(data: bytes) -> None:
    """Any bytes are read or refused for a reason; nothing else is raised."""
    try:
        result = reading(data)
    except ListError:
        return
    assert result.numbers.len() + result.duplicates + result.rejected == result.total
