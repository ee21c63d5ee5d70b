"""The canaries' finder: what it must not miss."""

from pathlib import Path

import pytest

from tests.support.canaries import Finder, canary_numbers, files_below, number, spellings, text

LISTED = canary_numbers(20, seed=1)
FILE = "kanarifile.csv"


@pytest.mark.parametrize("spelt", spellings(LISTED[0]).items(), ids=lambda spelt: spelt[0])
def test_the_finder_finds_a_number_in_each_spelling(spelt: tuple[str, bytes]) -> None:
    """Protects these tests from missing a spelling."""
    finder = Finder([number("it", LISTED[0]), number("other", LISTED[1])])
    noise = bytes(range(256)) * 3
    assert finder.found(noise + spelt[1] + noise) == {"it"}
    assert finder.found(noise + spelt[1][: len(spelt[1]) // 2] + noise) == set()


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_finder_finds_words(code: str) -> None:
    """Protects these tests from missing names."""
    finder = Finder([text("name", "Zebedina Quux"), text("file", FILE)])
    assert finder.found(f"… ZEBEDINA Quux,{FILE}".encode(code)) == {"name", "file"}
    assert finder.found(f"Zebedina,{FILE[:-1]}".encode(code)) == set()


def test_files_are_looked_into_wherever_they_are(tmp_path: Path) -> None:
    """Protects these tests from missing a file: subfolders and file names are searched."""
    finder = Finder([number("it", LISTED[0])])
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_bytes(b"x" + spellings(LISTED[0])["digits, 8 bytes"])
    (tmp_path / f"{LISTED[0]}.tmp").touch()
    assert finder.in_files(tmp_path) == {("c", "it"), (f"{LISTED[0]}.tmp", "it")}
    assert len(files_below(tmp_path)) == 2
