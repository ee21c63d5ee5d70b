"""One list of a seed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.support.sheets.list_world import numbers, tables, texts
from tests.support.sheets.list_world.numbers import STYLES, WITHOUT_COUNTRY, Written, e164
from tests.support.sheets.list_world.tables import Made, Phones

Make = Callable[[Phones, Written, random.Random], Made]

MAKES: tuple[Make, ...] = (
    *(tables.headed, tables.headed, tables.headed, tables.unknown, tables.bare),
    *(tables.two_phones, tables.by_country, tables.json_objects),
    *(texts.lines, texts.lines, texts.lines, texts.one_line, texts.cards),
)


@dataclass(frozen=True, slots=True)
class World:
    """One list.

    region: what the chat has set. want: what must be sent, and nothing else.
    country, column: what its owner answers when asked. style, made_by: how it was written.
    """

    name: str
    kind: Literal["document", "text"]
    data: bytes
    region: str | None
    want: frozenset[str]
    country: str
    column: int | None
    style: str
    made_by: str
    about: str


def world(seed: int) -> World:
    """Return the list of this seed."""
    chance = random.Random(seed)
    country = numbers.country(chance)
    phones = numbers.phones(country, chance, chance.randrange(4, 30))
    style = chance.choice(sorted(STYLES))
    make = chance.choice(MAKES)
    if make is texts.cards and style in {"link", "float", "quoted"}:
        style = "plus"  # no phone writes these
    region = country if style in WITHOUT_COUNTRY or chance.random() < 0.5 else None
    if style not in WITHOUT_COUNTRY and chance.random() < 0.3:
        region = numbers.country(chance)  # a foreign list in a chat with a country
    made = make(phones, STYLES[style], chance)
    return World(
        f"list-{seed}",
        "text" if made.kind == "text" else "document",
        made.data,
        region,
        frozenset(map(e164, phones)),
        country,
        made.column,
        style,
        make.__name__,
        f"seed {seed}: {country} {style} {make.__name__} in {region}",
    )
