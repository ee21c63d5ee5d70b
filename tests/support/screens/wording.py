"""The texts as tests see them: each key's words and variables, and the limits of clients."""

import ast
import html
import re
from functools import cache

from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from handlers.shared.texts import FOLDER, Texts, parsed

TEXTS = Texts()
LANGUAGES = sorted(TEXTS.languages)
# Telegram's limits in UTF-16 units, after its markup is parsed.
MESSAGE, CAPTION, ALERT, COMMAND = 4096, 1024, 200, 256
# Characters that a phone shows of a button: alone in its row, one of two, a task.
BUTTON, HALF_BUTTON, TASK_BUTTON = 64, 40, 80
ISOLATE, END = "\u2068", "\u2069"
TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}
# What the routers' one answer to refusals shows over a tapped button.
REFUSALS = ("LimitError", "OverQuotaError", "PriceChangedError")
TAG = re.compile(r"</?[a-z][^>]*>")


class _Pieces(Visitor):
    """Collects the words of a text between its variables, and the variables' names."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.names: set[str] = set()

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802 - the library's name
        self.words.append(str(node.value))

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - as above
        self.names.add(node.id.name)


@cache
def texts(language: str) -> dict[str, _Pieces]:
    """Return each key of a language with the words and variables of its text."""
    found = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in parsed(path.read_text("utf-8")).body:  # parsed and cached with TEXTS
            if isinstance(entry, ftl.Message):
                found[entry.id.name] = _Pieces()
                found[entry.id.name].visit(entry)
    return found


def words_of(language: str, key: str) -> set[str]:
    """Return the words of a text, without markup and variables."""
    return set(re.findall(r"[^\W\d_]+", TAG.sub(" ", " ".join(texts(language)[key].words))))


def seen(markup: str) -> str:
    """Return the characters that Telegram counts."""
    return html.unescape(TAG.sub("", markup))


@cache
def alerts() -> set[str]:
    """Return the keys of texts that are shown over a tapped button."""
    root = FOLDER.parent.parent
    trees = [
        ast.parse(path.read_text("utf-8"))
        for room in ("handlers", "checking")
        for path in (root / room).rglob("*.py")
    ]
    answered = (word for tree in trees for call in _calls(tree, "answer") for word in call.args)
    told = [said for word in answered for said in _calls(word, "plain")]
    refused = [call for tree in trees for name in REFUSALS for call in _calls(tree, name)]
    keys = (call.args[0] for call in told + refused)
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def _calls(tree: ast.AST, name: str) -> list[ast.Call]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if name in {getattr(call.func, at, "") for at in ("attr", "id")}]
