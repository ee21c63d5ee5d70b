"""Strikes: work that kills the program again and again is found, and no other work."""

from storage.database import Database
from storage.records.strikes import MOST_DEATHS, Strikes
from tests.support.clocks import StoryClock


def strikes_of(database: Database, life: str, kind: str = "read") -> Strikes:
    """Return the strikes of another life of the program on the same database."""
    database.life = life
    return Strikes(database, kind, StoryClock())


async def test_only_deaths_count(database: Database) -> None:
    """Protects a list that failed a hundred times without harm from being set aside."""
    strikes = strikes_of(database, "first")
    for _ in range(100):
        assert await strikes.begin(["a"]) == set()
        await strikes.end("a")
    for _ in range(100):  # the same life, which lost its database each time
        assert await strikes.begin(["a"]) == set()


async def test_the_third_life_sets_it_aside(database: Database) -> None:
    """Protects everybody's lists from one that kills each life that reads it."""
    for death in range(MOST_DEATHS):
        assert await strikes_of(database, f"life {death}").begin(["deadly", "other"]) == set()
        await Strikes(database, "read", StoryClock()).end("other")
    last = strikes_of(database, "last")
    assert await last.begin(["deadly", "other"]) == {"deadly"}
    assert await strikes_of(database, "last", "fetch").begin(["deadly"]) == set()


async def test_what_ended_begins_anew(database: Database) -> None:
    """Protects work that succeeded in a later try: its old deaths are forgotten."""
    await strikes_of(database, "first").begin(["a"])
    second = strikes_of(database, "second")
    await second.begin(["a"])
    await second.end("a")
    for life in ("third", "fourth"):
        assert await strikes_of(database, life).begin(["a"]) == set()
