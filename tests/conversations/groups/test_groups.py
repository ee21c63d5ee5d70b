"""Groups: lists by /check or a mention, topics, whose buttons work, and the group's settings."""

import itertools

import pytest

from handlers.shared.commands import MENU
from sandbox.telegram.store.chats import Message
from tests.support.stories.crowd import labels, let_in
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story
from tests.support.stories.teams import FILE, READY, named, said, sets, started, submitted

THEIRS = "This card belongs to somebody else."
ADMINS_ONLY = "Only administrators of this group can change that."


async def test_only_what_is_meant_for_the_bot_is_taken(story: Story) -> None:
    """Protects a group's talk: files and numbers are read only with /check or the bot's name."""
    await story.says_hello()
    bot = f"@{story.world.bot_username}"
    group = story.world.group("Team", story.anna)
    group.promotes_bot(story.anna)  # it receives every message then
    anna = story.anna.within(group)
    talk = [await anna.uploads("talk.txt", FILE), await anna.sends("+447400000001 is mine")]
    talk += [await anna.sends("/check@other_bot"), await anna.sends("hello @other_bot")]
    await story.passes(30)
    assert said(anna, "") == []
    check = await anna.sends("/check", reply_to=talk[0])
    card = await anna.sees(f"talk.txt: {READY}")
    assert card.reply_to is check
    await anna.sends(f"/check{bot}", reply_to=talk[0])  # the same again: there is a card
    below = await anna.uploads("below.txt", FILE, caption=f"please, {bot}")
    assert (await anna.sees(f"below.txt: {READY}")).reply_to is below
    pasted = await anna.sends("\n".join(numbers(12)))
    await anna.sends(f"{bot} this one", reply_to=pasted)
    await anna.sees("Pasted list: 12 numbers ready")
    one = await anna.sends(f"/check{bot} {numbers(1)[0]}")
    assert (await anna.sees("+447")).reply_to is one
    await anna.sends("/check", reply_to=card)  # no message of the bot's own
    await anna.sees("There are no numbers in that")
    await anna.sends("/help")
    await anna.sees("How it works here")
    assert len(said(anna, "talk.txt")) == 1


async def test_topics_and_taps_of_others(story: Story) -> None:
    """Protects a forum's order, and a card from everyone but its person and the admins."""
    await story.starts()
    bob = await let_in(story, "Bob")
    carol, dora = story.world.person("Carol"), story.world.person("Dora")
    group = story.world.group("Team", carol, [story.anna, bob, dora], forum=True)
    topic = group.opens_topic("Lists")
    there = bob.within(group, topic)
    card = await submitted(story, there)
    for stranger in (story.anna, dora):
        answer = await stranger.within(group).presses("Telegram activity", on=card)
        assert answer.text == THEIRS
    assert (await carol.within(group).presses("Telegram activity", on=card)).text == ""
    await there.sees("20 numbers go to the service", in_message=card)
    await there.presses("Start", on=card)
    file = await there.receives_file()
    await there.receives_picture()
    await there.sees("Done", in_message=card)
    await there.presses("My sheet", on=file.message)
    await there.receives_file()
    await there.presses("More…", on=file.message)
    await there.presses("Another check", on=file.message)
    await there.presses("All", on=await there.sees("on which of its numbers"))
    await there.sees("list.txt: 20 numbers ready")
    assert {each.thread_id for each in group.messages if each.by_bot} == {topic}
    assert card.reply_to is not None
    assert file.message.reply_to is card.reply_to


async def test_settings_are_the_admins_own(story: Story) -> None:
    """Protects a group's settings: everybody sees them, only Telegram's admins change them."""
    await story.starts()
    bob = await let_in(story, "Bob")
    carol, dora = story.world.person("Carol"), story.world.person("Dora")
    group = story.world.group("Team", carol, [bob, dora])
    there, boss, guest = bob.within(group), carol.within(group), dora.within(group)
    await there.sends(named(story, "/settings"))
    card = await there.sees("everyone who is let in to the bot")
    for page in ("Who may hand in", "Country"):
        assert (await there.presses(page, on=card)).text == ADMINS_ONLY
    assert (await there.forges("w:h:everyone", card)).text == ADMINS_ONLY
    await there.sends(named(story, "/country") + " Brazil")
    await there.sees(ADMINS_ONLY)
    await guest.uploads("dora.txt", FILE, caption=named(story))
    await guest.sees("you may not hand in numbers here")
    assert (await boss.forges("w:h:nobody", card)).text.startswith("This card is out of date")
    await boss.presses("Who may hand in", on=card)
    await boss.presses("everyone in this group", on=card)
    await boss.presses("Checks", on=card)
    await boss.presses("✓ Band", on=card)
    await boss.presses("Back", on=card)
    await boss.sees("Checks: Telegram activity, WhatsApp details, Active number", in_message=card)
    mine = await submitted(story, guest, "dora.txt")
    assert "Band" not in labels(mine)
    stale = await guest.forges(f"c:{_id_in(mine)}:band", mine)
    assert stale.show_alert
    await sets(boss, "Who may hand in", "administrators")
    await there.uploads("bob.txt", FILE, caption=named(story))
    assert len(said(there, "you may not hand in numbers here")) == 1
    await story.passes(30)
    assert len(said(there, "you may not hand in numbers here")) == 2


async def test_who_was_demoted_may_change_nothing_more(story: Story) -> None:
    """Protects a group, and its money, from an administrator who is none any more."""
    await story.starts()
    bob = await let_in(story, "Bob")
    carol = story.world.person("Carol")
    group = story.world.group("Team", carol, [bob])
    there, boss = bob.within(group), carol.within(group)
    await there.sends(named(story, "/settings"))
    card = await there.sees("everyone who is let in to the bot")
    await boss.presses("Who may hand in", on=card)
    group.adds(carol, "member")
    await story.passes(1.5)
    assert (await boss.presses("everyone in this group", on=card)).text == ADMINS_ONLY


def _id_in(card: Message) -> str:
    """Return the id of a list, as its buttons carry it."""
    return str(card.content.keyboard[0][0]["callback_data"]).split(":")[1]


async def test_an_anonymous_admin_counts_as_one(story: Story) -> None:
    """Protects groups with anonymous admins: they write as the group, and tap as themselves."""
    story.consent_version = 1
    await story.starts()
    bob = await let_in(story, "Bob")
    carol = story.world.person("Carol")
    group = story.world.group("Team", carol, [bob])
    hidden, boss = carol.within(group, anonymous=True), carol.within(group)
    await hidden.sends(named(story, "/country") + " Brazil")
    await boss.presses("Brazil")
    await boss.sees("🇧🇷 Brazil")
    await sets(boss, "Where results go", "privately")
    card = await submitted(story, hidden)
    answer = await bob.within(group).presses("Telegram activity", on=card)
    assert answer.text == THEIRS
    await boss.presses("Telegram activity", on=card)
    await boss.presses("Start", on=card)
    await boss.presses("I confirm", on=card)
    await boss.receives_file()
    await boss.sees("Done", in_message=card)
    await hidden.sends(f"{named(story)} {numbers(1)[0]}")
    terms = await hidden.sees("Once, before your first")
    assert (await bob.within(group).presses("I confirm", on=terms)).text == THEIRS
    await boss.presses("I confirm", on=terms)
    await hidden.sees("+447400000000 ")


async def test_a_country_said_for_one_list(story: Story) -> None:
    """Protects the group's country from a member's answer: it holds for their list only."""
    await story.starts(access="open")
    group = story.world.group("Team", story.world.person("Carol"), [story.anna])
    there = story.anna.within(group)
    for start in (0, 40):
        text = "\n".join("0" + each[3:] for each in numbers(20, start))
        await there.uploads("national.txt", text.encode(), named(story))
        card = await there.sees("20 lines are numbers without their country code")
        await there.sends("britain", reply_to=card)
        await there.presses("United Kingdom", on=card)
        await there.sees(READY, in_message=card)
    answer = await there.forges("g::GB", card)
    assert answer.text == ADMINS_ONLY


async def test_results_that_go_to_the_person_alone(story: Story) -> None:
    """Protects a private result: it is kept until its person opens a chat, and for nobody else."""
    await story.starts(access="open")
    bob, carol = story.world.person("Bob"), story.world.person("Carol")
    group = story.world.group("Team", carol, [bob])
    there = bob.within(group)
    await sets(carol.within(group), "Where results go", "privately")
    card = await started(story, there)
    asked = await there.sees("open a chat with me first")
    assert asked.content.keyboard[0][0]["url"] == f"https://t.me/{story.world.bot_username}"
    await story.passes(600)
    assert len(said(there, "open a chat")) == 1
    assert not [each for each in bob.messages if each.by_bot]
    await bob.sends("/start")
    file = await bob.receives_file()
    await bob.receives_picture()
    await there.sees("The result went to the person who handed in, privately", in_message=card)
    assert not [each for each in group.messages if each.by_bot and (each.document or each.photo)]
    await bob.presses("My sheet", on=file.message)
    await bob.receives_file()
    await there.presses("Send the file again", on=card)
    await bob.receives_file()
    await bob.presses("More…", on=file.message)
    await bob.presses("Another check", on=file.message)
    await bob.presses("All", on=await bob.sees("on which of its numbers"))
    await bob.sees(READY)
    group.removes_bot(carol)
    await story.passes(60)


async def test_a_busy_group_keeps_to_twenty_a_minute(story: Story) -> None:
    """Protects the bot from Telegram's rate limit: several checks share their group's minute."""
    await story.starts(access="open")
    people = [story.world.person(name) for name in ("Bob", "Carol")]
    group = story.world.group("Team", people[0], people[1:])
    story.world.ekyc.pace.per_second = 0.5
    there = [person.within(group) for person in people]
    cards = [await started(story, each, f"{each.name}.txt") for each in there]
    for each in there:
        await each.receives_file()
    for card, each in zip(cards, there, strict=True):
        await each.sees("Done", in_message=card)
    assert not story.world.telegram.floods
    counts = [old.replaced for old in cards[0].edits if old.text and "░" in old.text]
    assert len(counts) > 1
    assert all(b - a >= 15 for a, b in itertools.pairwise(counts[:-1]))


@pytest.mark.menus
async def test_menus_show_what_is_of_use(story: Story) -> None:
    """Protects people from commands that do nothing in their chat, in every language."""
    await story.says_hello()
    await story.passes(5)
    menus = {
        (scope, language): {each["command"] for each in kept["commands"]}
        for (name, scope, language), kept in story.world.state.profile.items()
        if name == "commands" and isinstance(kept, dict)
    }
    for language in ("", "ru", "zh", "tr"):
        assert menus["all_private_chats", language] == set(MENU)
        assert menus["all_group_chats", language] == {"check", "tasks", "help"}
        assert "settings" in menus["all_chat_administrators", language]
        assert "stats" in menus[f"chat:{story.anna.id}", language]
