"""Which countries the numbers of a list that lack one could be from."""

import polars as pl

from sheets.lists.notation.weighing import COMPARED, RIVALS, as_dialled, evenly
from sheets.phones.cleaning import clean
from sheets.phones.reasons import Reason

MOST = 4
_LEAST_SHARE = 0.5


def suggested(failed: pl.DataFrame, besides: str | None) -> tuple[str, ...]:
    """Return the countries where at least half of these are numbers, the likeliest first.

    Args:
        failed: text, reason. Only those count that lack a country, or are none in the present one.
        besides: The country that is set, in vain.
    """
    lacking = [Reason.NO_COUNTRY.value, Reason.NOT_IN_USE.value, Reason.UNUSUAL.value]
    texts = evenly(failed.filter(pl.col("reason").is_in(lacking))["text"], COMPARED)
    cleaned = clean(texts).filter(~pl.col("plus")).drop_nulls("digits")
    some = cleaned["digits"].to_list()
    if not some:
        return ()
    weights = {region: _weight(some, region) for region in RIVALS if region != besides}
    fitting = {region: weight for region, weight in weights.items() if weight is not None}
    return tuple(sorted(fitting, key=lambda region: -fitting[region])[:MOST])


def _weight(some: list[str], region: str) -> float | None:
    """Weigh digits as dialled in a region; None where too few of them are numbers there."""
    weight, misses = 0.0, 0
    for text in some:
        found = as_dialled(text, region)
        weight += found
        misses += not found
        if misses > len(some) * (1 - _LEAST_SHARE):  # so it is in most regions, soon
            return None
    return weight
