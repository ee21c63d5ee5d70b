"""Forged buttons, links and commands: nothing breaks and nothing is done, for any sender."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any

import sqlalchemy as sa
import structlog
from aiogram.filters.callback_data import CallbackData
from structlog.testing import capture_logs

from handlers.cards.exclusions import buttons
from handlers.routers import language, privacy, task_pages
from handlers.routers.again import changes
from handlers.schedules import callbacks as schedules
from handlers.shared import callbacks, commands
from handlers.shared.texts import Texts
from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from storage.schema import tables
from tests.support.stories.crowd import let_in, quoted
from tests.support.stories.story import Story
from tests.support.stories.teams import submitted

MOST_BYTES, FEWEST = 64, 2  # of callback data (Bot API); forgeries of each kind and sender
RUBBISH = ["", "x", "0", "-1", "None", "ы", "\u202e", "🇬🇧", "%s", "{0}", "'--", "..", " ", "A" * 40]
WORDS = ["", "yes", "all", "band", "GB", "en", "ru", "everyone", "c", "f"]
INTEGERS = [0, 1, -1, -2, 999, 2**31, -(2**31), 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 10**40]
RAW = ["", ":", "::::", "\x00", "l", "l:", "t:s", "z:y:y", "p:r:1:2:3:4", "q:c:\n", "é" * 32,
       "x" * 64, "y:" + "z" * 62, "unknown:1", "L:s:1", " t:s:1", "t:s:1 "]  # fmt: skip
ARGUMENTS = ["x", "0", "-1", "<b>", "&amp;", "%s %d {0} {x}", "\u202eabc", "../../etc/passwd",
             "🇬🇧" * 9, "x\ny", "a@b:c", "12", "--help", "\u0660" * 5]  # fmt: skip
LONGEST = "A" * 4000
LINKS = ["x", "A" * 64, "_-" * 32, "0", "l:s:1", "ref=1", "%00", "é", "x y", "../x", "a" * 3900]
COMMANDS = sorted(each for name, each in vars(commands).items()
                  if name.isupper() and isinstance(each, str))  # fmt: skip
MISPLACED = [each.pack() for each in (
    language.LanguageButton(code="en"), callbacks.StatsButton(days=1),
    callbacks.PeopleButton(act=callbacks.PeopleAct.PAGE, person=0, page=0, quota=0),
    callbacks.InstanceButton(act=callbacks.InstanceAct.SHOW, id=""),
    callbacks.ConsentButton(act=callbacks.ConsentAct.LOOK_UP, id="x"),
    privacy.ForgetButton(act=privacy.ForgetAct.NO))]  # fmt: skip
"""Real buttons, here on a file and on a deleted message."""
ERASE = privacy.ForgetButton(act=privacy.ForgetAct.YES).pack()
"""It erases only the sender's data; see test_privacy."""
OWNERS_MAY = frozenset({"people", "access_asks", "instances", "invites", "chats", "check_switches"})
NONE: frozenset[str] = frozenset()
VOLATILE = {"seen_at", "shown_at", "next_at", "attempts", "asked_at"}
"""Columns that change by time alone."""

Rows = dict[tuple[str, str], dict[str, Any]]
HOUSEKEEPING = {tables.inbox, tables.canary, tables.replicas, tables.claims, tables.group_sends}


def button_classes() -> list[type[CallbackData]]:
    """Return every kind of button that handlers declare."""
    kinds = (each for each in CallbackData.__subclasses__() if "handlers." in each.__module__)
    return sorted(kinds, key=lambda each: each.__name__)


def members(wanted: object) -> list[str]:
    """Return the values that a field may hold, if they are an enumeration."""
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return [str(each.value) for each in wanted]
    return []


def turns(kind: type[CallbackData]) -> int:
    """Return how many forgeries of this kind are made: each of its acts comes up twice."""
    acts = [len(members(each.annotation)) for each in kind.model_fields.values()]
    return max(FEWEST, 2 * max(acts, default=0))


def forged(
    chance: random.Random, kind: type[CallbackData], ids: list[str], people: list[int], turn: int
) -> str:
    """Return callback data shaped like this kind, or nearly; 64 bytes at most."""
    parts = [kind.__prefix__]
    for name, wanted in kind.model_fields.items():
        acts = members(wanted.annotation)
        if acts and chance.random() < 0.9:
            parts.append(acts[turn % len(acts)])
        elif wanted.annotation is int and chance.random() < 0.95:
            parts.append(str(chance.choice(INTEGERS if chance.random() < 0.6 else people)))
        elif name in {"id", "before", "after"} and chance.random() < 0.8:
            parts.append(chance.choice(ids))
        else:
            parts.append(chance.choice(RUBBISH if chance.random() < 0.4 else WORDS))
    return ":".join(parts).encode()[:MOST_BYTES].decode(errors="ignore")


async def rows_of(story: Story) -> Rows:
    """Return every row about people, their lists, and their settings."""
    assert story.app is not None
    found: Rows = {}
    async with story.app.database.read() as connection:
        for table in tables.metadata.sorted_tables:
            if table in HOUSEKEEPING:
                continue
            for row in (await connection.execute(sa.select(table))).mappings():
                key = str([row[column.name] for column in table.primary_key])
                found[table.name, key] = {n: v for n, v in row.items() if n not in VOLATILE}
    return found


def changed(before: Rows, after: Rows) -> dict[tuple[str, str], list[object]]:
    """Return each row that differs, and whose it was and is."""
    places = {place for place in before.keys() | after.keys()
              if before.get(place) != after.get(place)}  # fmt: skip
    return {place: [whose(before.get(place)), whose(after.get(place))] for place in places}


def whose(row: dict[str, Any] | None) -> object:
    """Return the person of a row, or the chat."""
    return None if row is None else row.get("person_id", row.get("chat_id"))


@dataclass
class Forger:
    """Sends forgeries on all that the bot said in their chat, and waits for each answer.

    ids, people: what the forged data name; never what the sender may start themselves.
    may: tables that the sender may change for others, too.
    """

    story: Story
    person: Person
    ids: list[str]
    people: list[int]
    logs: list[structlog.typing.EventDict]
    wrong: list[str]
    may: frozenset[str]

    async def taps(self, chance: random.Random, spare: Iterable[str] = ()) -> None:
        """Tap forged buttons of each kind, garbage, and real ones where they don't belong."""
        every = [forged(chance, kind, self.ids, self.people, turn)
                 for kind in button_classes() for turn in range(turns(kind))]  # fmt: skip
        said = [each for each in self.person.messages if each.by_bot]
        if self.person.chat.private:
            self.person.deletes(said[0])
        files = [each for each in said if each.text is None] or said
        for data in [*every, *chance.sample(RAW, 6)]:
            if data not in spare:
                await self.forges(data, chance.choice(said))
        for data in MISPLACED:
            for on in (files[-1], said[0]):
                await self.forges(data, on)

    async def forges(self, data: str, on: Message) -> None:
        """Tap with this data; note when no answer comes, or when our code fails."""
        before = on.shown
        try:
            answer = await self.person.forges(data, on, within=3)
        except AssertionError:
            self.wrong.append(f"{self.person.name} got no answer to {data!r}")
        else:
            if answer.text.startswith(apologies()):
                self.wrong.append(f"{self.person.name} was told of a fault by {data!r}")
        await self._hears_of(data)
        theirs = on.reply_to is not None and on.reply_to.sender is self.person.user
        if not (on.chat.private or theirs) and on.shown != before:
            self.wrong.append(f"{self.person.name} overwrote a card of others by {data!r}")

    async def says(self, said: str) -> None:
        """Send a text, and let the bot answer."""
        await self.person.sends(said)
        await self._hears_of(said[:60])

    async def _hears_of(self, what: str) -> None:
        """Note what is logged until the update is handled."""
        app, world = self.story.app, self.story.world
        assert app is not None
        handled = lambda: (not world.pending_updates and app.intake.chat_queues.idle) or None  # noqa: E731
        await world.until(handled, f"{what!r} was handled")
        for line in self.logs:
            if line["log_level"] in {"error", "critical"}:
                said = f"{line['event']} {line.get('exc_info', '')!r}"
                self.wrong.append(f"{self.person.name}, {what!r}: {said[:300]}")
        self.logs.clear()


@cache
def apologies() -> tuple[str, ...]:
    """Return how the texts begin that report an error of ours."""
    say = Texts()["en"]
    both = (say.html("error", ref="|"), say.plain("error-short", ref="|"))
    return tuple(each.partition("|")[0][:30] for each in both)


@dataclass
class Town:
    """Lists and checks of several people, and the groups and people around them."""

    story: Story
    bob: Person
    carol: Person
    dave: Person
    erin: Person
    group: Group
    wrong: list[str] = field(default_factory=list)

    def posted(self) -> int:
        """Return how many requests the services got."""
        world = self.story.world
        return len(world.ekyc.posts) + len(world.checknumber.posts) + len(world.green.asked)

    async def looks(self, who: Forger, before: Rows, posted: int) -> None:
        """Note changes that this sender may not cause, and anything that was paid."""
        await self.story.passes(5)
        if self.posted() != posted:
            self.wrong.append(f"{who.person.name} had something posted to a service")
        for (table, key), owners in changed(before, await rows_of(self.story)).items():
            theirs = {each for each in owners if each is not None} == {who.person.id}
            if not theirs and table not in who.may:
                self.wrong.append(f"{who.person.name} changed {table} {key} of {owners}")


async def built(story: Story) -> Town:
    """Create lists and checks of Bob and Carol in many states, in private chats and in a group."""
    story.consent_version = 1
    story.settings |= {"poll_fastest_seconds": 30, "poll_slowest_seconds": 600}
    await story.says_hello()
    bob, carol = await let_in(story, "Bob"), await let_in(story, "Carol")
    dave, erin = story.world.person("Dave"), story.world.person("Erin")
    await dave.sends("/start")
    await dave.sees("your Telegram id")
    group = story.world.group("Team", carol, [bob, erin])
    for place, person in enumerate((bob, carol)):
        await quoted(person, 15, 100 * place)
        await person.presses("Start")
        await person.presses("I confirm")
        await person.receives_file()
    story.world.ekyc.pace.per_second = 0.0001
    sent = await carol.sends("+447400900900")
    await carol.sees("+447400900900", after=sent)
    card = await quoted(carol, 16, 300)
    await carol.presses("Start", on=card)
    await quoted(carol, 17, 400)
    there = bob.within(group)
    card = await submitted(story, there)
    await there.presses("Band", on=card)
    await there.sees("go to the service", in_message=card)
    asked = await there.sends(f"/tasks@{story.world.bot_username}")
    await there.sees("", after=asked)
    await story.passes(60)
    return Town(story, bob, carol, dave, erin, group)


async def ids_but(story: Story, person: Person) -> list[str]:
    """Return the ids of lists, tasks and inquiries; of the person's own only finished ones."""
    assert story.app is not None
    found = ["0" * 10]
    async with story.app.database.read() as connection:
        for table in (tables.lists, tables.tasks, tables.inquiries):
            rows = (await connection.execute(sa.select(table))).mappings()
            found += [str(row["id"]) for row in rows if row["person_id"] != person.id or
                      row.get("state") in {"working", "delivered"}]  # fmt: skip
    return found


async def try_everything(town: Town, who: Forger, chance: random.Random) -> None:
    """Forge buttons, links and commands; note what came of it."""
    before, posted = await rows_of(town.story), town.posted()
    for name in COMMANDS:
        await who.says(f"/{name} {chance.choice(ARGUMENTS)}")
        await who.says(f"/{name} {LONGEST}")
    for payload in chance.sample(LINKS, 4):
        await who.says(f"/start {payload}")
    await who.taps(chance, spare=[ERASE])
    await town.looks(who, before, posted)


async def test_forgeries_break_nothing_and_do_nothing(story: Story) -> None:
    """Protects money and other people's lists from anything a client can send."""
    town, chance = await built(story), random.Random(20261122)
    people = [story.anna, town.bob, town.carol, town.dave, town.erin]
    with capture_logs() as logs:
        for person in (town.erin.within(town.group), town.dave, town.bob, story.anna):
            ids, may = await ids_but(story, person), OWNERS_MAY if person is story.anna else NONE
            who = Forger(story, person, ids, [each.id for each in people], logs, town.wrong, may)
            await try_everything(town, who, chance)
    assert not town.wrong, "\n".join(town.wrong)


def test_every_kind_of_button_is_forged() -> None:
    """Protects the test above: new kinds of buttons are forged as well, with each of their acts."""
    homes = (callbacks, buttons, changes, schedules, language, privacy, task_pages)
    chance, kinds = random.Random(1), button_classes()
    declared = [each for of in homes for each in vars(of).values()]
    assert set(kinds) == {each for each in declared if isinstance(each, type)
                          and issubclass(each, CallbackData)} - {CallbackData}  # fmt: skip
    data = {forged(chance, kind, ["abc"], [5], turn) for kind in kinds for turn in range(99)}
    assert max(len(each.encode()) for each in data) <= MOST_BYTES
    for kind in kinds:
        for act in members(next(iter(kind.model_fields.values())).annotation):
            assert any(each.startswith(f"{kind.__prefix__}:{act}") for each in data)
