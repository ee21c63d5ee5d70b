"""Errors leak nothing: into the log, onto the disk, past an erasure."""

import io
import logging

import pytest

from bot.logs import configure
from sandbox.http import faults
from sandbox.people.person import Person
from storage.upkeep import forget_person
from tests.support.canaries import (
    Finder,
    blobs,
    canary_numbers,
    files_below,
    listens_unmasked,
    number,
    remnants,
    rows_naming,
    text,
)
from tests.support.databases.engines import only_sqlite
from tests.support.stories.crowd import quoted
from tests.support.stories.faulting import paid
from tests.support.stories.lookups import leaps, opens
from tests.support.stories.story import Story

NUMBERS = canary_numbers(20, seed=7)
NAME, FILE = "Zacharias Quux", "quarterly-donors"
UNCLEAR, SORRY = "I don't know whether", "reference"
OF_A_PERSON = ("lists.", "parts.", "tasks.", "lookups.", "inquiries.", "inbox.", "chats.")


def finder(story: Story) -> Finder:
    """A finder for the numbers, the names and all secrets."""
    world = story.world
    secrets = {
        "token": world.bot_token.partition(":")[2],
        "ekyc": world.ekyc.api_key,
        "checknumber": world.checknumber.api_key,
        "signature": "X-Amz-Signature=",
    }
    named = {"name": NAME, "file": FILE}
    return Finder(
        [
            *(number(each, each) for each in NUMBERS),
            *(text(name, value) for name, value in (secrets | named).items()),
        ]
    )


@pytest.fixture
def log(story: Story) -> io.StringIO:
    """The log as an operator gets it."""
    written, world = io.StringIO(), story.world
    configure("info", "text", [world.bot_token, world.ekyc.api_key, world.checknumber.api_key])
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    return written


async def sends_list(bob: Person, lines: list[str], says: str) -> None:
    """Bob sends a file, and reads the answer."""
    await bob.uploads(f"{FILE}.txt", "\n".join(lines).encode())
    await bob.sees(says)


async def test_no_trouble_writes_a_number_or_a_secret(
    story: Story, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects numbers, keys and tokens when anything fails: the log has only the error."""
    heard: list[str] = []
    listens_unmasked(heard)
    await opens(story, daily_numbers=40)
    bob, ekyc, telegram = story.world.person(NAME), story.world.ekyc, story.world.telegram
    first = int(NUMBERS[0])
    await sends_list(bob, [f"+{first + step}" for step in range(300)], "follow each other")
    await sends_list(bob, NUMBERS, "20 numbers ready")
    ekyc.faults.add("create", faults.refused(400, "bad", f"{NUMBERS[0]} is wrong"), times=1)
    ekyc.faults.add("create", faults.too_many(5), times=1)
    ekyc.faults.add("create", faults.ReplyLost(), times=1)
    ekyc.faults.add("status", faults.bad_gateway(), times=2)
    ekyc.faults.add("status", faults.refused(401, "no", NUMBERS[1]), times=1)
    ekyc.faults.add("result", faults.Expired(), times=2)
    ekyc.faults.add("result", faults.Truncated(), times=2)
    telegram.faults.add("editMessageMedia", faults.ReplyLost(), times=1)
    telegram.faults.add("sendMessage", faults.Flood(3), times=1)
    telegram.faults.add("editMessageText", faults.bad_gateway(), times=2)
    for answer in ("is wrong", UNCLEAR):
        await bob.presses("Band")
        await bob.presses("Start")
        await bob.sees(answer)
    await bob.presses("Send again")
    await leaps(story, 700)
    await bob.receives_file()
    card = await quoted(bob, 30)
    assert "Start" not in {label for row in card.buttons for label in row}
    telegram.faults.add("getUpdates", faults.Dropped(), times=2)
    assert finder(story).found("\n".join(heard).encode()) == set()
    monkeypatch.setattr(forget_person, "kept", breaks)
    await bob.sends("/export")
    sorry = await bob.sees(SORRY)
    assert finder(story).found(sorry.shown.encode()) == set()
    lines = log.getvalue()
    events = ("poll failed", "key refused", "result not fetched", "telegram unreachable", "flood")
    assert [event for event in events if event not in lines] == []
    assert "handler failed" in lines
    assert finder(story).found(lines.encode()) == set()


async def breaks(*_: object, **_more: object) -> None:
    """Fail with a number in the error's message."""
    raise RuntimeError(f"{NUMBERS[2]} is odd")


@only_sqlite
async def test_a_thief_of_the_folder_reads_nothing(story: Story) -> None:
    """Protects lists, answers and names from a copy of the database and its log."""
    await opens(story)
    story.world.ekyc.pace.per_second = 1
    bob = story.world.person(NAME)
    await sends_list(bob, NUMBERS, "20 numbers ready")
    await bob.presses("Active number")
    await bob.presses("Start")
    await bob.receives_file()
    await bob.sends(NUMBERS[3])
    await bob.sees("account")
    await sends_list(bob, [*NUMBERS[:9], "no number"], "9 numbers ready")
    await bob.presses("Band")
    await bob.presses("Start")
    await bob.sees("of 9")
    group = story.world.group(FILE, bob, bot="left")
    group.adds_bot(bob)
    await bob.within(group).sees("also here")
    names = {path.name for path in files_below(story.home)}
    assert {"numberdesk.db", "numberdesk.db-wal"} < names
    assert any(name.endswith(".zip") for name in names), "the result is there, too"
    assert finder(story).in_files(story.home) == set()


@only_sqlite
async def test_nobody_else_on_the_machine_reads_our_files(story: Story) -> None:
    """Protects the data folder from other users, whatever modes an earlier start left there."""
    for name in ("results", "backups"):
        (story.home / name).mkdir(mode=0o755)
        (story.home / name / "earlier").write_bytes(b"x")
    theirs = story.home / "theirs.toml"
    theirs.write_bytes(b"")
    theirs.chmod(0o644)
    story.home.chmod(0o755)
    await opens(story)
    bob = story.world.person(NAME)
    await sends_list(bob, NUMBERS, "20 numbers ready")
    await bob.presses("Active number")
    await bob.presses("Start")
    await bob.receives_file()
    paths = [story.home, *story.home.rglob("*")]
    names = {path.name for path in paths}
    assert {"numberdesk.db", "numberdesk.db-wal", "data.key", "numberdesk.lock"} < names
    assert any(name.endswith(".zip") for name in names), "the result is there, too"
    assert [path.name for path in paths if path.stat().st_mode & 0o077] == [theirs.name]


@only_sqlite
async def test_forgotten_in_the_middle_of_a_check(story: Story) -> None:
    """Protects a person who is forgotten: no row, no sealed byte, no late result; counts stay."""
    await opens(story)
    story.world.ekyc.pace.per_second = 0.5
    bob = story.world.person(NAME)
    await sends_list(bob, NUMBERS, "20 numbers ready")
    await bob.presses("Band")
    await bob.presses("Start")
    await bob.sees("of 20")
    assert story.app is not None
    database = story.app.database
    sealed = await blobs(database)
    mine = [blob for (purpose, *_), blob in sealed.items() if purpose.startswith(OF_A_PERSON)]
    assert remnants(mine, story.home) == len(mine) > 2
    await bob.sends("/forget")
    await bob.sees("One check is at work. I let it go")
    await bob.presses("Erase everything")
    await bob.sees("is erased")
    await story.passes(600)
    assert remnants(mine, story.home) == 0
    # The tap that asked for it is kept for two days, by its id, lest it be handled twice.
    assert await rows_naming(database, bob.id) <= {"inbox.lane"}
    assert paid(story) == 1
    assert not any(each.document for each in bob.messages if each.by_bot)
