"""Countries to choose from: their names in every language, flags and calling codes.

Names come from CLDR (Babel), regions and calling codes from phonenumbers; a region unknown to
either isn't offered.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.core import get_global

MOST_FOUND = 8
MOST_LIKELY = 6

_ENGLISH = "en"
_FLAG_A = 0x1F1E6  # "regional indicator A"; two of them make a flag
# Letters with a plain substitute that isn't an accent: dotless i, ł, ø, đ, curly apostrophe.
_PLAIN = str.maketrans("\u0131\u0142\u00f8\u0111\u2019-", "ilod' ")
# Names that people use and CLDR lacks.
ALSO = {
    "AE": ("uae", "оаэ", "эмираты", "bae", "阿联酋"),
    "CD": ("drc", "dr congo"),
    "CI": ("ivory coast",),
    "CZ": ("czech republic", "чешская республика"),
    "GB": ("uk", "england", "britain", "англия", "ingiltere"),
    "HK": ("香港",),
    "KR": ("korea", "корея", "kore"),
    "MK": ("macedonia",),
    "MM": ("burma",),
    "MO": ("澳门",),
    "NL": ("holland", "голландия"),
    "RU": ("russian federation", "рф"),
    "TR": ("turkey",),
    "US": ("usa", "america", "сша", "америка", "abd", "amerika"),
}
# Countries of the lists of people with this language, the likeliest first.
_LIKELY = {
    "ar": ("SA", "AE", "EG", "IQ", "MA", "DZ"),
    "de": ("DE", "AT", "CH", "LI", "LU", "BE"),
    "en": ("US", "GB", "IN", "CA", "AU", "NG"),
    "es": ("ES", "MX", "CO", "AR", "PE", "US"),
    "fr": ("FR", "BE", "CH", "CA", "MA", "CI"),
    "pt": ("BR", "PT", "AO", "MZ", "US", "CV"),
    "ru": ("RU", "KZ", "BY", "UA", "UZ", "KG"),
    "tr": ("TR", "DE", "AZ", "CY", "NL", "AT"),
    "zh": ("CN", "HK", "TW", "SG", "MO", "MY"),
}
_LARGE = frozenset(_LIKELY[_ENGLISH])


@dataclass(frozen=True, slots=True)
class Country:
    """A region with numbers of its own.

    region: two letters, ISO 3166-1. name: in the requested language. calling_code: such as 49.
    """

    region: str
    name: str
    flag: str
    calling_code: int


def is_known(region: str) -> bool:
    """True if numbers can be read for this region."""
    return region in phonenumbers.SUPPORTED_REGIONS


def name(region: str, language: str | None) -> str:
    """Return the name of a region; its code if the language has no name for it."""
    return _names(_base(language)).get(region) or _names(_ENGLISH).get(region) or region


def country(region: str, language: str | None) -> Country:
    """Return all that is shown of a region. Raises KeyError for an unknown one."""
    if not is_known(region):
        raise KeyError(region)
    flag = "".join(chr(_FLAG_A + ord(letter) - ord("A")) for letter in region)
    calling_code = phonenumbers.country_code_for_region(region)
    return Country(region, name(region, language), flag, calling_code)


def search(text: str, language: str | None) -> list[Country]:
    """Find countries by name (in this language or English), ISO code or calling code.

    Returns:
        At most eight, the best first: the whole name or code, then names that begin with the
        text, then names with a word that does, then names that contain it.
    """
    wanted = _folded(text)
    code = wanted.removeprefix("+").removeprefix("00").replace(" ", "")
    if code.isdecimal():
        regions = _by_calling_code(str(int(code)))
    elif wanted:
        base = _base(language)
        ranked = [
            (rank, place, region)
            for place, (region, names) in enumerate(_catalogue(base))
            if (rank := _rank(wanted, region, names)) is not None
        ]
        regions = [region for _, _, region in sorted(ranked)]
    else:
        regions = []
    return [country(region, language) for region in regions[:MOST_FOUND]]


def likely(language: str | None) -> list[Country]:
    """Return six countries to offer first to people with this language, the likeliest first."""
    base = _base(language)
    home = get_global("likely_subtags").get(base, "").rpartition("_")[2]
    _, dash, tag = (language or "").replace("_", "-").rpartition("-")  # "br" of "pt-br"
    own = (tag.upper() if dash else "", *_LIKELY.get(base, (home,)), *_LIKELY[_ENGLISH])
    regions = dict.fromkeys(region for region in own if is_known(region))
    return [country(region, language) for region in list(regions)[:MOST_LIKELY]]


def _rank(wanted: str, region: str, names: tuple[str, ...]) -> int | None:
    if wanted == region.lower() or wanted in names:
        return 0
    if any(each.startswith(wanted) for each in names):
        return 1
    if any(f" {wanted}" in each for each in names):
        return 2
    return 3 if any(wanted in each for each in names) else None


def _by_calling_code(code: str) -> list[str]:
    """Return regions with this calling code, then those whose code begins with it."""
    known = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    codes = sorted(each for each in known if str(each).startswith(code))
    # Small regions come behind the large ones that share their calling code, such as +1.
    found = [sorted(known[each], key=lambda region: region not in _LARGE) for each in codes]
    return [region for regions in found for region in regions if is_known(region)]


@lru_cache(maxsize=16)
def _catalogue(base: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each region and its names, in the order of the language's names."""
    names, english = _names(base), _names(_ENGLISH)
    found = []
    for region in phonenumbers.SUPPORTED_REGIONS:
        called = (names.get(region, ""), english.get(region, ""), *ALSO.get(region, ()))
        found.append((region, tuple(filter(None, map(_folded, called)))))
    return tuple(sorted(found, key=lambda each: each[1]))


@lru_cache(maxsize=16)
def _names(base: str) -> dict[str, str]:
    return {str(region): str(called) for region, called in Locale.parse(base).territories.items()}


def _folded(text: str) -> str:
    """Return a text without what people leave out: case, accents, doubled blanks."""
    letters = unicodedata.normalize("NFKD", text.strip()[:80].casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.translate(_PLAIN).split())


def _base(language: str | None) -> str:
    """Return the language alone, "pt" of "pt-br"; English if Babel doesn't know it."""
    base = (language or "").replace("_", "-").partition("-")[0].lower()
    try:
        Locale.parse(base)
    except (ValueError, TypeError, UnknownLocaleError):
        return _ENGLISH
    return base
