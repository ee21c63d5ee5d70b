"""The two fonts of our pictures: their characters, and the width of each.

Read from the fonts' own tables (OpenType 1.9: cmap format 12, hmtx), so that a text is measured
with the advances it is drawn with. Tables keep their layout on disk and are searched for each
character: one of the fonts has 65,000 glyphs.
"""

import re
import struct
import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from mmap import ACCESS_READ, mmap
from pathlib import Path

LATIN, CHINESE = "Noto Sans", "Noto Sans CJK SC"
"""Font families, as named in SVG."""
LONGEST_TEXT = 300
"""Characters; more than any line of a picture holds."""

_MOST_MARKS = 2  # accents on one letter; a stack of them would reach into the line above
_GONE = "…"


@dataclass(frozen=True, slots=True)
class Font:
    """One face.

    starts, ends, glyphs: runs of characters, and the glyph of the first of each run.
    advances: width of each glyph in order; the last one is that of all further glyphs.
    em: units per font size, for these widths.
    """

    family: str
    path: Path
    em: int
    starts: "array[int]"
    ends: "array[int]"
    glyphs: "array[int]"
    advances: "array[int]"

    def glyph(self, letter: str) -> int:
        """Return the glyph of a character, 0 if there is none."""
        code = ord(letter)
        run = bisect_right(self.starts, code) - 1
        if run < 0 or code > self.ends[run]:
            return 0
        return self.glyphs[run] + code - self.starts[run]

    def width(self, letter: str) -> float:
        """Return the advance of a character, as a fraction of the font's size."""
        return self.advances[min(self.glyph(letter), len(self.advances) - 1)] / self.em


@cache
def latin() -> Font:
    """Latin, Greek, Cyrillic, Devanagari."""
    path = files("fontpkg_noto_sans").joinpath("files", "NotoSans[wdth,wght].ttf")
    return _read(LATIN, Path(str(path)), 0)


@cache
def chinese() -> Font:
    """Chinese, Japanese, Korean, and many signs."""
    path = files("noto_cjk_sans_otc").joinpath("NotoSansCJK-Regular.ttc")
    return _read(CHINESE, Path(str(path)), 2)  # the third face of the collection


def font_of(letter: str) -> Font | None:
    """Return the font that has a character; None if neither does."""
    if latin().glyph(letter):
        return latin()
    # Everything below belongs to scripts that only the Latin font covers well.
    return chinese() if ord(letter) >= ord("\u2000") and chinese().glyph(letter) else None


def runs(text: str) -> Iterator[tuple[Font, str]]:
    """Split a text into pieces of one font each; characters without a font are dropped."""
    for font, letters in groupby(text, font_of):
        if font is not None:
            yield font, "".join(letters)


def width(text: str, size: float) -> float:
    """Return the width of a text, in the unit of `size`. Kerning may make it a little narrower."""
    return sum(font.width(letter) for font, piece in runs(text) for letter in piece) * size


def drawable(text: str) -> str:
    """Reduce a text to one line of characters that can be drawn.

    Letters of other scripts become one "…"; everything else without a glyph (controls, emoji) is
    dropped.
    """
    whole = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    letters: list[str] = []
    marks = 0
    for letter in whole:
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind.startswith("M") else 0
        if letter.isspace():
            letters.append(" ")
        elif kind.startswith("C") or marks > _MOST_MARKS:
            continue
        elif font_of(letter) is not None:
            letters.append(letter)
        elif kind[0] in "LN" and letters[-1:] != [_GONE]:
            letters.append(_GONE)
    line = " ".join("".join(letters).split())
    line = re.sub(f"{_GONE}(?: {_GONE})+", _GONE, line)
    return line if line.strip(_GONE + " ") else ""


def fit(text: str, size: float, room: float, smallest: float) -> tuple[str, float]:
    """Make a text fit into `room`: smaller first, then shorter.

    Returns:
        The text, truncated with "…" if necessary, and its size, never below `smallest`.
    """
    wide = width(text, size)
    if wide <= room:
        return text, size
    if wide * smallest / size <= room:
        return text, int(size * room / wide)
    left = room - width(_GONE, smallest)
    kept = 0
    for letter in text:
        left -= width(letter, smallest)
        if left < 0:
            break
        kept += 1
    while kept and unicodedata.category(text[kept]).startswith("M"):
        kept -= 1  # keep a letter together with its accents
    return text[:kept].rstrip(" .,·-") + _GONE, smallest


def _read(family: str, path: Path, face: int) -> Font:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        begin = struct.unpack_from(">I", data, 12 + 4 * face)[0] if data[:4] == b"ttcf" else 0
        tables = {}
        for place in range(struct.unpack_from(">H", data, begin + 4)[0]):
            tag, _, offset, _ = struct.unpack_from(">4s3I", data, begin + 12 + 16 * place)
            tables[tag] = offset
        groups = _numbers(data, "I", *_full_map(data, tables[b"cmap"]))
        metrics = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
        return Font(
            family=family,
            path=path,
            em=struct.unpack_from(">H", data, tables[b"head"] + 18)[0],
            starts=groups[0::3],
            ends=groups[1::3],
            glyphs=groups[2::3],
            advances=_numbers(data, "H", tables[b"hmtx"], 2 * metrics)[0::2],
        )


def _full_map(data: mmap, table: int) -> tuple[int, int]:
    """Return offset and count of the numbers in the cmap's groups, for all of Unicode."""
    for place in range(struct.unpack_from(">H", data, table + 2)[0]):
        at = table + struct.unpack_from(">I", data, table + 8 + 8 * place)[0]
        if struct.unpack_from(">H", data, at)[0] == 12:  # noqa: PLR2004 - the format's own number
            return at + 16, 3 * struct.unpack_from(">I", data, at + 12)[0]
    raise ValueError("the font has no cmap of format 12")


def _numbers(data: mmap, kind: str, at: int, count: int) -> "array[int]":
    numbers = array(kind)
    numbers.frombytes(data[at : at + count * numbers.itemsize])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
