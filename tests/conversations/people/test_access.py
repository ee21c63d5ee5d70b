"""Access: who may use the bot, and whose taps each button obeys."""

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
