"""All that is done to lines before numbers are read from them."""

import polars as pl

from sheets.lists.batches import batches
from sheets.lists.cuts.asides import without_asides
from sheets.lists.cuts.joints import with_joints
from sheets.lists.cuts.links import without_links
from sheets.lists.cuts.signs import with_plain_signs

_PLAIN = r"^\+?[0-9]*$"


def prepared(texts: pl.Series) -> pl.Series:
    """Take out what is no number, and mark where numbers end. Plain lines stay unchanged."""
    changed = changes(texts)
    return texts.scatter(changed["at"], changed["text"]) if changed.height else texts


def changes(texts: pl.Series) -> pl.DataFrame:
    """Return only the texts that `prepared` changes: at (UInt32, their index), text, given."""
    frame = texts.alias("given").to_frame().with_row_index("at")
    some = frame.filter(~pl.col("given").str.contains(_PLAIN))
    parts = (some["given"].slice(*each) for each in batches(some["given"]))
    made = [with_joints(without_asides(without_links(with_plain_signs(part)))) for part in parts]
    text = pl.concat(made or [some["given"]]).alias("text")
    return some.with_columns(text).filter(pl.col("text") != pl.col("given"))
