"""Messages that are edited after they came: what was read stays, and its person is told."""

from tests.support.stories.lists import numbers
from tests.support.stories.lookups import YES, answers
from tests.support.stories.story import Story
from tests.support.stories.teams import said

ANEW = "send them anew"
LIST = "\n".join(numbers(20))


async def test_a_changed_list_has_to_be_sent_anew(story: Story) -> None:
    """Protects whoever corrects a list in place: they learn that the old one would be checked."""
    anna = await story.says_hello()
    pasted = await anna.sends(LIST)
    card = await anna.sees("20 numbers ready")
    await anna.rewrites(pasted, LIST.replace(numbers(1)[0], YES))
    told = await anna.sees(ANEW)
    assert told.reply_to is pasted
    await anna.sees("20 numbers ready", in_message=card)
    file = await anna.uploads("list.txt", LIST.encode(), caption="for Monday")
    await anna.sees("list.txt: 20 numbers ready")
    await anna.rewrites(file, "for Monday", ("list.txt", LIST.encode()[:-14]))
    await anna.sees(ANEW, after=file)


async def test_an_edit_that_changes_no_number_is_left_alone(story: Story) -> None:
    """Protects from noise: a word, a caption, a preview that Telegram found, a list of words."""
    anna = await story.says_hello()
    pasted = await anna.sends(LIST)
    await anna.sees("20 numbers ready")
    file = await anna.uploads("list.txt", LIST.encode(), caption="for Monday")
    await anna.sees("list.txt: 20 numbers ready")
    words = await anna.sends("hello")
    await anna.sees("I didn't find phone numbers in that")
    calls = len(story.world.telegram.calls)
    await anna.rewrites(pasted, f"{LIST}\n")
    await anna.rewrites(pasted, f"For you:\n{LIST}")
    await anna.rewrites(file, "for Tuesday", ("list.txt", LIST.encode()))
    await anna.rewrites(words, "hello, bot")
    await story.passes(30)
    assert not [each for each in story.world.telegram.calls[calls:] if each.chat_id]


async def test_numbers_that_an_edit_brings_are_told(story: Story) -> None:
    """Protects whoever forgot the numbers, and whoever corrects one that is being looked up."""
    answers(story)
    anna = await story.says_hello()
    words = await anna.sends("hello")
    await anna.sees("I didn't find phone numbers in that")
    await anna.rewrites(words, f"hello {YES}")
    assert (await anna.sees(ANEW)).reply_to is words
    asked = await anna.sends(YES)
    await anna.sees(YES, after=asked)
    await anna.rewrites(asked, f"{YES[:5]} {YES[5:]}")  # the same, in another form
    await story.passes(10)
    assert len(said(anna, ANEW)) == 1
    await anna.rewrites(asked, numbers(1)[0])
    assert (await anna.sees(ANEW, after=asked)).reply_to is asked
    assert [lookup.number for lookup in story.world.green.asked] == [YES[1:]]


async def test_edits_in_groups_concern_only_what_was_for_the_bot(story: Story) -> None:
    """Protects groups: lists that were handed in, and what names the bot; strangers get nothing."""
    await story.says_hello()
    stranger = story.world.person("Stranger")
    group = story.world.group("Team", story.anna, bot="administrator")
    there = story.anna.within(group)
    name = f"@{story.world.bot_username}"
    chatter = await there.sends(f"call me {YES}")
    await there.rewrites(chatter, f"call me {numbers(1)[0]}")
    handed_in = await there.sends(f"/check{name} {LIST}")
    await there.sees("20 numbers ready")
    await there.rewrites(handed_in, f"/check{name} {LIST} ")
    await story.passes(10)
    assert not said(there, ANEW)
    await there.rewrites(handed_in, f"/check{name} {LIST} {YES}")
    told = await there.sees(ANEW)
    assert told.reply_to is handed_in
    await there.rewrites(chatter, f"{name} call me {numbers(1)[0]}")
    assert (await there.sees(ANEW, after=told)).reply_to is chatter
    private = await stranger.sends("hello")
    await stranger.sees("invited people only")
    await stranger.rewrites(private, f"hello {YES}")
    await story.passes(10)
    assert not said(stranger, ANEW)
    assert len(story.world.ekyc.posts) == 0
