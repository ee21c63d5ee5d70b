"""Groups with privacy mode, Telegram's default: what reaches the bot, and what people are told."""

import re

import pytest

from handlers.shared.commands import ELSEWHERE
from sandbox.http import faults
from sandbox.people.group import Group
from sandbox.people.person import Person
from tests.support.stories.crowd import let_in
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story
from tests.support.stories.teams import FILE, READY, named, said, started

BARE = re.compile(r"(?<![\w/.])/[a-z]+\b(?!@)")
PRIVACY_MODE = "Privacy mode is on"
EVERYTHING = "Telegram shows me everything that is written here"
NO_REPLY = "a reply may not do"
ONLY_THIS = "I take here only the message with /check@"
NO_PERSON = "You write in the name of a channel"


async def joined(
    story: Story, *, kind: str = "supergroup", mode: str = "on"
) -> tuple[Group, Person]:
    """Anna adds the bot to a group with Bob, where another bot writes after it; return both.

    A bare command then reaches the other bot alone.

    mode: Privacy mode "on" or "off", or "administrator": the bot is added as one.
    """
    await story.says_hello()
    bob = await let_in(story, "Bob")
    group = story.world.group("Team", story.anna, [bob], kind=kind, bot="left")
    story.world.state.privacy_mode = mode != "off"  # changed since the bot asked who it is
    group.adds_bot(story.anna, "administrator" if mode == "administrator" else "member")
    await story.anna.within(group).sees("also here")
    group.hears_another_bot("Welcome, all!")
    return group, bob


async def test_the_ways_that_always_work(story: Story) -> None:
    """Protects groups as Telegram makes them: each way that a text names reaches the bot."""
    group, member = await joined(story)
    anna, bob, check = story.anna.within(group), member.within(group), named(story)
    lists = await bob.uploads("theirs.txt", FILE)
    for unheard in ("/check", "/help", f"hello @{story.world.bot_username}", numbers(1)[0]):
        await anna.sends(unheard, reply_to=lists)
    await story.passes(30)
    assert len(said(anna, "")) == 1, "only the greeting"
    await anna.sends(check, reply_to=lists)
    await anna.sees(f"theirs.txt: {READY}")
    await anna.uploads("mine.txt", FILE + b"\n+447400000900", caption=check)
    await anna.sees("mine.txt: 21 numbers ready")
    await anna.sends(f"{check} {numbers(1)[0]}")
    await anna.sees(numbers(1)[0])
    national = "\n".join("0" + each[3:] for each in numbers(20, 40))
    await anna.uploads("national.txt", national.encode(), caption=check)
    card = await anna.sees("reply to this message with the country's name")
    await anna.sends("britain", reply_to=card)
    await anna.presses("United Kingdom", on=card)
    await anna.sees(READY, in_message=card)


async def test_the_way_of_groups_works_in_private(story: Story) -> None:
    """Protects people from two ways: a file with the command as its caption is taken everywhere."""
    await story.says_hello()
    for name, caption in (("a.txt", named(story)), ("b.txt", "/check")):
        await story.anna.uploads(name, FILE, caption=caption)
        await story.anna.sees(f"{name}: {READY}")


async def test_replies_to_the_bot_are_served(story: Story) -> None:
    """Protects those whom the bot has told that it hears replies: numbers there count."""
    await story.says_hello()
    there = story.anna.within(story.world.group("Team", story.anna))
    asked = await there.sends(named(story, "/help"))
    greeting = await there.sees("How it works here", after=asked)
    sent = await there.uploads("list.txt", FILE, reply_to=greeting)
    await there.sees(f"list.txt: {READY}", after=sent)
    sent = await there.sends("\n".join(numbers(21)), reply_to=greeting)
    await there.sees("21 numbers ready", after=sent)
    quiet = await there.sends("thanks!", reply_to=greeting)
    await story.passes(30)
    assert not [each for each in said(there, "") if each.message_id > quiet.message_id]


@pytest.mark.menus
async def test_no_text_of_a_group_names_a_bare_command(story: Story) -> None:
    """Protects people from a command that Telegram gives to another bot."""
    group, _ = await joined(story)
    anna = story.anna.within(group)
    for asked in ("/help", "/check", "/tasks", "/settings", "/country Atlantis", "/check 12345"):
        command, _, rest = asked.partition(" ")
        sent = await anna.sends(f"{named(story, command)} {rest}")
        await anna.sees("", after=sent)
    sent = await anna.uploads("empty.txt", b"nothing here", caption=named(story))
    card = await anna.sees("as the caption of each file", after=sent)
    notices = [(await anna.forges(data, on=card)).text for data in ("x", "w:h:nobody")]
    assert all(named(story, "/tasks") in notice for notice in notices)
    shown = [each.shown for each in said(anna, "")]
    assert len(shown) > 7
    assert [text for text in [*shown, *notices] if BARE.search(text)] == []
    for language in ("", "ru", "zh", "tr"):
        menu = story.world.state.profile["commands", "all_group_chats", language]
        (about,) = [each["description"] for each in menu["commands"] if each["command"] == "check"]
        assert named(story) in about


async def test_a_reply_in_a_basic_group(story: Story) -> None:
    """Protects people whose reply reaches the bot without its target: they hear what works."""
    group, member = await joined(story, kind="group")
    anna, bob, check = story.anna.within(group), member.within(group), named(story)
    assert NO_REPLY in group.transcript()
    lists = await bob.uploads("theirs.txt", FILE)
    asked = await anna.sends(check, reply_to=lists)
    answer = await anna.sees(NO_REPLY, after=asked)
    assert f"{check} as its caption" in answer.shown
    await anna.uploads("mine.txt", FILE, caption=check)
    card = await anna.sees(f"mine.txt: {READY}")
    await anna.sends(f"{check} again", reply_to=card)  # its own message is there, and no list
    group.promotes_bot(story.anna)
    later = await bob.uploads("later.txt", FILE + b"\n+447400000900")
    await anna.sends("/check", reply_to=later)
    await anna.sees("later.txt: 21 numbers ready")


@pytest.mark.parametrize("mode", ["on", "off", "administrator"])
async def test_the_greeting_says_which_mode_is_on(story: Story, mode: str) -> None:
    """Protects members: they know whether Telegram shows the bot what they write."""
    group, _ = await joined(story, mode=mode)
    greeting = said(story.anna.within(group), "")[0].shown
    assert (PRIVACY_MODE in greeting) == (mode == "on")
    assert (EVERYTHING in greeting) == (mode != "on")
    there = story.anna.within(group)
    await there.uploads("below.txt", FILE, caption=f"this one, please: {named(story)}")
    if mode != "on":  # a command behind other words
        await there.sees(f"below.txt: {READY}")


async def test_commands_of_private_chats_say_where_they_work(story: Story) -> None:
    """Protects members from silence; a bare command may be meant for another bot."""
    await story.says_hello()
    group = story.world.group("Team", story.anna)
    there = story.anna.within(group)
    for name in ELSEWHERE:
        sent = await there.sends(f"/{name}@{story.world.bot_username}")
        assert (await there.sees("works in our private chat", after=sent)).reply_to is sent
    await there.sends("/privacy")
    await story.passes(30)
    assert len([each for each in group.messages if each.by_bot]) == len(ELSEWHERE)


async def test_who_writes_as_a_channel_is_answered(story: Story) -> None:
    """Protects checks from having nobody behind them, and members from silence."""
    group, member = await joined(story, mode="administrator")
    masked = member.within(group, channel="Bob's News")
    asked = await masked.uploads("list.txt", FILE, caption=named(story))
    assert (await masked.sees(NO_PERSON)).reply_to is asked
    for text in (f"hello @{story.world.bot_username}", named(story, "/settings")):
        await masked.sees(NO_PERSON, after=await masked.sends(text))
    count = len(said(masked, ""))
    await masked.sends("talk among people, +447400000001")
    await masked.sends("/check@other_bot")
    group.gets_post("Team News", f"News: write {named(story)} or @{story.world.bot_username}")
    await story.passes(30)
    assert len(said(masked, "")) == count


async def test_an_anonymous_owner_is_told_to_reply_as_themselves(story: Story) -> None:
    """Protects an unclear check: whoever names its task must be known, and is told so."""
    group, _ = await joined(story)
    anna, hidden = story.anna.within(group), story.anna.within(group, anonymous=True)
    story.world.ekyc.faults.add("create", faults.ReplyLost())
    card = await started(story, anna)
    await anna.presses("I found it", on=card)
    question = await anna.sees("Reply to this message with its id")
    (task,) = story.world.ekyc.tasks
    await hidden.sends(task.task_id, reply_to=question)
    await anna.sees("once more under your own name")
    await anna.sends(task.task_id, reply_to=question)
    await anna.receives_file()


async def _said_once(story: Story, there: Person, text: str) -> None:
    await there.sees(text)
    await story.passes(5)
    assert len(said(there, text)) == 1


async def test_what_never_arrives_is_named(story: Story) -> None:
    """Protects lists that are shorter than meant: albums and cut texts come only in part."""
    group, _ = await joined(story)
    anna = story.anna.within(group)
    await anna.uploads_together([("a.txt", FILE), ("b.txt", FILE)], caption=named(story))
    await anna.sees(f"a.txt: {READY}")
    await _said_once(story, anna, ONLY_THIS)
    pasted = await anna.pastes(f"{named(story)}\n" + "\n".join(numbers(400)))
    assert len(pasted) > 1
    await anna.sees(ONLY_THIS, after=pasted[0])
