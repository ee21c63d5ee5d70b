"""Hostile archives."""

import bz2
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from scripts.hostile import zips
from scripts.hostile.case import MOST_BYTES, Case, lines
from scripts.hostile.zips import MEGABYTE, Entry, deflated, gzip_of, repeated, stored, zip_of
from sheets.files import allowance
from sheets.files.packed import archives

_LIST = lines(20)
_LINE = b"+447400000007".ljust(63) + b"\n"
_ROW = _LINE * (MEGABYTE // len(_LINE))
_INTO_RATIO = archives.RATIO_COUNTS_FROM // MEGABYTE + 3
_ENCRYPTED = 0x1
_ZIP64 = b"\x01\x00\x10\x00" + b"\xff" * 16


def cases() -> Iterator[Case]:
    """Yield the archives."""
    yield from _packers()
    yield from _bombs()
    yield from _edges()
    yield from _lies()
    yield from _gzips()


def _packers() -> Iterator[Case]:
    for name, method in (("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        yield Case(f"zip-{name}.zip", f"a list packed with {name}", partial(_packed, method))
    yield Case("zip-bzip2-bomb.zip", "bzip2: a few kB that unpack to 4 GB", bzip2_bomb)
    yield Case("zip-lzma-bomb.zip", "lzma: 20 kB that unpack to 128 MB", _lzma_bomb)
    odd = {"deflate64": zips.DEFLATE64, "zstandard": zips.ZSTANDARD, "ppmd": zips.PPMD, "none": 77}
    for name, method in odd.items():
        make = partial(_of_method, method)
        yield Case(f"zip-{name}.zip", f"a packer that isn't read: {name}", make)


def _bombs() -> Iterator[Case]:
    yield Case("deflate-bomb.zip", "4 GB in 4 MB", lambda: zip_of([_zeros("a.txt", 4095)]))
    yield Case("overlap.zip", "900 names for the same 100 MB", partial(_overlapping, 900, 100))
    bomb = partial(zip_of, [_zeros("b.txt", 1024)])
    yield Case("nested.zip", "a bomb in a zip in a zip", lambda: _within(bomb()))
    yield Case("nested-list.zip", "a zip in a zip", lambda: _within(zip_of([_honest()])))
    yield Case("nested-gzip.zip", "a gzip bomb in a zip", lambda: _within(_gzip_bomb()))
    yield Case("deep.zip", "a zip 50 times within a zip", partial(_deep, 50))
    yield Case("mimetype.zip", "a mimetype of 2 GB", _mimetype)
    yield Case("macos.zip", "a bomb in a name that is skipped", _litter)


def _edges() -> Iterator[Case]:
    most = archives.MOST_MEMBERS
    for count in (most, most + 1):
        yield Case(f"members-{count}.zip", f"{count:,} members", partial(_members, count))
    yield Case("members-65535.zip", "65,535 members", partial(_members, 65_535))
    for word, share in (("inside", 0.99), ("beyond", 1.01)):
        ratio = archives.MOST_RATIO * share
        about = f"unpacks {ratio:.0f}-fold"
        yield Case(f"ratio-{word}.zip", about, partial(_of_ratio, ratio))
        for name, most in (("size", archives.MOST_BYTES), ("list-size", allowance.MOST_BYTES)):
            pieces = int(most * share / len(_ROW))
            make = partial(_of_size, pieces)
            yield Case(f"{name}-{word}.zip", f"unpacks to {pieces} MB", make)


def _lies() -> Iterator[Case]:
    yield Case("size-lie.zip", "says 10 bytes, unpacks to 1 GB", lambda: _lying(10))
    yield Case("size-lie-64.zip", "says 16 EB in zip64", lambda: _lying(0xFFFFFFFF, _ZIP64))
    checked = replace(_honest(), crc=1)
    yield Case("checksum.zip", "a wrong checksum", lambda: zip_of([checked]))
    outside = ("../../list.txt", "/etc/list.txt", "C:\\list.txt", "a/../../list.txt")
    for place, name in enumerate(outside, 1):
        yield Case(f"outside-{place}.zip", f"leads outside: `{name}`", partial(_named, name))
    locked = replace(_honest(), flags=_ENCRYPTED)
    yield Case("locked.zip", "needs a password", lambda: zip_of([locked]))
    yield Case("end-only.zip", "a start and no directory", lambda: b"PK\x03\x04" + bytes(1000))
    yield Case("cut.zip", "cut in its directory", lambda: zip_of([_honest()])[:-40])


def _gzips() -> Iterator[Case]:
    yield Case("bomb.gz", "4 GB in 4 MB", _gzip_bomb)
    yield Case("zip-within.gz", "a gzip of a zip", lambda: gzip_of(zip_of([_honest()]), 1))
    size = MEGABYTE * _INTO_RATIO // archives.MOST_RATIO
    inside = partial(gzip_of, _ROW, _INTO_RATIO, packed_to=size + 1000)
    yield Case("inside.gz", "just inside the ratio", inside)


def _honest() -> Entry:
    return deflated("list.txt", _LIST)


def _zeros(name: str, megabytes: int) -> Entry:
    packed = zips.deflate(bytes(MEGABYTE), megabytes)
    return Entry(name, packed, zips.DEFLATED, (MEGABYTE * megabytes) & 0xFFFFFFFF)


def _packed(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("list.txt", _LIST)
    return out.getvalue()


def bzip2_bomb() -> bytes:
    """A few kB that unpack to 4 GB."""
    once = bz2.compress(bytes(64 * MEGABYTE))
    return zip_of([Entry("list.txt", once * 64, zips.BZIP2, 0xFFFFFFFF)])  # streams in a row


def _lzma_bomb() -> bytes:
    engine = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA1, "preset": 0}])
    packed = b"".join(engine.compress(bytes(16 * MEGABYTE)) for _ in range(8)) + engine.flush()
    head = b"\x09\x04\x05\x00\x5d\x00\x00\x04\x00"  # 7-Zip's version; lc 3, lp 0, pb 2; 256 kB
    return zip_of([Entry("list.txt", head + packed, zips.LZMA, 0xFFFFFFFF)])


def _of_method(method: int) -> bytes:
    return zip_of([Entry("list.txt", zlib.compress(_LIST), method, len(_LIST))])


def _overlapping(names: int, megabytes: int) -> bytes:
    first = _zeros("list.txt", megabytes)
    return zip_of([first, *(replace(first, over=0) for _ in range(names - 1))])


def _within(inner: bytes) -> bytes:
    return zip_of([_honest(), stored("more.txt", inner)])


def _deep(times: int) -> bytes:
    data = zip_of([_honest()])
    for place in range(times):
        data = zip_of([stored(f"{place}.zip", data)])
    return data


def _mimetype() -> bytes:
    return zip_of([_zeros("mimetype", 2048), _honest()])


def _litter() -> bytes:
    return zip_of([_zeros("__MACOSX/list.txt", 2048), _honest()])


def _members(count: int) -> bytes:
    return zip_of([stored(f"{place}.txt", lines(1, place)) for place in range(count)])


def _of_ratio(ratio: float) -> bytes:
    size = int(len(_ROW) * _INTO_RATIO / ratio)
    return zip_of([repeated("list.txt", _ROW, _INTO_RATIO, packed_to=size)])


def _of_size(pieces: int) -> bytes:
    share = min(len(_ROW) // (archives.MOST_RATIO - 10), MOST_BYTES // pieces - 100)
    each = [pieces // 5] * 4 + [pieces - pieces // 5 * 4]
    return zip_of(
        [
            repeated(f"{place}.txt", _ROW, times, packed_to=times * share)
            for place, times in enumerate(each)
        ]
    )


def _lying(size: int, extra: bytes = b"") -> bytes:
    return zip_of([replace(_zeros("list.txt", 1024), size=size, extra=extra)])


def _named(name: str) -> bytes:
    return zip_of([deflated(name, _LIST)])


def _gzip_bomb() -> bytes:
    return gzip_of(bytes(MEGABYTE), 4095)
