"""Texts and phone books."""

import quopri
import random

from tests.support.sheets.list_world.numbers import Written, identity
from tests.support.sheets.list_world.tables import Made, Phones
from tests.support.sheets.list_world.words import LINES, NAMES

_PLAIN_NAMES = tuple(name for name in NAMES if "\n" not in name and not name[-1].isdigit())


def lines(phones: Phones, written: Written, chance: random.Random) -> Made:
    """A text whose lines are all written in one way, as a file or pasted."""
    line = chance.choice(LINES)
    text = "\n".join(
        line.format(
            phone=written(each),
            item=at + 1,
            day=at % 28 + 1,
            minute=at % 60,
            id=identity(0, chance),
            name=chance.choice(_PLAIN_NAMES),
        )
        for at, each in enumerate(phones)
    )
    return Made(text.encode(), chance.choice(("document", "text")))


def one_line(phones: Phones, written: Written, chance: random.Random) -> Made:
    """A few numbers behind each other."""
    between = chance.choice((", ", "; ", "\t", " , ", " | "))
    return Made(between.join(map(written, phones)).encode(), "text")


def cards(phones: Phones, written: Written, chance: random.Random) -> Made:
    """A phone book as phones write it."""
    version = chance.choice(("2.1", "3.0", "4.0"))
    end = chance.choice(("\r\n", "\n"))
    found = []
    for place, each in enumerate(phones):
        name = chance.choice(_PLAIN_NAMES)
        if version == "2.1":
            quoted = quopri.encodestring(name.encode()).decode().replace("\n", "=\n")
            names = f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted}"
        else:
            names = f"FN:{name}"
        kind = chance.choice(("TEL;CELL:", "TEL;TYPE=CELL:", "item1.TEL:", "tel;type=home:"))
        tel = f"TEL;VALUE=uri:tel:{written(each)}" if version == "4.0" else kind + written(each)
        found += ["BEGIN:VCARD", f"VERSION:{version}", names, tel]
        if chance.random() < 0.3:
            found.append(f"NOTE:order {place} of 17.05.2024")
        found.append("END:VCARD")
    return Made(end.join(found).encode())
