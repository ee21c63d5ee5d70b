"""Warm-up, so that the first list of a process doesn't wait for it."""

from sheets.phones import countries, numbering_plan


def warm_up() -> None:
    """Compile phone rules and load names. Takes most of a second; call it in a thread."""
    numbering_plan.prepare()
    countries.likely("en")
