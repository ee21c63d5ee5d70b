"""A day of conversation with canary values: where they are stored, and when they are gone."""

import pytest

from sandbox.http import faults
from sandbox.telegram.store.chats import Message
from tests.support.canaries import (
    Canary,
    Day,
    Finder,
    canary_numbers,
    heard_by,
    number,
    opened_files,
    remnants,
    rows_naming,
    text,
)
from tests.support.databases.engines import only_sqlite
from tests.support.stories.crowd import link
from tests.support.stories.excluding import never_checks
from tests.support.stories.sheets_of import archive, workbook
from tests.support.stories.story import Story

DAY = 86_400.0
LISTED = canary_numbers(20, seed=1)
PASTED, ASKED, GROUPED, DISCARDED, CAPTION, LATE = (
    canary_numbers(3, seed=seed) for seed in range(2, 8)
)
SINGLE, CONTACT = canary_numbers(2, seed=8)
NEVER = canary_numbers(3, seed=9)
ACCOUNT = "777000123456789"
WORD, LEFT_OUT, REFUSAL, CODE = "kanariword", "kanarileftout", "kanarirefusal", "kanaricode"
FIRST_NAME, USERNAME, MEMBER = "Zebedina", "zebedina_quux", "Kanarimember"
FRIEND, GROUP = "Kanarifriend", "Kanariteam"
FILE, SHEET, GROUP_FILE = "kanarifile.csv", "kanarisheet.xlsx", "kanarigroup.txt"

LASTING = {
    ("answer_blocks.body", "answer"),
    ("chats.title", "group's title"),
    ("lists.title", "file name"),
    ("lists.title", "sheet name"),
    ("lists.title", "group file name"),
    ("parts.name", "file name"),
    ("parts.name", "sheet name"),
    ("parts.name", "group file name"),
    ("people.name", "first name"),
    ("people.name", "username"),
    ("people.name", "member's name"),
    ("tasks.reason", "refusal"),
    ("tasks.reason", "refusal's code"),
    ("tasks.summary", "answer"),
}
"""docs/privacy.md: names of files and people, and the services' own messages, are kept."""
THE_MEMBERS = {
    ("chats.title", "group's title"),
    ("people.name", "member's name"),
    ("lookups.number", "single"),
    ("lookups.account", "account"),
    ("lookup_cache.account", "account"),
}
"""Values that stay when the other person is forgotten."""


def canaries(story: Story) -> list[Canary]:
    """Return all canaries of the day, and the secrets of its world."""
    named = {
        "listed": LISTED,
        "pasted": PASTED,
        "asked": ASKED,
        "group's": GROUPED,
        "discarded": DISCARDED,
        "caption's": CAPTION,
        "late": LATE,
        "never": NEVER,
        "single": [SINGLE],
        "contact's": [CONTACT],
    }
    found = [number(name, each) for name, several in named.items() for each in several]
    world = story.world
    texts = {
        "account": ACCOUNT,
        "answer": WORD,
        "left out": LEFT_OUT,
        "refusal": REFUSAL,
        "refusal's code": CODE,
        "first name": FIRST_NAME,
        "username": USERNAME,
        "member's name": MEMBER,
        "friend's name": FRIEND,
        "group's title": GROUP,
        "file name": FILE,
        "sheet name": SHEET,
        "group file name": GROUP_FILE,
        "bot token": world.bot_token.partition(":")[2],
        "ekyc key": world.ekyc.api_key,
        "checknumber key": world.checknumber.api_key,
        "lookup token": world.green.instances[0].token,
    }
    return [*found, *(text(name, value) for name, value in texts.items())]


@pytest.fixture
async def day(story: Story) -> Day:
    """A bot that was just started, with all its log lines recorded."""
    zebedina, member = story.world.person(FIRST_NAME), story.world.person(MEMBER)
    zebedina.user.username = USERNAME
    await story.says_hello()
    return Day(story, zebedina, member, Finder(canaries(story)))


def table(numbers: list[str], *more: str) -> bytes:
    """A table with a row that holds no number."""
    return "\n".join(["Phone;Who", *(f"{each};x" for each in numbers), *more]).encode()


async def checks_a_file(day: Day) -> Message:
    """Check a file with rejected rows, slowly; return its card while the check runs."""
    zebedina, service = day.zebedina, day.story.world.checknumber
    rows = [f"{each},{WORD}" if at % 3 else f"{each},active" for at, each in enumerate(LISTED)]
    data = archive({"all.csv": "\n".join(["Number,ActiveStatus", *rows]).encode()})
    service.faults.add("result", faults.Content(data), times=None)
    service.pace.per_second = 0.5
    data = table(LISTED, f"{LEFT_OUT};1", f"{LEFT_OUT} 2;12")
    await zebedina.uploads(FILE, data, caption=f"and {CAPTION[0]}")
    card = await zebedina.sees("numbers ready")
    await zebedina.presses("Active number", on=card)
    await zebedina.presses("Start", on=card)
    await zebedina.sees("of 21", in_message=card)
    return card


async def sends_more_lists(day: Day) -> None:
    """Send lists that wait: a paste, one with a question, a group's; and one that is discarded."""
    zebedina, world = day.zebedina, day.story.world
    sent = await zebedina.sends("\n".join([*DISCARDED, LEFT_OUT]))
    card = await zebedina.sees("3 numbers ready", after=sent)
    await zebedina.presses("Discard", on=card)
    await zebedina.sees("Discarded", in_message=card)
    await day.story.passes(1)
    gone = {each for each in await day.known() if each[1] == "discarded"}
    day.expects("of a list that was discarded", gone, set())
    await never_checks(zebedina, NEVER)
    await day.story.passes(1)
    gone = {each for each in await day.known() if each[1] == "never"}
    day.expects("of numbers that are never checked", gone, set())
    sent = await zebedina.sends("\n".join(PASTED))
    await zebedina.sees("3 numbers ready", after=sent)
    first, second, third = ASKED
    two = [(first, second), (third, second)]
    await zebedina.uploads(SHEET, workbook([["One", "Two"], *two]))
    await zebedina.sees("Several columns")
    group = world.group(GROUP, zebedina, [day.member], bot="left")
    group.adds_bot(zebedina)
    there = zebedina.within(group)
    check = f"/check@{world.bot_username}"
    await there.uploads(GROUP_FILE, "\n".join(GROUPED).encode(), caption=check)
    card = await there.sees("3 numbers ready")
    await day.member.within(group).presses("Band", on=card)
    await day.member.within(group).sends(f"{check} {SINGLE}")
    await there.presses("Band", on=card)
    await there.presses("Start", on=card)
    await there.receives_file()


async def asks_and_is_refused(day: Day) -> None:
    """Send single lookups, a contact, and a list that the service refuses with its own message."""
    zebedina, world = day.zebedina, day.story.world
    world.green.known |= {SINGLE[1:]: ACCOUNT, CONTACT[1:]: ACCOUNT}
    await zebedina.sends(SINGLE)
    await zebedina.sees(f"{SINGLE} has a Telegram account")
    await zebedina.shares_contact(CONTACT[1:], FRIEND)
    await zebedina.sees(f"{CONTACT} has a Telegram account")
    world.ekyc.faults.add("create", faults.refused(400, CODE, REFUSAL))
    sent = await zebedina.sends("\n".join(LATE))
    card = await zebedina.sees("3 numbers ready", after=sent)
    await zebedina.presses("Telegram activity", on=card)
    await zebedina.presses("Start", on=card)
    await zebedina.sees(REFUSAL)


async def lives_through(day: Day) -> None:
    """Run the whole day, and search the files at several moments."""
    for person in (day.zebedina, day.member):
        await person.sends(await link(day.story))
        await person.sees("I check lists")
    card = await checks_a_file(day)
    day.looks_into_files("while a check is at work")
    day.story.world.checknumber.pace.per_second = 500
    await day.zebedina.receives_file()
    await day.zebedina.sees("Done", in_message=card)
    day.looks_into_files("with a result on the disk")
    await sends_more_lists(day)
    await asks_and_is_refused(day)
    day.looks_into_files("at the end of the day")


def results_of(day: Day) -> list[bytes]:
    """Return the results on the disk, opened."""
    return opened_files(day.database.vault, day.story.home / "results")


async def time_goes_by(day: Day) -> None:
    """Check that a month later only what is documented as lasting is left, without remnants."""
    before = await day.sealed()
    kinds = {name for _, name in await day.known()}
    assert kinds >= {
        "listed",
        "pasted",
        "asked",
        "group's",
        "late",
        "single",
        "account",
        "left out",
    }
    assert len(results_of(day)) == 2
    remembered = await day.remembered()
    assert len(remembered) == 2
    assert remnants(before.values(), day.story.home) == len(before), "remnants are not found"
    await day.story.passes(32 * DAY)
    day.looks_into_files("a month later")
    day.expects("sealed a month later", await day.known() - LASTING, set())
    after = await day.sealed()
    day.expects("results a month later", results_of(day), [])
    day.expects("inbox a month later", [place for place in after if place[0] == "inbox.update"], [])
    erased = set(before.values()) - set(after.values())
    assert len(erased) > 10
    day.expects("remnants a month later", remnants(erased, day.story.home), 0)
    assert set(await day.remembered()) == set(remembered), "they are kept for 90 days"
    await day.story.passes(59 * DAY)
    day.expects("remembered after their days", await day.remembered(), [])
    day.expects("remnants of these", remnants(remembered, day.story.home), 0)


async def is_forgotten(day: Day) -> None:
    """Start another day, and end it with /forget; other people's data stays."""
    database, zebedina = day.database, day.zebedina
    sent = await zebedina.uploads(FILE, table(LISTED, f"{LEFT_OUT};1"))
    await zebedina.presses("Active number", on=await zebedina.sees("numbers ready", after=sent))
    await zebedina.presses("Start")
    await zebedina.receives_file()
    await zebedina.sends(CONTACT)
    await zebedina.sees(CONTACT)
    await day.member.sends(SINGLE)
    await day.member.sees(f"{SINGLE} has a Telegram account")
    before = await day.sealed()
    assert [place for place in before if place[0] == "exclusions.body"], "they have no last day"
    assert len(results_of(day)) == len(await day.remembered()) == 1
    await zebedina.sends("/forget")
    await zebedina.presses("Erase everything")
    await zebedina.sees("is erased")
    await day.story.passes(5)
    day.expects("forgotten", await day.known(), THE_MEMBERS)
    day.expects("results of a forgotten one", results_of(day), [])
    day.expects("remembered of a forgotten one", await day.remembered(), [])
    # The tap itself was an update: its id and its chat are kept.
    named = await rows_naming(database, zebedina.id) - {"inbox.lane"}
    day.expects("columns with the id of a forgotten one", named, set())
    after = await day.sealed()
    erased = set(before.values()) - set(after.values())
    day.expects("remnants of a forgotten one", remnants(erased, day.story.home), 0)
    day.looks_into_files("after /forget")


@only_sqlite
async def test_a_day_leaves_nothing_in_clear_and_little_for_long(day: Day) -> None:
    """Protects all that people send: sealed while needed, erased when not, or on request."""
    log = heard_by(day)
    await lives_through(day)
    await time_goes_by(day)
    await is_forgotten(day)
    said = log.getvalue()
    assert '"event": "person forgotten"' in said
    day.expects("log", day.finder.found(said.encode()), set())
    day.expects("log before masking", day.finder.found("\n".join(day.heard).encode()), set())
    assert not day.wrong, "\n".join(day.wrong)
