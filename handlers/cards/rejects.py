"""The caption of the sheet of rejects: its first lines, in a folded quote."""

import csv
import io
import re

from handlers.shared.formats import CAPTION, fitting, shortened, units
from handlers.shared.texts import Html, Phrases

MOST_LINES = 10
LONGEST_TEXT = 40
_GUARD = re.compile(
    r"""(^|[;,\t|\r\n][\s"]*)'(?='*(?:[\t\r]|[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20]))"""
)
"""Our apostrophe in front of what a spreadsheet would run as a formula."""
FOLD = "<blockquote expandable>{}</blockquote>"


def preview(say: Phrases, title: str, sheet: bytes) -> str:
    """Caption a CSV sheet with the columns file, line, text and reason."""
    head = say.html("left-out-caption", title=title)
    rows = csv.reader(io.StringIO(sheet[:20_000].decode("utf-8-sig", "ignore")))
    next(rows, None)
    lines: list[str] = []
    for row in rows:
        if len(row) != 4 or len(lines) == MOST_LINES:  # noqa: PLR2004 # the last row may be cut
            break
        _, line, text, reason = row
        shown = shortened(" ".join(_GUARD.sub(r"\1", text).split()), LONGEST_TEXT)
        lines.append(say.html("left-out-line", line=line, text=shown, reason=reason))
    if not lines:
        return head
    folded = fitting(lines, CAPTION - units(head) - units(FOLD))
    return Html(f"{head}\n{FOLD.format(folded)}")
