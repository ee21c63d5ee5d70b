"""Blocks of remembered answers: those to one list, by digests of its numbers.

A row is a digest of eight bytes and an index of two. Kept is each answer as the service wrote it,
and what it was counted as. Neither kept is *unknown*, for the service may know more next time, nor
a detail, such as a signature: of these stays whether there was one.
"""

import polars as pl

from sheets.answers.answers import Answers
from sheets.answers.counting import keys_of
from sheets.answers.meaning import Meaning
from sheets.memory.digests import digests_of
from sheets.memory.packing import pack

LONGEST_ANSWER = 100
"""Characters of an answer that is kept: as long as a word of the catalogue may be."""
MOST_ANSWERS = 1 << 16
"""Different answers in a block; of more the commonest are kept."""
_AROUND = 20
"""Bytes around such an answer."""
BYTES_OF_EACH, BYTES_OF_ANY = 8, 1 << 16
"""That all of these may take, for each number, and in any block."""


def encode(numbers: pl.Series, answers: Answers, meaning: Meaning, key: bytes) -> tuple[bytes, int]:
    """Write the answers to the numbers submitted (E.164 with their +), and how many these are.

    Answers to other numbers, which a service may have added, are left out. So is what no number
    has in common with many others, where it would take more than these bytes.
    """
    found = keys_of(numbers, answers, meaning).select("answer", "key", number=numbers)
    found = found.filter(
        ~pl.col("key").is_in(["unknown", "missing"]),
        pl.col("answer").str.len_chars() <= LONGEST_ANSWER,
    )
    most = BYTES_OF_EACH * found.height + BYTES_OF_ANY
    said = found.group_by("answer", "key").len().sort("len", "answer", "key", descending=True)
    size = (pl.col("answer").str.len_bytes() + _AROUND).cum_sum()
    said = said.head(MOST_ANSWERS).filter(size <= most).select("answer", "key")
    found = found.join(said.with_row_index("said"), on=["answer", "key"], maintain_order="left")
    rows = pl.DataFrame(
        {"digest": digests_of(found["number"], key), "said": found["said"].cast(pl.UInt16)}
    ).sort("digest")
    return pack(said.rows(), rows), rows.height
