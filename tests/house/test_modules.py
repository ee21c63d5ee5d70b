"""The shape of the code: small folders, short modules, and no import cycles."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import house

ROOT = Path(__file__).parents[2]
MONEY = re.compile(r"amount|balance|budget|charge|cost|money|price|spent")


def test_folders_stay_small() -> None:
    """Protects newcomers: a folder with too many files has to be split."""
    full = {name: count for name, count in house.folders(ROOT).items() if count > house.MOST_FILES}
    assert full == {}


def test_modules_stay_short() -> None:
    """Protects readers: a module that grows beyond this has to be split."""
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for folder in (*house.PRODUCT, *house.AROUND)
        for path in (ROOT / folder).rglob("*.py")
    }
    long = {name: lines for name, lines in lengths.items() if lines > house.LONGEST_MODULE}
    assert long == {}


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Protects the order of reading; imports for type checkers only count, too."""
    assert house.circles(house.arrows(house.modules(ROOT), for_types=True)) == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project whose figures are obvious."""
    for package in house.PRODUCT:
        (tmp_path / package).mkdir()
    (tmp_path / "bot" / "one.py").write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from bot.two import b\n"
        "def _twice(): return 1\n"
        "def a(x):\n    return _twice() + _twice() + _once(x)\n"
        "def _once(x):\n    return 1 if x and x > 0 else 2\n"
    )
    (tmp_path / "bot" / "two.py").write_text("from bot import one\n\ndef b(): return one.a\n")
    return tmp_path


def test_the_report_sees_what_there_is(small: Path) -> None:
    """Protects the tests above, and the report, from finding nothing."""
    found = house.modules(small)
    assert house.circles(house.arrows(found, for_types=True)) == [{"bot.one", "bot.two"}]
    assert house.circles(house.arrows(found, for_types=False)) == []
    assert [each.name for module in found for each in house.used_once(module)] == ["_once"]
    hard = {each.name: house.complexity(each) for each in house.functions(found[0].tree)}
    assert hard == {"_twice": 1, "a": 1, "_once": 3}
    assert house.folders(small) == {"bot": 2}
    report = {each.name: each for each in house.figures(small)}
    assert report["circles, with imports for types"].is_met is False
    assert report["private and used once"].value == "25.0% of 4 functions"


def test_money_is_never_a_float() -> None:
    """Protects cents: what is named as money is a Decimal, or whole millionths."""
    found = []
    for folder in house.PRODUCT:
        for path in (ROOT / folder).rglob("*.py"):
            for name, said in annotations(ast.parse(path.read_text("utf-8"))):
                if MONEY.search(name) and "float" in said and "Decimal" not in said:
                    found.append(f"{path.relative_to(ROOT)}: {name}: {said}")
    assert found == []


def annotations(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield names with their types, as written: of values, parameters and results."""
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield name, ast.unparse(node.annotation)
            case ast.arg(arg=name, annotation=ast.expr() as said):
                yield name, ast.unparse(said)
            case ast.FunctionDef(name=name, returns=ast.expr() as said):
                yield name, ast.unparse(said)
