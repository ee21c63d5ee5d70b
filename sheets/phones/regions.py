"""Countries as people write them in a table: a name, an ISO code, or a calling code."""

from functools import cache

import phonenumbers
import polars as pl
from babel import Locale
from babel.core import get_global

from sheets.phones.countries import ALSO

_LANGUAGES = ("en", "ru", "zh", "tr", "es", "pt", "fr", "de", "it", "ar", "fa", "id", "uk", "pl")
_ALSO = {"great britain": "GB", "u.s.a.": "US"} | {
    name: region for region, names in ALSO.items() for name in names
}


def regions_of(cells: pl.Series) -> pl.Series:
    """Return the region of each cell, null for an unknown one."""
    keys = cells.str.strip_chars().str.to_lowercase()
    known = names()
    found = {key: known.get(key) for key in keys.unique().drop_nulls().to_list()}
    return keys.replace_strict(found, default=None, return_dtype=pl.String)


@cache
def names() -> dict[str, str]:
    """Return the regions of libphonenumber by each of their names, in lower case."""
    regions = phonenumbers.SUPPORTED_REGIONS
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for region, name in Locale(language).territories.items():
            if region in regions:
                found.setdefault(name.lower(), region)
    for region, aliases in get_global("territory_aliases").items():
        if len(aliases) == 1 and aliases[0] in regions:  # three letters, and old codes
            found.setdefault(region.lower(), aliases[0])
    for code, (first, *_) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        if first in regions:  # not 001, which is no country
            found |= {str(code): first, f"+{code}": first, f"00{code}": first}
    found |= {region.lower(): region for region in regions}
    return found | _ALSO
