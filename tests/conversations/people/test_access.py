"""Access: who may use the bot, and whose taps each button obeys."""

from checking.people import People
from storage.people import chats
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
        assert "out of date" in answer.text
    await bob.sees("20 numbers ready", in_message=theirs)
    assert not story.world.ekyc.posts


async def test_what_another_process_decides_holds_at_once(story: Story) -> None:
    """Protects what owners decide on another replica: access, quota and language hold here, too."""
    anna = await story.says_hello()
    app = story.app
    assert app is not None
    other = People(
        database=app.database, clock=app.ctx.clock, owners=frozenset([anna.id]), is_open=False
    )
    bob = story.world.person("Bob")
    await bob.sends("/help")
    await bob.presses("Ask for access")
    await anna.sees("Bob")
    await other.let_in(bob.id, by=anna.id, by_name="Anna")
    await other.consent(bob.id, "Bob")
    await bob.uploads("bob.txt", "\n".join(numbers(20)).encode())
    card = await bob.sees("20 numbers ready")
    await other.set_quota(bob.id, 10)
    await bob.presses("Band", on=card)
    await bob.sees("(10 numbers)", in_message=card)
    await other.remove(bob.id, by=anna.id, by_name="Anna")
    await bob.presses("Back", on=card)
    await bob.sends("/tasks")
    await story.passes(5)
    assert not any("Nothing here yet" in message.shown for message in bob.messages)
    async with app.database.write() as connection:
        await chats.choose_language(connection, anna.id, "ru", app.ctx.clock.now())
    await anna.sends("/tasks")
    await anna.sees("Здесь пока пусто")
