"""The reference for `sheets.phones.e164`: `phonenumbers` itself, number by number.

Run as a program it compares a given count of generated numbers, for hours if need be:
`python tests/support/sheets/phone_oracle.py 2000000 [seed]`.
"""

import random
import sys
from collections import defaultdict
from functools import cache

import phonenumbers
import polars as pl
from phonenumbers import PhoneMetadata, re_util

from sheets.phones.e164 import normalise
from sheets.phones.reasons import Reason

re_util.enable_pattern_cache()

Example = tuple[str, str, str]
"""Region, calling code, national number."""

PEOPLES_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९")


def reference(text: str, region: str | None) -> str | None:
    """Return E.164 of a text, by the readings of `sheets.phones.e164`, in their order."""
    digits = phonenumbers.normalize_digits_only(text)
    plus = "+" in text
    readings = [(text, None)] if plus else []
    if digits.startswith("00"):
        readings.append((f"+{digits[2:]}", None))
    if region is not None:
        readings.append((text, region))
    if not plus:
        readings.append((f"+{digits}", None))
        if digits.startswith("011"):
            readings.append((f"+{digits[3:]}", None))
    return next((found for reading in readings if (found := valid(*reading))), None)


def valid(text: str, region: str | None) -> str | None:
    """Return E.164 if phonenumbers parses the text and finds it valid."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def reference_reason(text: str, region: str | None) -> Reason:
    """Return why a text of digits and punctuation is no number by any reading."""
    digits = phonenumbers.normalize_digits_only(text)
    abroad = "+" in text or digits.startswith("00")
    digits = digits.removeprefix("00")
    if not 7 <= len(digits) <= 15:
        return Reason.TOO_SHORT if len(digits) < 7 else Reason.TOO_LONG
    code = next((int(digits[:n]) for n in (1, 2, 3) if int(digits[:n]) in _codes()), 0)
    code = 0 if digits.startswith("0") else code
    lengths = _codes()[code] if code else ()
    national = len(digits) - len(str(code))
    if not abroad and len(digits) <= 12:
        return Reason.NO_COUNTRY if region is None else Reason.NOT_IN_USE
    if national in lengths:
        return Reason.NOT_IN_USE
    if not code:
        return Reason.UNKNOWN_COUNTRY
    if min(lengths) < national < max(lengths):
        return Reason.NOT_IN_USE
    return Reason.TOO_SHORT if national < min(lengths) else Reason.TOO_LONG


@cache
def _codes() -> dict[int, tuple[int, ...]]:
    lengths = {}
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        plans = [PhoneMetadata.metadata_for_region_or_calling_code(code, r) for r in regions]
        lengths[code] = tuple(n for p in plans for n in p.general_desc.possible_length)
    return lengths


@cache
def examples() -> tuple[Example, ...]:
    """Return every example number of every type, region and non-geographic code."""
    found = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in phonenumbers.PhoneNumberType.values():
            number = phonenumbers.example_number_for_type(region, kind)
            if number is not None:
                national = phonenumbers.national_significant_number(number)
                found.append((region, str(number.country_code), national))
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        if regions == ("001",):
            number = phonenumbers.example_number_for_non_geo_entity(code)
            national = phonenumbers.national_significant_number(number)
            found.append(("001", str(code), national))
    return tuple(found)


@cache
def _examples_by_region() -> dict[str, list[Example]]:
    by_region = defaultdict(list)
    for example in examples():
        by_region[example[0]].append(example)
    return by_region


def made_up(chance: random.Random, region: str | None) -> str:
    """Return a near-number: another digit, too long, with or without prefixes and signs."""
    pool = examples()
    if region is not None and chance.random() < 0.6:
        pool = _examples_by_region()[region]
    home, code, national = chance.choice(pool)
    national = _changed(national, chance)
    if home == "AR" and chance.random() < 0.3:
        place = chance.randrange(2, 5)  # the mobile token after an area code
        national = national[:place] + "15" + national[place:]
    prefix = ""
    if chance.random() < 0.5:
        own = phonenumbers.ndd_prefix_for_region(home, strip_non_digits=True) or ""
        prefix = chance.choice((own, own, "0", "1", "8", "90", "015", "15", "06", "80"))
    return _dialled(code, prefix + national, chance)


def _changed(national: str, chance: random.Random) -> str:
    kind = chance.random()
    place = chance.randrange(len(national))
    if kind < 0.35:
        return national[:place] + str(chance.randrange(10)) + national[place + 1 :]
    if kind < 0.60:
        tail = "".join(chance.choice("0123456789") for _ in national[place:])
        return national[:place] + tail
    if kind < 0.70:
        return national + str(chance.randrange(10))
    if kind < 0.80:
        return national[:-1]
    return national[1:] if kind < 0.85 else national


def _dialled(code: str, national: str, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.30:
        return f"+{code}{national}"
    if kind < 0.50:
        return f"{code}{national}"
    if kind < 0.60:
        return f"00{code}{national}"
    plus = chance.choice(("", "+"))
    if kind < 0.65:
        dialled = ("011", "810", "0011", "000", "010", "00", "990", "119", "00700", "0041")
        return f"{plus}{chance.choice(dialled)}{code}{national}"
    if kind < 0.70:
        return plus + "".join(chance.choice("0123456789") for _ in range(chance.randrange(3, 19)))
    return national


def written(text: str, chance: random.Random) -> str:
    """Return the same number with signs that people put between digits."""
    plus, digits = ("+", text[1:]) if text.startswith("+") else ("", text)
    if chance.random() < 0.4:
        return text
    out = []
    for place, digit in enumerate(digits):
        if place and chance.random() < 0.25:
            # No full stop before the last two digits: 79876543210.00 is a spreadsheet's number.
            signs = " - \u00a0\u2011\u2013\u200b/" + "." * (place < len(digits) - 2)
            out.append(chance.choice(signs))
        out.append(digit)
    text = plus + "".join(out)
    if chance.random() < 0.1:
        place = chance.randrange(1, len(text))
        text = (
            f"{text[:place]}({text[place:]}"
            if chance.random() < 0.5
            else f"{text[:place]}) {text[place:]}"
        )
    if chance.random() < 0.1:
        text = text.translate(str.maketrans("0123456789", chance.choice(PEOPLES_DIGITS)))
    return (
        chance.choice(("", "", "", " ", "\ufeff", "\u200f")) + text + chance.choice(("", "", " "))
    )


def disagreements(texts: list[str], region: str | None) -> list[tuple[object, ...]]:
    """Return texts that the two read differently: region, text, reference, ours."""
    found = normalise(pl.Series(texts, dtype=pl.String), region)
    wrong: list[tuple[object, ...]] = []
    for text, ours, reason in zip(texts, found["e164"], found["reason"], strict=True):
        number = reference(text, region)
        why = None if number else reference_reason(text, region)
        if (ours, reason) != (number, why):
            wrong.append((region, text, (number, why), (ours, reason)))
    return wrong


def main(count: int, seed: int = 1) -> None:
    """Compare; half without a region, the others spread over all regions."""
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    each = max(1, count // (2 * len(regions)))
    for number, region in enumerate([*([None] * len(regions)), *regions]):
        chance = random.Random(seed * 1000 + number)
        texts = [written(made_up(chance, region), chance) for _ in range(each)]
        for wrong in disagreements(texts, region):
            sys.stdout.write(f"{wrong}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{2 * each * len(regions)} compared\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
