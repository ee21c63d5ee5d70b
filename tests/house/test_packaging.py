"""Packaging: the wheel has every file, the locks have every dependency."""

import re
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
LOCKS = {
    "requirements.lock": ["build"],
    "requirements-dev.lock": ["build", "dev"],
}
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\]+)")

# Data files beside the code, read with only the installed package. `handlers` is
# not imported: aiogram takes seconds, and the list of files is compared anyway.
PROBE = """
import asyncio, sys
from importlib.util import find_spec
from pathlib import Path
import bot.cli, checking.services.catalogue, storage.database
from storage.sealing.vault import Vault
home = Path(sys.argv[1])
for name in ("bot", "handlers", "checking", "storage"):
    assert Path(find_spec(name).origin).is_relative_to(home), name
assert checking.services.catalogue.load(frozenset()).all()
async def make() -> None:
    database = storage.database.Database(f"sqlite+aiosqlite:///{home}/new.db", Vault(bytes(32)))
    await database.open()
    await database.close()
asyncio.run(make())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, run: Callable[..., str]) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    return next(folder.glob("*.whl"))


def test_wheel_holds_every_file(wheel: Path) -> None:
    """Protects texts, the catalogue and migrations, which no import would miss."""
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert any(name.endswith(".ftl") for name in wanted)
    assert not wanted - held


def test_wheel_works_where_it_is_installed(
    wheel: Path, tmp_path: Path, run: Callable[..., str]
) -> None:
    """Protects operators: the package works without the checkout it was built from."""
    pip = (sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check")
    only = ("--no-deps", "--no-index", "--no-compile")
    run(*pip, "install", *only, "--target", tmp_path, wheel)
    run(sys.executable, "-c", PROBE, tmp_path, cwd=tmp_path, PYTHONPATH=str(tmp_path))
    script = tmp_path / "bin" / "numberdesk"
    assert "doctor" in run(sys.executable, script, "--help", PYTHONPATH=str(tmp_path))


def pins(lock: str) -> dict[str, str]:
    """Return name and version of all entries in a lock; each has at least one hash."""
    found: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8")):
        if entry.startswith("#") or not entry.strip():
            continue
        pin = _PIN.match(entry)
        assert pin, f"{lock}: {entry.splitlines()[0]} is not pinned"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), f"{lock}: {pin[0]} has no hash"
        found[canonicalize_name(pin["name"])] = pin["version"]
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_every_dependency(lock: str) -> None:
    """Protects installs: each dependency in pyproject is pinned, with hash and fitting version."""
    held = pins(lock)
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = PROJECT["project"]["dependencies"] + [
        each for extra in LOCKS[lock] for each in extras[extra]
    ]
    for each in map(Requirement, wanted):
        version = held.get(canonicalize_name(each.name))
        assert version, f"{lock} lacks {each.name}; run make lock"
        assert each.specifier.contains(version), f"{lock} has {each.name} {version}"


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_index(lock: str) -> None:
    """Protects everybody whose packages come from another index than ours."""
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^--(index|extra-index|find-links|trusted)", text, re.MULTILINE)


def test_tests_run_with_what_is_shipped() -> None:
    """Protects against testing other versions than operators get."""
    shipped, tested = pins("requirements.lock"), pins("requirements-dev.lock")
    assert shipped.items() <= tested.items()
