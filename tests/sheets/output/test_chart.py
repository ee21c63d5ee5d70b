"""The chart of a result: texts measured as drawn, nothing cut off or overlapping."""

import re
import struct
import zlib
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.shared.texts import FOLDER, Texts
from scripts.pictures import ANSWERS, LANGUAGES, picture
from scripts.pictures import FOLDER as PICTURES
from sheets.answers.summary import BucketKey
from sheets.output import chart, fonts
from sheets.output.chart import MARGIN, WIDTH, draw, svg_of
from sheets.output.chart_rows import Chart, Row

TEXTS = Texts()
SVG = "{http://www.w3.org/2000/svg}"
KEYS: tuple[BucketKey, ...] = get_args(BucketKey)
NASTY = [
    "Очень длинное название списка клиентов за весь ноябрь две тысячи двадцать шестого.xlsx",
    "قائمة العملاء 2026 😀.txt",
    "Z" + "\u0300" * 40 + "algo <script>&amp;\x00\ud800\u202e]]> हिन्दी ไทย 한국어",
    "W" * 400,
    "账" * 300,
    "",
]
TEXT = st.one_of(st.text(max_size=60), st.sampled_from(NASTY))
BULK = settings(max_examples=40, deadline=None)


def two_rows(title: str = "a.txt", label: str = "Yes", value: str = "1 · 50%") -> Chart:
    """Return a small chart."""
    rows = (Row("yes", 1, label, value), Row("word", 1, "busy", "1 · 50%"))
    return Chart(title, "Band · 2 numbers", rows, "A full bar.")


def spans(svg: str) -> list[tuple[float, float, float, str]]:
    """Return each piece of text: its line, its start and end, and its characters."""
    found = []
    for text in ET.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314 - our own
        for piece in text.iter(f"{SVG}tspan"):
            begin, said = float(piece.attrib["x"]), piece.text or ""
            wide = fonts.width(said, float(text.attrib["font-size"]))
            found.append((float(text.attrib["y"]), begin, begin + wide, said))
    return found


def assert_tidy(drawing: Chart) -> None:
    """Check that texts have glyphs, lie on the canvas, and don't overlap."""
    pieces = spans(svg_of(drawing))
    for y, begin, end, said in pieces:
        assert MARGIN - 1 <= begin <= end <= WIDTH - MARGIN + 1, said
        assert all(fonts.font_of(letter) for letter in said), said
        others = [other for other in pieces if other[0] == y and other[1] > begin]
        assert all(other[1] >= end - 1 for other in others), said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", ANSWERS)
def test_shipped_words_fit(check: str, language: str) -> None:
    """Protects the charts of our own checks: every label whole, at its full size."""
    drawing = picture(TEXTS, check, language)
    assert_tidy(drawing)
    svg = svg_of(drawing)
    assert "…" not in svg
    assert set(re.findall(r'font-size="(\d+)"', svg)) == {"50", "32", "36", "25"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_texts_have_glyphs(language: str) -> None:
    """Protects readers from empty boxes: the fonts have every letter of our words."""
    names = ("checks.ftl", "summary.ftl")
    letters = {*"".join((FOLDER / language / name).read_text("utf-8") for name in names)} - {"\n"}
    assert {letter for letter in letters if fonts.font_of(letter) is None} == set()


@given(
    st.lists(
        st.tuples(st.sampled_from(KEYS), st.integers(1, 10**7), TEXT, TEXT), min_size=2, max_size=12
    ),
    TEXT,
    TEXT,
)
@BULK
def test_any_text_is_laid_out(
    rows: list[tuple[BucketKey, int, str, str]], title: str, subtitle: str
) -> None:
    """Protects the chart from list names and answers in any script, of any length."""
    assert_tidy(Chart(title, subtitle, tuple(Row(*row) for row in rows), title))


@given(TEXT)
@BULK
def test_only_letters_with_glyphs_are_left(text: str) -> None:
    """Protects against boxes, line breaks and stacked accents."""
    line = fonts.drawable(text)
    assert fonts.drawable(line) == line
    assert all(fonts.font_of(letter) for letter in line)
    assert not re.search(r"[\u0300-\u036f]{3}|\s\s|[\n\t]", line)


def test_what_cannot_be_drawn_is_told_or_dropped() -> None:
    """Protects partly foreign names: each foreign word, or row of words, becomes a "…"."""
    assert fonts.drawable("قائمة العملاء 2026 😀.txt") == "… 2026 .txt"
    assert fonts.drawable("  May\n\x00customers\u200b ") == "May customers"
    assert fonts.drawable("قائمة 😀") == ""


@given(TEXT, st.integers(60, 900))
@BULK
def test_fitted_text_fits(text: str, room: int) -> None:
    """Protects the neighbours of a long text: it shrinks, then is cut, and never overflows."""
    line = fonts.drawable(text)
    fitted, size = fonts.fit(line, 36, room, 28)
    assert fonts.width(fitted, size) <= room
    assert 28 <= size <= 36
    if fonts.width(line, 36) <= room:
        assert (fitted, size) == (line, 36)
    elif fonts.width(line, 28) > room:
        assert fitted.endswith("…")


@pytest.mark.parametrize(
    "text",
    [
        "Online more than 30 days ago",
        "Больше 30 дней назад, Ёлка",
        "Bilinmeyen yanıt, ğİş",
        "超过 30 天未上线。2026年",
        "WWW AVAVAV Tofiffi 1,310 · 64 %",
    ],
)
def test_text_is_as_wide_as_measured(text: str) -> None:
    """Protects every layout above: the renderer's ink ends at the measured width."""
    size, x = 30, 10
    wide = fonts.width(text, size)
    body = chart._text(x, 30, text, size, "#000000")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide + 60:.0f}" height="40">{body}</svg>'
    )
    png = chart.paint(svg, [fonts.latin(), fonts.chinese()])
    first, last = ink(png)
    assert x - 2 <= first <= x + 6
    assert x + 0.96 * wide - 4 <= last <= x + wide + 1


def ink(png: bytes) -> tuple[int, int]:
    """Return the first and last column of a picture on which something is drawn."""
    width, height = struct.unpack_from(">II", png, 16)
    packed, at = b"", 8
    while at < len(png):
        size, kind = struct.unpack_from(">I4s", png, at)
        packed += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += 12 + size
    raw, step = zlib.decompress(packed), 4
    above, columns = bytes(width * step), set()
    for y in range(height):
        filtered, *line = raw[y * (width * step + 1) : (y + 1) * (width * step + 1)]
        for i in range(width * step):
            a, b = line[i - step] if i >= step else 0, above[i]
            c = above[i - step] if i >= step else 0
            guess = (0, a, b, (a + b) // 2, paeth(a, b, c))[filtered]
            line[i] = (line[i] + guess) & 0xFF
        columns |= {x for x in range(width) if line[x * step + 3] > 40}
        above = bytes(line)
    return min(columns), max(columns)


def paeth(a: int, b: int, c: int) -> int:
    """Return PNG's prediction of a byte from those left, above, and diagonal."""
    return min((a, b, c), key=lambda each: abs(a + b - c - each))


@pytest.mark.parametrize(("check", "language"), list(zip(ANSWERS, LANGUAGES, strict=True)))
def test_pictures_in_docs_are_up_to_date(check: str, language: str) -> None:
    """Protects the pictures in docs, and reproducible output of the chart."""
    kept = (PICTURES / f"{check}-{language}.png").read_bytes()
    assert draw(picture(TEXTS, check, language)) == kept, "run python -m scripts.pictures"
    assert struct.unpack_from(">I", kept, 16) == (WIDTH,)


def test_docs_have_a_picture_of_each_check_and_language() -> None:
    """Protects the gallery: no picture is missing, and none is obsolete."""
    wanted = {f"{check}-{language}.png" for check in ANSWERS for language in LANGUAGES}
    assert {path.name for path in PICTURES.iterdir()} == wanted


def test_nasty_texts_are_drawn() -> None:
    """Protects the renderer from what people and services write."""
    rows = tuple(Row("word", 1, text, "1 · 17%") for text in NASTY)
    assert (draw(Chart(NASTY[2], NASTY[1], rows)) or b"").startswith(b"\x89PNG")


def test_nothing_to_see_is_not_drawn() -> None:
    """Protects chats from a picture of one full bar."""
    row = Row("yes", 5, "Yes", "5 · 100%")
    assert draw(Chart("a.txt", "", ())) is None
    assert draw(Chart("a.txt", "", (row,))) is None
    assert draw(Chart("a.txt", "", (row, Row("no", 0, "No", "0 · 0%")))) is None


def test_every_kind_of_answer_has_a_colour() -> None:
    """Protects new kinds of answers from the colour of the service's own words."""
    assert set(chart._COLOURS) == set(KEYS) - {"word"}


def test_chinese_font_is_loaded_only_for_chinese() -> None:
    """Protects time and memory of pictures that don't need twenty megabytes of font."""
    assert fonts.CHINESE not in svg_of(two_rows("Привет, ağ.txt"))
    assert fonts.CHINESE in svg_of(two_rows("五月.txt"))


def test_renderer_is_the_one_we_measured_with() -> None:
    """Protects the layout from a renderer that uses the machine's own fonts."""
    svg = svg_of(two_rows())
    assert resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=[str(fonts.latin().path)]
    ) == draw(two_rows())
