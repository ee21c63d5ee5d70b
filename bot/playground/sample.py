"""A sample list: made-up numbers of many countries, in the forms that people write."""

import random

# Calling code, the first digits of the national number, and how many random digits follow (valid
# mobile ranges by libphonenumber's rules).
_RANGES = (
    ("44", "7400", 6),
    ("49", "1512", 7),
    ("7", "9161", 6),
    ("91", "98765", 5),
    ("90", "5321", 6),
    ("86", "1381", 7),
    ("55", "11987", 6),
    ("33", "612", 6),
)
_JUNK = ("Phone", "n/a", "see notes", "12", "+999 1234567", "call the office", "4.41E+11", "-----")
COUNT = 2_000
REPEATED = 41


def sample_list(seed: int = 7) -> bytes:
    """Return COUNT numbers, some of them twice, and a few lines without one; UTF-8."""
    chance = random.Random(seed)  # noqa: S311 # a sample, the same each time
    digits: dict[str, None] = {}
    while len(digits) < COUNT:
        code, start, more = chance.choice(_RANGES)
        tail = "".join(chance.choice("0123456789") for _ in range(more))
        digits[f"{code} {start}{tail}"] = None
    lines = [_written(number, chance) for number in digits]
    lines += [_written(number, chance) for number in chance.sample(list(digits), REPEATED)]
    lines += _JUNK
    chance.shuffle(lines)
    return "\n".join(lines).encode() + b"\n"


def _written(number: str, chance: random.Random) -> str:
    code, rest = number.split()
    return chance.choice(
        (
            f"+{code}{rest}",
            f"+{code} {rest[:3]} {rest[3:6]}-{rest[6:]}",
            f"00{code}{rest}",
            f"+{code} ({rest[:3]}) {rest[3:]}",
        )
    )
