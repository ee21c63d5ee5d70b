"""A person's own files with the answers: each as it came if it can be kept, else written anew."""

from collections.abc import Callable, Sequence
from itertools import groupby

from sheets.base.table import Traced
from sheets.files.kinds import kind_of
from sheets.files.packed import archives
from sheets.output import export
from sheets.output.export import File
from sheets.output.joining import NO_WORDS, Checked, Column, Words, columns_of, join, needs_header
from sheets.output.kept import books, texts
from sheets.output.kept.strange import StrangeError

Said = str
"""What has to be said of a file: nothing, or why it isn't as it came, as in `strange.Why`."""


def write(
    traced: Sequence[Traced],
    data: bytes,
    results: Sequence[Checked],
    most_bytes: int | None = None,
    *,
    words: Words = NO_WORDS,
) -> tuple[list[File], list[Said]]:
    """Write the files of one part, and give what has to be said of each.

    Args:
        traced: The part's tables, in order, and the numbers found in them.
        data: The part as it was sent; nothing of a message.
        results: The answers, in the order of their columns.
        most_bytes: As for `export.write`; what is kept as it came isn't split.
        words: Of ours, in the person's language.
    """
    contents = _contents(data)
    made: list[tuple[str, bytes]] = []
    said: list[Said] = []
    for member, group in groupby(
        traced, key=lambda each: each.table.origin and each.table.origin.member
    ):
        for kind, some in groupby(group, key=lambda each: each.table.kind in export.WORKBOOKS):
            tables = list(some)
            why = ""
            try:
                added = [columns_of(each, results, words=words) for each in tables]
                is_titled = needs_header(results)
                files = _kept(
                    tables, contents(member), added, most_bytes, is_book=kind, is_titled=is_titled
                )
            except StrangeError as error:
                files, why = None, error.why
            if files is None:
                joined = [join(each, results, words=words) for each in tables]
                files = export.unnumbered(joined, most_bytes)
            made += files
            said += [why] * len(files)
    return export.numbered(made), said


def _kept(
    tables: Sequence[Traced],
    data: bytes,
    added: Sequence[Sequence[Column]],
    most_bytes: int | None,
    *,
    is_book: bool,
    is_titled: bool,
) -> list[tuple[str, bytes]] | None:
    """Return the file as it came; None of one that has no form to keep."""
    if any(each.table.origin is None for each in tables):
        if is_book:  # a page that is called .xls
            raise StrangeError("converted", "no workbook")
        return None
    if is_book:
        if any(each.table.kind != "xlsx" for each in tables):
            raise StrangeError("converted", "another format")
        pairs = zip(tables, added, strict=True)
        sheets = [books.Answered(each.table, columns, is_titled) for each, columns in pairs]
        return [books.kept(data, sheets, most_bytes)]
    return [
        (
            _ending(each.table.source),
            texts.kept(
                data,
                each.table,
                columns,
                is_titled=is_titled,
                most_bytes=most_bytes,
            ),
        )
        for each, columns in zip(tables, added, strict=True)
    ]


def _ending(name: str) -> str:
    """Return the end of a csv's name: programs tell by it what divides the cells."""
    end = name[-4:].lower()
    return end if end in {".tsv", ".tab"} else ".csv"


def _contents(data: bytes) -> Callable[[int | None], bytes]:
    """Return what gives the content of each member of an archive, in order, and of no other."""
    members = enumerate(archives.members(data)) if kind_of(data) == "zip" else None
    held: list[tuple[int, bytes]] = []

    def content(place: int | None) -> bytes:
        if place is None or members is None:
            return data
        while not held or held[0][0] < place:
            at, (_, unpacked) = next(members)
            held[:] = [(at, unpacked)]
        return held[0][1]

    return content
