"""Hostile texts: plain ones, csv, web pages and phone books."""

import zlib
from collections.abc import Iterator
from functools import cache, partial

from scripts.hostile.case import FIRST, MOST_BYTES, Case, filled, lines, number
from scripts.hostile.zips import DEFLATED, Entry, deflated, repeated, zip_of
from sheets.files.allowance import MOST_LINES
from sheets.files.markup import html_tables
from sheets.lists import csv_cells, intake
from sheets.lists.long_lines import LONGEST_LINE

_LINE = f"{number(0)}\n".encode()
_MANY = intake.MAXIMUM
_CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\n{}\r\nEND:VCARD\r\n"


def cases() -> Iterator[Case]:
    """Yield the texts."""
    yield from _plain()
    yield from _odd_letters()
    yield from _tables()
    yield from _pages()
    yield from _books()


def _plain() -> Iterator[Case]:
    for count in (_MANY, _MANY + 1):
        about = f"{count:,} different numbers"
        yield Case(f"numbers-{count}.zip", about, partial(_numbers, count))
    for word, more in (("inside", -1), ("beyond", 1)):
        make = partial(_blank_lines, MOST_LINES + more)
        yield Case(f"lines-{word}.zip", f"{MOST_LINES + more:,} blank lines and a number", make)
    yield Case("million.txt", "a million numbers, one a line", lambda: lines(1_000_000))
    row = partial(lines, 1_000_000)
    yield Case("million-line.txt", "a million numbers in one line", lambda: _joined(row(), b" "))
    yield Case("million-commas.txt", "the same, with commas", lambda: _joined(row(), b","))
    yield Case("million-bare.txt", "the same, with nothing between", lambda: _joined(row(), b""))
    yield Case("line-ends.txt", "20 MB of line ends", partial(filled, b"\n", end=_LINE))
    yield Case("line-ends-mac.txt", "20 MB of old line ends", partial(filled, b"\r", end=_LINE))
    yield Case("blanks.txt", "20 MB of blanks", partial(filled, b" ", end=_LINE))
    yield Case("digits.txt", "one number of 20 million digits", partial(filled, b"1"))
    yield Case("pluses.txt", "20 MB of plus signs", partial(filled, b"+"))
    yield Case("brackets.txt", "20 MB of opening brackets", partial(filled, b"("))
    near = partial(filled, b"+44740-0 ")
    yield Case("nearly.txt", "two million texts that are nearly numbers", near)
    for size in (LONGEST_LINE, LONGEST_LINE + 1):
        line = partial(filled, _LINE.replace(b"\n", b" "), size)
        yield Case(f"line-{size}.txt", f"numbers in a line of {size:,} letters", line)
    words = partial(filled, b"not a number\n")
    yield Case("words.txt", "1.5 million lines without a number", words)
    links = partial(filled, b"https://wa.me/+4474")
    yield Case("links.txt", "a million links in one line", links)


def _odd_letters() -> Iterator[Case]:
    yield Case("nuls.txt", "20 MB of NULs among two numbers", partial(filled, b"\0", 10**7, _LINE))
    some = lines(1000)
    wide = lambda: lines(300_000).decode().encode("utf-16-le")  # noqa: E731 # a step of one case
    yield Case("utf-16.txt", "UTF-16 without a mark", wide)
    yield Case("utf-7.txt", "UTF-7", lambda: some.decode().replace("+", "+-").encode() + b"+AGE-")
    mixed = partial(filled, b"\xff\xfe+447400000007\n\xd8\x00")
    yield Case("utf-16-broken.txt", "says UTF-16, and is not", mixed)
    broken = partial(filled, b"\xf0\x9f\n", end=some)
    yield Case("utf-8-broken.txt", "20 MB of broken UTF-8", broken)
    turned = partial(filled, "\u202e\u2067".encode(), 10**7, some)
    yield Case("right-to-left.txt", "three million marks that turn a line", turned)
    stacked = partial(filled, "\u0301".encode(), 10**7, b"\n" + some)
    yield Case("stacked.txt", "five million accents on one letter", stacked)
    digits = partial(filled, "\U0001d7f7".encode())
    yield Case("letters-digits.txt", "five million digits of mathematics", digits)
    yield Case("controls.txt", "20 MB of control letters", partial(filled, bytes(range(1, 9))))


def _tables() -> Iterator[Case]:
    for name, piece in (("quotes", b'"'), ("commas", b","), ("semicolons", b";"), ("tabs", b"\t")):
        yield Case(f"{name}.csv", f"20 MB of {name}", partial(filled, piece, end=b"\n" + _LINE))
    yield Case("line.csv", "one line of 20 MB", partial(filled, b"abc,"))
    pairs = partial(filled, b'"",\n')
    yield Case("pairs.csv", "seven million rows of nothing", pairs)
    edges = (csv_cells.MOST_COLUMNS, csv_cells.MOST_IN_A_LINE)
    for width in (each + more for each in edges for more in (0, 1)):
        yield Case(f"columns-{width}.csv", f"{width:,} columns", partial(_wide, width, 50))
    open_quote = partial(filled, b"a,b\n", 10**7, lines(9))
    unclosed = lambda: b'name,phone\nAnna,"' + open_quote()  # noqa: E731 # a step of one case
    yield Case("unclosed.csv", "a quote that never ends", unclosed)
    every = partial(filled, b'a,"b\n')
    yield Case("unclosed-each.csv", "a quote in each of four million lines", every)
    yield Case("ragged.csv", "each row longer than the last", _ragged)
    two = partial(filled, b"+447400000007,+447400000014\n")
    yield Case("two-columns.csv", "700,000 rows with two numbers each", two)


def _pages() -> Iterator[Case]:
    table = b"<table><tr><td>" + _LINE
    flood = {
        "open": (b"<a ", "opening tags without end"),
        "less": (b"<", "less-than signs"),
        "comments": (b"<!--", "comments without end"),
        "entities": (b"&amp", "entities without end"),
        "numbers": (b"&#1114112;", "letters that don't exist"),
        "tables": (b"<table>", "tables within tables"),
        "rows": (b"<tr>", "rows without cells"),
        "cells": (b"<td>", "cells of one row"),
        "sections": (b"<![CDATA[", "sections without end"),
        "quotes": (b"<td a='", "quotes without end"),
        "closing": (b"</", "closing tags without end"),
        "questions": (b"<?", "instructions without end"),
    }
    for name, (piece, what) in flood.items():
        make = partial(_page, table, piece, html_tables.LONGEST - 100)
        yield Case(f"html-{name}.xls", f"10 MB of {what}", make)
    for word, more in (("inside", -1), ("beyond", 1)):
        cells = partial(_rows, 100, html_tables.MOST_CELLS // 100 + more)
        yield Case(f"html-cells-{word}.xls", f"a table {word} the cap on cells", cells)
    beyond = partial(_page, table, b"<a ", MOST_BYTES - 100)
    yield Case("html-beyond.xls", "20 MB of opening tags without end", beyond)
    index = b'<table><tr><td ss:Index="999999999999">' + _LINE
    yield Case("html-index.xls", "a cell that says it is the trillionth", lambda: index * 9)
    coded = b'<?xml version="1.0" encoding="utf-7"?><html>' + table
    yield Case("html-utf-7.xls", "says it is UTF-7", lambda: coded)


def _books() -> Iterator[Case]:
    tel = f"TEL:{number(0)}"
    quoted = "ENCODING=QUOTED-PRINTABLE:"
    for name, before, piece, after, what in (
        ("folded", tel, "\r\n ", "", "a number folded six million times"),
        ("soft", f"NOTE;{quoted}", "=\r\n", f"\r\n{tel}", "six million soft breaks"),
        ("quoted", f"TEL;{quoted}", "=3D", f"\r\n{tel}", "a number of six million escapes"),
        ("nested", "", "BEGIN:VCARD\r\n", tel, "1.4 million cards within each other"),
        ("semicolons", "TEL", ";", f":{number(0)}", "18 million parameters"),
    ):
        yield Case(f"{name}.vcf", what, partial(_card, before, piece, after))
    for charset in ("utf-7", "idna", "zip", "rot13", "no-such", "unicode_escape", "punycode"):
        fn = f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:=41=2B=5C=78=E2"
        card = _CARD.replace("FN:Anna", fn).format(tel)
        yield Case(f"charset-{charset}.vcf", f"says it is {charset}", (card * 100).encode)
    cards = partial(filled, _CARD.format(tel).encode())
    yield Case("cards.vcf", "300,000 cards", cards)


def _numbers(count: int) -> bytes:
    more = [deflated("more.txt", lines(count - _MANY))] if count > _MANY else []
    return zip_of([_many_numbers(), *more])


@cache
def _many_numbers() -> Entry:
    """Ten million numbers, packed into less than 20 MB by a small window."""
    text = "".join(f"+{FIRST + 1 + place * 10}\n" for place in range(_MANY)).encode()
    engine = zlib.compressobj(6, zlib.DEFLATED, -10, 9, zlib.Z_FILTERED)
    packed = engine.compress(text) + engine.flush()
    return Entry("list.txt", packed, DEFLATED, len(text), zlib.crc32(text))


def _blank_lines(count: int) -> bytes:
    piece = b"\n" * 100_000
    end = b"\n" * (count % len(piece)) + _LINE
    pieces = repeated("a.txt", piece, count // len(piece), packed_to=count // 100)
    return zip_of([pieces, deflated("b.txt", end)])


def _joined(numbers: bytes, by: bytes) -> bytes:
    return numbers.replace(b"\n", by)


def _ragged() -> bytes:
    return b"".join(b"," * (place % 1900) + _LINE for place in range(10_000))


def _card(before: str, piece: str, after: str) -> bytes:
    start, end = _CARD.format(f"{before}|{after}").split("|")
    return start.encode() + filled(piece.encode(), 18_000_000) + end.encode()


def _wide(width: int, height: int) -> bytes:
    row = b",".join([number(place).encode() for place in range(width)]) + b"\n"
    return row * height


def _rows(width: int, height: int) -> bytes:
    """One row of that width, and all others of one cell."""
    row = b"<tr><td>" + _LINE
    return b"<table>" + row + b"<td>" * (width - 1) + row * (height - 1)


def _page(start: bytes, piece: bytes, size: int) -> bytes:
    return start + filled(piece, size - len(start))
