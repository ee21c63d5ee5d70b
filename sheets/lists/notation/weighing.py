"""Decide how the numbers without a plus sign are written, from all of them together.

One number can often be read in several ways: 447400395497 is a landline of Germany and a mobile
of Britain. Of a list the reading is taken that explains the most lines, mobiles above the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import phonenumbers
import polars as pl
from phonenumbers import PhoneNumberType, re_util

from sheets.phones.cleaning import clean
from sheets.phones.e164 import Bare, Notation, both_readings
from sheets.phones.failures import LONGEST_NATIONAL
from sheets.phones.old_forms import present_forms

re_util.enable_pattern_cache()

SAMPLE = 120
"""Numbers that are weighed, taken evenly from the whole list."""
COMPARED = 60
"""Of these, the ones that every other country is tried with."""
RIVALS = (
    *("CN", "US", "RU", "GB", "DE", "FR", "IN", "BR", "IT", "ES", "JP", "KR", "TR", "UA", "MX"),
    *("ID", "PL", "NL", "KZ", "UZ", "NG", "EG", "SA", "AE", "IR", "PK", "BD", "VN", "TH", "PH"),
    *("AU", "CO", "AR", "ZA", "TW", "MY", "HK", "IL", "GR", "PT", "RO", "CZ", "AT", "CH", "SE"),
)
"""Countries that a list may be from, those with the most numbers first."""

_SEPARATORS = r"[,;|\t\n]|[.]\s"
_AMONG_WORDS = r"(?:^|[^\p{L}\p{N}_@#=.,+\-])([0-9(][0-9 ().\-]{6,}[0-9])(?:$|[^\p{L}\p{N}])"
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
_MOBILE = {PhoneNumberType.MOBILE: 1.0, PhoneNumberType.FIXED_LINE_OR_MOBILE: 0.5}
_NEARLY_ALL, _MOST, _SOME, _HARDLY_ANY = 0.9, 0.6, 0.3, 0.3
_ENOUGH, _MANY = 3, 10
_DOUBT = Notation(None, Bare.UNKNOWN)
_TWIN = "CN"


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a list is read, and why.

    counted: numbers without a plus sign that were weighed. dialled, coded: how many of them are
        numbers as dialled in the region, and with their calling code.
    country: the region that nearly all of these are read as, empty for none.
    rival: a country that explains these better, empty for none.
    """

    notation: Notation
    counted: int = 0
    dialled: int = 0
    coded: int = 0
    country: str = ""
    rival: str = ""

    @property
    def doubtful(self) -> bool:
        """True if a country must be asked for."""
        return self.notation.bare is Bare.UNKNOWN


def weigh(texts: pl.Series, region: str | None, *, is_said: bool = False) -> Weighed:
    """Weigh the readings of a list.

    Args:
        texts: Lines or cells, prepared.
        region: ISO 3166 country that the chat has set.
        is_said: The person said so of this very list, so that no other country casts doubt on it.

    Raises:
        ValueError: libphonenumber knows no such region.
    """
    if region is not None and region not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError(f"no numbering plan for region {region!r}")
    some = evenly(texts, SAMPLE * 20).str.replace_all(_SEPARATORS, "|")
    pieces = some.str.split("|").explode().drop_nulls()
    numbers = _national(pieces, region)
    if numbers.is_empty():
        return Weighed(Notation(region))
    digits = numbers["digits"]
    bare = digits.filter(~digits.str.starts_with("0"))
    as_dialled, as_coded = both_readings(numbers, region)
    dialled, coded = as_dialled.count(), as_coded.count()
    told = partial(Weighed, counted=digits.len(), dialled=dialled, coded=coded)
    if region is None:
        return _without_region(told, bare, as_coded)
    notation = Notation(region, is_closed=True)
    contested = (as_dialled != as_coded).fill_null(value=False)
    by_codes = coded >= max(_ENOUGH, _NEARLY_ALL * digits.len(), dialled + 1)
    if by_codes or (contested.any() and _is_coded(as_coded, as_dialled, pieces)):
        return told(Notation(region, Bare.CODED), country=_country(as_coded))
    either = as_dialled.is_not_null() | as_coded.is_not_null()
    explained = int(either.sum()) / digits.len()
    if explained < _NEARLY_ALL and not is_said:
        rival, share, _ = _best_rival(digits, besides=region)
        if rival and share >= max(_NEARLY_ALL, explained + _SOME):
            code = str(phonenumbers.country_code_for_region(rival))
            return told(Notation(None, Bare.UNKNOWN, code), rival=rival)
    return told(notation, country=_country(as_dialled.fill_null(as_coded)))


def _is_coded(as_coded: pl.Series, as_dialled: pl.Series, pieces: pl.Series) -> bool:
    """Tell whether calling codes explain a list better: the same numbers with a plus sign do."""
    marked = clean(pieces.filter(pieces.str.contains(r"^\W*\+")))["digits"]
    said = marked.cast(pl.Int64, strict=False).drop_nulls().implode()
    coded, dialled = (int(each.is_in(said).sum() or 0) for each in (as_coded, as_dialled))
    return coded > dialled or (coded == dialled and _weight(as_coded) > _weight(as_dialled))


def _without_region(told: Callable[..., Weighed], bare: pl.Series, coded: pl.Series) -> Weighed:
    """Read what has a calling code, unless another country explains the list better."""
    if bare.is_empty():
        return told(Notation())
    explained = coded.count() / bare.len()
    if explained >= _NEARLY_ALL:
        # Eleven digits from 13 to 19 are mobiles of China and numbers of North America.
        twins = bare.len() >= _ENOUGH and bare.str.contains(r"^1[3-9][0-9]{9}$").all()
        return told(_DOUBT, rival=_TWIN) if twins else told(Notation(), country=_country(coded))
    rival, share, agreed = _best_rival(bare)
    if rival and share >= _NEARLY_ALL and (explained < _MOST or not agreed):
        code = str(phonenumbers.country_code_for_region(rival))
        return told(Notation(None, Bare.UNKNOWN, code), rival=rival)
    if explained < _HARDLY_ANY and bare.len() >= _MANY:
        return told(_DOUBT)
    return told(Notation(), country=_country(coded))


def _country(numbers: pl.Series) -> str:
    """Return the region of nearly all numbers, the main one of those that share a code."""
    regions = [
        phonenumbers.region_code_for_number(phonenumbers.parse(f"+{number}")) or ""
        for number in numbers.drop_nulls()
    ]
    if not regions:
        return ""
    most = max(set(regions), key=regions.count)
    return most if regions.count(most) >= len(regions) * _NEARLY_ALL else ""


def _national(pieces: pl.Series, region: str | None) -> pl.DataFrame:
    """Return (digits, first) of evenly chosen numbers that have neither plus sign nor 00."""
    # Also beside numbers with a plus sign: in the other column, or in the rest of a line.
    pieces = evenly(pieces.filter(pieces.str.contains(r"^[^+]*\p{Nd}[^+]*$")), SAMPLE)
    some = pieces.head(SAMPLE)
    whole, among = clean(some), clean(some.str.extract(_AMONG_WORDS))
    is_whole = whole["digits"].is_not_null()
    numbers = pl.concat(
        [whole.filter(is_whole & ~whole["plus"]), among.filter(~is_whole).drop_nulls("digits")]
    ).sort("row")
    digits = numbers["digits"]
    fits = digits.str.len_bytes().is_between(_FEWEST_DIGITS, _MOST_DIGITS)
    numbers = numbers.filter(fits & ~digits.str.starts_with("00")).select("digits", "first")
    return numbers.filter(present_forms(numbers["digits"], region).is_null())


def evenly(texts: pl.Series, count: int) -> pl.Series:
    """Return at most so many of the texts, from all over them."""
    return texts.gather_every(max(1, -(-texts.len() // count)))


def _weight(numbers: pl.Series) -> float:
    """Count numbers, mobiles twice."""
    total = 0.0
    for number in numbers.drop_nulls():
        parsed = phonenumbers.parse(f"+{number}")
        total += 1 + _MOBILE.get(phonenumbers.number_type(parsed), 0.0)
    return total


def _best_rival(digits: pl.Series, besides: str | None = None) -> tuple[str, float, bool]:
    """Find the country as whose most of these are numbers.

    Returns:
        The country, the share of the numbers that it explains, and if any of these is written
        with its calling code.
    """
    some = evenly(digits, COMPARED).to_list()
    best, most = "", 0.0
    for region in RIVALS:
        weight = 0.0 if region == besides else sum(as_dialled(text, region) for text in some)
        if weight > most:
            best, most = region, weight
    if not best:
        return "", 0.0, False
    code = str(phonenumbers.country_code_for_region(best))
    fits = [text for text in some if as_dialled(text, best)]
    longest = max(len(text) for text in fits)
    agreed = any(text.startswith(code) and len(text) == longest for text in fits)
    mixed = len({len(text) for text in fits}) > 1
    return best, len(fits) / len(some), agreed and mixed


def as_dialled(text: str, region: str) -> float:
    """Weigh digits as dialled in a region: 0 if they are no number there."""
    if len(text.lstrip("0")) > LONGEST_NATIONAL:  # Germany's plan has room for anything
        return 0
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return 0
    if not phonenumbers.is_valid_number_for_region(number, region):
        return 0
    return 1 + _MOBILE.get(phonenumbers.number_type(number), 0.0)


def prepare() -> None:
    """Compile what `as_dialled` asks of each country, so that the first list doesn't wait for it.

    Takes some tenths of a second.
    """
    for region in RIVALS:
        for kind in PhoneNumberType.values():
            number = phonenumbers.example_number_for_type(region, kind)
            if number is not None:
                phonenumbers.number_type(number)
