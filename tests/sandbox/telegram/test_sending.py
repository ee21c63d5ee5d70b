import struct
from typing import Any

import httpx
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BufferedInputFile,
    CopyTextButton,
    DisabledButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
)

from sandbox.telegram.store.limits import MB
from sandbox.world import World
from tests.support.customers import ManualClock

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\2\0\0\0"


def keyboard(**action: Any) -> InlineKeyboardMarkup:
    """Return a keyboard of one button."""
    button = InlineKeyboardButton(**{"text": "Go", **action})
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


async def test_a_text_arrives_with_its_tags_and_buttons(world: World, bot: Bot) -> None:
    """A person sees what the bot sent, parsed as Telegram parses it."""
    anna = world.person("Anna")
    asked = await anna.sends("/start")
    sent = await bot.send_message(
        anna.id,
        "Hello <b>&lt;Anna&gt;</b>",
        parse_mode="HTML",
        reply_markup=keyboard(callback_data="go", style="success"),
        reply_parameters=ReplyParameters(message_id=asked.message_id),
    )
    message = await anna.sees("Hello <Anna>")
    assert message.message_id == sent.message_id
    assert message.html == "Hello <b>&lt;Anna&gt;</b>"
    assert message.buttons == [["Go"]]
    assert message.reply_to is asked
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"


@pytest.mark.parametrize("way", ["json", "form", "query", "multipart"])
async def test_arguments_are_read_whichever_way_they_come(
    world: World, client: httpx.AsyncClient, way: str
) -> None:
    """The real server accepts JSON, forms, multipart and query strings alike."""
    anna = world.person("Anna")
    await anna.sends("/start")
    url = f"{world.telegram_url}/bot{world.bot_token}/SENDmessage"
    fields = {"chat_id": str(anna.id), "text": "[1] hi", "disable_notification": "true"}
    if way == "json":
        answer = await client.post(url, json={"chat_id": anna.id, "text": "[1] hi"})
    elif way == "form":
        answer = await client.post(url, data=fields)
    elif way == "query":
        answer = await client.get(url, params=fields)
    else:
        answer = await client.post(url, files={name: (None, v) for name, v in fields.items()})
    assert answer.status_code == 200
    assert answer.json()["result"]["text"] == "[1] hi"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"chat_id": 1}, "chat not found"),
        ({"reply_parameters": ReplyParameters(message_id=99)}, "message to be replied not found"),
        ({"message_thread_id": 4}, "message thread not found"),
        ({"reply_markup": keyboard(callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard(callback_data="ы" * 33)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard()}, "Text buttons are unallowed"),
        ({"reply_markup": keyboard(callback_data="a", url="https://x.org")}, "Text buttons"),
        ({"reply_markup": keyboard(callback_data="a", text=" ")}, "must be non-empty"),
        ({"reply_markup": keyboard(callback_data="a", style="pink")}, "invalid button style"),
        ({"reply_markup": keyboard(callback_data="a", colour="pink")}, "unknown argument"),
        ({"reply_markup": keyboard(url="file:///x")}, "Unsupported URL protocol"),
        ({"parse_mode": "HTML", "text": "&lt;" * 4097}, "message is too long"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    world: World, bot: Bot, arguments: dict[str, Any], said: str
) -> None:
    """A lenient fake accepts a bot that fails on the first day."""
    anna = world.person("Anna")
    await anna.sends("/start")
    with pytest.raises(TelegramBadRequest, match=said):
        await bot.send_message(**{"chat_id": anna.id, "text": "hi", **arguments})
    assert not [message for message in anna.messages if message.by_bot]


async def test_limits_count_what_is_left_after_tags(world: World, bot: Bot) -> None:
    """4096 is counted on the parsed text, so long markup is no reason to refuse."""
    anna = world.person("Anna")
    await anna.sends("/start")
    await bot.send_message(anna.id, "<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML")
    await anna.sees("&" * 4096)


async def test_every_kind_of_button_action_counts_as_one(world: World, bot: Bot) -> None:
    """Copy and disabled buttons are actions too, and must be accepted."""
    anna = world.person("Anna")
    await anna.sends("/start")
    row = [
        InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text="d4g8")),
        InlineKeyboardButton(text="Later", disabled=DisabledButton()),
    ]
    await bot.send_message(anna.id, "x", reply_markup=InlineKeyboardMarkup(inline_keyboard=[row]))
    assert (await anna.sees("x")).buttons == [["Copy", "Later"]]
    assert "[Copy] (Later)" in anna.transcript()


async def test_nobody_is_written_to_who_never_wrote_or_blocked(world: World, bot: Bot) -> None:
    """A bot can't start a conversation, nor continue one after a block."""
    anna = world.person("Anna")
    with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
        await bot.send_message(anna.id, "hi")
    await anna.sends("/start")
    anna.blocks_bot()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(anna.id, "hi")
    anna.unblocks_bot()
    await bot.send_message(anna.id, "hi")
    anna.user.deactivated = True
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(anna.id, "hi")


async def test_a_document_arrives_whole_and_can_be_sent_again_by_its_id(
    world: World, bot: Bot
) -> None:
    """Results are files: their bytes, name and caption are what the person gets."""
    anna = world.person("Anna")
    await anna.sends("/start")
    data = bytes(range(256)) * 5000
    file = BufferedInputFile(data, "результат.zip")
    sent = await bot.send_document(anna.id, file, caption="<i>c</i>", parse_mode="HTML")
    got = await anna.receives_file()
    assert (got.name, got.data, got.caption) == ("результат.zip", data, "c")
    assert sent.document is not None
    assert sent.document.file_size == len(data)
    again = await bot.send_document(anna.id, sent.document.file_id)
    assert again.document == sent.document
    assert (await anna.receives_file()).message.message_id == again.message_id


async def test_wrong_files_are_refused(world: World, bot: Bot) -> None:
    """Wrong ids, empty files, long captions and invalid pictures are refused."""
    anna = world.person("Anna")
    await anna.sends("/start")
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_document(anna.id, "no-such-id")
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(anna.id, BufferedInputFile(b"", "a.txt"))
    with pytest.raises(TelegramBadRequest, match="MEDIA_CAPTION_TOO_LONG"):
        await bot.send_document(anna.id, BufferedInputFile(b"a", "a.txt"), caption="x" * 1025)
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(anna.id, BufferedInputFile(b"text", "a.png"))
    photo = await bot.send_photo(anna.id, BufferedInputFile(PNG, "a.png"))
    assert photo.photo is not None
    assert photo.photo[0].width == 640


async def test_files_over_the_limits_are_refused(world: World, bot: Bot) -> None:
    """50 MB up, 10 MB for pictures, 20 MB down."""
    anna = world.person("Anna")
    await anna.sends("/start")
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(anna.id, BufferedInputFile(bytes(50 * MB + 1), "a.zip"))
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.send_photo(anna.id, BufferedInputFile(PNG + bytes(10 * MB), "a.png"))
    huge = await anna.uploads("list.txt", bytes(20 * MB + 1))
    assert huge.document is not None
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(huge.document.file_id)


async def test_a_persons_file_is_downloaded_by_a_link_that_expires(
    world: World, bot: Bot, client: httpx.AsyncClient, clock: ManualClock
) -> None:
    """Files are fetched again long after they came: by their file id, never by an old link."""
    anna = world.person("Anna")
    sent = await anna.uploads("numbers.txt", b"+12025551234\n", caption="/check")
    assert sent.document is not None
    kept = await bot.get_file(sent.document.file_id)
    got = await bot.download(sent.document.file_id)
    assert got is not None
    assert got.read() == b"+12025551234\n"
    clock.advance(3601)
    old = f"{world.telegram_url}/file/bot{world.bot_token}/{kept.file_path}"
    assert (await client.get(old)).status_code == 404
    with pytest.raises(TelegramBadRequest, match="wrong file_id"):
        await bot.get_file("nonsense")


async def test_wrong_tokens_and_methods_are_turned_away(
    world: World, bot: Bot, client: httpx.AsyncClient
) -> None:
    """What ends the program with a clear line must look like the real one: 401, and 404."""
    wrong = f"123456789:{'x' * 35}"
    answer = await client.post(f"{world.telegram_url}/bot{wrong}/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
    answer = await client.post(f"{world.telegram_url}/bot1:nonsense/getMe")
    assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")
    answer = await client.post(f"{world.telegram_url}/bot{world.bot_token}/getCoffee")
    assert (answer.status_code, answer.json()["ok"]) == (404, False)
    answer = await client.post(f"{world.telegram_url}/bot{world.bot_token}/getMe", data={"x": "1"})
    assert answer.json()["description"] == "Bad Request: unknown argument x"
    with pytest.raises(TelegramNotFound):
        await bot.get_sticker_set("not part of the sandbox")
    with pytest.raises(TelegramUnauthorizedError):
        await Bot(wrong, session=bot.session).get_me()


async def test_the_profile_is_kept_by_scope_and_language(world: World, bot: Bot) -> None:
    """Commands differ for people, groups and admins, in each language."""
    scope = BotCommandScopeAllGroupChats()
    await bot.set_my_commands([BotCommand(command="check", description="d")], scope, "ru")
    assert await bot.get_my_commands() == []
    assert (await bot.get_my_commands(scope, "ru"))[0].command == "check"
    await bot.delete_my_commands(scope, "ru")
    assert await bot.get_my_commands(scope, "ru") == []
    await bot.set_my_description("what it does", language_code="tr")
    assert world.state.profile["description", "default", "tr"] == {"description": "what it does"}
    me = await bot.get_me()
    assert (me.username, me.is_bot) == (world.bot_username, True)
