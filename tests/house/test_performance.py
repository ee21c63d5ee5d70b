"""The page of benchmarks agrees with the measurements."""

import ast
from pathlib import Path

from bench import MEASURES
from bench.measures import row
from bench.page import Measured, sections, updated

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/performance.md").read_text("utf-8")


def measuring() -> set[str]:
    """Return the modules of bench/ that measure: those with a `run`."""
    return {
        path.stem
        for path in (ROOT / "bench").rglob("*.py")
        if any(
            isinstance(node, ast.FunctionDef) and node.name == "run"
            for node in ast.parse(path.read_text("utf-8")).body
        )
    }


def new(name: str, *lines: str) -> Measured:
    """Return a possible result of this measurement."""
    return Measured(name, f"What {name} asks.", "2024-06-07, 2 cores", lines)


def test_each_measurement_is_run_and_stands_on_the_page() -> None:
    """Protects readers: `make bench` runs every measurement, and the page shows it."""
    assert measuring() == set(MEASURES)
    assert list(sections(PAGE)) == list(MEASURES)


def test_page_is_what_the_bench_writes() -> None:
    """Protects the figures: they come from the bench alone, and the rest of the page stays."""
    for name, section in sections(PAGE).items():
        head, *rest = section.split("\n\n")
        assert head == f"## {name}"
        assert any(each.startswith(("Measured 20", "Not measured yet")) for each in rest)
    before, _, _ = updated("", new("a"), ["a"]).partition("<!--")
    assert PAGE.startswith(before)


def test_one_measurement_leaves_the_others_as_they_are() -> None:
    """Protects the rest of the page when one measurement is run alone."""
    order = ["first", "second", "third"]
    page = updated("", new("third", row("of three", ours="3")), order)
    page = updated(page, new("first", row("of one", ours="1"), "A remark."), order)
    before = sections(page)
    page = updated(page, new("second", row("of two", ours="2")), order)
    after = sections(page)
    assert list(before) == list(after) == order
    assert "Not measured yet" in before.pop("second")
    assert {name: after[name] for name in before} == before
    page = updated(page, new("first", row("of one", ours="100", goal="99", met=True)), order)
    assert sections(page)["third"] == before["third"]
    assert "| of one |  | 100 |  | 99 | met |" in sections(page)["first"]
    assert "A remark." not in page


def test_a_missed_goal_is_told() -> None:
    """Protects readers from a page that hides missed goals."""
    page = updated("", new("a", row("of a", ours="1", goal="2", met=False)), ["a"])
    assert "| of a |  | 1 |  | 2 | NOT met |" in page
