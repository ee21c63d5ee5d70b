import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    DisabledButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from sandbox.world import World
from tests.support.customers import ManualClock

BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Telegram activity", callback_data="tg")],
        [InlineKeyboardButton(text="Later", disabled=DisabledButton())],
    ]
)


@pytest.fixture
async def running(bot: Bot) -> AsyncIterator[list[str]]:
    """Run a small bot by aiogram's own polling; yield the texts it received."""
    heard: list[str] = []
    dispatcher = Dispatcher()

    @dispatcher.message(F.document)
    async def on_document(message: Message) -> None:
        heard.append(f"{message.document.file_name} of album {message.media_group_id}")
        await message.reply_document(BufferedInputFile(b"result", "result.zip"), caption="here")

    @dispatcher.message()
    async def on_text(message: Message) -> None:
        heard.append(message.text or "")
        await message.answer("Choose", reply_markup=BUTTONS)

    @dispatcher.callback_query()
    async def on_press(query: CallbackQuery) -> None:
        heard.append(f"pressed {query.data} by {query.from_user.first_name}")
        await query.answer("as you like", show_alert=True)
        if isinstance(query.message, Message):
            await query.message.edit_text("Chosen")

    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
    )
    yield heard
    while not polling.done():
        polling.cancel()
        await asyncio.wait([polling], timeout=0.05)


async def test_a_story_is_told_over_real_http(world: World, running: list[str]) -> None:
    """The vocabulary of conversation tests works: sends, sees, presses, receives."""
    anna = world.person("Anna")
    await anna.sends("/start")
    card = await anna.sees("Choose")
    answer = await anna.presses("activity")
    assert (answer.text, answer.show_alert) == ("as you like", True)
    await anna.sees("Chosen", gone="Choose", in_message=card)
    list_ = await anna.uploads("numbers.txt", b"+12025551234\n")
    got = await anna.receives_file()
    assert (got.name, got.data, got.caption) == ("result.zip", b"result", "here")
    assert got.message.reply_to is list_
    assert running == ["/start", "pressed tg by Anna", "numbers.txt of album None"]
    assert "Numberdesk (#2, edited 1x): Chosen" in anna.transcript()


async def test_what_never_comes_is_told_with_the_transcript(
    world: World, running: list[str]
) -> None:
    """A failing story must show the conversation."""
    anna = world.person("Anna")
    await anna.sends("/start")
    await anna.sees("Choose")
    for waiting in (
        anna.sees("Never", within=0.05),
        anna.receives_file(within=0.05),
        anna.presses("No such button", within=0.05),
        anna.presses("Later", within=0.05),
    ):
        with pytest.raises(
            AssertionError, match=r"(?s)waited 0.05 s until Anna .*Choose.*\(Later\)"
        ):
            await waiting
    assert running == ["/start"]


async def test_a_paste_is_cut_as_clients_cut_it(world: World, bot: Bot) -> None:
    """Long pastes arrive in pieces of 4096, cut inside a number, in ascending order."""
    anna = world.person("Anna")
    pasted = "\n".join(f"+7987654{index:04}" for index in range(500))
    pieces = await anna.pastes(pasted)
    assert [len(piece.text or "") for piece in pieces] == [4096, len(pasted) - 4096]
    updates = await bot.get_updates()
    assert "".join(update.message.text for update in updates) == pasted
    assert updates[0].message.message_id < updates[1].message.message_id
    with pytest.raises(AssertionError, match="use pastes"):
        await anna.sends("x" * 4097)


async def test_an_album_is_several_updates_of_one_group(world: World, bot: Bot) -> None:
    """Several files at once are only connected by their media_group_id."""
    anna = world.person("Anna")
    await anna.uploads_together([("a.txt", b"1"), ("b.txt", b"2")], caption="lists")
    first, second = (update.message for update in await bot.get_updates())
    assert first.media_group_id == second.media_group_id
    assert (first.caption, second.caption) == ("lists", None)
    assert [first.document.file_name, second.document.file_name] == ["a.txt", "b.txt"]


async def test_contacts_forwards_and_rewrites_reach_the_bot(world: World, bot: Bot) -> None:
    """Numbers arrive in contacts and forwarded messages too."""
    anna = world.person("Anna")
    await anna.shares_contact("+12025551234", "Bob")
    told = await anna.sends("+12025551235")
    await anna.forwards(told, sent_by="Carol")
    await anna.rewrites(told, "+12025551236")
    contact, _, forwarded, rewritten = await bot.get_updates()
    assert contact.message.contact.phone_number == "+12025551234"
    assert forwarded.message.forward_origin.sender_user_name == "Carol"
    assert rewritten.edited_message.text == "+12025551236"


async def test_a_press_is_answered_in_time_or_never(
    world: World, bot: Bot, clock: ManualClock
) -> None:
    """A query expires after 150 seconds; an invented id is refused."""
    anna = world.person("Anna")
    await anna.sends("/start")
    await bot.send_message(anna.id, "Choose", reply_markup=BUTTONS)
    press = asyncio.create_task(anna.presses("activity"))
    await world.until(lambda: world.pending_updates == 2 or None, "the press is sent")
    query = (await bot.get_updates())[-1].callback_query
    assert (query.data, query.message.text) == ("tg", "Choose")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query.id, "x" * 201)
    clock.advance(151)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(query.id)
    clock.advance(-2)
    await bot.answer_callback_query(query.id, "seen")
    assert (await press).text == "seen"
    with pytest.raises(TelegramBadRequest, match="query ID is invalid"):
        await bot.answer_callback_query("12345")


async def test_many_taps_at_once_are_as_many_queries(world: World, running: list[str]) -> None:
    """Fifty taps before the card changes must have one effect, which only the bot can ensure."""
    anna = world.person("Anna")
    await anna.sends("/start")
    await anna.sees("Choose")
    world.telegram.flood.on = False
    answers = await asyncio.gather(*(anna.presses("activity") for _ in range(5)))
    assert len(answers) == 5
    assert running.count("pressed tg by Anna") == 5


async def test_forged_data_and_deleted_cards_reach_the_bot(world: World, bot: Bot) -> None:
    """Callback data may be anything, and its message may be gone."""
    anna = world.person("Anna")
    await anna.sends("/start")
    await bot.send_message(anna.id, "Choose", reply_markup=BUTTONS)
    card = await anna.sees("Choose")
    anna.deletes(card)
    with pytest.raises(AssertionError, match="gets an answer"):
        await anna.forges("x:forged", on=card, within=0.05)
    query = (await bot.get_updates())[-1].callback_query
    assert query.data == "x:forged"
    assert query.message.date == 0


async def test_changes_are_told_as_they_happen(world: World, bot: Bot) -> None:
    """The demo prints the conversation from these events."""
    told: list[tuple[str, str]] = []
    world.watch(lambda kind, chat, message: told.append((kind, message.shown or chat.name)))
    anna = world.person("Anna")
    await anna.sends("/start")
    sent = await bot.send_message(anna.id, "a")
    await bot.edit_message_text("b", chat_id=anna.id, message_id=sent.message_id)
    await bot.send_document(anna.id, BufferedInputFile(b"x", "x.zip"))
    await bot.delete_message(anna.id, sent.message_id)
    assert told == [
        ("new", "/start"),
        ("new", "a"),
        ("edited", "b"),
        ("new", "Anna"),
        ("file", "Anna"),
        ("deleted", "b"),
    ]


async def test_patience_moves_the_clock_while_a_person_waits(
    world: World, bot: Bot, clock: ManualClock
) -> None:
    """Long stories take no time: the test's clock runs while people wait."""
    anna = world.person("Anna")
    await anna.sends("/start")
    began = clock.now()

    async def an_hour_passes() -> None:
        if not world.busy:
            clock.advance(600)

    async def answer_later() -> None:
        await clock.sleep(3600)
        await bot.send_message(anna.id, "done")

    world.patience = an_hour_passes
    later = asyncio.create_task(answer_later())
    await anna.sees("done")
    await later
    assert clock.now() >= began + 3600
