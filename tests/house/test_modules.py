"""The shape of the code."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "bot",
    "handlers",
    "checking",
    "sheets",
    "storage",
    "sandbox",
    "scripts",
    "tests",
    "bench",
)
MOST_LINES = 300


def test_modules_stay_short() -> None:
    """Protects readers: a module that grows beyond this has become two."""
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}
