"""Access: who may use the bot, and whose taps each button obeys."""

from dataclasses import replace

from checking.people import People
from runtime.remembered import Remembered
from tests.support.stories.crowd import let_in
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story


async def test_a_stranger_is_told_where_they_are_and_costs_nothing(story: Story) -> None:
    """Protects the operator's money: an uninvited person gets their id and can send no list."""
    await story.says_hello()
    bob = story.world.person("Bob")
    await bob.sends("/start")
    await bob.sees(f"your Telegram id is {bob.id}")
    await bob.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await story.passes(30)
    assert not any("ready" in message.shown for message in bob.messages if message.by_bot)


async def test_an_open_bot_serves_everybody(story: Story) -> None:
    """Protects ACCESS=open: it means everybody."""
    await story.starts(access="open")
    bob = story.world.person("Bob")
    await bob.uploads("numbers.txt", "\n".join(numbers(20)).encode())
    await bob.sees("20 numbers ready")


async def test_buttons_of_others_do_nothing(story: Story) -> None:
    """Protects lists and tasks from forged buttons: wrong chat, wrong id, garbage."""
    await story.starts(access="open")
    bob = story.world.person("Bob")
    await bob.uploads("bob.txt", "\n".join(numbers(20)).encode())
    theirs = await bob.sees("20 numbers ready")
    await story.anna.uploads("anna.txt", "\n".join(numbers(30)).encode())
    mine = await story.anna.sees("30 numbers ready")
    stolen = [button["callback_data"] for row in theirs.content.keyboard for button in row]
    for data in [*stolen, "t:s:0000000000", "l:d:", "c:x:y:z", "\x00", "x" * 64, "t:q:1"]:
        answer = await story.anna.forges(data, mine)
        assert any(words in answer.text for words in ("out of date", "of an earlier version"))
    await bob.sees("20 numbers ready", in_message=theirs)
    assert not story.world.ekyc.posts


async def test_what_is_decided_holds_at_once(story: Story) -> None:
    """Protects what owners decide, here or on another replica: access, quota, language hold."""
    anna = await story.says_hello()
    app = story.app
    assert app is not None
    people, ctx = app.ctx.people, app.ctx
    if app.database.claims.replica is not None:  # as another replica does it
        people = People(
            database=app.database, clock=ctx.clock, owners=frozenset([anna.id]), is_open=False
        )
        ctx = replace(ctx, people=people, standings=Remembered(lambda: False))
    bob = story.world.person("Bob")
    await bob.sends("/help")
    await bob.presses("Ask for access")
    await anna.sees("Bob")
    await people.let_in(bob.id, by=anna.id, by_name="Anna")
    await people.consent(bob.id, "Bob")
    await bob.uploads("bob.txt", "\n".join(numbers(20)).encode())
    card = await bob.sees("20 numbers ready")
    await people.set_quota(bob.id, 10)
    await bob.presses("Band", on=card)
    await bob.sees("(10 numbers)", in_message=card)
    await people.remove(bob.id, by=anna.id, by_name="Anna")
    await bob.presses("Back", on=card)
    await bob.sends("/tasks")
    await story.passes(5)
    assert not any("Nothing here yet" in message.shown for message in bob.messages)
    await ctx.speaks(anna.id, "ru")
    await anna.sends("/tasks")
    await anna.sees("Здесь пока пусто")


async def test_who_is_forgotten_has_no_access_any_more(story: Story) -> None:
    """Protects the operator: /forget ends access at once, in this very process."""
    await story.says_hello()
    bob = await let_in(story, "Bob")
    await bob.sends("/forget")
    card = await bob.sees("Erase everything about you?")
    await bob.presses("Erase everything", on=card)
    await bob.sees("erased", in_message=card)
    await bob.uploads("bob.txt", "\n".join(numbers(20)).encode())
    await bob.sees("open to invited people only")
