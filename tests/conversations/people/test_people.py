"""Access: requests, invite links, and the owners' pages about people."""

import asyncio

from tests.support.stories.crowd import DAY, labels, let_in, link, quoted, said, two_owners
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story
from tests.support.stories.teams import sets

ASKS, ASK = "asks for access", "Ask for access"


async def test_a_person_who_asks_is_let_in_once_by_one_of_two_owners(story: Story) -> None:
    """Protects the way in: each owner gets one message, one decides, and everybody sees it."""
    olga = await two_owners(story)
    bob = story.world.person("<b>Bob</b>")
    door = await bob.sends("/start")
    door = await bob.sees("a bot that checks lists of phone numbers", after=door)
    again = await bob.sends("hello?")
    again = await bob.sees("a bot that checks lists", after=again)
    await bob.presses(ASK, on=door)
    await bob.sees("I tell you here when they answer", in_message=door)
    assert labels(door) == []
    await bob.presses(ASK, on=again)
    cards = [await owner.sees(ASKS) for owner in (story.anna, olga)]
    assert all("<b>Bob</b>" in card.shown for card in cards)
    assert [said(owner, ASKS) for owner in (story.anna, olga)] == [1, 1]
    await asyncio.gather(
        story.anna.presses("Let in", on=cards[0]), olga.presses("Refuse", on=cards[1])
    )
    for owner, card in zip((story.anna, olga), cards, strict=True):
        await owner.sees("by ", in_message=card)
    await bob.sees("You are in" if "let in" in cards[0].shown else "Sorry")
    await story.passes(30)
    assert cards[0].shown == cards[1].shown
    assert [labels(card) for card in cards] == [[], []]
    was_let_in = "was let in by Anna" in cards[0].shown
    assert was_let_in or "was refused by Olga" in cards[0].shown
    assert (said(bob, "You are in"), said(bob, "Sorry")) == (was_let_in, not was_let_in)
    data = f"a:{'n' if was_let_in else 'y'}:{bob.id}"
    assert (await olga.forges(data, cards[1])).text == "That was done already."
    assert (await bob.forges(f"a:y:{bob.id}", door)).text
    assert cards[0].shown == cards[1].shown
    await bob.sends("+447400000000")
    if was_let_in:
        await bob.sees("+447400000000")
    assert said(bob, "You are in") == was_let_in


async def test_a_refused_person_may_ask_again_after_a_week(story: Story) -> None:
    """Protects people from a refusal for ever, and owners from repeated requests."""
    await story.says_hello()
    bob = story.world.person("Bob")
    await bob.sends("/start")
    await bob.presses(ASK)
    await story.anna.presses("Refuse")
    await story.anna.sees("was refused by Anna")
    await bob.sees("You may ask again in a week")
    question = await bob.sends("/start")
    door = await bob.sees("You may ask (again) from Nov 29, 2026", after=question)
    assert labels(door) == []
    await bob.forges("a:a:0", door)
    await story.passes(0)
    assert said(story.anna, ASKS) == 0
    story.clock.jump(7 * DAY + 1)
    question = await bob.sends("/start")
    door = await bob.sees("Or tap the button", after=question)
    await bob.presses(ASK, on=door)
    await story.anna.presses("Let in")
    await bob.sees("You are in")
    await bob.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await bob.sees("20 numbers ready")
    assert (await bob.forges("a:a:0", door)).text.startswith("You are in already")


async def test_a_link_lets_one_person_in_within_a_day(story: Story) -> None:
    """Protects invitations: of two who come at once one gets in; an old link is worth nothing."""
    await story.says_hello()
    bob, carl = story.world.person("Bob"), story.world.person("Carl")
    code = await link(story)
    questions = [await person.sends(code) for person in (bob, carl)]
    for person, question in zip((bob, carl), questions, strict=True):
        await person.sees("", after=question)
    inside = [said(person, "I check lists") for person in (bob, carl)]
    outside = [said(person, "This link was used already") for person in (bob, carl)]
    assert sorted(inside) == sorted(outside) == [0, 1]
    assert inside != outside
    member, stranger = (bob, carl) if inside[0] else (carl, bob)
    late = await link(story)
    # A person who is in already doesn't use it up, and members can't create links.
    question = await member.sends(late)
    await member.sees("I check lists", after=question)
    for command in ("/invite", "/people", "/stats"):
        question = await member.sends(command)
        await member.sees("I don't know that command", after=question)
    story.clock.jump(DAY + 1)
    question = await stranger.sends(late)
    door = await stranger.sees("its day is over", after=question)
    assert labels(door) == [ASK]
    await stranger.sends("/start " + "x" * 64)
    await stranger.sends(await link(story))
    await stranger.sees("I check lists")


async def test_people_are_listed_and_removed_and_their_tasks_go_on(story: Story) -> None:
    """Protects the owners' overview of people, and running tasks of a removed person."""
    anna = await story.says_hello()
    bob = await let_in(story, "Bob")
    for place in range(8):
        stranger = story.world.person(f"Number {place}")
        await stranger.sends("/start")
        await stranger.presses(ASK)
    await quoted(bob, 20)
    await bob.presses("Start")
    question = await anna.sends("/people")
    page = await anna.sees("People · 9", after=question)
    assert len(labels(page)) == 9
    assert "8. Number 7 · asks for access · 0 of 100,000 numbers today" in page.shown
    await anna.presses("▶", on=page)
    await anna.sees("9. Bob · member · 20 of 100,000 numbers today", in_message=page)
    await anna.presses("9 · Bob", on=page)
    await anna.sees("20 of 100,000 numbers today", gone="9.", in_message=page)
    assert "member, since Nov 22, 2026" in page.shown
    await anna.presses("No limit", on=page)
    await anna.sees("20 numbers today", in_message=page)
    assert "✓ No limit" in labels(page)
    await anna.presses("Remove", on=page)
    await anna.sees("removed, since", in_message=page)
    file = await bob.receives_file()
    assert file.data == story.world.ekyc.tasks[0].result_bytes
    question = await bob.sends("/tasks")
    door = await bob.sees("open to invited people only", after=question)
    assert labels(door) == []
    question = await bob.sends(await link(story))
    await bob.sees("open to invited people only", after=question)
    assert said(bob, "I check lists") == 1
    await anna.presses("Let in", on=page)
    await bob.sees("You are in")
    await anna.presses("Back", on=page)
    await anna.sees("9. Bob · member", in_message=page)
    assert (await bob.forges(f"p:r:{anna.id}:0:0", door)).text
    await anna.forges(f"p:r:{anna.id}:0:0", page)
    question = await anna.sends("/instances")
    await anna.sees("Instances of the lookup service", after=question)


async def test_an_open_bot_can_remove_a_person(story: Story) -> None:
    """Protects an open bot's money: a removed person stays out; others come and go."""
    story.consent_version = 1
    await story.starts(access="open")
    bob = story.world.person("Bob")
    await quoted(bob, 20)
    await bob.presses("Start")
    await bob.presses("I confirm")
    await bob.receives_file()
    await story.anna.sends("/people")
    await story.anna.presses("Bob")
    await story.anna.sees("guest, since")
    await story.anna.presses("Remove")
    await story.anna.sees("removed, since")
    question = await bob.sends("/start")
    await bob.sees("open to invited people only", after=question)


async def test_asking_again_lets_nobody_into_an_open_bot(story: Story) -> None:
    """Protects an open bot from who was removed: they wait for an answer, and it holds."""
    anna = await story.says_hello()
    bob = await let_in(story, "Bob")
    await story.restarts(access="open")
    await anna.presses("Bob", on=await anna.sees("People", after=await anna.sends("/people")))
    await anna.presses("Remove", on=await anna.sees("member, since"))
    await anna.sees("removed, since")
    group = story.world.group("Team", anna, [bob])
    await sets(anna.within(group), "Who may hand in", "everyone in this group")
    for answer, became in (("Refuse", "was refused by Anna"), ("Let in", "was let in by Anna")):
        story.clock.jump(7 * DAY + 1)
        door = await bob.sees("Or tap the button", after=await bob.sends("/start"))
        await bob.presses(ASK, on=door)
        await bob.sees("Your request is with", after=await bob.sends("/start"))
        asked = await bob.within(group).sends(f"/check@{story.world.bot_username} {numbers(1)[0]}")
        await bob.within(group).sees("you may not hand in numbers here", after=asked)
        await anna.presses(answer, on=await anna.sees(ASKS))
        await anna.sees(became)
        inside = "I check lists" if answer == "Let in" else "open to invited people only"
        await bob.sees(inside, after=await bob.sends("/start"))


async def test_an_owner_who_never_wrote_does_not_keep_anybody_out(story: Story) -> None:
    """Protects the way in if one owner can't be reached: the other owners decide."""
    olga = story.world.person("Olga")
    await story.starts(owner_ids=[story.anna.id, olga.id])
    await story.anna.sends("/start")
    bob = story.world.person("Bob")
    await bob.sends("/start")
    await bob.presses(ASK)
    await story.anna.presses("Let in")
    await bob.sees("You are in")
