"""Garbage collection in a process that runs for months."""

import gc


def spare_the_collector() -> None:
    """Exempt all current objects from collection, and collect less often.

    Call it once the app is built. Otherwise the collector walks through every module and phone
    rule again and again, which took a quarter of a busy bot's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 20)
