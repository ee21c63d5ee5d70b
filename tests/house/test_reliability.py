"""The page about faults and the tests that stage them name each other."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reliability.md").read_text("utf-8")
OPERATIONS = (ROOT / "docs/operations.md").read_text("utf-8")

# Files that contain only faults: the page names each of their tests.
OF_FAULTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in (
        "kills/test_*.py",
        "conversations/faults/test_leaks.py",
        "conversations/faults/test_machine.py",
        "conversations/faults/test_start.py",
        "conversations/faults/test_telegram.py",
        "conversations/*/test_faults_*.py",
        "conversations/*/test_services_in_trouble.py",
        "conversations/*/test_bad_files.py",
        "conversations/*/test_strange_results.py",
        "conversations/*/test_lookup_troubles.py",
        "conversations/*/test_lookup_pauses.py",
    )
    for path in (ROOT / "tests").glob(pattern)
)
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_LOGGED = re.compile(r"`([a-z][^`:]*)`")


@cache
def staged_in(path: str) -> frozenset[str]:
    """Return the test functions of a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = (node.name for node in tree.body if isinstance(node, kinds))
    return frozenset(name for name in names if name.startswith("test_"))


def faults() -> dict[str, str]:
    """Return what the page says of each fault, by the fault's name."""
    found = re.findall(r"^- \*\*(.+?)\*\*\n(.*?)(?=^- |^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert len(found) > 40, "the page is written otherwise now; mend this test"
    assert len(found) == PAGE.count("\n- "), "each fault is a point of the page"
    return dict(found)


def test_each_fault_has_a_test() -> None:
    """Protects readers from empty promises: each fault names tests, and these exist."""
    for fault, told in faults().items():
        named = _NAMED.findall(told)
        assert named, f"no test stages: {fault}"
        assert told.count("::") == len(named), f"a test is misspelt: {fault}"
        for path, name in named:
            assert (ROOT / path).is_file(), path
            assert name in staged_in(path), f"{path}::{name}"


@pytest.mark.parametrize("path", OF_FAULTS)
def test_each_test_of_a_fault_is_on_the_page(path: str) -> None:
    """Protects the page from falling behind: each test of a fault is named there."""
    named = {name for place, name in _NAMED.findall(PAGE) if place == path}
    assert sorted(staged_in(path) - named) == []


def test_each_log_line_and_note_is_explained() -> None:
    """Protects an operator who follows this page to operations: it explains everything named."""
    lines = re.findall(r"Operators see: (.+?)(?=\n  - )", PAGE, re.DOTALL)
    assert lines
    told = " ".join(OPERATIONS.split())
    named = {" ".join(name.split()) for line in lines for name in _LOGGED.findall(line)}
    assert sorted(name for name in named if name not in told) == []
