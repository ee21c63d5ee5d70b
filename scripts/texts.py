"""Write docs/texts.md: every text in every language side by side, for translators.

Run it from the project's folder after a change of texts:

    python -m scripts.texts
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fluent.syntax import FluentParser, ast

from handlers.shared.texts import FALLBACK, FOLDER

PAGE = Path(__file__).parents[1] / "docs" / "texts.md"
NAME = "language-name"
HEAD = """\
# Texts

Every text in every language, as it stands in `handlers/locales`. This page is made by
`python -m scripts.texts`: change the files, then run it. [Translating](translating.md) tells how.
"""
# Characters with a meaning in Markdown and its HTML.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {sign: f"\\{sign}" for sign in "\\|*_`[]~#"}
)


def page(folder: Path = FOLDER) -> str:
    """Return the page: a section per English file, a row per key, English first."""
    codes = sorted(home.name for home in folder.iterdir() if home.is_dir())
    codes.sort(key=lambda code: code != FALLBACK)
    known = {
        code: dict(entry for path in _files(folder / code) for entry in _entries(path))
        for code in codes
    }
    parts = [HEAD]
    for path in _files(folder / FALLBACK):
        columns = ["key", *(_cell(known[code].get(NAME, code)) for code in codes)]
        rows = [columns, ["---"] * len(columns)]
        for key, _ in _entries(path):
            rows.append([f"`{key}`", *(_cell(known[code].get(key, "")) for code in codes)])
        lines = [f"| {' | '.join(row)} |" for row in rows]
        parts += [f"## {path.name}\n", *lines, ""]
    return "\n".join(parts)


def _files(home: Path) -> list[Path]:
    return sorted(home.glob("*.ftl"))


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each key of a file with its source text."""
    source = path.read_text("utf-8")
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Message) and entry.value is not None and entry.value.span:
            yield entry.id.name, source[entry.value.span.start : entry.value.span.end]


def _cell(text: str) -> str:
    """Return a text as a Markdown table cell, with markup escaped."""
    lines = (line.strip() for line in text.strip().splitlines())
    return "<br>".join(line.translate(_ESCAPES) for line in lines)


def main() -> None:
    """Write the page."""
    text = page()
    PAGE.write_text(text, "utf-8")
    sys.stdout.write(f"{PAGE.name}: {len(text.splitlines()):,} lines\n")


if __name__ == "__main__":
    main()
