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
    weights = {
        region: [as_dialled(text, region) for text in some]
        for region in RIVALS
        if region != besides
    }
    fitting = {
        region: sum(each)
        for region, each in weights.items()
        if sum(map(bool, each)) >= len(some) * _LEAST_SHARE
    }
    return tuple(sorted(fitting, key=lambda region: -fitting[region])[:MOST])
