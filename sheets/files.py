"""From the bytes of a document to its lines.

What a file is gets told by its content, never by its name: people rename files, and phones
send whatever they like. So far lists are text (one number a line, or csv); other formats get
their own module beside this one, chosen by `kind_of`.
"""

import codecs
from collections.abc import Iterator
from itertools import pairwise

import polars as pl


class ListError(Exception):
    """A list can't be used as it is, and the person can mend it.

    ListError
    ├── EmptyFile        nothing but blank lines
    ├── NotAList         another kind of file: a picture, a workbook, an archive
    ├── Undecodable      text, but its encoding is broken
    ├── NoNumbers        lines, and not one number among them
    ├── TooManyNumbers   more numbers than one list may hold
    └── SeveralColumns   a table in which more than one column could be meant

    `name` is the part that it is about, empty when it is about all of them.
    """

    def __init__(self, message: str, *, name: str = "") -> None:
        super().__init__(message)
        self.name = name


class EmptyFile(ListError):  # noqa: N818 - reads as what it is; the base carries the word Error
    """Nothing was handed in but blank lines."""


class NotAList(ListError):  # noqa: N818
    """The content isn't text. `kind` names it, so that the answer can say what to do."""

    def __init__(self, kind: str, *, name: str = "") -> None:
        super().__init__(f"the content is no text but: {kind}", name=name)
        self.kind = kind


class Undecodable(ListError):  # noqa: N818
    """The file says which encoding it has, and doesn't keep to it."""


class NoNumbers(ListError):  # noqa: N818
    """Not one number could be read.

    Carries `total` candidates, `national` of them readable once a country is known, and
    `left_out` as in `intake.Reading`.
    """

    def __init__(self, *, total: int, national: int, left_out: pl.DataFrame) -> None:
        super().__init__(f"none of {total} candidates is a phone number")
        self.total = total
        self.national = national
        self.left_out = left_out


class TooManyNumbers(ListError):  # noqa: N818
    """`found` different numbers, where `maximum` are allowed."""

    def __init__(self, *, found: int, maximum: int) -> None:
        super().__init__(f"{found} numbers, and at most {maximum} are allowed")
        self.found = found
        self.maximum = maximum


class SeveralColumns(ListError):  # noqa: N818
    """More than one column holds numbers. `columns` are their headers, or "2", "3"."""

    def __init__(self, columns: tuple[str, ...], *, name: str = "") -> None:
        super().__init__(f"numbers in several columns: {', '.join(columns)}", name=name)
        self.columns = columns


PIECE = 1 << 18
"""Bytes decoded at a time. Decoding holds Python's lock, for up to a millisecond with this many;
a whole file at once would hold up every other conversation."""

_SAMPLE = 1 << 16
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"RIFF", "media"),
    (b"OggS", "media"),
    (b"ID3", "media"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"SQLite format 3\x00", "database"),
    (b"{\\rtf", "rtf"),
)
_BOMS = (  # the four-byte ones first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = bytes(sorted({*range(1, 32)} - {*b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"}))


def kind_of(data: bytes) -> str:
    """Say what the bytes are: "text", or a kind for `NotAList` ("xlsx", "pdf", "image", …)."""
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in data
        return "protected" if protected else "xls"
    if data[4:8] == b"ftyp":
        return "image" if data[8:11] in {b"hei", b"mif", b"avi"} else "media"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    for signature, kind in _SIGNATURES:
        # Two letters alone don't make a bitmap: a text may well begin with "BM".
        if data.startswith(signature) and (signature != b"BM" or not _reads_as_text(data)):
            return kind
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return "text"
    return "text" if _reads_as_text(data) else "unknown"


def _kind_of_zip(data: bytes) -> str:
    ends = data[:_SAMPLE] + data[-_SAMPLE:]
    marks = (
        (b"xl/", "xlsx"),
        (b"opendocument.spreadsheet", "ods"),
        (b"word/", "document"),
        (b"opendocument.text", "document"),
        (b"Index/", "numbers"),
    )
    return next((kind for mark, kind in marks if mark in ends), "zip")


def _reads_as_text(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    if _silent_utf16(sample) is not None:
        return True
    # NUL bytes come with broken exports and are dropped; other control characters do not occur.
    written = sample.replace(b"\x00", b"")
    controls = len(written) - len(written.translate(None, _CONTROL))
    return controls * 50 <= len(written) and len(written) * 8 >= len(sample)


def encoding_of(data: bytes) -> tuple[str, int]:
    """Name the encoding (for `codecs`) and the length of the byte order mark.

    A number is made of ASCII digits in every single-byte encoding, so a wrong guess between
    those costs a garbled name in the report and never a number.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name, len(bom)
    silent = _silent_utf16(data[:_SAMPLE])
    if silent is not None:
        return silent, 0
    if data.isascii():
        return "utf-8", 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), PIECE):
        try:
            decoder.decode(data[start : start + PIECE], final=start + PIECE >= len(data))
        except UnicodeDecodeError as error:
            place = max(0, start + error.start - _SAMPLE // 2)
            return _legacy(data[place : place + _SAMPLE]), 0
    return "utf-8", 0


def _silent_utf16(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of digits and Latin letters is NUL."""
    even, odd = sample[::2], sample[1::2]
    if odd.count(0) * 5 >= len(odd) * 2 and even.count(0) * 20 <= len(even) and odd:
        return "utf-16-le"
    if even.count(0) * 5 >= len(even) * 2 and odd.count(0) * 20 <= len(odd) and odd:
        return "utf-16-be"
    return None


def _legacy(sample: bytes) -> str:
    """The likeliest encoding of bytes that aren't UTF-8 throughout."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) > 3 * broken:
        return "utf-8"  # UTF-8 with a few broken places
    high = [byte for byte in sample if byte > 0x7F and byte != 0xA0]  # noqa: PLR2004 - ASCII, NBSP
    cyrillic = sum(byte >= 0xC0 for byte in high)  # noqa: PLR2004 - Cyrillic letters
    # Western text has single accented letters among ASCII, Russian text whole words of them.
    runs = sum(a > 0x7F and b > 0x7F for a, b in pairwise(sample))  # noqa: PLR2004
    if runs * 2 < len(high):
        return "cp1252"
    if cyrillic * 10 >= len(high) * 9:
        return "cp1251"
    chinese = sample.decode("gb18030", "replace")
    hanzi = sum("\u4e00" <= char <= "\u9fff" for char in chinese)
    return "gb18030" if hanzi * 5 >= len(high) * 2 else "cp1251"


def pieces(data: bytes) -> Iterator[str]:
    """Decode a file, a quarter of a megabyte at a time; line ends become line feeds, NULs go.

    Raises:
        NotAList: the bytes are no text.
        Undecodable: they announce an encoding and break it.
    """
    kind = kind_of(data)
    if kind != "text":
        raise NotAList(kind)
    encoding, start = encoding_of(data)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    lines = _LineEnds()
    broken = 0
    for place in range(start, len(data), PIECE):
        text = decoder.decode(data[place : place + PIECE], final=place + PIECE >= len(data))
        broken += text.count("\ufffd")
        if encoding.startswith("utf-") and broken * 10 > max(len(data) - start, 40):
            raise Undecodable(f"the file says it is {encoding}, and is not")
        yield lines.unified(text.replace("\x00", ""))
    yield lines.rest()


class _LineEnds:
    """Turns all line ends into line feeds, also where a piece ends between CR and LF."""

    def __init__(self) -> None:
        self._held = ""

    def unified(self, text: str) -> str:
        if not self._held and "\r" not in text:
            return text
        text = self._held + text
        self._held = "\r" if text.endswith("\r") else ""
        return text[: len(text) - len(self._held)].replace("\r\n", "\n").replace("\r", "\n")

    def rest(self) -> str:
        return "\n" if self._held else ""


def decode(data: bytes) -> str:
    """Decode a whole file at once; errors as in `pieces`. For small ones: it holds the lock."""
    return "".join(pieces(data))


def lines_of(data: bytes) -> pl.Series:
    """Return the lines of a document, blank ones too, so that the index is the line's number.

    Errors as in `pieces`.
    """
    blocks: list[str] = []
    open_line: list[str] = []
    for piece in pieces(data):
        complete, newline, begun = piece.rpartition("\n")
        if newline:
            blocks.append("".join([*open_line, complete]))
            open_line = []
        open_line.append(begun)
    blocks.append("".join(open_line))
    return split_lines(blocks)


def split_lines(blocks: list[str]) -> pl.Series:
    """Cut texts at their line feeds, and put all lines into one column."""
    # polars splits without Python's lock; str.split would make a million objects under it.
    frames = [pl.LazyFrame({"text": [block]}, {"text": pl.String}) for block in blocks]
    split = pl.col("text").str.split("\n").explode()
    return pl.concat(pl.collect_all([frame.select(split) for frame in frames])).to_series()
