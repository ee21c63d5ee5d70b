"""The picture of a result: one bar for each kind of answer, legible on a phone.

Every text is measured before it is placed (`sheets.output.fonts`), so that nothing overlaps,
whatever a list or an answer is called. The same chart gives the same bytes on every machine.
"""

from itertools import cycle
from xml.sax.saxutils import escape, quoteattr

import resvg_py

from sheets.answers.summary import BucketKey
from sheets.output import fonts
from sheets.output.chart_rows import Chart

WIDTH = 1080
MARGIN = 64

_PAPER, _INK, _PALE_INK, _TRACK = "#ffffff", "#16202a", "#55606b", "#edf0f3"
# After Okabe and Ito: distinct for colour-blind people, and in greyscale.
_COLOURS: dict[BucketKey, str] = {
    "day": "#0072b2",
    "week": "#56b4e9",
    "month": "#e69f00",
    "older": "#d55e00",
    "yes": "#0072b2",
    "yes_with": "#0072b2",
    "yes_without": "#56b4e9",
    "no": "#d55e00",
    "unknown": "#858f99",
    "missing": "#b9c1c8",
}
_WORD_COLOURS = ("#009e73", "#cc79a7", "#e69f00")

_TITLE, _SMALL_TITLE = 50, 38
_SUBTITLE, _SMALL_SUBTITLE = 32, 24
_LABEL, _SMALL_LABEL = 36, 28
_FOOTER, _SMALL_FOOTER = 25, 20
_GAP = 32  # between a label and its value
_ROW, _BAR = 112, 32
_LEAST_BAR = 8  # one of a million is still visible


def draw(chart: Chart) -> bytes | None:
    """Draw a chart as PNG, 1080 pixels wide; None if there are fewer than two bars to compare."""
    if len([row for row in chart.rows if row.count > 0]) < 2:  # noqa: PLR2004 - as documented
        return None
    svg = svg_of(chart)
    faces = [fonts.latin()]
    if f'"{fonts.CHINESE}"' in svg:  # only then: the renderer loads it slowly
        faces.append(fonts.chinese())
    return paint(svg, faces)


def paint(svg: str, faces: list[fonts.Font]) -> bytes:
    """Render SVG to PNG with these fonts and no others."""
    files = [str(face.path) for face in faces]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=files))


def svg_of(chart: Chart) -> str:
    """Lay a chart out as SVG. All texts are within MARGIN, and none overlaps another."""
    room = WIDTH - 2 * MARGIN
    shapes: list[str] = []
    y = MARGIN
    title = fonts.drawable(chart.title)
    if title:
        text, size = fonts.fit(title, _TITLE, room, _SMALL_TITLE)
        shapes.append(_text(MARGIN, y + 40, text, size, _INK, bold=True))
        y += 66
    text, size = fonts.fit(fonts.drawable(chart.subtitle), _SUBTITLE, room, _SMALL_SUBTITLE)
    shapes.append(_text(MARGIN, y + 28, text, size, _PALE_INK))
    y += 84
    total = sum(row.count for row in chart.rows)
    words = cycle(_WORD_COLOURS)
    for row in chart.rows:
        colour = _COLOURS.get(row.key) or next(words)
        value, value_size = fonts.fit(fonts.drawable(row.value), _LABEL, room / 2, _SMALL_LABEL)
        value_width = fonts.width(value, value_size)
        left = room - value_width - _GAP
        label, size = fonts.fit(fonts.drawable(row.label) or "…", _LABEL, left, _SMALL_LABEL)
        long = max(row.count / total * room, _LEAST_BAR) if row.count else 0
        shapes += [
            _text(MARGIN, y + 32, label, size, _INK),
            _text(MARGIN + room - value_width, y + 32, value, value_size, _INK, bold=True),
            _bar(y + 50, room, _TRACK),
            _bar(y + 50, long, colour),
        ]
        y += _ROW
    if chart.footer:
        text, size = fonts.fit(fonts.drawable(chart.footer), _FOOTER, room, _SMALL_FOOTER)
        shapes.append(_text(MARGIN, y + 22, text, size, _PALE_INK))
        y += 34
    height = y + MARGIN - 20
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="{_PAPER}"/>\n{body}\n</svg>'
    )


def _bar(y: int, long: float, colour: str) -> str:
    round_by = min(6.0, long / 2)
    return (
        f'<rect x="{MARGIN}" y="{y}" width="{long:.1f}" height="{_BAR}" '
        f'rx="{round_by:.1f}" fill="{colour}"/>'
    )


def _text(x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False) -> str:
    # Bold by an outline, not by the font: one width for both, and the same for Chinese.
    outline = f' stroke="{colour}" stroke-width="{size * 0.028:.2f}"' if bold else ""
    pieces = []
    for font, piece in fonts.runs(text):
        # A tspan for each font: the renderer would draw the whole text in one of them.
        family = quoteattr(font.family)
        pieces.append(f'<tspan x="{x:.1f}" font-family={family}>{escape(piece)}</tspan>')
        x += fonts.width(piece, size)
    return (
        f'<text y="{y:.1f}" font-size="{size:g}" fill="{colour}"{outline} '
        f'xml:space="preserve">{"".join(pieces)}</text>'
    )
