"""What is remembered is what is stored."""

from runtime.remembered import MOST, Remembered


class Table:
    """Rows, and how often one was read."""

    def __init__(self, *, alone: bool = True) -> None:
        self.rows = {1: "old"}
        self.reads = 0
        self.remembered = Remembered[str | None](lambda: alone)

    async def get(self, row_id: int = 1) -> str | None:
        """Return a row."""

        async def read() -> str | None:
            self.reads += 1
            return self.rows.get(row_id)

        return await self.remembered.get(row_id, read)


async def test_a_row_is_read_once_until_it_changes() -> None:
    """Protects the speed of a process that has the database for itself."""
    table = Table()
    assert [await table.get() for _ in range(3)] == ["old"] * 3
    assert [await table.get(2) for _ in range(3)] == [None] * 3
    assert table.reads == 2
    table.rows[1] = "new"
    table.remembered.forget(1)
    assert await table.get() == "new"


async def test_nothing_is_remembered_beside_other_processes() -> None:
    """Protects what another replica decided."""
    table = Table(alone=False)
    assert await table.get() == "old"
    table.rows[1] = "new"
    assert await table.get() == "new"


async def test_what_changes_while_it_is_read_is_not_kept() -> None:
    """Protects from an old row that would be remembered for ever."""
    table = Table()

    async def read() -> str | None:
        found = table.rows[1]
        table.rows[1] = "new"
        table.remembered.forget(1)
        return found

    assert await table.remembered.get(1, read) == "old", "it was that when it was asked for"
    assert await table.get() == "new"


async def test_no_more_is_kept_than_fits() -> None:
    """Protects memory from a million people."""
    table = Table()
    for row_id in range(MOST + 1):
        await table.get(row_id)
    await table.get(MOST)
    assert table.reads == MOST + 1
    await table.get(0)
    assert table.reads == MOST + 2
