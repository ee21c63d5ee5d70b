"""The command line: every command starts, and is documented."""

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from bot.cli import app

ROOT = Path(__file__).parents[2]
SCRIPTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_entry_point_starts(script: str, run: Callable[..., str], scripts: Path) -> None:
    """Protects against a broken entry point."""
    printed = run(scripts / script, "--help")
    assert all(command in printed for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_starts(command: str, run: Callable[..., str]) -> None:
    """Protects each command's imports and options."""
    assert "--help" in run(sys.executable, "-m", "bot", command, "--help", COLUMNS="100")


@pytest.mark.parametrize("command", COMMANDS)
def test_operations_tell_of_each_command(command: str) -> None:
    """Protects newcomers: the list of commands has every one."""
    operations = (ROOT / "docs/operations.md").read_text("utf-8")
    assert f"| `numberdesk {command}` |" in operations
