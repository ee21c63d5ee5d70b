"""Python's garbage collector, in a process that runs for months."""

import gc


def spare_the_collector() -> None:
    """For a process that lives as long as its app: what is built by now is here to stay.

    Python's collector would walk through all of it, modules and phone rules included, while
    people wait: a quarter of the time of a busy bot went there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 20)
