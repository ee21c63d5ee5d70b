"""Which Pythons the project is for, and how make finds one."""

import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.conftest import Run

ROOT = Path(__file__).parents[2]
GONE = "exit 127"  # a shim whose Python isn't installed


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for PATH, with a shell and no Python yet; nobody has chosen one, as CI does."""
    for chosen in ("PYTHON", "MAKEFLAGS"):
        monkeypatch.delenv(chosen, raising=False)
    for name in ("sh", "make", "test"):
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    return tmp_path


def is_there(machine: Path, name: str, does: str = f'exec {sys.executable} "$@"') -> None:
    """Put a command onto the machine."""
    file = machine / name
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(0o755)


@pytest.mark.parametrize(
    "name", ["python3.11", "python3.12", "python3.13", "python3.14", "python3"]
)
def test_make_finds_a_python(run: Run, machine: Path, name: str) -> None:
    """Protects the first minute: whichever fitting Python there is, make takes it."""
    for other in ("python3.11", "python3.12", "python3"):
        is_there(machine, other, GONE)
    is_there(machine, name)
    said = run("make", "-n", "-B", ".venv/.run", PATH=str(machine))
    assert f"|| {name} -m venv .venv" in said


def test_make_passes_by_what_does_not_fit(run: Run, machine: Path) -> None:
    """Protects from a Python that is too old, and says what is needed."""
    for name in ("python3.11", "python3"):
        is_there(machine, name, "exit 1")
    said = run("make", "-n", "-B", ".venv/.run", PATH=str(machine))
    assert 'test -n ""' in said
    assert "Python 3.11, 3.12, 3.13 or 3.14 is needed" in said


def test_the_project_says_what_was_played() -> None:
    """Protects from promises: classifiers name the versions that played, the least first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert named == ["3.11", "3.12", "3.13"]
    assert project["requires-python"] == f">={named[0]}"
