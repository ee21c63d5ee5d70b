"""Strikes: what the program died of again and again is found out, and nothing else is."""

from storage.database import Database
from storage.records.strikes import MOST_DEATHS, Strikes
from tests.support.clocks import StoryClock


def strikes_of(database: Database, life: str, kind: str = "read") -> Strikes:
    """Those of another life of the program on the same database."""
    database.life = life
    return Strikes(database, kind, StoryClock())


async def test_only_deaths_count(database: Database) -> None:
    """Protects a list that failed a hundred times without harm from being set aside."""
    strikes = strikes_of(database, "first")
    for _ in range(100):
        assert await strikes.begin(["a"]) == set()
        await strikes.end("a")
    for _ in range(100):  # the same life, which was cut off from its database each time
        assert await strikes.begin(["a"]) == set()


async def test_the_third_life_sets_it_aside(database: Database) -> None:
    """Protects everybody's lists from the one that ends each life that reads it."""
    for death in range(MOST_DEATHS):
        assert await strikes_of(database, f"life {death}").begin(["deadly", "other"]) == set()
        await Strikes(database, "read", StoryClock()).end("other")
    last = strikes_of(database, "last")
    assert await last.begin(["deadly", "other"]) == {"deadly"}
    assert await strikes_of(database, "last", "fetch").begin(["deadly"]) == set()


async def test_what_ended_begins_anew(database: Database) -> None:
    """Protects what was tried again and went well: old deaths are forgotten with it."""
    await strikes_of(database, "first").begin(["a"])
    second = strikes_of(database, "second")
    await second.begin(["a"])
    await second.end("a")
    for life in ("third", "fourth"):
        assert await strikes_of(database, life).begin(["a"]) == set()
