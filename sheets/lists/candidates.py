"""The lines of a list as candidates: those that are numbers, and those that failed."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import polars as pl

from sheets.lists.cuts.preparing import changes
from sheets.lists.cuts.splitting import split
from sheets.lists.excluding import IsExcluded, without_excluded
from sheets.lists.notation.weighing import Weighed, weigh
from sheets.lists.offers import Offers, with_offers
from sheets.phones.e164 import Bare, Notation, read_numbers
from sheets.phones.failures import REASONS
from sheets.phones.reasons import Reason


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the lines of a list hold.

    found: row, number (Int64), piece (the text it was found in, null where that is the whole line),
        ordered by row. failed: row, text, reason, likewise.
    weighed: of each sheet, how its numbers are written.
    offers: numbers in old forms, unusual ones, and excluded ones.
    """

    found: pl.DataFrame
    failed: pl.DataFrame
    weighed: dict[int, Weighed]
    offers: Offers = Offers()  # noqa: RUF009 # it is frozen


def written(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the lines that aren't blank. A quick test first, which settles nearly all."""
    text = pl.col("text")
    clear = frame["text"].str.contains("^[!-~]")
    other = frame.filter(~clear).filter(text.str.contains(r"[^\s\p{Cf}\p{Cc}]"))
    frame = frame.filter(clear)
    if other.is_empty():
        return frame
    return frame.lazy().merge_sorted(other.lazy(), key="line").collect()


def candidates_of(
    lines: pl.DataFrame,
    region: str | None,
    wishes: Collection[str] = frozenset(),
    is_excluded: IsExcluded | None = None,
) -> Candidates:
    """Read everything that could be a number.

    Args:
        lines: Columns row (UInt32, rising), text, first (may be a header), sheet; optionally
            region, the country in which the number of that row is dialled.
        region: For rows without one, as for `e164.normalise`.
        wishes: As `sheets.glass.shapes.Wish`.
        is_excluded: Numbers that are left out; None for none of them.
    """
    if lines.is_empty():
        return Candidates(_NO_FOUND, _NO_FAILED, {})
    changed = changes(lines["text"])
    given = changed.select(lines["row"].gather(changed["at"]), "given")
    lines = lines.with_columns(lines["text"].scatter(changed["at"], changed["text"]))
    weighed, parts = {}, []
    sheets = lines["sheet"].unique(maintain_order=True).to_list()
    for sheet in sheets:
        rows = lines if len(sheets) == 1 else lines.filter(pl.col("sheet") == sheet)
        own = rows.filter(pl.col("region").is_null()) if "region" in rows.columns else rows
        weighed[sheet] = decided = weigh(own["text"], region, is_said=COUNTRY in wishes)
        parts += _by_region(rows, decided.notation, wishes)
    found = pl.concat([numbers for numbers, _, _ in parts])
    failed = pl.concat([failures for _, failures, _ in parts])
    if len(parts) > 1:
        found = found.sort("row", maintain_order=True)
        failed = failed.sort("row", maintain_order=True)
    offers = sum((each for _, _, each in parts), Offers())
    if is_excluded is not None:
        found, failed, excluded = without_excluded(found, failed, lines, is_excluded)
        offers = replace(offers, excluded=excluded)
    if not given.is_empty():
        failed = _as_given(failed, given, found)
    return Candidates(found, failed, weighed, offers)


COUNTRY = "country"
"""A wish: the region is what the person said of this list."""

_NO_FOUND = pl.DataFrame(schema={"row": pl.UInt32, "number": pl.Int64, "piece": pl.String})
_NO_FAILED = pl.DataFrame(schema={"row": pl.UInt32, "text": pl.String, "reason": REASONS})

Part = tuple[pl.DataFrame, pl.DataFrame, Offers]


def _by_region(rows: pl.DataFrame, notation: Notation, wishes: Collection[str]) -> list[Part]:
    if "region" not in rows.columns:
        return [_read(rows, notation, wishes)]
    groups = rows.partition_by("region", as_dict=True, include_key=False)
    # A column is written in one way, so its largest country tells for all.
    sizes = {str(named): some.height for (named,), some in groups.items() if named}
    most = max(sizes, key=lambda named: sizes[named], default=None)
    bare = Bare.DIALLED
    if most is not None:
        bare = weigh(groups[most,]["text"], most, is_said=True).notation.bare
    return [
        _read(some, Notation(str(named), bare, is_closed=True) if named else notation, wishes)
        for (named,), some in groups.items()
    ]


def _as_given(failed: pl.DataFrame, given: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Report a line as it was written where nothing was found in it; of others what is left."""
    unread = given.join(failed, on="row", how="semi")
    if unread.is_empty():
        return failed
    unread = unread.filter(~pl.col("row").is_in(found["row"].implode()))
    failed = failed.join(unread, on="row", how="left", maintain_order="left")
    again = pl.col("given").is_not_null() & ~pl.struct("row").is_first_distinct()
    failed = failed.filter(~again)
    return failed.select("row", pl.coalesce("given", "text").alias("text"), "reason")


def _read(lines: pl.DataFrame, notation: Notation, wishes: Collection[str]) -> Part:
    numbers, failed = read_numbers(lines["text"], notation)
    whole = pl.lit(None, pl.String).alias("piece")
    found = lines.select("row", numbers.alias("number"), whole).drop_nulls("number")
    if failed.is_empty():
        return found, failed.select("row", pl.lit("").alias("text"), "reason"), Offers()
    rows = lines.select("row", "first", "text").filter(numbers.is_null())
    rows = rows.with_columns(failed["reason"])
    pieces = split(rows.drop("first"), notation)
    pieces, offers = with_offers(pieces, notation, wishes)
    better = pieces.filter(pl.col("number").is_not_null()).select("row", "number", piece="text")
    if not better.is_empty():
        found = found.lazy().merge_sorted(better.lazy(), key="row").collect()
    # A document may name its column in the first line, which is no failed number.
    headers = rows.filter(pl.col("first") & ~pl.col("text").str.contains(r"\p{Nd}{4}"))
    word = pl.col("text").str.contains(r"\p{L}")  # "Phone 2" is too short for a number
    unread = pl.col("reason") == Reason.NOT_A_NUMBER
    headers = headers.filter(unread | (word & (pl.col("reason") == Reason.TOO_SHORT)))
    worse = pieces.filter(pl.col("number").is_null()).join(headers, on="row", how="anti")
    return found, worse.select("row", "text", "reason"), offers
