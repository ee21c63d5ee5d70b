"""Message texts as Telegram parses them: lengths in UTF-16, HTML, commands and mentions.

Source: https://core.telegram.org/bots/api#formatting-options
"""

import html
import re
from dataclasses import dataclass
from typing import Any

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^>]*)>|(?P<bad></?)")
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_ESCAPE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_MENTION = re.compile(r"(?<!\w)(?<!/)(?<![A-Za-z0-9_]@)@[A-Za-z]\w{2,31}")


class UnreadableError(ValueError):
    """A text whose tags Telegram refuses; the message is Telegram's."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text without tags, and its entities with offsets and lengths in UTF-16 units."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(slots=True)
class _Open:
    name: str
    start: int
    entity: Entity


def units(text: str) -> int:
    """Count the UTF-16 units of a text, the unit of Telegram's lengths and offsets."""
    return len(text) + sum(character > "\uffff" for character in text)


def read_html(source: str) -> Formatted:
    """Parse Telegram's HTML.

    Raises:
        UnreadableError: A tag is unknown, open or crossed.
    """
    text, at, entities, opened = "", 0, list[Entity](), list[_Open]()
    for tag in _TAG.finditer(source):
        text += _unescape(source[at : tag.start()])
        at = tag.end()
        offset = len(source[: tag.start()].encode())
        if tag["bad"]:
            raise UnreadableError(f"Unclosed start tag at byte offset {offset}")
        name = tag["name"].lower()
        if not tag["end"]:
            opened.append(_Open(name, units(text), _entity(name, tag["rest"], offset)))
            continue
        if not opened:
            raise UnreadableError(f"Unexpected end tag at byte offset {offset}")
        begun = opened.pop()
        if begun.name != name:
            raise UnreadableError(
                f"Unmatched end tag at byte offset {offset}, "
                f'expected "</{begun.name}>", found "</{name}>"'
            )
        length = units(text) - begun.start
        if length:
            entities.append({**begun.entity, "offset": begun.start, "length": length})
    text += _unescape(source[at:])
    if opened:
        raise UnreadableError(f'Can\'t find end tag corresponding to start tag "{opened[-1].name}"')
    return trimmed(text, _with_language(entities))


def trimmed(text: str, entities: list[Entity]) -> Formatted:
    """Strip white space at both ends, as Telegram does, and fit the entities to the rest."""
    left = units(text) - units(text.lstrip())
    kept = text.strip()
    fitted = []
    for entity in entities:
        start = max(entity["offset"] - left, 0)
        end = min(entity["offset"] + entity["length"] - left, units(kept))
        if end > start:
            fitted.append({**entity, "offset": start, "length": end - start})
    fitted.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(kept, tuple(fitted))


def found_entities(text: str) -> list[Entity]:
    """Find the entities that Telegram marks in a person's text: commands and mentions."""
    found: list[Entity] = []
    for kind, pattern in (("bot_command", _COMMAND), ("mention", _MENTION)):
        for match in pattern.finditer(text):
            start, length = units(text[: match.start()]), units(match[0])
            found.append({"type": kind, "offset": start, "length": length})
    return sorted(found, key=lambda entity: int(entity["offset"]))


def part(text: str, entity: Entity) -> str:
    """Return the part of a text that an entity marks."""
    raw = text.encode("utf-16-le")
    start = entity["offset"] * 2
    return raw[start : start + entity["length"] * 2].decode("utf-16-le")


def pieces(text: str, longest: int) -> list[str]:
    """Split a text into pieces of at most `longest` UTF-16 units."""
    found, piece, length = list[str](), "", 0
    for character in text:
        size = units(character)
        if length + size > longest:
            found.append(piece)
            piece, length = "", 0
        piece, length = piece + character, length + size
    return [*found, piece]


def _unescape(source: str) -> str:
    return _ESCAPE.sub(lambda match: html.unescape(match[0]), source)


def _entity(name: str, rest: str, offset: int) -> Entity:
    attributes = {
        match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(rest)
    }
    if name not in TAGS:
        raise UnreadableError(f'Unsupported start tag "{name}" at byte offset {offset}')
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise UnreadableError(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    if name == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    entity: Entity = {"type": TAGS[name]}
    if name == "a":
        entity["url"] = attributes.get("href", "")
    if name == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    if name == "tg-time":
        entity |= _moment(attributes, offset)
    if name == "code" and attributes.get("class", "").startswith("language-"):
        entity["language"] = attributes["class"].removeprefix("language-")
    return entity


def _moment(attributes: dict[str, str], offset: int) -> Entity:
    """A time that clients show in the reader's time zone."""
    unix, form = attributes.get("unix", ""), attributes.get("format", "")
    if not unix.isdecimal() or not _TIME_FORMAT.fullmatch(form):
        raise UnreadableError(f'Tag "tg-time" is wrong at byte offset {offset}')
    return {"unix_time": int(unix), **({"date_time_format": form} if form else {})}


def _with_language(entities: list[Entity]) -> list[Entity]:
    """Move the language of a <code> to the <pre> around it; drop it everywhere else."""
    kept = []
    for entity in entities:
        span = (entity["offset"], entity["length"])
        twins = [other for other in entities if (other["offset"], other["length"]) == span]
        if entity["type"] == "code" and any(twin["type"] == "pre" for twin in twins):
            continue
        if entity["type"] == "pre":
            languages = [twin["language"] for twin in twins if "language" in twin]
            kept.append({**entity, "language": languages[0]} if languages else entity)
        else:
            kept.append({key: value for key, value in entity.items() if key != "language"})
    return kept
