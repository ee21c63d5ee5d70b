"""A list split into numbers whose answers are remembered, and new ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from sheets.memory.digests import digests_of
from sheets.memory.packing import pack, unpack

_ROWS_AT_ONCE = 2_000_000
"""Rows of blocks that are compared with the list at once: few joins, however small each block."""
_NUMBERS_AT_ONCE = 1_000_000
"""Numbers of the list that are: a join takes several times their space."""

Said = tuple[str, str, float]
"""An answer as the service wrote it, the bucket it was counted in, and when it was given."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block as `blocks.encode` wrote it, under which key, and when its answers were given."""

    answered_at: float
    data: bytes | memoryview
    key: bytes


@dataclass(frozen=True, slots=True)
class Split:
    """A list, split.

    new: E.164 with their +, in the order of the list.
    said: the different answers to the others.
    known: number (Int64, E.164 without its +), said (index of its answer), in no order.
    """

    new: pl.Series
    said: list[Said]
    known: pl.DataFrame


_NOTHING = pl.DataFrame(schema={"place": pl.UInt32, "said": pl.UInt32})


def split(numbers: pl.Series, blocks: Sequence[Block]) -> Split:
    """Find the newest remembered answer to each number (E.164 with its +, each once)."""
    asked = {
        key: pl.DataFrame({"digest": digests_of(numbers, key)}).with_row_index("place")
        for key in {block.key for block in blocks}
    }
    said: list[Said] = []
    found = [_NOTHING]
    for key, held in _batches(blocks, said):
        pieces = asked[key].iter_slices(_NUMBERS_AT_ONCE)
        hits = pl.concat([_NOTHING, *(_newest(piece, held) for piece in pieces)])
        asked = {key: rest.join(hits, on="place", how="anti") for key, rest in asked.items()}
        found.append(hits)
    known = pl.concat(found)
    used = known["said"].unique().sort()
    is_new = ~pl.int_range(numbers.len(), dtype=pl.UInt32, eager=True).is_in(known["place"])
    return Split(
        new=numbers.filter(is_new),
        said=[said[each] for each in used],
        known=pl.DataFrame(
            {
                "number": numbers.gather(known["place"]).str.strip_prefix("+").cast(pl.Int64),
                "said": used.search_sorted(known["said"]).cast(pl.UInt32),
            }
        ),
    )


def _newest(asked: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    hits = asked.join(held, on="digest", maintain_order="right").select("place", "said")
    return hits.unique("place", keep="first", maintain_order=True)


def _batches(blocks: Sequence[Block], said: list[Said]) -> Iterator[tuple[bytes, pl.DataFrame]]:
    """Yield digest and said of blocks, the newest first, several of one key at once.

    said: Where their answers go, as its indexes.
    """
    newest_first = sorted(blocks, key=lambda block: block.answered_at, reverse=True)
    for key, of_key in groupby(newest_first, key=lambda block: block.key):
        held: list[pl.DataFrame] = []
        for block in of_key:
            answers, rows = unpack(block.data)
            held.append(rows.select("digest", pl.col("said").cast(pl.UInt32) + len(said)))
            said += [(answer, bucket, block.answered_at) for answer, bucket in answers]
            if sum(each.height for each in held) >= _ROWS_AT_ONCE:
                yield key, pl.concat(held)
                held = []
        if held:
            yield key, pl.concat(held)


def write(found: Split) -> bytes:
    """Write the known part of a split."""
    return pack(found.said, found.known)


def read(data: bytes) -> pl.DataFrame:
    """Read what `write` wrote: number (Int64), answer, bucket and answered_at of each."""
    said, known = unpack(data)
    answers = pl.DataFrame(
        said,
        schema={"answer": pl.String, "bucket": pl.String, "answered_at": pl.Float64},
        orient="row",
    )
    return known.select("number").hstack(answers.select(pl.all().gather(known["said"])))
