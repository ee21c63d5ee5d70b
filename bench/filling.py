"""Fill a database with open tasks, and the sandbox with their chats and remote tasks."""

import itertools
from dataclasses import dataclass

import sqlalchemy as sa

from bot.settings import Settings
from bot.wiring import read_key
from checking import numbers
from sandbox.people.person import Person
from sandbox.services.tasks import Post
from sandbox.services.tasks import Task as RemoteTask
from sandbox.telegram.store.chats import Content
from sandbox.world import World
from sheets.glass.shapes import Numbers
from storage.database import Database
from storage.lists.lists import ListState
from storage.schema.tables import chats
from storage.schema.tables import lists as lists_table
from storage.schema.tables import tasks as tasks_table
from storage.sealing.ids import new_id
from storage.sealing.vault import Vault
from storage.tasks.task_states import TaskState

NUMBERS = 200
AGE = 3600.0
"""Seconds since the tasks were submitted, so that each is polled at the slowest rate."""


@dataclass(frozen=True, slots=True)
class Open:
    """A task at a service, and the person who submitted it."""

    remote: RemoteTask
    person: Person
    task_id: str


async def fill(world: World, settings: Settings, people: int, each: int) -> list[Open]:
    """Create `people` with `each` running checks each; every card shows its progress."""
    now = world.clock.now()
    checks = ((world.ekyc, "tg_active", "ekyc"), (world.checknumber, "active_check", "checknumber"))
    listed = [f"+4474{place:08}" for place in range(NUMBERS)]  # in order
    upload = "\n".join([*listed, ""]).encode()
    database = Database(settings.database_url, Vault(read_key(settings)))
    await database.open()
    fingerprint = numbers.fingerprint(database.vault, upload)
    read = Numbers(upload, fingerprint, b"", NUMBERS)
    found, list_rows, task_rows = list[Open](), [], []
    crowd = [world.person(f"Person {index}") for index in range(people)]
    for person in crowd:
        person.chat.bot_status = "member"
        person.chat.add(person.user, Content(text="A list"), now)
    for person, (service, key, name) in zip(
        itertools.chain.from_iterable(itertools.repeat(crowd, each)), itertools.cycle(checks)
    ):
        service.pace.per_second = 0.0  # a task ends when the benchmark says so
        remote = service.take(Post(now - AGE, "/v1/tasks", key, listed), now - AGE)
        card = person.chat.add(world.state.me, Content(text="A card"), now)
        whose = {"chat_id": person.id, "person_id": person.id, "created_at": now - AGE}
        list_id, task_id = new_id(), new_id()
        found.append(Open(remote, person, task_id))
        body = await numbers.seal(database.vault, list_id, read)
        list_rows.append(
            {
                "id": list_id,
                "state": ListState.WORKING,
                "shown": ListState.READY,
                "settle_at": now - AGE,
                "ready": NUMBERS,
                "card_id": card.message_id,
                "reply_to": 1,
                "title_sealed": database.vault.seal_text("numbers.txt", "lists.title", list_id),
                **whose,
                **body,
            }
        )
        task_rows.append(
            {
                "id": task_id,
                "list_id": list_id,
                "check_key": key,
                "service": name,
                "state": TaskState.PROCESSING,
                "remote_id": remote.task_id,
                "numbers": NUMBERS,
                "total": NUMBERS,
                "started_at": now - AGE,
                "submitted_at": now - AGE,
                "progress_at": now,
                "shown_at": now,
                "shown": TaskState.PROCESSING,
                "next_at": now,
                **whose,
            }
        )
    async with database.write() as connection:
        known = [{"chat_id": person.id, "language": "en", "seen_at": now} for person in crowd]
        await connection.execute(sa.insert(chats), known)
        await connection.execute(sa.insert(lists_table), list_rows)
        await connection.execute(sa.insert(tasks_table), task_rows)
    await database.close()
    return found


async def let_results_wait(world: World, settings: Settings, chosen: list[Open]) -> None:
    """Store these results as if the bot had polled them just before it stopped."""
    now = world.clock.now()
    database = Database(settings.database_url, Vault(read_key(settings)))
    await database.open()
    async with database.write() as connection:
        for each in chosen:
            each.remote.finished = True
            service = world.ekyc if each.remote in world.ekyc.tasks else world.checknumber
            url = world.storage.presign(each.remote, service.faults, service.url_seconds)
            sealed = database.vault.seal_text(url, "tasks.result_url", each.task_id)
            await connection.execute(
                sa.update(tasks_table)
                .where(tasks_table.c.remote_id == each.remote.task_id)
                .values(
                    state=TaskState.EXPORTED,
                    shown=TaskState.EXPORTED,
                    result_url_sealed=sealed,
                    success=NUMBERS,
                    shown_count=NUMBERS,
                    progress_at=now,
                    next_at=now,
                )
            )
    await database.close()
