"""Long columns of texts, a part at a time, so that what is made of them stays small."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import polars as pl

BATCH = 4_000_000
"""Bytes of the texts in one batch; the last of them may reach beyond."""


WORTH_HALVING = 50_000
"""Rows that two threads share, however small they are; for fewer, two take as long as one."""


def batches(texts: pl.Series, most_bytes: int = BATCH) -> Iterator[tuple[int, int]]:
    """Yield the first row and the number of rows of each batch; none without rows."""
    group = texts.str.len_bytes().fill_null(0).cast(pl.Int64).cum_sum() // most_bytes
    starts = (group.diff().fill_null(1) != 0).arg_true().to_list()
    for start, end in zip(starts, [*starts[1:], texts.len()][: len(starts)], strict=True):
        yield start, end - start


def by_batches(work: Callable[[int, int], pl.DataFrame], texts: pl.Series) -> list[pl.DataFrame]:
    """Do some work for each batch, two at a time; its results in their order.

    Most of polars' work on texts needs one core, and lets go of the interpreter.
    """
    most = BATCH
    if texts.len() >= WORTH_HALVING:
        most = min(BATCH, int(texts.str.len_bytes().sum()) // 2 + 1)
    some = list(batches(texts, most))
    if len(some) < 2:  # noqa: PLR2004 # one by itself
        return [work(*each) for each in some]
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(lambda each: work(*each), some))
