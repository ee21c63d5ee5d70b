import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.types import BufferedInputFile, InputMediaDocument

from sandbox.world import World


async def test_privacy_mode_shows_what_is_meant_for_the_bot(world: World, bot: Bot) -> None:
    """In a group the bot gets commands with its name and replies to it: no mentions, no talk."""
    anna, bob = world.person("Anna"), world.person("Bob")
    team = world.group("Team", anna, [bob])
    there, named = bob.within(team), f"/check@{world.bot_username}"
    assert (await bot.get_me()).can_read_all_group_messages is False
    for unheard in ("good morning", "/check@other_bot", "/check", f"@{world.bot_username} look"):
        await there.sends(unheard)
    await there.sends(f"look, {named}")
    talk = await there.sends(named)
    sent = await bot.send_message(team.id, "yes?")
    await there.sends("the file below", reply_to=team.messages[sent.message_id - 1])
    await there.sends("/check")  # the bot wrote last
    team.hears_another_bot("I am here, too")
    await there.sends("/check")
    await there.sends(named, reply_to=talk)
    heard = [update.message.text for update in await bot.get_updates()]
    assert heard == [named, "the file below", "/check", named]
    team.promotes_bot(anna)
    await there.sends("good night")
    assert (await bot.get_updates())[-1].message.text == "good night"


async def test_without_privacy_mode_everything_is_shown(world: World, bot: Bot) -> None:
    """BotFather's /setprivacy turns privacy mode off, and getMe tells."""
    anna = world.person("Anna")
    world.state.privacy_mode = False
    await anna.within(world.group("Team", anna)).sends("good morning")
    assert (await bot.get_me()).can_read_all_group_messages is True
    assert (await bot.get_updates())[-1].message.text == "good morning"


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_reply_to_what_the_bot_never_saw(world: World, bot: Bot, kind: str) -> None:
    """In a basic group a reply comes without the message that it replies to, unless it was seen."""
    anna = world.person("Anna")
    team = world.group("Team", anna, kind=kind)
    there, named = anna.within(team), f"/check@{world.bot_username}"
    file = await there.uploads("a.txt", b"1")
    await bot.send_message(team.id, "x")
    own = team.messages[-1]
    for answered in (file, own, await there.sends(named)):
        await there.sends(named, reply_to=answered)
    shown = [update.message.reply_to_message for update in await bot.get_updates()]
    assert [each is not None for each in shown] == [False, kind == "supergroup", True, True]


async def test_members_have_their_status(world: World, bot: Bot) -> None:
    """Telegram decides who may press and change settings."""
    anna, bob, carol = (world.person(name) for name in ("Anna", "Bob", "Carol"))
    team = world.group("Team", anna, [bob])
    assert (await bot.get_chat_member(team.id, anna.id)).status == "creator"
    assert (await bot.get_chat_member(team.id, bob.id)).status == "member"
    assert (await bot.get_chat_member(team.id, carol.id)).status == "left"
    team.adds(bob, "administrator")
    admins = await bot.get_chat_administrators(team.id)
    assert {admin.user.id for admin in admins} == {anna.id, bob.id}
    assert (await bot.get_chat(team.id)).title == "Team"
    assert await bot.get_chat_member_count(team.id) == 3
    with pytest.raises(TelegramBadRequest, match="PARTICIPANT_ID_INVALID"):
        await bot.get_chat_member(team.id, 1)


async def test_the_bot_is_added_and_kicked(world: World, bot: Bot) -> None:
    """my_chat_member reports that the bot was added or kicked; then nothing can be sent."""
    anna = world.person("Anna")
    team = world.group("Team", anna, kind="group", bot="left")
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the group chat"):
        await bot.send_message(team.id, "x")
    team.adds_bot(anna)
    await bot.send_message(team.id, "x")
    team.removes_bot(anna)
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the group chat"):
        await bot.send_message(team.id, "x")
    added, welcome, kicked = await bot.get_updates()
    assert added.my_chat_member.new_chat_member.status == "member"
    assert welcome.message.new_chat_members[0].id == bot.id
    assert kicked.my_chat_member.new_chat_member.status == "kicked"


async def test_a_group_becomes_a_supergroup(world: World, bot: Bot) -> None:
    """The id changes under the bot: messages report it, and every refused call."""
    anna = world.person("Anna")
    team = world.group("Team", anna, kind="group")
    old = team.id
    team.becomes_supergroup()
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(old, "x")
    assert caught.value.migrate_to_chat_id == team.id
    there, here = await bot.get_updates()
    assert there.message.migrate_to_chat_id == team.id
    assert here.message.migrate_from_chat_id == old
    await bot.send_message(team.id, "x")
    await anna.within(team).sees("x")


async def test_topics_are_kept(world: World, bot: Bot) -> None:
    """An answer without the topic's id appears in the wrong place."""
    anna = world.person("Anna")
    team = world.group("Team", anna, forum=True)
    topic = team.opens_topic("Lists")
    await anna.within(team, topic).sends(f"/check@{world.bot_username}")
    message = (await bot.get_updates())[-1].message
    assert (message.message_thread_id, message.is_topic_message) == (topic, True)
    sent = await message.answer("here").as_(bot)
    assert sent.message_thread_id == topic
    assert team.messages[-1].thread_id == topic
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(team.id, "x", message_thread_id=99)


async def test_closed_and_deleted_topics_take_nothing(world: World, bot: Bot) -> None:
    """A reply goes to the topic of its message, so it can be refused without naming a topic."""
    anna = world.person("Anna")
    team = world.group("Team", anna, forum=True)
    topic = team.opens_topic("Lists")
    asked = await anna.within(team, topic).sends("/check")
    sent = await bot.send_message(team.id, "x", reply_to_message_id=asked.message_id)
    assert sent.message_thread_id == topic
    team.closes_topic(topic)
    for where in ({"message_thread_id": topic}, {"reply_to_message_id": asked.message_id}):
        with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
            await bot.send_message(team.id, "x", **where)
    team.deletes_topic(topic)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(team.id, "x", message_thread_id=topic)
    await bot.send_message(team.id, "general")


async def test_a_muted_bot_hears_and_may_not_write(world: World, bot: Bot) -> None:
    """Without the right to write the bot is refused, and my_chat_member reports it."""
    anna = world.person("Anna")
    team = world.group("Team", anna)
    team.mutes_bot(anna)
    await anna.within(team).sends(f"/check@{world.bot_username}")
    with pytest.raises(TelegramBadRequest, match="not enough rights to send text messages"):
        await bot.send_message(team.id, "x")
    team.unmutes_bot(anna)
    await bot.send_message(team.id, "x")
    muted, heard, back = await bot.get_updates()
    assert muted.my_chat_member.new_chat_member.can_send_messages is False
    assert heard.message.text == f"/check@{world.bot_username}"
    assert back.my_chat_member.new_chat_member.status == "member"


async def test_an_anonymous_admin_writes_as_the_group(world: World, bot: Bot) -> None:
    """A message in the group's name has no person, and is not the bot's either."""
    anna = world.person("Anna")
    team = world.group("Team", anna)
    named = f"/check@{world.bot_username}"
    written = await anna.within(team, anonymous=True).sends(named)
    message = (await bot.get_updates())[-1].message
    assert (message.from_user.username, message.from_user.is_bot) == ("GroupAnonymousBot", True)
    assert message.sender_chat.id == team.id
    assert not written.by_bot


async def test_a_member_writes_as_a_channel(world: World, bot: Bot) -> None:
    """Telegram names the channel and no person; a post of the linked channel is marked."""
    anna = world.person("Anna")
    team = world.group("Team", anna, bot="administrator")
    written = await anna.within(team, channel="News").sends("hello")
    team.gets_post("Posts", "news")
    spoken, post = (update.message for update in await bot.get_updates())
    assert (spoken.from_user.username, spoken.sender_chat.title) == ("Channel_Bot", "News")
    assert (post.sender_chat.title, post.is_automatic_forward) == ("Posts", True)
    assert not written.by_bot


async def test_a_group_may_take_texts_and_no_files(world: World, bot: Bot) -> None:
    """Members may be forbidden to send files: the bot can send none, and make no text a file."""
    anna = world.person("Anna")
    team = world.group("Team", anna)
    file = BufferedInputFile(b"1", "a.txt")
    team.forbids_files()
    text = await bot.send_message(team.id, "x")
    with pytest.raises(TelegramBadRequest, match="not enough rights to send documents"):
        await bot.send_document(team.id, file)
    with pytest.raises(TelegramBadRequest, match="CHAT_SEND_MEDIA_FORBIDDEN"):
        await bot.edit_message_media(
            InputMediaDocument(media=file), chat_id=team.id, message_id=text.message_id
        )
    team.promotes_bot(anna)
    await bot.send_document(team.id, file)
    team.allows_files()
    await bot.send_document(team.id, file)


async def test_a_move_may_be_told_in_other_ways(world: World, bot: Bot) -> None:
    """The bot may first learn that it was added, or learn of the migration by a refusal alone."""
    anna = world.person("Anna")
    team = world.group("Team", anna, kind="group")
    team.becomes_supergroup(joined=True)
    first = (await bot.get_updates())[0].my_chat_member
    assert (first.chat.id, first.old_chat_member.status) == (team.id, "left")
    quiet = world.group("Quiet", anna, kind="group")
    old = quiet.id
    quiet.becomes_supergroup(told=False)
    with pytest.raises(TelegramMigrateToChat):
        await bot.send_message(old, "x")
