"""Sealed files: each opens for its own task only."""

from pathlib import Path

import pytest

from storage.sealing.files import PIECE, SealedWriter, is_sound, read_sealed
from storage.sealing.vault import Vault, WrongKeyError
from storage.upkeep import reseal

KEY, OTHER_KEY = bytes(32), bytes(range(32))


def written(path: Path, vault: Vault, size: int = 10) -> bytes:
    """Write the result of the task that the file is named after; return it."""
    data = path.stem.encode() * size
    with SealedWriter(path, vault, path.stem) as file:
        file.write(data)
        file.close()
    return data


@pytest.mark.parametrize("size", [0, 10, PIECE])
def test_the_result_of_another_task_is_refused(tmp_path: Path, size: int) -> None:
    """Protects people's answers: a file, or a row that names it, was moved to another task."""
    path, vault = tmp_path / "t1.zip", Vault(KEY)
    data = written(path, vault, size)
    assert b"".join(read_sealed(path, vault, "t1")) == data
    assert not is_sound(path, vault, "t2")
    with pytest.raises(WrongKeyError):
        next(read_sealed(path, vault, "t2"))


def test_files_from_before_are_bound_with_the_new_key(tmp_path: Path) -> None:
    """Protects results that wait while the key is changed: they open, each for its own task."""
    path, old, new = tmp_path / "t1.zip", Vault(KEY), Vault(OTHER_KEY)
    old.binds_rows = False
    data = written(path, old)
    assert is_sound(path, old, "any")
    assert reseal.rekey_files(tmp_path, old, new) == 1
    reseal.finish_files(tmp_path)
    assert [*tmp_path.iterdir()] == [path]
    assert b"".join(read_sealed(path, new, "t1")) == data
    assert not is_sound(path, new, "any")
