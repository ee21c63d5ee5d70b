"""Fixtures that the house's tests share."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 60

Run = Callable[..., str]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a program as an operator would; return its output, fail if it failed."""

    def run_program(*words: str | Path, cwd: Path = ROOT, **env: str) -> str:
        done = subprocess.run(  # noqa: S603 # our own commands
            [str(word) for word in words],
            cwd=cwd,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"{words} ended with {done.returncode}:\n{done.stderr}"
        return done.stdout

    return run_program


@pytest.fixture(scope="session")
def scripts() -> Path:
    """The folder with this environment's programs."""
    return Path(sys.executable).parent
