"""Figures of the code's structure: folders, import cycles, lengths, complexity.

    python -m scripts.house [FOLDER OF ANOTHER CHECKOUT]

They cover the product's packages without migrations; files per folder also tests, bench, soak and
scripts. A circle is a set of modules that import each other in a cycle. Complexity is McCabe's:
one, plus one per branch. Exits with 1 if a goal is missed.
"""

import ast
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PRODUCT = ("bot", "handlers", "checking", "sheets", "storage", "runtime", "sandbox")
AROUND = ("soak", "bench", "scripts", "tests")

MOST_FILES = 16
LONGEST_MODULE = 300
MOST_COMPLEX = 15
USED_ONCE = 0.11

_BRANCHES = (
    *(ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.comprehension),
    *(ast.match_case, ast.Assert),
)
Function = ast.FunctionDef | ast.AsyncFunctionDef
Arrows = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the product; `name` is dotted, without `__init__`."""

    name: str
    path: Path
    lines: int
    tree: ast.Module


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the report; `is_met` is None without a goal."""

    name: str
    value: str
    goal: str = ""
    is_met: bool | None = None


def modules(root: Path) -> list[Module]:
    """Return the modules of the product, without migrations."""
    found = []
    for package in PRODUCT:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                text = path.read_text("utf-8")
                dotted = ".".join(path.relative_to(root).with_suffix("").parts)
                name = dotted.removesuffix(".__init__")
                found.append(Module(name, path, text.count("\n"), ast.parse(text)))
    return found


def folders(root: Path) -> Counter[str]:
    """Count the Python files of each folder, without migrations."""
    return Counter(
        path.parent.relative_to(root).as_posix()
        for package in (*PRODUCT, *AROUND)
        for path in (root / package).rglob("*.py")
        if "migrations" not in path.parts
    )


def arrows(found: list[Module], *, for_types: bool) -> Arrows:
    """Map each module to the modules it imports; `for_types`: also under TYPE_CHECKING."""
    names = {module.name for module in found}
    return {
        module.name: {
            name
            for base, name in _imported(module.tree, for_types=for_types)
            for name in [name if name in names else base]
            if name in names and name != module.name
        }
        for module in found
    }


def _imported(tree: ast.AST, *, for_types: bool) -> Iterator[tuple[str, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) and not for_types:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.name
        else:
            yield from _imported(node, for_types=for_types)


def circles(drawn: Arrows) -> list[set[str]]:
    """Return the sets of modules that reach each other."""
    reached: dict[str, set[str]] = {}
    for name in drawn:
        seen, waiting = set[str](), list(drawn[name])
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen.add(other)
                waiting += drawn[other]
        reached[name] = seen
    found: list[set[str]] = []
    for name in drawn:
        circle = {other for other in reached[name] if name in reached[other]}
        if circle and circle not in found:
            found.append(circle)
    return found


def functions(tree: ast.AST) -> list[Function]:
    """Return all functions and methods, including nested ones."""
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def complexity(function: Function) -> int:
    """Return McCabe's number, including nested functions."""
    branches = 1
    for node in ast.walk(function):
        branches += isinstance(node, _BRANCHES)
        if isinstance(node, ast.BoolOp):
            branches += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            branches += len(node.ifs)
    return branches


def used_once(module: Module) -> list[Function]:
    """Return the private functions that their module calls once, and names nowhere else.

    What is handed on, to a validator or as somebody's callback, has to be a function.
    """
    calls = (node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    called = {getattr(each, "id", getattr(each, "attr", "")) for each in calls}
    named = Counter(
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
    )
    return [
        each
        for each in functions(module.tree)
        if each.name.startswith("_") and not each.name.endswith("__")
        if named[each.name] == 1 and each.name in called
    ]


def source_lines(paths: Iterable[Path]) -> int:
    """Count the lines that are neither blank nor only a comment."""
    lines = (line.strip() for path in paths for line in path.read_text("utf-8").splitlines())
    return sum(bool(line) and not line.startswith("#") for line in lines)


def figures(root: Path) -> list[Figure]:
    """Return all figures."""
    found = modules(root)
    every = [function for module in found for function in functions(module.tree)]
    files = folders(root)
    fullest, most = files.most_common(1)[0]
    hard = max(every, key=complexity)
    once = sum(len(used_once(module)) for module in found) / len(every)
    longest = max(found, key=lambda module: module.lines)
    lengths = [(each.end_lineno or 0) - each.lineno + 1 for each in every]
    product = source_lines(module.path for module in found)
    tests = source_lines((root / "tests").rglob("*.py"))
    typed, bare = (len(circles(arrows(found, for_types=each))) for each in (True, False))
    return [
        Figure("product, lines", f"{sum(module.lines for module in found):,}"),
        Figure("product, files", f"{len(found)} in {len({m.path.parent for m in found})} folders"),
        Figure("fullest folder", f"{most} ({fullest})", f"<= {MOST_FILES}", most <= MOST_FILES),
        Figure("files a folder", _spread(files.values())),
        Figure("circles, with imports for types", str(typed), "0", not typed),
        Figure("circles, without them", str(bare), "0", not bare),
        Figure(
            "module, lines",
            f"{_spread(module.lines for module in found)} ({longest.name})",
            f"<= {LONGEST_MODULE}",
            longest.lines <= LONGEST_MODULE,
        ),
        Figure("function, lines", _spread(lengths)),
        Figure("complexity, mean", f"{statistics.mean(map(complexity, every)):.2f}"),
        Figure(
            "complexity, highest",
            f"{complexity(hard)} ({hard.name})",
            f"<= {MOST_COMPLEX}",
            complexity(hard) <= MOST_COMPLEX,
        ),
        Figure(
            "private and used once",
            f"{once:.1%} of {len(every)} functions",
            f"<= {USED_ONCE:.0%}",
            once <= USED_ONCE,
        ),
        Figure("tests : source", f"{tests / product:.2f}"),
    ]


def _spread(values: Iterable[int]) -> str:
    """Format median, 90th percentile and maximum."""
    ordered = sorted(values)
    middle, high = ordered[len(ordered) // 2], ordered[len(ordered) * 9 // 10]
    return f"{middle} / {high} / {ordered[-1]}"


def main(words: list[str]) -> int:
    """Print the report; return the exit code."""
    report = figures(Path(words[0]) if words else Path(__file__).parents[1])
    width = max(len(each.name) for each in report)
    for each in report:
        verdict = {None: "", True: f"   (goal {each.goal})", False: f"   MISSED: {each.goal}"}
        print(f"{each.name:{width}}  {each.value}{verdict[each.is_met]}")
    return int(any(each.is_met is False for each in report))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
