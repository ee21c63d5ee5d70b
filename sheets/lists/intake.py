"""From the parts of a list to its numbers, and to the texts left out."""

import io
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import polars as pl

from sheets.base.blocks import Blocks
from sheets.base.formulas import disarmed_all
from sheets.base.table import Table, Traced
from sheets.files.documents import Column, EmptyFile, NoNumbers, TooManyNumbers
from sheets.lists.candidates import candidates_of
from sheets.lists.columns import headers
from sheets.lists.columns.layout import cells_of
from sheets.lists.columns.roles import Why
from sheets.lists.density import densest
from sheets.lists.excluding import IsExcluded
from sheets.lists.gathering import Part, Sheet, lines_of, sheets_of
from sheets.lists.long_lines import LONGEST_LINE
from sheets.lists.notation.suggesting import suggested
from sheets.lists.notation.weighing import Weighed
from sheets.lists.offers import UNUSUAL, Offers
from sheets.lists.origins import origin_of
from sheets.phones.e164 import as_e164
from sheets.phones.reasons import Reason

__all__ = [
    "Part",
    "Reading",
    "as_upload",
    "from_upload",
    "left_out_csv",
    "longest_run",
    "read",
    "trace",
]

MAXIMUM = 10_000_000
"""Different numbers in one list, by default."""
MOST_LEFT_OUT = 100_000
"""Left-out texts in the sheet of them: more than anybody looks through."""
SHOWN = 200
"""Characters of a left-out text that are kept."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a table was taken for, and why.

    source, part: as in `Table`. columns: headers of the columns that were read, empty texts where
    they have none; places: their indexes, none for whole rows. why: as in `roles.Why`.
    notation: how numbers without a plus sign are meant (`e164.Bare`), empty if there are none.
    country: the region that nearly all of these were read as, empty for several or none.
    rival: the region that explains them better, because of which they weren't read.
    choices: the columns that may be read instead, of a table with several.
    """

    source: str
    part: int
    columns: tuple[str, ...]
    places: tuple[int, ...]
    why: Why
    notation: str
    country: str
    rival: str
    choices: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is told of how their list was read.

    assumed: for each table with lines what it was taken for.
    offers: numbers in old forms, and unusual ones.
    suggested: countries that the numbers without one could be from, the likeliest first.
    hidden: rows left out because they aren't shown, where a number may stand.
    """

    assumed: tuple[Assumed, ...]
    offers: Offers
    suggested: tuple[str, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of a list.

    numbers: different E.164 numbers with their +, in order of first appearance.
    left_out: source (part's name), line (Int64, from 1), text (as written, truncated), reason.
    total: candidates; the sum of `numbers`, `duplicates`, `rejected`, unusual and excluded ones.
    national: rejected candidates that may be numbers once a country is known.
    longest_run: length of the longest run of consecutive numbers (n, n+1, n+2, …).
    blocks: those that hold the most of the numbers.
    told: what was assumed, and what is offered.
    """

    numbers: pl.Series
    left_out: pl.DataFrame
    total: int
    duplicates: int
    rejected: int
    national: int
    longest_run: int
    blocks: Blocks
    told: Told


def read(
    parts: Sequence[Part],
    region: str | None = None,
    *,
    maximum: int = MAXIMUM,
    wishes: Collection[str] = frozenset(),
    is_excluded: IsExcluded | None = None,
) -> Reading:
    """Read a list.

    Args:
        parts: In order of their arrival.
        region: ISO 3166 country whose national numbers are meant, such as "DE".
        maximum: Different numbers that one list may hold.
        wishes: As `sheets.glass.shapes.Wish`.
        is_excluded: Numbers that are left out; None for none of them.

    Raises:
        ListError: one of its children in `sheets.files.documents`.
        ValueError: libphonenumber knows no such region.
    """
    sheets = sheets_of(parts, region, hidden="hidden" in wishes)
    lines = lines_of(sheets)
    if lines.is_empty() and not any(sheet.hidden for sheet in sheets):
        raise EmptyFile("nothing but blank lines", name=parts[0].name if len(parts) == 1 else "")
    read_lines = candidates_of(lines, region, wishes, is_excluded)
    found, failed = read_lines.found["number"], read_lines.failed
    places = lines.select("row", "sheet", "line").join(failed, on="row", how="semi")
    names = pl.Series([sheet.source.name for sheet in sheets], dtype=pl.String)
    left_out = failed.join(places, on="row", maintain_order="left").select(
        pl.lit(names).gather("sheet").alias("source"),
        pl.col("line").cast(pl.Int64),
        pl.col("text").str.slice(0, SHOWN),
        "reason",
    )
    total = found.len() + failed.height
    national = int((left_out["reason"] == Reason.NO_COUNTRY).sum())
    offers = read_lines.offers
    if UNUSUAL not in wishes:  # of a line without any number all pieces are reported as one
        unusual = int((left_out["reason"] == Reason.UNUSUAL).sum())
        offers = replace(offers, unusual=unusual)
    # Python weighs countries while polars sorts, which needs no interpreter for it.
    with ThreadPoolExecutor(1) as aside:
        suggesting = aside.submit(suggested, left_out, besides=region)
        unique = found.unique(maintain_order=True)
        in_order = unique.sort()
        numbers = unique.to_frame().select(as_e164(pl.col("number")).alias("number")).to_series()
        run, blocks = longest_run(in_order), densest(in_order)
    told = Told(
        assumed=tuple(_assumed(sheets[at], each) for at, each in read_lines.weighed.items()),
        offers=offers,
        suggested=suggesting.result(),
        hidden=sum(sheet.hidden for sheet in sheets),
    )
    if found.is_empty():
        raise NoNumbers(total=total, national=national, left_out=left_out, told=told)
    if unique.len() > maximum:
        raise TooManyNumbers(found=unique.len(), maximum=maximum)
    return Reading(
        numbers=numbers,
        left_out=left_out,
        total=total,
        duplicates=found.len() - unique.len(),
        rejected=int((~left_out["reason"].is_in([Reason.UNUSUAL, Reason.EXCLUDED])).sum()),
        national=national,
        longest_run=run,
        blocks=blocks,
        told=told,
    )


def _assumed(sheet: Sheet, weighed: Weighed) -> Assumed:
    layout = sheet.layout
    places = layout.places or ()
    return Assumed(
        source=sheet.source.name,
        part=sheet.source.part,
        columns=tuple(layout.names[at][:SHOWN] if layout.names else "" for at in places),
        places=places,
        why=layout.why,
        notation=weighed.notation.bare.value if weighed.counted else "",
        country=weighed.country,
        rival=weighed.rival,
        choices=layout.choices,
    )


def trace(
    parts: Sequence[Part], region: str | None = None, *, wishes: Collection[str] = frozenset()
) -> list[Traced]:
    """Return the tables of a list, each with what `read` finds in its rows, and leaves out.

    Raises:
        ListError: one of its children in `sheets.files.documents`, but never for lack of numbers.
        ValueError: libphonenumber knows no such region.
    """
    sheets = sheets_of(parts, region, hidden="hidden" in wishes)
    lines = lines_of(sheets)
    if lines.is_empty():
        nothing = pl.DataFrame(schema={"row": pl.UInt32, "number": pl.Int64})
        return [Traced(_table(sheet), nothing) for sheet in sheets]
    candidates = candidates_of(lines, region, wishes)
    places = lines.select("row", "sheet", "line")
    row = (pl.col("line") - 1).cast(pl.UInt32).alias("row")
    found = candidates.found.join(places, on="row", maintain_order="left")
    failed = candidates.failed.join(places, on="row", maintain_order="left")
    traced = []
    for place, sheet in enumerate(sheets):
        here = pl.col("sheet") == place
        numbers = found.filter(here).select(row, "number")
        left_out = failed.filter(here).select(row, pl.col("reason").cast(pl.String))
        left_out = left_out.join(numbers, on="row", how="anti", maintain_order="left")
        left_out = left_out.unique("row", keep="first", maintain_order=True)
        traced.append(Traced(_table(sheet), numbers, left_out))
    return traced


def longest_run(numbers: pl.Series) -> int:
    """Return the length of the longest run of consecutive integers among different ones."""
    if numbers.is_empty():
        return 0
    ends = (numbers.sort().diff().fill_null(0) != 1).arg_true()
    ends = pl.concat([ends.cast(pl.Int64), pl.Series([numbers.len()], dtype=pl.Int64)])
    return int(ends.diff().max())  # type: ignore[arg-type]


def _table(sheet: Sheet) -> Table:
    source, layout = sheet.source, sheet.layout
    named = source.kind == "text" and not layout.delimiter and bool(source.cells.height)
    first = source.cells.head(1)["c0"].str.slice(0, LONGEST_LINE)[0] if named else ""
    return Table(
        source=source.name,
        part=source.part,
        kind="csv" if layout.delimiter else source.kind,
        cells=cells_of(source, layout),
        has_header=source.has_header or layout.headed or bool(headers.NUMBER.search(first or "")),
        encoding=source.encoding,
        bom=source.bom,
        delimiter=layout.delimiter or ("," if source.kind == "csv" else ""),
        origin=origin_of(sheet),
    )


def as_upload(numbers: pl.Series) -> bytes:
    """Write numbers in the services' format: one a line with its +, UTF-8."""
    out = io.BytesIO()  # polars writes bytes itself; a str would be encoded under the GIL
    numbers.to_frame("number").write_csv(out, include_header=False, quote_style="never")
    return out.getvalue()


def from_upload(data: bytes) -> pl.Series:
    """Read the numbers that `as_upload` wrote."""
    if not data:
        return pl.Series("number", dtype=pl.String)
    schema = {"number": pl.String}
    return pl.read_csv(data, has_header=False, quote_char=None, schema=schema).to_series()


def left_out_csv(
    left_out: pl.DataFrame, reasons: Mapping[Reason, str], headers: Sequence[str]
) -> bytes:
    """Write the texts left out as a csv, UTF-8 with a byte order mark, which Excel needs.

    Args:
        left_out: As in `Reading`.
        reasons: Each reason in the person's language.
        headers: Words for File, Line, Text, Reason.

    Of more than `MOST_LEFT_OUT` the last row tells how many are not there: … +12345.
    Formulas are disarmed (`sheets.base.formulas`): these texts are untrusted.
    """
    more = left_out.height - MOST_LEFT_OUT
    left_out = left_out.head(MOST_LEFT_OUT)
    words = {reason.value: reasons[reason] for reason in Reason}
    text = (
        left_out.with_columns(
            pl.col("reason").cast(pl.String).replace_strict(words, return_dtype=pl.String)
        )
        .with_columns(
            disarmed_all(pl.col(name)).alias(name) for name in ("source", "text", "reason")
        )
        .select("source", "line", "text", "reason")
    )
    if more > 0:
        rest = pl.DataFrame({"text": [f"… +{more}"]}, schema_overrides={"text": pl.String})
        text = pl.concat([text, rest], how="diagonal")
    text.columns = list(headers)
    out = io.BytesIO()
    text.write_csv(out, include_bom=True)
    return out.getvalue()
