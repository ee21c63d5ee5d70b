"""Everything a person reads, from the Fluent files in `locales/`, one folder a language.

Values are strangers' text until proven otherwise: `html` escapes them, and wraps those
that turn the direction of writing, so that neither `<b>` nor a name in Arabic breaks a
card. Only what is itself `Html` passes as it is.
"""

import html as html_
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

FOLDER = Path(__file__).parents[1] / "locales"
FALLBACK = "en"

# Unicode's first-strong isolate and its end: what stands between takes its own direction.
_ISOLATE, _END = "\u2068", "\u2069"
# Letters, digits and controls that turn the direction of what stands around them.
_TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@cache
def _parsed(text: str) -> ast.Resource:
    """Parsing takes longer than anything else in a start; the same text is parsed once."""
    return FluentResource(text)


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


class MissingTextError(LookupError):
    """A key, or a value in it, that the language doesn't have."""


class Phrases:
    """The texts of one language. What it lacks is said in the language of `fallback`."""

    def __init__(
        self, language: str, files: Mapping[str, str], fallback: "Phrases | None" = None
    ) -> None:
        self.language = language
        self._fallback = fallback
        # Isolating marks come from here, around strangers' text only, not around numbers.
        self._bundle = FluentBundle([language], use_isolating=False)
        for text in files.values():
            self._bundle.add_resource(_parsed(text))

    def html(self, key: str, **values: str | float) -> Html:
        """The text as Telegram's HTML. Raises MissingTextError."""
        return Html(self._format(key, {name: _safe(value) for name, value in values.items()}))

    def plain(self, key: str, **values: str | float) -> str:
        """The text for places without markup: buttons, notices, file names."""
        return self._format(key, values)

    def has(self, key: str) -> bool:
        """Whether there is such a text, in this language or in the one it falls back to."""
        return self._knows(key) or (self._fallback is not None and self._fallback.has(key))

    def _knows(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))

    def _format(self, key: str, values: Mapping[str, str | float]) -> str:
        knows = self._knows(key)
        # Key by key, and by the other's own rules: English words want English plurals.
        if not knows and self._fallback is not None and self._fallback.has(key):
            return self._fallback._format(key, values)  # noqa: SLF001 - one of our own kind
        pattern = self._bundle.get_message(key).value if knows else None
        if pattern is None:
            raise MissingTextError(f"{self.language}: {key}")
        text, problems = self._bundle.format_pattern(pattern, dict(values))
        if problems:
            raise MissingTextError(f"{self.language}: {key}: {problems[0]}")
        return str(text)


def _safe(value: str | float) -> str | float:
    if isinstance(value, Html) or not isinstance(value, str):
        return value
    if not any(unicodedata.bidirectional(letter) in _TURNING for letter in value):
        return html_.escape(value, quote=False)
    # What stands in it must neither close our isolate nor, behind a line break, escape from it.
    tame = " ".join(value.translate(_TURNS).splitlines())
    return f"{_ISOLATE}{html_.escape(tame, quote=False)}{_END}"


def _files(home: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in sorted(home.glob("*.ftl"))}


class Texts:
    """Every language, read once. A language may be incomplete: the rest is said in English."""

    def __init__(self, default: str = FALLBACK, folder: Path = FOLDER) -> None:
        english = Phrases(FALLBACK, _files(folder / FALLBACK))
        self._phrases = {
            home.name: english
            if home.name == FALLBACK
            else Phrases(home.name, _files(home), english)
            for home in sorted(folder.iterdir())
            if home.is_dir()
        }
        self._default = default if default in self._phrases else FALLBACK

    def __getitem__(self, code: str | None) -> Phrases:
        """The language that fits what Telegram says (`pt-br`), or the default."""
        short = (code or "").split("-", maxsplit=1)[0].lower()
        return self._phrases.get(short) or self._phrases[self._default]

    @property
    def languages(self) -> list[str]:
        """The codes of all languages."""
        return list(self._phrases)
