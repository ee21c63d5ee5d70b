"""The documents describe everything that the code has, and nothing else."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from checking.services import catalogue
from storage.lists.lists import ListState
from storage.lookups.lookups import LookupState
from storage.schema.tables import metadata
from storage.tasks.task_states import TaskState

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "handlers", "checking", "sheets", "storage", "runtime")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# Folders of one machine don't belong in a project that others run.
_MACHINE = re.compile(r"(?<![\w.:])/(?:work|home|root|Users)/\w")


def read(name: str) -> str:
    """Return a document's text."""
    return (ROOT / name).read_text("utf-8")


def one_line(text: str) -> str:
    """Return the text without its line breaks."""
    return " ".join(text.split())


def logged(levels: set[str]) -> set[str]:
    """Return the events of log lines of these levels."""
    found = set()
    for package in PRODUCT:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr in levels
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "log"
                    and isinstance(node.args[0], ast.Constant)
                ):
                    found.add(str(node.args[0].value))
    assert len(found) > 10, "log lines are written otherwise now; mend this test"
    return found


def test_operations_explain_each_alarm() -> None:
    """Protects the operator at 3 a.m.: each warning and error says what to do about it."""
    told = set(re.findall(r"^\| ([^|`]+?) \|", read("docs/operations.md"), re.MULTILINE))
    missing = logged({"warning", "error", "exception", "critical"}) - told
    assert not missing, f"docs/operations.md, The log, lacks {missing}"


def test_operations_list_the_log_of_normal_life() -> None:
    """Protects the operator who reads along: each line of normal life is in the list."""
    normal = read("docs/operations.md").partition("Normal life")[2].partition("\n| line |")[0]
    told = {" ".join(name.split()) for name in re.findall(r"`([^`]+)`", normal)}
    assert sorted(logged({"info"}) - told) == []


def test_operations_explain_each_note_to_owners() -> None:
    """Protects owners: each note they get is explained."""
    notes = re.findall(r"^(owner-[\w-]+) =", read("handlers/locales/en/owner.ftl"), re.MULTILINE)
    assert notes
    told = read("docs/operations.md")
    assert [note for note in notes if f"`{note}`" not in told] == []


def test_architecture_names_each_table_and_state() -> None:
    """Protects newcomers from an outdated architecture page."""
    text = read("docs/architecture.md")
    assert [name for name in metadata.tables if f"| `{name}` |" not in text] == []
    drawn = set(re.findall(r"\b[a-z]+\b", " ".join(re.findall(r"^.*-->.*$", text, re.MULTILINE))))
    assert {str(state) for state in (*ListState, *TaskState, *LookupState)} <= drawn


def test_example_of_a_checkers_file_can_be_used(tmp_path: Path) -> None:
    """Protects a person who copies the example from CONTRIBUTING."""
    example = read("CONTRIBUTING.md").partition("```toml\n")[2].partition("```")[0]
    file = tmp_path / "checkers.toml"
    file.write_text(example, "utf-8")
    checks = catalogue.load(frozenset({"ekyc", "checknumber"}), file)
    for key, values in tomllib.loads(example).items():
        check = checks.get(key)
        assert check is not None
        meant = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
        assert {name: getattr(check, name) for name in values} == meant


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    """Protects readers from dead links, to files and to headings."""
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, heading = target.partition("#")
        path = (document.parent / name).resolve() if name else document
        assert path.exists(), target
        if heading:
            heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
            slugs = [re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads]
            assert heading in slugs, target


def test_changelog_has_a_place_for_what_comes() -> None:
    """Protects the next entry: Keep a Changelog, newest on top."""
    heads = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", head) for head in heads[1:])


def test_decisions_are_numbered_and_complete() -> None:
    """Protects the reasons: no number twice, no decision without its why."""
    files = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    for file in files:
        text = file.read_text("utf-8")
        heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert heads == ["Context", "Decision", "Why", "Consequences"], file.name
        assert text.startswith(f"# {int(file.name[:4])}. ")


def test_contributing_and_ci_name_real_targets() -> None:
    """Protects the commands that people type: each make target named exists."""
    targets = set(re.findall(r"^([a-z.][\w/.]*):", read("Makefile"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md", "docs/operations.md", ".ci/run"):
        named = set(re.findall(r"\bmake (?:-C \S+ )?([a-z.][\w/.]*)", read(name)))
        named -= {"and"}  # "git, make and Python"
        assert {target.rstrip(".") for target in named} <= targets, name


def test_no_paths_of_one_machine() -> None:
    """Protects everybody else: no file names a folder that exists only on its author's machine."""
    places = [*PRODUCT, "sandbox", "tests", "docs", "deploy", ".ci"]
    files = [path for place in places for path in (ROOT / place).rglob("*") if path.is_file()]
    files += [path for path in ROOT.glob("*") if path.is_file() and path.suffix != ".lock"]
    files = [path for path in files if "__pycache__" not in path.parts and path.name != ".env"]
    found = [
        path.relative_to(ROOT).as_posix()
        for path in files
        if _MACHINE.search(path.read_bytes().decode("utf-8", "ignore"))
    ]
    assert found == []
