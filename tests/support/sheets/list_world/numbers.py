"""Numbers of all countries, and the ways in which people write them."""

import random
from collections.abc import Callable
from functools import cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

MOST_PEOPLE = (
    *("RU", "DE", "GB", "US", "FR", "IT", "ES", "TR", "IN", "BR", "CN", "JP"),
    *("UA", "KZ", "PL", "MX", "ID", "NG", "SA", "KR", "NL", "AT", "PT", "TH"),
)
"""Countries that half of the lists are from."""

Written = Callable[[PhoneNumber], str]


def e164(number: PhoneNumber) -> str:
    """Write a number as it is sent."""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def _coded(number: PhoneNumber) -> str:
    return e164(number).removeprefix("+")


def _international(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))


def _national(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))


def _grouped(number: PhoneNumber) -> str:
    return _national(number).replace(" ", "-").replace("(", "").replace(")", "-").strip("-")


STYLES: dict[str, Written] = {
    "plus": e164,
    "spaced": _international,
    "dotted": lambda n: _international(n).replace(" ", ".").replace("-", "."),
    "coded": _coded,
    "zeros": lambda n: "00" + _coded(n),
    "national": _national,
    "grouped": _grouped,
    "lost zero": lambda n: str(phonenumbers.national_significant_number(n)),
    "quoted": lambda n: f"'{e164(n)}",
    "link": lambda n: f"https://wa.me/{_coded(n)}",
    "float": lambda n: _coded(n) + ".0",
}
WITHOUT_COUNTRY = frozenset({"national", "grouped", "lost zero"})
"""Styles that leave the country to whoever reads."""


@cache
def countries() -> tuple[str, ...]:
    """Return all countries that have mobiles with a number of their own."""
    every = sorted(phonenumbers.SUPPORTED_REGIONS)
    return tuple(each for each in every if _pattern(each) is not None)


@cache
def _pattern(country: str) -> tuple[int, str] | None:
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    if example is None or phonenumbers.region_code_for_number(example) != country:
        return None
    national = phonenumbers.national_significant_number(example)
    return (example.country_code, national) if len(national) > 6 else None


def country(chance: random.Random) -> str:
    """Choose a country: half of the lists are from a few large ones."""
    return chance.choice(MOST_PEOPLE if chance.random() < 0.5 else countries())


def phones(country: str, chance: random.Random, count: int) -> list[PhoneNumber]:
    """Make mobiles of a country, all different."""
    pattern = _pattern(country)
    assert pattern is not None
    code, national = pattern
    found: dict[str, PhoneNumber] = {}
    free = 5 if len(national) > 8 else 4
    for _ in range(count * 50):
        if len(found) == count:
            break
        text = f"+{code}{national[:-free]}{chance.randrange(10**free):0{free}}"
        number = phonenumbers.parse(text)
        is_valid = phonenumbers.is_valid_number(number)
        if is_valid and phonenumbers.region_code_for_number(number) == country:
            found[text] = number
    return list(found.values())


def identity(kind: int, chance: random.Random) -> str:
    """Return an id, a paper, a date or a sum, as they stand beside a phone.

    kind: 0 customer, 1 passport, 2 date, 3 sum, 4 order, 5 unix time, 6 EAN, 7 account.
    """
    made: tuple[Callable[[], str], ...] = (
        lambda: str(chance.randrange(4_000_000_000, 9_999_999_999)),
        lambda: f"{chance.randrange(4500, 4700)} {chance.randrange(10**6):06}",
        lambda: "{:02}.{:02}.20{}".format(*map(chance.randrange, (1, 1, 10), (29, 13, 27))),
        lambda: f"{chance.randrange(1000, 9999)}.{chance.randrange(100):02}",
        lambda: str(chance.randrange(10**10, 10**11)),
        lambda: str(chance.randrange(1_690_000_000, 1_730_000_000)),
        lambda: _ean(f"{chance.randrange(400, 441)}{chance.randrange(10**9):09}"),
        lambda: str(chance.randrange(10**8, 10**9)),
    )
    return made[kind]()


def _ean(digits: str) -> str:
    weighted = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"
