"""Tables: with headers that say what is what, with others, and without any."""

import csv
import io
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

from phonenumbers import PhoneNumber, region_code_for_number

from tests.support.sheets.list_world.numbers import Written, e164, identity
from tests.support.sheets.list_world.words import (
    FILL,
    HEADERS,
    NAMES,
    OTHER_PHONES,
    TITLES,
    UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class Made:
    """A list as bytes; column: the place that its owner names when asked, None for all."""

    data: bytes
    kind: str = "document"
    column: int | None = None


Phones = Sequence[PhoneNumber]


def headed(phones: Phones, written: Written, chance: random.Random) -> Made:
    """A table whose headers say what is what, in one of twelve languages."""
    words = HEADERS[chance.choice(sorted(HEADERS))]
    columns: list[tuple[str, int | None]] = [(words[1], None)]
    for word, kind in zip(words[2:6], (4, 1, 2, 3), strict=True):
        if chance.random() < 0.6:
            columns.append((word, chance.choice((0, 1, 4, 7)) if kind in {1, 4} else kind))
    chance.shuffle(columns)
    rows = [[words[0], *(word for word, _ in columns)]]
    waiting = list(phones)
    while waiting:
        blank = chance.random() < 0.2
        phone = chance.choice(FILL) if blank else _cell(waiting, written, chance)
        cells = [phone if kind is None else identity(kind, chance) for _, kind in columns]
        rows.append([chance.choice(NAMES), *cells])
    place = 1 + [kind for _, kind in columns].index(None)
    return _csv(_damaged(rows, chance), chance, place)


def _cell(waiting: list[PhoneNumber], written: Written, chance: random.Random) -> str:
    """Take one number, sometimes two, from those that wait."""
    text = written(waiting.pop(0))
    if waiting and chance.random() < 0.05:
        between = chance.choice((", ", " / ", "; ", "\n"))
        return f"{text}{between}{written(waiting.pop(0))}"
    return chance.choice((text, text, text, f" {text} ", f"{text} (work)"))


def _damaged(rows: list[list[str]], chance: random.Random) -> list[list[str]]:
    width = len(rows[0])
    if chance.random() < 0.15:
        rows = [[chance.choice(TITLES), *[""] * (width - 1)], *rows]
    if chance.random() < 0.1:
        rows = [*rows, ["Total", *[""] * (width - 2), str(len(rows))]]
    if chance.random() < 0.1:
        rows = [each for row in rows for each in (row, [""] * width)]
    return rows


def unknown(phones: Phones, written: Written, chance: random.Random) -> Made:
    """A table whose ids stand below words that say nothing."""
    words = HEADERS[chance.choice(sorted(HEADERS))]
    kind = chance.choice((0, 1, 4, 5, 6, 7))
    rows = [[words[0], chance.choice(UNKNOWN), words[1]]]
    rows += [[chance.choice(NAMES), identity(kind, chance), written(each)] for each in phones]
    return _csv(rows, chance, 2)


def bare(phones: Phones, written: Written, chance: random.Random) -> Made:
    """A table without any header."""
    kind = chance.randrange(8)
    rows = [["Anna", identity(kind, chance), written(each)] for each in phones]
    return _csv(rows, chance, 2)


def two_phones(phones: Phones, written: Written, chance: random.Random) -> Made:
    """A table with the same numbers in two notations, as our own sheets have them."""
    first, second = chance.sample(OTHER_PHONES, 2)
    rows = [["Name", first, second]]
    rows += [[chance.choice(NAMES), written(each), e164(each)] for each in phones]
    return _csv(rows, chance, 2)


def by_country(phones: Phones, written: Written, chance: random.Random) -> Made:
    """A table with a column of countries beside national numbers."""
    words = HEADERS[chance.choice(sorted(HEADERS))]
    rows = [[words[0], words[6], words[1]]]
    rows += [
        [chance.choice(NAMES), str(region_code_for_number(each)), written(each)] for each in phones
    ]
    return _csv(rows, chance, 2)


def json_objects(phones: Phones, written: Written, chance: random.Random) -> Made:
    """JSON, nested or one object a line."""
    key = chance.choice(("phone", "phone_number", "mobile", "contact_phone"))
    objects = [
        {
            "id": int(identity(0, chance)),
            key: written(each),
            "date_unixtime": str(1_700_000_000 + at),
        }
        for at, each in enumerate(phones)
    ]
    if chance.random() < 0.3:
        return Made("\n".join(map(json.dumps, objects)).encode(), column=1)
    return Made(json.dumps({"contacts": {"list": objects}}, indent=1).encode(), column=1)


def _csv(rows: list[list[str]], chance: random.Random, column: int) -> Made:
    out = io.StringIO()
    delimiter = chance.choice(";,\t")
    if chance.random() < 0.1:
        out.write(f"sep={delimiter}\r\n")
    ends = chance.choice(("\r\n", "\n"))
    csv.writer(out, delimiter=delimiter, lineterminator=ends).writerows(rows)
    charset = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16"))
    return Made(out.getvalue().encode(charset), column=column)
