"""Choosing a country: found in any spelling, the likely ones offered first."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets.phones import countries
from sheets.phones.countries import MOST_FOUND, MOST_LIKELY, Country, likely, search

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def regions(text: str, language: str | None) -> list[str]:
    """Return the regions that a search finds."""
    return [each.region for each in search(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Germany", "en", "DE"),
        ("герм", "ru", "DE"),
        ("germ", "ru", "DE"),
        ("ALMANYA", "tr", "DE"),
        ("德国", "zh", "DE"),
        ("de", "tr", "DE"),
        ("İNGİLTERE", "tr", "GB"),
        ("ingıltere", "tr", "GB"),
        ("cote d'ivoire", "en", "CI"),
        ("Guinea", "en", "GN"),
        ("korea", "en", "KR"),
        ("сша", "ru", "US"),
        ("uk", "en", "GB"),
        ("+49", "en", "DE"),
        ("0049", "en", "DE"),
        (" 1 ", "en", "US"),
        ("7", "ru", "RU"),
        ("٤٩", "ar", "DE"),
    ],
)
def test_countries_are_found_as_people_type_them(text: str, language: str, first: str) -> None:
    """Protects people who write a country their own way: language, case, accents, codes."""
    assert regions(text, language)[0] == first


def test_better_matches_come_first() -> None:
    """Protects short searches: whole names come first, then beginnings, then words."""
    assert regions("guinea", "en") == ["GN", "GW", "GQ", "PG"]
    assert regions("oman", "en") == ["OM", "RO"]
    assert regions("1", "en")[:2] == ["US", "CA"]
    assert regions("44", "en")[0] == "GB"
    assert regions("4", "en")[0] in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[40]


@given(st.sampled_from(REGIONS), st.sampled_from(["en", "ru", "zh", "tr"]))
@settings(max_examples=60, deadline=None)
def test_every_country_is_found_by_its_name(region: str, language: str) -> None:
    """Protects every country: the text of its button finds it, as the first result."""
    shown = countries.name(region, language)
    assert shown != region
    assert regions(shown, language)[0] == region
    assert region in regions(countries.name(region, "en").upper(), language)


@given(st.text(max_size=40), st.none() | st.text(max_size=8))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_searched(text: str, language: str | None) -> None:
    """Protects the conversation from any text, in any language that Telegram names."""
    found = search(text, language)
    assert len(found) <= MOST_FOUND
    assert all(countries.is_known(each.region) for each in found)
    assert len({each.region for each in found}) == len(found)


@pytest.mark.parametrize("text", ["", "  ", "+", "00", "nowhere at all", "999", "+0"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    """Protects against a list of all countries for an empty search."""
    assert search(text, "en") == []


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("ru", ["RU", "KZ", "BY", "UA"]),
        ("tr", ["TR", "DE"]),
        ("zh-hans", ["CN", "HK", "TW", "SG"]),
        ("en", ["US", "GB", "IN"]),
        ("en-gb", ["GB", "US"]),
        ("pt-br", ["BR", "PT"]),
        ("uk", ["UA"]),
        ("fa", ["IR"]),
        ("xx", ["US"]),
        (None, ["US"]),
    ],
)
def test_likely_countries_fit_the_language(language: str | None, first: list[str]) -> None:
    """Protects people from typing: six different countries, those of their language first."""
    found = [each.region for each in likely(language)]
    assert found[: len(first)] == first
    assert len(set(found)) == len(found) == MOST_LIKELY


def test_country_is_shown_with_flag_and_code() -> None:
    """Protects the buttons of the picker, and refuses regions that have no numbers."""
    assert countries.country("TR", "de") == Country("TR", "Türkei", "🇹🇷", 90)
    assert countries.name("TR", "no such language") == "Türkiye"
    assert countries.name("??", "en") == "??"
    assert not countries.is_known("AQ")
    with pytest.raises(KeyError):
        countries.country("AQ", "en")
