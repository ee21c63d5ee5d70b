"""Long columns of texts, a part at a time, so that what is made of them stays small."""

from collections.abc import Iterator

import polars as pl

BATCH = 4_000_000
"""Bytes of the texts in one batch; the last of them may reach beyond."""


def batches(texts: pl.Series) -> Iterator[tuple[int, int]]:
    """Yield the first row and the number of rows of each batch; none without rows."""
    group = texts.str.len_bytes().fill_null(0).cast(pl.Int64).cum_sum() // BATCH
    starts = (group.diff().fill_null(1) != 0).arg_true().to_list()
    for start, end in zip(starts, [*starts[1:], texts.len()][: len(starts)], strict=True):
        yield start, end - start
