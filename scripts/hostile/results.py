"""Hostile results: what a service that was taken over might hand back."""

from collections.abc import Iterator
from functools import partial

from sandbox.services.results import workbook
from scripts.hostile import archives, workbooks
from scripts.hostile.case import Case, filled, number
from scripts.hostile.zips import MEGABYTE, deflated, gzip_of, repeated, stored, zip_of
from sheets.answers.result_files import MOST_WORKBOOKS

_HEAD = b"Number,telegram_days\n"
_TAKEN_OVER = {
    "zip-bzip2-bomb.zip",
    "zip-lzma-bomb.zip",
    "deflate-bomb.zip",
    "overlap.zip",
    "corner.xlsx",
    "laughs.xlsx",
    "texts-lie.xlsx",
    "bomb-sheet.xlsx",
    "mimetype.zip",
}


def cases() -> Iterator[Case]:
    """Yield the results. Some are lists, too."""
    for case in (*archives.cases(), *workbooks.cases()):
        if case.name in _TAKEN_OVER:
            yield Case(f"result-{case.name}", case.attacks, case.make)
    bomb = partial(gzip_of, bytes(MEGABYTE), 2048)
    yield Case("result-bomb.gz", "2 GB in 2 MB", bomb)
    yield Case("result-line.csv", "one line of 20 MB", partial(filled, b"abc,", end=b"\n"))
    rows = partial(filled, f"{number(0)},1\n".encode())
    yield Case("result-rows.csv", "1.3 million rows for one number", lambda: _HEAD + rows())
    yield Case("result-wide.csv", "200,000 columns of one name", _wide)
    yield Case("result-words.csv", "200,000 different answers", _words)
    quote = partial(filled, b"a,b\n", 10**7)
    yield Case("result-quote.csv", "a quote that never ends", lambda: _HEAD + b'"' + quote())
    for count in (MOST_WORKBOOKS, MOST_WORKBOOKS + 1):
        about = f"{count} workbooks in one zip"
        yield Case(f"result-books-{count}.zip", about, partial(_books, count))
    text = partial(repeated, "all.csv", f"{number(0)},1\n".encode() * 60_000, 400)
    size = 2 * MEGABYTE
    yield Case("result-text.zip", "400 MB of rows in 2 MB", lambda: zip_of([text(packed_to=size)]))
    yield Case("result-beside.zip", "a list beside a bomb that is skipped", _beside)


def _wide() -> bytes:
    row = b",".join([b"Number", *[b"telegram_days"] * 200_000]) + b"\n"
    return row + row


def _words() -> bytes:
    return _HEAD + b"".join(f"{number(place)},{place}x\n".encode() for place in range(200_000))


def _books(count: int) -> bytes:
    book = workbook([("Number", "telegram_days"), (number(0), "1")])
    return zip_of([stored(f"{place}.xlsx", book) for place in range(count)])


def _beside() -> bytes:
    rows = deflated("all.csv", _HEAD + f"{number(0)},1\n".encode())
    return zip_of([rows, stored("more.zip", archives.bzip2_bomb())])
