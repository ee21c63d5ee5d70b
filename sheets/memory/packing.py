"""How remembered answers are written: each different answer once, and an index into these a row.

The length of the answers' JSON (four bytes), that JSON, and an Arrow file of integers.
"""

import io
import json
import struct
from collections.abc import Sequence
from typing import Any

import polars as pl

_LENGTH = struct.Struct("<I")


def pack(said: Sequence[Sequence[Any]], rows: pl.DataFrame) -> bytes:
    """Write the different answers, and rows of integers whose `said` is an index into them."""
    words = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    out = io.BytesIO(_LENGTH.pack(len(words)) + words)
    out.seek(0, io.SEEK_END)
    rows.write_ipc(out)
    return out.getvalue()


def unpack(data: bytes | memoryview) -> tuple[list[Any], pl.DataFrame]:
    """Read what `pack` wrote."""
    (length,) = _LENGTH.unpack_from(data)
    start = _LENGTH.size + length
    return json.loads(bytes(data[_LENGTH.size : start])), pl.read_ipc(io.BytesIO(data[start:]))
