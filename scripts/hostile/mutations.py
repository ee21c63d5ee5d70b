"""Real files with damages. The same seed and index give the same file."""

import gzip
import io
import lzma
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped] # it has no type information

from sandbox.services.results import result_file
from scripts.hostile.case import lines, number
from scripts.hostile.old_workbooks import plain_binary, plain_book
from scripts.hostile.workbooks import plain_ods
from scripts.hostile.zips import deflated, stored, zip_of

CORPUS = Path(__file__).parents[2] / "tests" / "sheets" / "files" / "corpus"
MOST_BYTES = 2_000_000

_MOST_TURNS = 6
_ZIP = b"PK\x03\x04"
_NUMBER = re.compile(rb"\d+")
_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_WORDS = (b"0", b"-1", b"65536", b"4294967295", b"99999999999999999999", b"1e308", b"NaN", b"")
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(RuntimeError, OSError, ValueError, EOFError),
)

Change = Callable[[bytearray, random.Random], bytes | bytearray]


def mutated(seed: int, index: int) -> tuple[str, bytes]:
    """Return a damaged file and the name of the one it was made of."""
    chance = random.Random(f"{seed} {index}")  # noqa: S311 # no secret comes of it
    name, data = chance.choice(bases())
    for _ in range(chance.randint(1, _MOST_TURNS)):
        is_packed = data.startswith(_ZIP) and chance.random() < 0.7  # noqa: PLR2004 # most of them
        data = _within(data, chance) if is_packed else _changed(data, chance)
    return name, data[:MOST_BYTES]


@cache
def bases() -> tuple[tuple[str, bytes], ...]:
    """Return the real files."""
    found = [
        (path.name, path.read_bytes())
        for path in sorted(CORPUS.iterdir())
        if path.name != "expected.json" and path.stat().st_size < MOST_BYTES
    ]
    numbers = lines(50)
    listed = numbers.decode().split()
    cells = "".join(f"<tr><td>Anna<td>{each}</tr>" for each in listed)
    cards = "".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:A\nTEL:{each}\nEND:VCARD\n" for each in listed)
    workbook = _workbook()
    made = {
        "many.xlsx": workbook,
        "many.xls": plain_book(),
        "many.xlsb": plain_binary(),
        "many.ods": plain_ods(),
        "many.html": f"<html><table>{cells}</table></html>".encode(),
        "many.vcf": cards.encode(),
        "many.gz": gzip.compress(numbers, mtime=0),
        "many.csv": b"name;phone\n" + b"".join(b"Anna;" + each.encode() + b"\n" for each in listed),
        "many.zip": zip_of([deflated("a.txt", numbers), stored("b.xlsx", workbook)]),
        "days.zip": result_file("tg_active", listed, 1, {}),
        "details.xlsx": result_file("wa_detail", listed, 1, {}),
    }
    return (*found, *made.items())


def _workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2024, 1, 2, tzinfo=UTC)})
        sheet = book.add_worksheet("Лист")
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for place in range(30):
            sheet.write_row(place, 0, ["Anna & <b>", number(place), place, place % 2 == 0])
            sheet.write_number(place, 4, 45_000.5 + place, day)
            sheet.write_formula(place, 5, f"=A{place + 1}", value="#N/A")
        sheet.merge_range("H1:I9", "merged")
        book.add_worksheet("Empty")
    return out.getvalue()


def _within(data: bytes, chance: random.Random) -> bytes:
    """Damage a member of a zip, and pack it anew."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(each.filename, archive.read(each)) for each in archive.infolist()]
    except _BROKEN:
        return _changed(data, chance)
    if not members or sum(len(content) for _, content in members) > MOST_BYTES:
        return _changed(data, chance)
    place = chance.randrange(len(members))
    name, content = members[place]
    members[place] = name, _changed(content, chance)
    return zip_of([deflated(name, content) for name, content in members])


def _changed(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return chance.randbytes(9)
    return bytes(chance.choice(_CHANGES)(bytearray(data), chance))[:MOST_BYTES]


def _flipped(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data))]


def _dropped(data: bytearray, chance: random.Random) -> bytearray:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _spliced(data: bytearray, chance: random.Random) -> bytearray:
    _, other = chance.choice(bases())
    start, end = _place(bytearray(other or b"x"), chance)
    at = chance.randrange(len(data))
    return data[:at] + other[start:end] + data[at + chance.choice((0, end - start)) :]


def _repeated(data: bytearray, chance: random.Random) -> bytearray:
    start, end = _place(data, chance)
    times = min(chance.choice((2, 10, 300, 5000)), MOST_BYTES // max(end - start, 1) + 1)
    return data[:start] + data[start:end] * times + data[end:]


def _told_otherwise(data: bytearray, chance: random.Random) -> bytearray:
    """Put an extreme into what may be a length."""
    kind = chance.choice(("<H", "<I", ">H", ">I", "<Q"))
    size = struct.calcsize(kind)
    if len(data) > size:
        value = chance.choice(_EXTREMES) & ((1 << size * 8) - 1)
        struct.pack_into(kind, data, chance.randrange(len(data) - size), value)
    return data


def _renumbered(data: bytearray, chance: random.Random) -> bytes | bytearray:
    """Put an extreme into a number that is written out."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    start, end = chance.choice(found).span()
    return data[:start] + chance.choice(_WORDS) + data[end:]


def _place(data: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 2, 8, 60, 500, 5000)))


_CHANGES: tuple[Change, ...] = (
    *(_flipped, _cut, _dropped, _spliced, _repeated),
    *(_told_otherwise, _told_otherwise, _renumbered),
)
