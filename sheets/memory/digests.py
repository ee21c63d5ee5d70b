"""Keyed digests of numbers: what a remembered answer is found by, instead of its number."""

import polars as pl
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import ECB

KEY_BYTES = 32
_WIDTH = 16
"""Bytes of an AES block, and the most that E.164 with its + has."""
_AT_ONCE = 1 << 20
"""Numbers that stand in memory as Python's integers, which take four times the space."""


def prepare() -> None:
    """Load the cipher before a process may open no files.

    Without polars, whose threads would not be there in a process that is forked later.
    """
    Cipher(AES256(bytes(KEY_BYTES)), ECB()).encryptor().update(bytes(_WIDTH))  # noqa: S305


def digests_of(numbers: pl.Series, key: bytes) -> pl.Series:
    """Return a keyed digest (Int64) for each E.164 number: the first half of its AES-256 block.

    Each number fits into one block, so nothing is chained, and equal numbers have equal digests,
    which is what they are for. It takes a tenth of the time of BLAKE2 called for each number.
    """
    cipher = Cipher(AES256(key), ECB())  # noqa: S305 # one block each: a pseudorandom function
    encryptor = cipher.encryptor()
    found = []
    for start in range(0, numbers.len(), _AT_ONCE):
        piece = numbers.slice(start, _AT_ONCE)
        plain = "".join(piece.str.pad_end(_WIDTH, "\0").to_list()).encode()
        if len(plain) != _WIDTH * piece.len():
            raise ValueError("a number that is longer than E.164")
        sealed = memoryview(encryptor.update(plain)).cast("q")
        found.append(pl.Series(sealed[::2].tolist(), dtype=pl.Int64))
    return pl.concat(found) if found else pl.Series(dtype=pl.Int64)
