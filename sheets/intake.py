"""Lists in: from what a person handed over to the numbers in it, and to what was left out."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from sheets import paste
from sheets.files import EmptyFile, ListError, NoNumbers, TooManyNumbers, lines_of, split_lines
from sheets.phones import Reason, as_e164, read_numbers
from sheets.splitting import split
from sheets.table import number_column

MAXIMUM = 10_000_000
"""Numbers in one list, unless said otherwise."""
SHOWN = 200
"""Characters of a left-out text that are kept."""

_FORMULA = r"^[\t\r]|^\s*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"


@dataclass(frozen=True, slots=True)
class Part:
    """One document or one message of a list, in the order in which they came.

    Messages ("text") that follow each other may be one long paste.
    """

    name: str
    data: bytes | str
    kind: Literal["document", "text"] = "document"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a list holds.

    numbers: different E.164 numbers with their +, in order of first appearance.
    left_out: source (part's name), line (Int64, from 1), text (as written, cut), reason.
    total: candidates seen; `numbers`, `duplicates` and `rejected` add up to it.
    national: rejected ones which a country may save.
    longest_run: numbers in the longest row of consecutive ones (n, n+1, n+2, …).
    """

    numbers: pl.Series
    left_out: pl.DataFrame
    total: int
    duplicates: int
    rejected: int
    national: int
    longest_run: int


def read(parts: Sequence[Part], region: str | None = None, *, maximum: int = MAXIMUM) -> Reading:
    """Read a list.

    Args:
        parts: What was handed in, in order.
        region: ISO 3166 country whose national numbers are meant, such as "DE".
        maximum: Different numbers that one list may hold.

    Raises:
        ListError: one of its children in `sheets.files`; the list can't be used as it is.
        ValueError: libphonenumber knows no such region.
    """
    lines = _lines(parts, region)
    if lines.is_empty():
        raise EmptyFile("nothing but blank lines", name=parts[0].name if len(parts) == 1 else "")
    found, failed = _candidates(lines, region)
    left_out = _left_out(failed, lines, parts)
    total = found.len() + failed.height
    national = int((left_out["reason"] == Reason.NO_COUNTRY).sum())
    if found.is_empty():
        raise NoNumbers(total=total, national=national, left_out=left_out)
    unique = found.unique(maintain_order=True)
    if unique.len() > maximum:
        raise TooManyNumbers(found=unique.len(), maximum=maximum)
    return Reading(
        numbers=unique.to_frame().select(as_e164(pl.col("number")).alias("number")).to_series(),
        left_out=left_out,
        total=total,
        duplicates=found.len() - unique.len(),
        rejected=failed.height,
        national=national,
        longest_run=longest_run(unique),
    )


def longest_run(numbers: pl.Series) -> int:
    """Length of the longest row of consecutive integers among different ones, 0 for none."""
    if numbers.is_empty():
        return 0
    ends = (numbers.sort().diff().fill_null(0) != 1).arg_true()
    ends = pl.concat([ends.cast(pl.Int64), pl.Series([numbers.len()], dtype=pl.Int64)])
    return int(ends.diff().max())  # type: ignore[arg-type]


def _lines(parts: Sequence[Part], region: str | None) -> pl.DataFrame:
    """Lines with something on them: row, part (index), line (from 1), text, first (of a file)."""
    texts = _mended(parts, region)
    frames = []
    for place, part in enumerate(parts):
        try:
            lines = _lines_of(part, texts.get(place), region)
        except ListError as error:
            error.name = part.name
            raise
        frame = lines.alias("text").to_frame().with_row_index("line", offset=1)
        frame = _written(frame)
        first = (pl.int_range(pl.len()) == 0) & (part.kind == "document")
        frames.append(frame.with_columns(part=pl.lit(place, pl.UInt32), first=first))
    return pl.concat(frames).with_row_index("row") if frames else pl.DataFrame()


def _written(frame: pl.DataFrame) -> pl.DataFrame:
    """Lines that aren't blank; the quick question first, it settles nearly all."""
    text = pl.col("text")
    clear = frame["text"].str.contains("^[!-~]")
    other = frame.filter(~clear).filter(text.str.contains(r"[^\s\p{Cf}\p{Cc}]"))
    frame = frame.filter(clear)
    if other.is_empty():
        return frame
    return frame.lazy().merge_sorted(other.lazy(), key="line").collect()


def _lines_of(part: Part, mended: str | None, region: str | None) -> pl.Series:
    data = part.data if mended is None else mended
    if isinstance(data, str):  # a message: how it begins doesn't say what kind of file it is
        text = data.encode("utf-8", "replace").decode().replace("\x00", "")
        lines = split_lines([text.replace("\r\n", "\n").replace("\r", "\n")])
    else:
        lines = lines_of(data)
    return number_column(lines, region) if part.kind == "document" else lines


def _mended(parts: Sequence[Part], region: str | None) -> dict[int, str]:
    """Texts of messages by their place, put together where a number was cut in two."""
    mended: dict[int, str] = {}
    run: dict[int, str] = {}
    for place, part in enumerate([*parts, Part("", b"")]):
        if part.kind == "text" and isinstance(part.data, str):
            run[place] = part.data
        elif run:
            mended |= dict(zip(run, paste.join(list(run.values()), region), strict=True))
            run = {}
    return mended


def _candidates(lines: pl.DataFrame, region: str | None) -> tuple[pl.Series, pl.DataFrame]:
    """All that could be numbers, in order: numbers (Int64), and failures (row, text, reason)."""
    numbers, failed = read_numbers(lines["text"], region)
    nothing = failed.with_columns(text=pl.lit("")).select("row", "text", "reason")
    if failed.is_empty():
        return numbers, nothing
    rows = lines.select("row", "first", "text").filter(numbers.is_null())
    rows = rows.with_columns(failed["reason"])
    pieces = split(rows.drop("first"), region)
    better = pieces.filter(pl.col("number").is_not_null()).select("row", "number")
    found = numbers.drop_nulls()
    if not better.is_empty():
        whole = numbers.to_frame().with_row_index("row").drop_nulls()
        merged = whole.lazy().merge_sorted(better.lazy(), key="row").collect()
        found = merged["number"]
    # A document may name its column in the first line; that is no number gone wrong.
    headers = rows.filter(pl.col("first") & ~pl.col("text").str.contains(r"\p{Nd}{4}"))
    headers = headers.filter(pl.col("reason") == Reason.NOT_A_NUMBER)
    worse = pieces.filter(pl.col("number").is_null()).join(headers, on="row", how="anti")
    return found, worse.select("row", "text", "reason")


def _left_out(failed: pl.DataFrame, lines: pl.DataFrame, parts: Sequence[Part]) -> pl.DataFrame:
    names = pl.DataFrame(
        {"part": range(len(parts)), "source": [part.name for part in parts]},
        schema={"part": pl.UInt32, "source": pl.String},
    )
    places = lines.select("row", "part", "line").join(failed, on="row", how="semi")
    failed = failed.join(places, on="row", maintain_order="left")
    failed = failed.join(names, on="part", maintain_order="left")
    return failed.select(
        "source", pl.col("line").cast(pl.Int64), pl.col("text").str.slice(0, SHOWN), "reason"
    )


def as_upload(numbers: pl.Series) -> bytes:
    """Write numbers as the services take them: one a line with its +, UTF-8."""
    out = io.BytesIO()  # polars writes bytes by itself; a str would be encoded under the lock
    numbers.to_frame("number").write_csv(out, include_header=False, quote_style="never")
    return out.getvalue()


def from_upload(data: bytes) -> pl.Series:
    """Read back what `as_upload` wrote."""
    if not data:
        return pl.Series("number", dtype=pl.String)
    return pl.read_csv(
        data, has_header=False, quote_char=None, schema={"number": pl.String}
    ).to_series()


def left_out_csv(
    left_out: pl.DataFrame, reasons: Mapping[Reason, str], headers: Sequence[str]
) -> bytes:
    """Write what was left out for a spreadsheet: UTF-8 with a byte order mark, for Excel.

    Args:
        left_out: As in `Reading`.
        reasons: Each reason in the person's words.
        headers: Words for File, Line, Text, Reason.

    Cells that a spreadsheet would run as a formula get an apostrophe in front; these texts come
    from strangers (OWASP, CSV injection).
    """
    words = {reason.value: reasons[reason] for reason in Reason}
    text = (
        left_out.with_columns(
            pl.col("reason").cast(pl.String).replace_strict(words, return_dtype=pl.String)
        )
        .with_columns(
            pl.when(pl.col(name).str.contains(_FORMULA))
            .then(pl.concat_str(pl.lit("'"), pl.col(name)))
            .otherwise(pl.col(name))
            .alias(name)
            for name in ("source", "text", "reason")
        )
        .select("source", "line", "text", "reason")
    )
    text.columns = list(headers)
    out = io.BytesIO()
    text.write_csv(out, include_bom=True)
    return out.getvalue()
