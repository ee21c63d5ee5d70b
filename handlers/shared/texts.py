"""All texts that people read, from the Fluent files in `locales/`, one folder a language.

A text names a command as `/check{ $bot }`: in groups that is `/check@our_bot`, the only form that
always reaches the bot there, and `/check` elsewhere.

Values are untrusted: `html` escapes them, and isolates those that change the direction of
writing, so that neither `<b>` nor a name in Arabic breaks a card. Only `Html` passes unchanged.
"""

import copy
import html as html_
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Self

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

FOLDER = Path(__file__).parents[1] / "locales"
FALLBACK = "en"

# Unicode's first-strong isolate and its end: the text between has its own direction.
_ISOLATE, _END = "\u2068", "\u2069"
# Bidirectional classes that change the direction of the text around them.
_TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@cache
def parsed(text: str) -> ast.Resource:
    """Parse a Fluent file, each text once: nothing at the start takes longer.

    Where in the file each word stands takes several megabytes, and nobody asks.
    """
    return FluentParser(with_spans=False).parse(text)


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


class MissingTextError(LookupError):
    """A key that no language has, or a value that its text lacks."""


class Phrases:
    """The texts of one language; keys that it lacks are taken from `fallback`."""

    def __init__(
        self, language: str, files: Mapping[str, str], fallback: "Phrases | None" = None
    ) -> None:
        self.language = language
        self._fallback = fallback
        self.bot = ""
        # `html` sets the isolates, around untrusted text only, not around numbers.
        self._bundle = FluentBundle([language], use_isolating=False)
        for text in files.values():
            self._bundle.add_resource(parsed(text))

    def for_group(self, username: str) -> Self:
        """Return the same texts with the bot's name behind every command."""
        named = copy.copy(self)
        named.bot = f"@{username}"
        return named

    def html(self, key: str, **values: str | float) -> Html:
        """Format a text as Telegram's HTML. Raises MissingTextError."""
        return Html(self._format(key, {name: _safe(value) for name, value in values.items()}))

    def plain(self, key: str, **values: str | float) -> str:
        """Format a text for places without markup: buttons, notices, file names."""
        return self._format(key, values)

    def has(self, key: str) -> bool:
        """Tell whether there is such a text, in this language or in its fallback."""
        return self._knows(key) or (self._fallback is not None and self._fallback.has(key))

    def _knows(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))

    def _format(self, key: str, values: Mapping[str, str | float]) -> str:
        values = {"bot": self.bot, **values}
        knows = self._knows(key)
        # The fallback formats with its own rules: English words need English plurals.
        if not knows and self._fallback is not None and self._fallback.has(key):
            return self._fallback._format(key, values)  # noqa: SLF001 - one of our own kind
        pattern = self._bundle.get_message(key).value if knows else None
        if pattern is None:
            raise MissingTextError(f"{self.language}: {key}")
        text, problems = self._bundle.format_pattern(pattern, values)
        if problems:
            raise MissingTextError(f"{self.language}: {key}: {problems[0]}")
        return str(text)


def _safe(value: str | float) -> str | float:
    if isinstance(value, Html) or not isinstance(value, str):
        return value
    if not any(unicodedata.bidirectional(letter) in _TURNING for letter in value):
        return html_.escape(value, quote=False)
    # The value must neither close the isolate nor, behind a line break, escape from it.
    tame = " ".join(value.translate(_TURNS).splitlines())
    return f"{_ISOLATE}{html_.escape(tame, quote=False)}{_END}"


def _files(home: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in sorted(home.glob("*.ftl"))}


class Texts:
    """All languages, read once. Keys that a language lacks are taken from English."""

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
        """Return the language for a code from Telegram (`pt-br`), or the default."""
        short = (code or "").split("-", maxsplit=1)[0].lower()
        return self._phrases.get(short) or self._phrases[self._default]

    @property
    def languages(self) -> list[str]:
        """Return the codes of all languages."""
        return list(self._phrases)
