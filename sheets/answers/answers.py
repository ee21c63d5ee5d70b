"""The answer to each number, read from a service's table or from bare lists."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from sheets.answers.meaning import Meaning

HEADER_WITHIN = 10
"""Rows searched for the header."""

_AROUND = " \t\r\n\v\f\"'\u00a0\u200b\u200e\u200f\u2060\ufeff"
_NUMBER_IN_GROUPS = r"^\+?\(?[0-9][0-9\s\x{00A0}()\-]*(?:\.0+)?$"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a service.

    frame: number (Int64: E.164 without its +, each once: the first answer counts), answer
        (String, as written, stripped), then every other column of the service's file, as written,
        under its own header; an empty cell is "".
    headers: titles of the columns after `number`, in order; `answer` has its original one.
    buckets: number and bucket (String) of remembered answers, what each was counted as when the
        service's file was there, which may tell more.
    """

    frame: pl.DataFrame
    headers: tuple[str, ...]
    buckets: pl.DataFrame | None = None


def fold(text: str) -> str:
    """Return a name for comparison: case-folded, without blanks, quotes and marks around it."""
    return text.strip(_AROUND).casefold()


def columns(titles: Sequence[str], meaning: Meaning) -> tuple[int, int] | None:
    """Return the places of the number and the answer column; the likeliest names come first."""
    folded = [fold(title) for title in titles]
    number = _first(folded, meaning.number_columns)
    if number is None:
        return None
    folded[number] = ""
    answer = _first(folded, meaning.answer_columns)
    return None if answer is None else (number, answer)


def _first(folded: list[str], names: Sequence[str]) -> int | None:
    return next((folded.index(fold(name)) for name in names if fold(name) in folded), None)


def from_cells(cells: pl.DataFrame, meaning: Meaning) -> Answers | None:
    """Read a table of texts with a header among its first rows.

    None if there is no header, or no number below it.
    """
    for row, cells_of_row in enumerate(cells.head(HEADER_WITHIN).iter_rows()):
        titles = [cell or "" for cell in cells_of_row]
        places = columns(titles, meaning)
        if places is not None:
            return _below(cells.slice(row + 1), titles, places)
    return None


def _below(body: pl.DataFrame, titles: list[str], places: tuple[int, int]) -> Answers | None:
    number, answer = places
    others = [
        place
        for place, title in enumerate(titles)
        if place not in places and (title.strip() or _is_filled(body.to_series(place)))
    ]
    kept = [titles[place].strip(_AROUND) for place in (answer, *others)]
    texts = body.to_series(number)
    frame = body.select(
        numbers_of(texts).alias("number"),
        pl.nth(answer).fill_null("").str.strip_chars().alias("answer"),
        *(
            pl.nth(place).fill_null("").alias(name)
            for place, name in zip(others, distinct(kept[1:], ("number", "answer")), strict=True)
        ),
    )
    frame = _once(frame)
    if frame.is_empty() and _is_filled(texts):
        return None
    return Answers(frame, tuple(kept))


def _is_filled(column: pl.Series) -> bool:
    return bool(column.str.contains(r"\S").any())


def distinct(
    titles: Iterable[str], taken: Iterable[str], key: Callable[[str], str] = str
) -> list[str]:
    """Return the titles, with a count behind those whose key is taken: "Name (2)"."""
    keys = set(taken)
    names = []
    for title in titles:
        name, again = title, 2
        while key(name) in keys:
            name, again = f"{title} ({again})", again + 1
        keys.add(key(name))
        names.append(name)
    return names


def numbers_of(texts: pl.Series) -> pl.Series:
    """Read 447400123456, "+447400123456", 447400123456.0, +44 7400 123456; null for no number.

    Services write numbers in full, so nothing is guessed: no prefix is removed, no country added,
    and a number rounded by a spreadsheet (4.47E+11) is none.
    """
    numbers = texts.cast(pl.Int64, strict=False)
    unread = numbers.is_null() & texts.is_not_null()
    if unread.any():
        rest = texts.filter(unread).str.strip_chars(_AROUND)
        plain = pl.when(rest.str.contains(_NUMBER_IN_GROUPS)).then(
            rest.str.replace(r"\.0+$", "").str.replace_all(r"[^0-9]", "")
        )
        late = pl.select(plain.cast(pl.Int64, strict=False)).to_series()
        numbers = numbers.scatter(unread.arg_true(), late)
    return numbers


def from_lists(lists: Sequence[tuple[str, pl.Series]], meaning: Meaning) -> Answers | None:
    """Read lists of bare numbers, each with the answer to all of its numbers.

    None if there are no lists, or one of them holds something else.
    """
    frames = []
    for word, texts in lists:
        numbers = numbers_of(texts.filter(texts.str.contains(r"\S")))
        if numbers.null_count():
            return None
        frames.append(pl.DataFrame({"number": numbers}).with_columns(answer=pl.lit(word)))
    if not frames:
        return None
    return Answers(_once(pl.concat(frames)), meaning.answer_columns[:1])


def _once(frame: pl.DataFrame) -> pl.DataFrame:
    frame = frame.filter(pl.col("number") > 0)
    if frame["number"].n_unique() == frame.height:
        return frame  # nearly always; the other path takes ten times as long
    return frame.unique(subset="number", keep="first", maintain_order=True)
