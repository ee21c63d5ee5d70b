"""Blobs, a file and a digest as an earlier version wrote them: an upgrade must read them."""

from base64 import b64decode
from pathlib import Path

import pytest

from storage.sealing.files import read_sealed
from storage.sealing.vault import Vault

KEY = bytes(range(32))
NUMBER = b"+447400000000"
PLACE = ("lists.body", "l1")
SHORT = b64decode("AAECAwQFBgcICQoLqBJ+NYa8hVMiNwSuybd2O4bpunU3kSaoc6iCcywr")
LONG = b64decode("AAECAwQFBgcICQoLqUFL0oe5hFQjhzawFNbGU7LlxaeO/YWfnoGw15m5l9nRkLUODq8irWWwOeE=")
OF_ANY_ROW = b64decode("AAECAwQFBgcICQoLqBJ+NYa8hVMiNwSuybdPtLc4ZmncPS1Zn62P8w4l")
FILE = b64decode("AAECAwQFBgf7iebJWQ8qZvcmXwcXGa1HRHAx4maeotRGDZUgp0NopaCctCzYB2omRmBjLvhe")
DIGEST = "5fcb95a523e1fa22a1427ca9a4b60bddd3f8be9628f43c6fd847b9c5ecd503fd"


@pytest.mark.parametrize(("blob", "plain"), [(SHORT, NUMBER), (LONG, (NUMBER + b"\n") * 40)])
def test_blobs_still_open(blob: bytes, plain: bytes) -> None:
    """Protects every list and answer that is stored: with another format all would be lost."""
    assert Vault(KEY).open(blob, *PLACE) == plain


def test_blobs_of_databases_from_before_still_open() -> None:
    """Protects databases whose blobs are bound to their column alone."""
    vault = Vault(KEY)
    vault.binds_rows = False
    assert vault.open(OF_ANY_ROW, *PLACE) == NUMBER


def test_result_files_still_open(tmp_path: Path) -> None:
    """Protects results that wait on the disk to be delivered."""
    path = tmp_path / "result"
    path.write_bytes(FILE)
    assert b"".join(read_sealed(path, Vault(KEY), "t1")) == b"Number,band\n+447400000000,yes\n"


def test_digests_stay_what_they_are() -> None:
    """Protects quotas, invitations and remembered answers, which are found by their digests."""
    assert Vault(KEY).digest(NUMBER, "lookups.number") == DIGEST
