"""Tags and texts of a page, each character of which is visited a fixed number of times.

The standard library's parser starts over at each tag that is never closed. Here such a place is
found once: what was missing then is missing for all tags that follow.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sheets.files.documents import NotAList

LONGEST_TAG = 1 << 17
"""Characters, also of a tag that is never complete."""

_OPENING = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
_BODY = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_LONG_REFERENCE = re.compile(r"&#[0-9a-fA-FxX]{9,}+;?")
_RAW = {
    name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in ("script", "style")
}  # what stands in these is no markup


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag; its name is in lower case. about: its attributes as written."""

    name: str
    about: str
    opens: bool
    closes: bool


def parts_of(page: str) -> Iterator[Tag | str]:
    """Yield the tags, and the texts between them as written. Comments are left out.

    Raises NotAList: a tag of more than `LONGEST_TAG` (kind "html").
    """
    return _Walk(page).parts()


def plain(text: str) -> str:
    """Replace references such as &amp; by their characters."""
    # A number of thousands of digits is no character, and Python refuses to read it.
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text))


class _Walk:
    def __init__(self, page: str) -> None:
        self._page = page
        self._place = 0
        self._quotes_close = self._comments_close = True

    def parts(self) -> Iterator[Tag | str]:
        page = self._page
        while self._place < len(page):
            start = page.find("<", self._place)
            if start < 0:
                yield page[self._place :]
                return
            if start > self._place:
                yield page[self._place : start]
            opening = _OPENING.match(page, start)
            if opening is not None:
                yield from self._tag(opening)
            elif page.startswith(("<!", "<?", "</"), start):
                self._skip_comment(start)
            else:
                yield "<"
                self._place = start + 1

    def _tag(self, opening: re.Match[str]) -> Iterator[Tag]:
        body = _BODY.match(self._page, opening.end()) if self._quotes_close else None
        self._quotes_close = body is not None
        end = body.end() if body else self._page.find(">", opening.end()) + 1 or -1
        if (end if end > 0 else len(self._page)) - opening.start() > LONGEST_TAG:
            raise NotAList("html")
        if end < 0:  # no tag is complete any more
            self._place = len(self._page)
            return
        self._place = end
        about = self._page[opening.end() : end - 1]
        name, ends = opening[2].lower(), bool(opening[1])
        yield Tag(name, about, opens=not ends, closes=ends or about.endswith("/"))
        if not ends and name in _RAW:
            closing = _RAW[name].search(self._page, end)
            self._place = closing.start() if closing else len(self._page)

    def _skip_comment(self, start: int) -> None:
        comment = self._page.startswith("<!--", start)
        if comment and self._comments_close:
            end = self._page.find("-->", start + 4) + 3
            self._comments_close = end > 2  # noqa: PLR2004 - else it wasn't found
        elif not comment:
            end = self._page.find(">", start) + 1 or len(self._page)
        if comment and not self._comments_close:
            end = start + 4
        self._place = end
