"""Hostile exports: JSON, XML, chats, saved pages and web archives."""

import json
import zlib
from collections.abc import Iterator
from functools import partial

from scripts.hostile.case import MOST_BYTES, Case, filled, number
from scripts.hostile.zips import DEFLATED, Entry, zip_of
from sheets.lists.rows import json_rows, objects, xml_rows

_ROW = f'{{"phone":"{number(0)}"}},'.encode()
_LAST = _ROW.rstrip(b",") + b"]"
_CALL = f'<call number="{number(0)}" />'.encode()
_STAMP = b"[17.05.24, 10:11:12] Anna: "
_MIME = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=abc\r\n\r\n--abc\r\n"
    b"Content-Type: text/html\r\nContent-Transfer-Encoding: "
)


def cases() -> Iterator[Case]:
    """Yield the exports."""
    yield from _json()
    yield from _json_bounds()
    yield from _xml()
    yield from _xml_bounds()
    yield from _chats()
    yield from _pages()
    yield from _archives()


def _json() -> Iterator[Case]:
    yield Case("open.json", "20 million opening brackets", partial(filled, b"["))
    deep = b'{"phone":"+447400000007","a":'
    for word, depth in (("few", 900), ("many", 200_000)):
        nested = deep * depth + b"1" + b"}" * depth
        yield Case(f"deep-{word}.json", f"objects {depth:,} deep", partial(_in_list, nested))
    yield Case("digits.json", "a number of 20 million digits", partial(_unended, b"1"))
    yield Case("text.json", "a text without end", partial(_unended, b"a"))
    odd = f'[{{"phone":"{number(0)}","name":"\\ud83d"}},{{"phone":"\\udc00+44"}}]'
    yield Case("halves.json", "halves of letters", odd.encode)
    yield Case("escapes.json", "3 million escaped letters", partial(_value, b"\\u0000"))
    words = '[{"phone":NaN},{"phone":1e999},{"phone":-Infinity},{"phone":4.474e11}]'
    yield Case("no-numbers.json", "numbers that are none", words.encode)
    keys = partial(_keys, 200_000, 1)
    yield Case("keys.json", "an object with 200,000 keys", keys)
    yield Case("alike.json", "100,000 objects under their ids", _alike)
    line = _ROW.rstrip(b",") + b"\n"
    many = line * 300_000
    yield Case("lines.jsonl", "300,000 objects, one a line", lambda: many)
    yield Case("cut.jsonl", "the same, the last cut short", lambda: many[:-9])
    yield Case("within.json", "lists within lists within lists", _within)
    yield Case("message.json", "a message of 20 MB", partial(_message, MOST_BYTES // 11))


def _json_bounds() -> Iterator[Case]:
    for word, more in (("inside", -1), ("beyond", 1)):
        values = objects.MOST_VALUES // 2 + more * 1000
        about = f"{values:,} objects"
        yield Case(f"json-values-{word}.zip", about, partial(_rows, values))
        long = json_rows.LONGEST + more * 1000
        yield Case(f"json-letters-{word}.zip", f"{long:,} letters", partial(_long, long))
        high = objects.MOST_CELLS // objects.MOST_COLUMNS + more
        about = f"{high:,} rows with one of {objects.MOST_COLUMNS} keys each"
        yield Case(f"json-cells-{word}.json", about, partial(_keys, objects.MOST_COLUMNS, high))


def _xml() -> Iterator[Case]:
    flood = {
        "tags": (b"<a>", "tags within tags"),
        "attributes": (b'a="1" ', "attributes, all of one name"),
        "blanks": (b" ", "blanks within a tag"),
        "comments": (b"<!-- -->", "comments"),
        "sections": (b"<![CDATA[a]]>", "sections"),
        "entities": (b"&amp;", "entities"),
        "nothing": (b"<call/>", "calls without a number"),
        "text": (b"+447400000007 ", "numbers in one text"),
    }
    for name, (piece, what) in flood.items():
        start = b"<calls>" + _CALL + (b"<call " if name in {"attributes", "blanks"} else b"")
        make = partial(_started, start, piece)
        yield Case(f"{name}.xml", f"20 MB of {what}", make)
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    laughing = f'<?xml version="1.0"?>{laughs}<calls><call number="&b;"/></calls>'
    yield Case("laughs.xml", "entities within entities", laughing.encode)
    names = "".join(f"<n{place}/>" for place in range(500_000))
    yield Case("names.xml", "500,000 kinds of tags", f"<calls>{names}</calls>".encode)
    coded = b'<?xml version="1.0" encoding="utf-7"?><calls>' + _CALL + b"</calls>"
    yield Case("utf-7.xml", "says it is UTF-7", lambda: coded)


def _xml_bounds() -> Iterator[Case]:
    for word, more in (("inside", 0), ("beyond", 1)):
        depth = xml_rows.DEEPEST + more - 1
        nested = b"<calls>" + b"<a>" * (depth - 1) + _CALL + b"</a>" * (depth - 1) + b"</calls>"
        yield Case(f"deep-{word}.xml", f"tags {depth + 1} deep", partial(bytes, nested))
    for word, more in (("inside", -1), ("beyond", 1)):
        calls = objects.MOST_VALUES // 3 + more * 1000
        make = partial(_zipped, "calls.xml", b"<calls>", _CALL, calls, b"</calls>")
        yield Case(f"xml-values-{word}.zip", f"{calls:,} calls", make)
        blanks = xml_rows.LONGEST // 1000 + more
        make = partial(_zipped, "calls.xml", b"<calls>" + _CALL, b" " * 1000, blanks, b"</calls>")
        yield Case(f"xml-letters-{word}.zip", f"{blanks:,} thousand blanks", make)


def _chats() -> Iterator[Case]:
    line = _STAMP + number(0).encode() + b"\n"
    yield Case("chat.txt", "400,000 messages with a number", partial(filled, line))
    yield Case("chat-stamps.txt", "20 MB of dates in one line", partial(filled, _STAMP))
    marks = "\u200e".encode() * 2 + b" "
    yield Case("chat-marks.txt", "a date behind 8 million marks", partial(filled, marks, end=line))
    long = partial(filled, number(0).encode() + b" ", MOST_BYTES - 100, b"\n" + line)
    yield Case("chat-long.txt", "one message with 1.5 million numbers", lambda: line + long())


def _pages() -> Iterator[Case]:
    entry = (
        f'<div class="entry clearfix"><div class="body"><div class="name">A</div>'
        f'<div class="details_entry">{number(0)}</div></div></div>'
    ).encode()
    yield Case("contacts.html", "70,000 contacts of Telegram", partial(_page, entry))
    open_ = b'<div class="entry ">'
    yield Case("contacts-open.html", "entries without end", partial(_page, entry + open_ * 20))
    name = b'<div class="name">'
    yield Case("contacts-name.html", "one contact with 500,000 names", partial(_page, name, entry))
    classes = b"<div class='" + b"entry " * 1000 + b"'>"
    yield Case("contacts-class.html", "a thousand classes each", partial(_page, classes, entry))
    yield Case("lines.html", "half a million lines", partial(_page, number(0).encode() + b"<br>"))


def _archives() -> Iterator[Case]:
    page = b"<html><p>" + number(0).encode()
    quoted = filled(b"=3D", 10**7)
    end = b"\r\n--abc--"
    yield Case("quoted.mht", "3 million escapes", lambda: _mime(b"quoted-printable", page + quoted))
    soft = filled(b"=\r\n", 10**7)
    yield Case("soft.mht", "3 million soft breaks", lambda: _mime(b"quoted-printable", page + soft))
    yield Case(
        "base64.mht", "base64 that is none", lambda: _mime(b"base64", b"A" * 10**7 + b"===A")
    )
    yield Case("blank.mht", "base64 of nothing", lambda: _mime(b"base64", b"\r\n" * 10**6) + end)
    parts = lambda: _mime(b"8bit", page) + filled(b"\r\n--abc", 10**7)  # noqa: E731 # a step of one case
    yield Case("parts.mht", "a million parts", parts)
    head = b"MIME-Version: 1.0\r\n" + filled(b"Content-Type: text/html;\r\n ", 10**7)
    yield Case("head.mht", "a head without end", lambda: head + page)


def _in_list(one: bytes) -> bytes:
    return b"[" + _ROW + one + b"]"


def _unended(piece: bytes) -> bytes:
    quote = b"" if piece.isdigit() else b'"'
    return b"[" + _ROW + b'{"phone":' + quote + filled(piece, MOST_BYTES - 100)


def _value(piece: bytes) -> bytes:
    return _unended(piece)[:-8] + b'"},' + _LAST


def _keys(width: int, height: int) -> bytes:
    """As many rows, which have as many different keys together."""
    if height == 1:
        return json.dumps([{f"phone{at}": number(at) for at in range(width)}]).encode()
    return json.dumps([{f"phone{at % width}": number(at)} for at in range(height)]).encode()


def _alike() -> bytes:
    return json.dumps({f"u{at}": {"id": at, "phone": number(at)} for at in range(100_000)}).encode()


def _within() -> bytes:
    row: dict[str, object] = {"phone": number(0)}
    for _ in range(3):
        row = {"phone": number(0), "rows": [row] * 40}
    return json.dumps([row] * 4).encode()


def _message(words: int) -> bytes:
    texts = [number(0), *["a"] * words]
    return json.dumps({"messages": [{"date": "1", "from": "A", "text": texts}] * 2}).encode()


def _rows(count: int) -> bytes:
    return _zipped("a.json", b"[", _ROW, count - 1, _LAST)


def _long(letters: int) -> bytes:
    start = b"[" + _ROW + b'{"note":"'
    end = b'"},' + _LAST
    rest = letters - len(start) - len(end)
    return _zipped("a.json", start, b"a" * 1000, rest // 1000, b"a" * (rest % 1000) + end)


def _zipped(name: str, start: bytes, piece: bytes, times: int, end: bytes) -> bytes:
    """A zip whose only member is a piece many times over, padded so that it is no bomb."""
    whole = start + piece * times + end
    engine = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = engine.compress(whole) + engine.flush()
    packed = packed.ljust(len(whole) // 100, b"\0")
    return zip_of([Entry(name, packed, DEFLATED, len(whole), zlib.crc32(whole))])


def _started(start: bytes, piece: bytes) -> bytes:
    return start + filled(piece, MOST_BYTES - len(start))


def _page(piece: bytes, start: bytes = b"") -> bytes:
    head = b"<!DOCTYPE html><html><body>"
    return head + start + filled(piece, 9_000_000)


def _mime(packing: bytes, body: bytes) -> bytes:
    return _MIME + packing + b"\r\n\r\n" + body
