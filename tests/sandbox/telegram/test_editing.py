import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    Message,
)

from sandbox.world import World
from tests.support.customers import ManualClock

GO = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]],
)


async def test_an_edit_shows_and_the_history_stays(
    world: World, bot: Bot, clock: ManualClock
) -> None:
    """Tests ask what a card showed at each moment, not only at the end."""
    anna = world.person("Anna")
    await anna.sends("/start")
    sent = await bot.send_message(anna.id, "0 of 9", reply_markup=GO)
    clock.advance(5)
    edited = await bot.edit_message_text("<b>9</b> of 9", parse_mode="HTML", **at(anna.id, sent))
    message = await anna.sees("9 of 9", gone="0 of")
    assert [version.text for version in message.edits] == ["0 of 9"]
    assert message.buttons == []
    assert edited.edit_date == int(clock.now())


async def test_the_same_again_is_not_modified(world: World, bot: Bot) -> None:
    """Every repeated edit gets this answer; clients look for its text."""
    anna = world.person("Anna")
    await anna.sends("/start")
    sent = await bot.send_message(anna.id, "same", reply_markup=GO)
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new"):
        await bot.edit_message_text("same ", reply_markup=GO, **at(anna.id, sent))
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(reply_markup=GO, **at(anna.id, sent))
    await bot.edit_message_reply_markup(reply_markup=None, **at(anna.id, sent))
    assert anna.messages[-1].buttons == []


async def test_a_text_turns_into_a_document_once(world: World, bot: Bot) -> None:
    """Delivery edits its notice into the file, and may repeat the edit after a lost reply."""
    anna = world.person("Anna")
    await anna.sends("/start")
    sent = await bot.send_message(anna.id, "Result ready…")
    media = InputMediaDocument(
        media=BufferedInputFile(b"zip", "result.zip"), caption="<b>done</b>", parse_mode="HTML"
    )
    edited = await bot.edit_message_media(media, **at(anna.id, sent))
    got = await anna.receives_file()
    assert (got.name, got.data, got.message.text) == ("result.zip", b"zip", None)
    assert got.message.html == "<b>done</b>"
    assert edited.document is not None
    await bot.edit_message_media(media, **at(anna.id, sent))
    assert len([message for message in anna.messages if message.document]) == 1
    same = InputMediaDocument(media=got.message.document.file_id)
    await bot.edit_message_media(same, **at(anna.id, sent))
    with pytest.raises(TelegramBadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("text", **at(anna.id, sent))
    await bot.edit_message_caption(caption="later", **at(anna.id, sent))
    assert (await anna.sees("later")).document is not None


async def test_only_the_bots_own_living_messages_can_be_edited(world: World, bot: Bot) -> None:
    """A card that the person deleted is gone for good; a person's messages are not the bot's."""
    anna = world.person("Anna")
    said = await anna.sends("/start")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=said.message_id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=77)
    sent = await bot.send_message(anna.id, "card")
    with pytest.raises(TelegramBadRequest, match="no caption in the message to edit"):
        await bot.edit_message_caption(caption="x", **at(anna.id, sent))
    anna.deletes(anna.messages[-1])
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", **at(anna.id, sent))


async def test_messages_are_deleted_within_two_days(
    world: World, bot: Bot, clock: ManualClock
) -> None:
    """After 48 hours deleting fails, and a bot that relies on it must cope."""
    anna = world.person("Anna")
    await anna.sends("/start")
    first = await bot.send_message(anna.id, "first")
    assert await bot.delete_message(anna.id, first.message_id)
    assert anna.messages[-1].deleted
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(anna.id, first.message_id)
    second = await bot.send_message(anna.id, "second")
    clock.advance(48 * 3600 + 1)
    with pytest.raises(TelegramBadRequest, match="can't be deleted"):
        await bot.delete_message(anna.id, second.message_id)


def at(chat_id: int, message: Message) -> dict[str, int]:
    """Return the parameters that name the message."""
    return {"chat_id": chat_id, "message_id": message.message_id}
