"""Shared steps of stories about faults: a full disk, counted cards, what was charged."""

from sandbox.telegram.store.chats import Message
from storage.database import Database
from tests.support.stories.steps import files_of
from tests.support.stories.story import Story

FULL = "database or disk is full"


async def leaves_no_room(database: Database) -> None:
    """Stop the database from growing: SQLite then fails as on a full disk."""
    await _pages(database, 1)


async def makes_room(database: Database) -> None:
    """Let the database grow again."""
    await _pages(database, 1_000_000)


async def _pages(database: Database, most: int) -> None:
    async with database.read() as connection:
        await connection.exec_driver_sql(f"PRAGMA max_page_count={most}")


async def breaks_off(database: Database, state: str) -> None:
    """Let the disk be full just when a task should get this state."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{FULL}'); END"
    async with database.write() as connection:
        await connection.exec_driver_sql(
            f"CREATE TRIGGER full BEFORE UPDATE ON tasks WHEN NEW.state = '{state}' {refuse}"
        )


async def takes_again(database: Database) -> None:
    """End the fault of `breaks_off`."""
    async with database.write() as connection:
        await connection.exec_driver_sql("DROP TRIGGER full")


def cards(story: Story, text: str) -> list[Message]:
    """Return the bot's messages to Anna that show this, without files and deleted ones."""
    return [
        each
        for each in story.anna.messages
        if each.by_bot and not each.deleted and each.document is None and text in each.shown
    ]


def paid(story: Story) -> int:
    """Return how many POSTs at both services were charged."""
    posts = [*story.world.ekyc.posts, *story.world.checknumber.posts]
    return sum(post.charged for post in posts)


def got_it_once(story: Story) -> None:
    """Check that one POST was charged, and one file came, which is the service's own."""
    assert paid(story) == 1
    (task,) = [*story.world.ekyc.tasks, *story.world.checknumber.tasks]
    assert files_of(story) == [task.result_bytes]


def sets_clock(story: Story, seconds: float) -> None:
    """Set the machine's clock; sleepers go on for as long as they would have."""
    clock = story.clock
    clock._now += seconds
    clock._sleepers = [(at + seconds, number, done) for at, number, done in clock._sleepers]
