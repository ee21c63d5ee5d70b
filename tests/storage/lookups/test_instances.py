"""What stands of the numbers that an instance was asked about."""

from storage.database import Database
from storage.lookups import instances
from storage.lookups.instances import Instance


async def test_an_ask_that_cost_nothing_is_taken_back(database: Database) -> None:
    """Protects the budget: an earlier request about the same number, which cost, still counts."""
    one, two = Instance("7103000001", asked_at=100.0), Instance("7103000002", asked_at=100.0)
    async with database.write() as connection:
        for instance in (one, two):
            await instances.note_ask(connection, instance, "a")
        await instances.note_ask(connection, one, "b")
        await instances.take_back_ask(connection, one.id, "a", None)
        await instances.take_back_ask(connection, one.id, "b", 50.0)
        found = await instances.spent(connection, 0.0)
    assert found[one.id].asks == {"b": 50.0}
    assert found[two.id].asks == {"a": 100.0}
