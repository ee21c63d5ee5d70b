"""Split a list into numbers whose answers are remembered, and new ones."""

from collections.abc import Sequence
from typing import Any

from sheets.lists import intake
from sheets.memory import splitting
from sheets.memory.digests import KEY_BYTES
from sheets.memory.sketch import sketch as sketch_of
from sheets.memory.splitting import Block

Made = tuple[dict[str, Any], list[bytes]]


def recall(
    posted: bytes, held: bytes, keys: bytes, *, blocks: Sequence[tuple[int, float, int]]
) -> Made:
    """Split the numbers of a list.

    held, keys: Files with all blocks and with all keys, one after the other.
    blocks: Of each block its size in bytes, when its answers were given, and the place of its key.
    Gives the new numbers as an upload, and the answers to the others.
    """
    given, start, whole = [], 0, memoryview(held)
    for size, answered_at, place in blocks:
        key = keys[place * KEY_BYTES :][:KEY_BYTES]
        given.append(Block(answered_at, whole[start : start + size], key))
        start += size
    found = splitting.split(intake.from_upload(posted), given)
    times = [answered_at for _, _, answered_at in found.said]
    return {
        "what": "split",
        "new": found.new.len(),
        "known": found.known.height,
        "oldest": min(times, default=None),
        "newest": max(times, default=None),
    }, [intake.as_upload(found.new), splitting.write(found)]


def sketch(posted: bytes, key: bytes) -> Made:
    """Give a sketch of a list's numbers."""
    return {"what": "sketch"}, [sketch_of(intake.from_upload(posted), key)]
