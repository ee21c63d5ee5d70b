import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.files.allowance import Allowance, SpentError
from sheets.files.documents import HarmfulFile, NotAList, TooMuch
from sheets.files.packed import archives, containers, zips
from sheets.lists import gathering
from sheets.lists.intake import Part, read
from tests.support.sheets.make_corpus import zipped

NUMBER = b"+79876543210\n"


def packed_by(method: int, content: bytes = NUMBER, name: str = "a.txt") -> bytes:
    """Return a zip of one member, packed so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def stating(data: bytes, place: int, value: int) -> bytes:
    """Return a zip whose directory states another value at this place of each entry."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", changed, at + place, value)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_stored_and_deflated_members_are_read(method: int) -> None:
    """These two unpack piece by piece, so nothing is in memory before it was counted."""
    assert read([Part("a.zip", packed_by(method))]).numbers.len() == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packers_are_never_opened(method: int) -> None:
    """A kilobyte of LZMA may hold gigabytes; the person learns that this archive can't be read."""
    data = packed_by(method)
    with pytest.raises(archives.ForeignPackerError):
        archives.check(data)
    with pytest.raises(NotAList, match="7z"):
        read([Part("a.zip", data)])
    assert containers.kind_of_zip(packed_by(method, b"x" * 99, "mimetype")) == "zip"


def test_a_bomb_called_mimetype(monkeypatch: pytest.MonkeyPatch) -> None:
    """To tell what a zip is, a hundred bytes of one member are unpacked, however long it is."""
    wanted: list[int] = []
    head = zips.Entry.head

    def seen(entry: zips.Entry, size: int) -> bytes:
        wanted.append(size)
        return head(entry, size)

    monkeypatch.setattr(zips.Entry, "head", seen)
    data = packed_by(
        zipfile.ZIP_DEFLATED, b"opendocument.spreadsheet" + bytes(3_000_000), "mimetype"
    )
    assert containers.kind_of_zip(data) == "ods"
    assert wanted == [100]
    assert len(head(zips.entries(data)[0], 100)) == 100


@pytest.mark.parametrize("place", [16, 20, 24])
def test_what_a_directory_states_is_held_against_the_content(place: int) -> None:
    """A member of another checksum or size than stated is damaged: no second program unpacks it."""
    data = packed_by(zipfile.ZIP_DEFLATED, NUMBER * 500)
    size = struct.unpack_from("<I", data, data.find(b"PK\x01\x02") + place)[0]
    with pytest.raises(archives.BrokenArchiveError):
        archives.check(stating(data, place, size - 1))


def test_a_member_that_states_less_than_it_unpacks_to() -> None:
    """With the checksum of its beginning, a bomb looks like a short text to a trusting program."""
    data = packed_by(zipfile.ZIP_DEFLATED, NUMBER * 100_000)
    lying = stating(stating(data, 24, len(NUMBER)), 16, zlib.crc32(NUMBER))
    with zipfile.ZipFile(io.BytesIO(lying)) as archive:
        assert archive.read("a.txt") == NUMBER
    with pytest.raises(archives.BrokenArchiveError):
        archives.check(lying)


def test_members_that_share_their_bytes_are_counted_each_time() -> None:
    """Many entries may point to one packed text, which makes a small zip of gigabytes."""
    data = packed_by(zipfile.ZIP_DEFLATED, NUMBER * 1000)
    start, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    entry = data[start:end]
    finish = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 50, 50, 50 * len(entry), start, 0)
    quine = data[:start] + entry * 50 + finish
    left = Allowance(bytes=50_000)
    with pytest.raises(archives.UnsafeArchiveError, match="size"):
        list(archives.members(quine, left))
    assert left.bytes >= -zips.PIECE


def test_a_directory_of_a_million_entries_is_not_listed() -> None:
    """The directory's length is looked at before an object is made of each entry."""
    names = {f"{n:06}": "" for n in range(zips.MOST_DIRECTORY_BYTES // 46)}
    with pytest.raises(archives.UnsafeArchiveError, match="members"):
        archives.check(zipped(dict(names)))


@pytest.mark.parametrize(
    "name", ["chat 2024-05-17 12:30.txt", "a: b.txt", "a..b.txt", "...txt", "C:a.txt", "x/y:z.txt"]
)
def test_odd_names_are_only_names(name: str) -> None:
    """Protects lists that phones name after a time: nothing is written, so a sign does no harm."""
    reading = read([Part("a.zip", zipped({name: NUMBER + b"bad\n", "b.txt": NUMBER}))])
    assert (reading.numbers.len(), reading.left_out["source"].to_list()) == (1, [f"a.zip / {name}"])


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../b", "/etc/a", "C:\\a", "C:/a", "..\\a", ".."]
)
def test_names_that_lead_outside(name: str) -> None:
    """Protects whoever unpacks it next; no honest program writes such a name."""
    with pytest.raises(HarmfulFile, match="names"):
        read([Part("a.zip", zipped({name: NUMBER}))])


def test_an_archive_in_an_archive_is_not_opened() -> None:
    """Neither a zip nor a gzip within a zip is looked into."""
    for inner in (zipped({"a.txt": NUMBER}), zlib.compress(NUMBER, wbits=31)):
        with pytest.raises(HarmfulFile, match="nested"):
            read([Part("a.zip", zipped({"b": inner}))])
    with pytest.raises(archives.UnsafeArchiveError, match="nested"):
        archives.unpacked(zlib.compress(zlib.compress(NUMBER, wbits=31), wbits=31))


def test_all_parts_of_a_list_share_one_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred files, each just below a cap, are a list beyond it, and the answer says so."""
    parts = [Part("a.zip", zipped({f"{n}.txt": NUMBER for n in range(3)})), Part("b", NUMBER)]
    parts.append(Part("c", "+79876543210", "text"))

    for name, enough in (("files", 6), ("bytes", 1_000)):
        monkeypatch.setattr(
            gathering, "Allowance", lambda name=name, n=enough: Allowance(**{name: n})
        )
        assert read(parts).numbers.len() == 1
    for name, few in (("files", 5), ("bytes", 20)):
        monkeypatch.setattr(gathering, "Allowance", lambda name=name, n=few: Allowance(**{name: n}))
        with pytest.raises(TooMuch if name == "files" else (TooMuch, HarmfulFile)):
            read(parts)


def test_an_allowance_is_exact() -> None:
    """What is allowed may be used up, and nothing more."""
    left = Allowance(files=1, bytes=5, lines=2, cells=3)
    left.take_file()
    left.take_bytes(5)
    left.take_lines(2)
    left.take_cells(3)
    for take in (left.take_file, lambda: left.take_bytes(1), lambda: left.take_lines(1)):
        with pytest.raises(SpentError):
            take()


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text("abc/é", min_size=1).map("m{}".format), st.binary(), max_size=5))
def test_a_zip_written_anew_holds_the_same(files: dict[str, bytes]) -> None:
    """What a library is given instead of the original is a plain zip of the same members."""
    names = {name.strip("/"): content for name, content in files.items()}
    data = zipped({**names})
    with zipfile.ZipFile(io.BytesIO(zips.rebuilt(zips.entries(data)))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == names


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=3000), st.integers(1, 2000))
def test_inflating_in_pieces(content: bytes, size: int) -> None:
    """No piece is longer than allowed, and together they are the content."""
    packed = zlib.compress(content, wbits=-15)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zips, "PIECE", size)
        found = list(zips.inflated(memoryview(packed), -15))
        with pytest.raises(EOFError):
            list(zips.inflated(memoryview(packed)[:-1], -15))
    assert b"".join(found) == content
    assert max(map(len, found), default=0) <= size
