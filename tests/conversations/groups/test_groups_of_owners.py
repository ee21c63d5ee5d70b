"""/groups: what owners see of the groups that the bot is in, and how they have it leave."""

from pathlib import Path

from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import DAY, labels, let_in, two_owners
from tests.support.stories.story import Story
from tests.support.stories.teams import named, started

PRICES = "[tg_active]\nprice = 2.5\n"
USED = "numbers: 20 today, 20 in 30 days · 0.02 USD"


async def added(story: Story, by: Person, title: str, **kind: str) -> Group:
    """A person adds the bot to a group of theirs."""
    group = story.world.group(title, by, bot="left", **kind)
    group.adds_bot(by)
    await by.within(group).sees("I check lists of phone numbers, also here")
    return group


async def asks(owner: Person, text: str) -> Message:
    """An owner opens the page; return it."""
    return await owner.sees(text, after=await owner.sends("/groups"))


async def test_owners_see_who_added_each_group_and_what_it_used(
    story: Story, tmp_path: Path
) -> None:
    """Protects the owners' money: groups, their hosts and costs, also renamed and migrated."""
    file = tmp_path / "checks.toml"
    file.write_text(PRICES, "utf-8")
    story.settings["checkers_file"] = file
    anna = await story.says_hello()
    await asks(anna, "I am in no group.")
    bob = await let_in(story, "<b>Bob</b>")
    group = await added(story, bob, "<i>Team</i>", kind="group")
    await asks(anna, "1. <i>Team</i> · <b>Bob</b> · numbers: 0 today, 0 in 30 days")
    await started(story, bob.within(group))
    await bob.within(group).receives_file()
    page = await asks(anna, f"Groups · 1\n\n1. <i>Team</i> · <b>Bob</b> · {USED}")
    await anna.presses("1 · <i>Team</i>", on=page)
    await anna.sees("Added by <b>Bob</b> on Nov 22, 2026", in_message=page)
    used = "checks 1, numbers 20 · 0.02 USD"
    assert f"(UTC): {used}\nThe last 30 days: {used}" in page.shown
    group.chat.title = "Renamed"
    group.becomes_supergroup(joined=True)
    await story.passes(2 * DAY)
    await bob.within(group).sends(named(story, "/help"))
    await bob.within(group).sees("How it works here")
    await anna.presses("Back", on=page)
    used = "numbers: 0 today, 20 in 30 days · 0.02 USD"
    await anna.sees(f"Groups · 1\n\n1. Renamed · <b>Bob</b> · {used}", in_message=page)
    story.clock.jump(30 * DAY)
    await asks(anna, "1. Renamed · <b>Bob</b> · numbers: 0 today, 0 in 30 days")
    await bob.sees("I don't know that command", after=await bob.sends("/groups"))
    await bob.forges(f"h:l:{group.id}:0", await bob.sees("I don't know"))
    assert group.chat.bot_status == "member"


async def test_an_owner_has_the_bot_leave_and_nothing_is_lost(story: Story) -> None:
    """Protects what runs in a group that an owner leaves: it comes when the bot is back."""
    olga = await two_owners(story)
    bob = await let_in(story, "Bob")
    group = await added(story, bob, "Team")
    other = await added(story, bob, "Other")
    story.world.ekyc.pace.per_second = 0.5
    card = await started(story, bob.within(group))
    await bob.within(group).sees("of 20", in_message=card)
    pages = [await asks(owner, "Groups · 2") for owner in (story.anna, olga)]
    for owner, page in zip((story.anna, olga), pages, strict=True):
        await owner.presses("· Team", on=page)
        await owner.presses("Leave", on=await owner.sees("Added by Bob", in_message=page))
        await owner.sees("Leave this group?", in_message=page)
    await olga.presses("Back", on=pages[1])
    await olga.sees("Added by Bob", in_message=pages[1])
    await olga.presses("Leave", on=pages[1])
    await olga.sees("Leave this group?", in_message=pages[1])
    assert group.chat.bot_status == "member"
    await story.anna.presses("Leave", on=pages[0])
    await story.anna.sees("Groups · 1\n\n1. Other", in_message=pages[0])
    assert group.chat.bot_status == "left"
    assert (await olga.presses("Leave", on=pages[1])).text == "That was done already."
    await olga.sees("Groups · 1", in_message=pages[1])
    await story.passes(300)
    assert not [each for each in group.messages if each.document and each.by_bot]
    group.adds_bot(bob)
    await bob.within(group).receives_file()
    await bob.within(group).sees("Done", in_message=card)
    other.chat.bot_status = "kicked"  # without the bot's being told
    page = await asks(story.anna, "Groups · 2")
    await story.anna.presses("· Other", on=page)
    await story.anna.presses("Leave", on=await story.anna.sees("Added", in_message=page))
    await story.anna.presses("Leave", on=await story.anna.sees("Leave this", in_message=page))
    await story.anna.sees("Groups · 1\n\n1. Team", in_message=page)


async def test_who_added_a_group_can_be_removed_in_an_open_bot(story: Story) -> None:
    """Protects an open bot's money: whoever adds it to groups is listed, and takes them along."""
    await story.starts(access="open")
    anna, bob = story.anna, story.world.person("Bob")
    for place in range(9):
        await added(story, bob, f"Team {place}")
    page = await asks(anna, "Groups · 9")
    assert len(labels(page)) == 9
    await anna.presses("▶", on=page)
    await anna.sees("9. Team", in_message=page)
    assert labels(page) == [page.buttons[0][0], "◀"]
    people = await anna.sees("Bob · guest", after=await anna.sends("/people"))
    await anna.presses("Bob", on=people)
    await anna.presses("Remove", on=people)
    await anna.sees("removed, since", in_message=people)
    await anna.presses("◀", on=page)
    await anna.sees("1. ⏸ Team", in_message=page)
    assert page.shown.count("⏸") == 8
    await anna.presses("1 · Team", on=page)
    await anna.sees("⏸ Paused: whoever added me has no access any more.", in_message=page)
