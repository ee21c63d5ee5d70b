"""Lines that aren't one number: several numbers, or numbers among words.

Only lines that `e164.normalise` couldn't read come here, so the common list never pays for it.
A line is split in three steps, each for the rest of the one before: at separators, then around
what looks like a number within words, then at single spaces.
"""

import polars as pl

from sheets.lists.batches import batches
from sheets.phones.e164 import Notation, read_numbers
from sheets.phones.failures import REASONS
from sheets.phones.numbering_plan import mobile_lengths
from sheets.phones.reasons import Reason

ENOUGH_DIGITS = 7
"""A piece with fewer digits is a date, a house number or an id, and not worth reporting."""

WHOLE_DIGITS = 9
"""Digits from which a word without a plus sign is taken for a number among other words.

So are those with exactly as many as a mobile of the region has, where that is fewer.
"""

_SINGLE = r"^\+?[0-9]+$"
_SEPARATOR = r"[,;|\t\x0b\x0c\u2028\u2029]|\s{2,}|\s/\s"
_GLUED = r"(\p{Nd})\s?\+"  # a plus sign right behind a digit begins the next number
_BORDER = r"(?:\s+\p{Pd}+\s+|[.]\s+|\s*([(\[]))"
_ABROAD = r"^\W*(?:\+|00)"
_DIGITS = r"\p{Nd}"
# A number within words: not glued to letters or signs in front, only one plus at its start.
_RUN = (
    r"(?:^|[^\p{L}\p{N}_@#=&%$€£.+\-/])\+?[(\[]?\p{Nd}(?:[\p{Nd} \u00a0().\-\p{Pd}\[\]/]*\p{Nd})?"
)
_GLUE = r"^[^\p{Nd}+(\[]"
_STANDS_OUT = rf"^\s*[(\[]?(?:\+|00)|(?:\p{{Nd}}\D*){{{WHOLE_DIGITS}}}"


def split(lines: pl.DataFrame, notation: Notation) -> pl.DataFrame:
    """Find the numbers in lines that aren't one.

    Args:
        lines: Columns row (UInt32, unique, rising), text (String), reason (why it is no number).
        notation: How the numbers of the list are written.

    Returns:
        Columns row, text, number (Int64 or null), reason: at least one row for each line, in
        the order of the lines and within them. A line without any number comes back once,
        unchanged; otherwise each piece has a row. Also core, the one thing in a text that looks
        like a number, else the text itself; and why, the reason why that is none.
    """
    parts = [_split_some(lines.slice(*some), notation) for some in batches(lines["text"])]
    return pl.concat(parts or [_split_some(lines, notation)])


def _split_some(lines: pl.DataFrame, notation: Notation) -> pl.DataFrame:
    single = lines["text"].str.contains(_SINGLE)
    if single.any():  # there is only one way to read these, and it was tried
        alone = lines.filter(single).with_columns(number=pl.lit(None, pl.Int64))
        alone = _by_themselves(alone)
        rest = _split(lines.filter(~single), notation)
        return alone.select(rest.columns).lazy().merge_sorted(rest.lazy(), key="row").collect()
    return _split(lines, notation)


def _split(lines: pl.DataFrame, notation: Notation) -> pl.DataFrame:
    text = pl.col("text")
    parted = text.str.contains(_SEPARATOR) | text.str.contains(_GLUED)
    several = lines.filter(parted & text.str.contains(_DIGITS))
    tabs = text.str.replace_all(_GLUED, "${1}\t+").str.replace_all(_SEPARATOR, "\t")
    cells = several.select("row", tabs.str.extract_all(r"[^\t]+"))
    cells = _exploded(cells).filter(text.str.contains(_DIGITS))
    cells = _read(cells, notation)
    undivided = lines.join(several, on="row", how="anti").filter(text.str.contains(_DIGITS))
    undivided = undivided.select("row", "text", number=pl.lit(None, pl.Int64), reason="reason")
    cells = pl.concat([cells, undivided]).with_row_index("cell")
    # The digits in front of an exponent look like a number and are none.
    lost = (pl.col("reason") == Reason.DIGITS_LOST).fill_null(value=False)
    runs = _runs(cells.filter(pl.col("number").is_null() & ~lost), notation)
    found = pl.col("number").is_not_null()
    cores = runs.filter((pl.len().over("row") == 1) & ~found)
    cores = cores.select("row", core="text", why="reason")
    runs = runs.filter(found.any().over("cell"))
    cells = cells.join(runs, on="cell", how="anti")
    pieces = pl.concat([cells, runs.select(cells.columns)]).sort("row", "cell", maintain_order=True)
    pieces = pieces.filter(found | (text.str.count_matches(_DIGITS) >= ENOUGH_DIGITS))
    pieces = pieces.filter((found.any() | (pl.len() > 1)).over("row")).drop("cell")
    pieces = _by_themselves(pieces)
    whole = lines.join(pieces, on="row", how="anti").join(cores, on="row", how="left")
    whole = whole.with_columns(
        number=pl.lit(None, pl.Int64),
        core=pl.col("core").fill_null(text),
        why=pl.col("why").fill_null(pl.col("reason")),
    )
    return pl.concat([whole.select(pieces.columns), pieces]).sort("row", maintain_order=True)


def _by_themselves(pieces: pl.DataFrame) -> pl.DataFrame:
    return pieces.with_columns(core="text", why="reason")


def _runs(cells: pl.DataFrame, notation: Notation) -> pl.DataFrame:
    """Find what looks like a number within cells that aren't one; the rest is left out."""
    text, found = pl.col("text"), pl.col("number").is_not_null()
    runs = _exploded(cells.select("row", "cell", text.str.extract_all(_RUN)))
    runs = runs.with_columns(text.str.replace(_GLUE, "").str.strip_chars())
    whole = text.str.count_matches(_DIGITS)
    short = mobile_lengths(notation.region) if notation.region is not None else ()
    lengths = [length for length in short if ENOUGH_DIGITS <= length < WHOLE_DIGITS]
    runs = runs.filter(text.str.contains(_STANDS_OUT) | whole.is_in(lengths))
    read = cells.select("cell", "text", "number", "reason")
    same = runs.join(read, on=["cell", "text"], how="inner")  # such a cell was read already
    runs = _read(runs.join(same, on="cell", how="anti"), notation)
    runs = pl.concat([runs, same.select(runs.columns)]).sort("cell", maintain_order=True)
    runs = runs.with_row_index("run")
    words = runs.filter(~found & text.str.contains(r"\s"))
    # Two numbers in groups, which show where they begin or end; else each word by itself.
    parts = text.str.replace_all(_BORDER, "\t${1}").str.extract_all(r"[^\t]+")
    first = parts.list.first().str.count_matches(_DIGITS)  # a calling code alone is no number
    long = (whole >= 2 * ENOUGH_DIGITS) & (first >= ENOUGH_DIGITS) & text.str.contains(_BORDER)
    code = (long & text.str.contains(_ABROAD)).alias("code")
    parts = pl.when(long).then(parts).otherwise(text.str.extract_all(r"\S+")).alias("text")
    words = _exploded(words.select("row", "cell", "run", code, parts)).filter(whole > 0)
    # Only where a word could be a whole number; most runs are one number in groups.
    words = words.filter(((whole >= WHOLE_DIGITS) | whole.is_in(lengths)).any().over("run"))
    words = _read(words, notation)
    # Behind a number with its code, digits without one are of that country or of none.
    words = _without(words, found & pl.col("code") & ~text.str.contains(_ABROAD)).drop("code")
    words = _whole(words)
    # Split only if that yields numbers; otherwise the piece is reported unchanged.
    words = words.filter(found.any().over("run"))
    runs = runs.join(words, on="run", how="anti")
    pieces = pl.concat([runs, words.select(runs.columns)]).sort("run", maintain_order=True)
    return pieces.drop("run")


def _whole(words: pl.DataFrame) -> pl.DataFrame:
    """Take no word for a number that may be the rest of one: 96123-4567 in "(11) 96123-4567".

    It may, if digits that are no number stand before it, and nothing shows that it begins anew:
    a plus sign, a calling code, or a prefix, which is no part of the number.
    """
    number, digits = pl.col("number").cast(pl.String), pl.col("text").str.replace_all(r"\D", "")
    words = words.with_columns(bare=number.str.ends_with(digits) & (number != digits))
    begins = (~pl.col("bare")).fill_null(value=False).cum_sum().over("run").alias("begins")
    unread = pl.col("number").is_null().cum_sum().over("run", "begins")
    doubt = pl.col("bare").fill_null(value=False) & (unread > 0)
    return _without(words.with_columns(begins), doubt).drop("bare", "begins")


def _without(words: pl.DataFrame, these: pl.Expr) -> pl.DataFrame:
    """Take these for no numbers."""
    none = pl.lit(Reason.NOT_A_NUMBER.value, REASONS)
    return words.with_columns(
        number=pl.when(~these).then("number"),
        reason=pl.when(these).then(none).otherwise("reason"),
    )


def _read(pieces: pl.DataFrame, notation: Notation) -> pl.DataFrame:
    """Add number (Int64) and reason to pieces with a column text."""
    numbers, failed = read_numbers(pieces["text"], notation)
    reasons = pl.DataFrame({"row": pl.int_range(pieces.height, dtype=pl.UInt32, eager=True)})
    reasons = reasons.join(failed, on="row", how="left", maintain_order="left")
    return pieces.with_columns(numbers, reasons["reason"])


def _exploded(pieces: pl.DataFrame) -> pl.DataFrame:
    return pieces.explode("text").drop_nulls("text")
