import asyncio
from itertools import pairwise

import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.types import BufferedInputFile, InputMediaDocument

from bot.telegram import pacer
from sandbox.http import faults
from storage.engines.base import LostLeaseError
from storage.engines.claims import Alone
from tests.support.telegram.line import Line

FILE = BufferedInputFile(b"+4915112345678,yes\n", "result.csv")


class Lapsed(Alone):
    """The claims of a replica whose lease has run out."""

    alive = False
    lost = False


async def test_a_burst_to_one_person_provokes_no_flood(line: Line) -> None:
    """Protects a chat from flood limits: thirty messages at once are sent in order, at its pace."""
    anna = await line.meets("Anna")
    await line.finish(*(line.bot.send_message(anna.id, f"{n}") for n in range(30)))
    said = [message.text for message in anna.messages if message.by_bot]
    assert said == [f"{n}" for n in range(30)]
    assert line.world.telegram.floods == []
    times = line.times(anna.id)
    assert times[:3] == [0, 0, 0]  # the first ones are felt as instant
    assert times[-1] <= 30


async def test_fifty_cards_in_a_group_fit_into_its_minutes(line: Line) -> None:
    """Protects a group with fifty tasks: at most twenty sends and edits a minute."""
    anna = await line.meets("Anna")
    team = line.world.group("Team", anna)
    cards = await line.finish(*(line.bot.send_message(team.id, f"{n}") for n in range(25)))
    await line.finish(
        *(
            line.bot.edit_message_text(f"{n}!", chat_id=team.id, message_id=card.message_id)
            for n, card in enumerate(cards)
        )
    )
    assert line.world.telegram.floods == []
    times = sorted(line.times(team.id) + line.times(team.id, "editMessageText"))
    assert len(times) == 50
    assert all(times[at + 20] - times[at] >= 60 for at in range(len(times) - 20))
    assert times[-1] <= 180


async def test_a_hundred_chats_share_thirty_a_second(line: Line) -> None:
    """Protects fairness: many chats at once are served in turn, close to Telegram's rate limit."""
    people = [await line.meets(f"P{n}") for n in range(100)]
    await line.finish(*(line.bot.send_message(each.id, "hello") for each in people))
    assert line.world.telegram.floods == []
    times = sorted(call.time - line.began for call in line.world.telegram.made("sendMessage"))
    assert len(times) == 100
    assert times[-1] <= 100 / (0.9 * 30)


async def test_no_second_holds_more_than_thirty(line: Line) -> None:
    """Protects the whole bot if Telegram counts by the second instead of by a bucket."""
    people = [await line.meets(f"P{n}") for n in range(50)]
    await line.finish(*(line.bot.send_message(each.id, "hello") for each in people))
    times = sorted(call.time for call in line.world.telegram.made("sendMessage"))
    assert all(times[at + 30] - times[at] >= 1 for at in range(len(times) - 30))


async def test_a_flood_holds_up_one_chat_only(line: Line) -> None:
    """Protects other chats: only the limited chat waits, just so long, and keeps its order."""
    anna, boris = await line.meets("Anna"), await line.meets("Boris")
    hold = faults.Flood(30, held=True)
    line.world.telegram.faults.add("sendMessage", hold, chat=anna.id)
    texts = ["one", "two", "three"]
    to_anna = [line.bot.send_message(anna.id, text) for text in texts]
    to_boris = [line.bot.send_message(boris.id, text) for text in texts]
    await line.finish(*to_anna, *to_boris)
    assert line.world.telegram.floods == []
    assert line.times(boris.id) == [0, 0, 0]
    assert line.times(anna.id)[:2] == [0, 30]
    assert [message.text for message in anna.messages if message.by_bot] == texts


async def test_floods_again_and_again_lose_nothing(line: Line) -> None:
    """Protects a message that Telegram rejects with a 429 five times."""
    anna = await line.meets("Anna")
    line.world.telegram.faults.add("sendMessage", faults.Flood(3, held=True), times=5)
    await line.finish(*(line.bot.send_message(anna.id, f"{n}") for n in range(3)))
    assert [m.text for m in anna.messages if m.by_bot] == ["0", "1", "2"]
    assert line.world.telegram.floods == []


async def test_only_the_newest_of_waiting_edits_is_made(line: Line) -> None:
    """Protects the chat's rate limit: of twenty queued edits of a bar only the newest is sent."""
    anna = await line.meets("Anna")
    (card,) = await line.finish(line.bot.send_message(anna.id, "0"))
    edits = [
        line.bot.edit_message_text(f"{n}", chat_id=anna.id, message_id=card.message_id)
        for n in range(1, 21)
    ]
    done = await line.finish(*edits)
    assert anna.messages[-1].text == "20"
    assert len(line.world.telegram.made("editMessageText")) <= 3
    assert not [each for each in done if isinstance(each, BaseException)]


async def test_edits_of_different_messages_all_arrive(line: Line) -> None:
    """Protects the other cards: an edit replaces only a queued edit of the same message."""
    anna = await line.meets("Anna")
    cards = await line.finish(*(line.bot.send_message(anna.id, f"{n}") for n in range(6)))
    await line.finish(
        *(
            line.bot.edit_message_text(f"{n}!", chat_id=anna.id, message_id=card.message_id)
            for n, card in enumerate(cards)
        )
    )
    assert [m.text for m in anna.messages if m.by_bot] == [f"{n}!" for n in range(6)]


async def test_results_go_before_progress(line: Line) -> None:
    """Protects a person who waits for a file: ten progress bars don't go before it."""
    anna = await line.meets("Anna")
    cards = await line.finish(*(line.bot.send_message(anna.id, f"{n}") for n in range(6)))
    before = len(line.world.telegram.calls)
    bars = [
        line.bot.edit_message_text(f"{n}!", chat_id=anna.id, message_id=card.message_id)
        for n, card in enumerate(cards[1:])
    ]
    media = InputMediaDocument(media=FILE)
    result = line.bot.edit_message_media(media, chat_id=anna.id, message_id=cards[0].message_id)
    notice = line.bot.send_message(anna.id, "Result ready")
    await line.finish(*bars, notice, result)
    order = [call.method.lower() for call in line.world.telegram.calls[before:]]
    assert set(order[-4:]) == {"editmessagetext"}
    assert order.index("sendmessage") < order.index("editmessagemedia") < 3


async def test_what_is_so_already_is_done(line: Line) -> None:
    """Protects against a loop: "not modified" means that a repeated edit had succeeded."""
    anna = await line.meets("Anna")
    (card,) = await line.finish(line.bot.send_message(anna.id, "same"))
    again = line.bot.edit_message_text("same", chat_id=anna.id, message_id=card.message_id)
    assert await line.finish(again) == [True]
    late = line.bot.answer_callback_query("forged")
    assert await line.finish(late) == [True]


@pytest.mark.parametrize(
    "fault", [faults.ReplyLost(), faults.Dropped(), faults.bad_gateway(), faults.server_error()]
)
async def test_an_edit_is_repeated_until_it_is_sure(line: Line, fault: faults.Fault) -> None:
    """Protects the card and the result: an edit whose reply was lost is repeated, harmlessly."""
    anna = await line.meets("Anna")
    (card,) = await line.finish(line.bot.send_message(anna.id, "old"))
    line.world.telegram.faults.add("editMessageText", fault)
    edit = line.bot.edit_message_text("new", chat_id=anna.id, message_id=card.message_id)
    (done,) = await line.finish(edit)
    assert not isinstance(done, BaseException)
    assert anna.messages[-1].text == "new"
    assert len(line.world.telegram.made("editMessageText")) == 2
    assert len([message for message in anna.messages if message.by_bot]) == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.ReplyLost(), TelegramNetworkError),
        (faults.Dropped(), TelegramNetworkError),
        (faults.bad_gateway(carried_out=True), ClientDecodeError),
        (faults.server_error(carried_out=True), TelegramServerError),
    ],
)
async def test_a_file_is_never_sent_twice(
    line: Line, fault: faults.Fault, error: type[Exception]
) -> None:
    """Protects against a second copy of a file: what may have arrived is not sent again here."""
    anna = await line.meets("Anna")
    line.world.telegram.faults.add("sendDocument", fault)
    (done,) = await line.finish(line.bot.send_document(anna.id, FILE))
    assert isinstance(done, error)
    assert len(line.world.telegram.made("sendDocument")) == 1


async def test_a_file_waits_for_a_telegram_that_is_away(line: Line) -> None:
    """Protects delivery: if no connection was made, nothing was sent, so a retry is safe."""
    anna = await line.meets("Anna")
    await line.world.telegram.goes_down()
    sending = line.finish(line.bot.send_document(anna.id, FILE), comes_back(line))
    (done, _) = await sending
    assert not isinstance(done, BaseException)
    assert len([message for message in anna.messages if message.document]) == 1


async def comes_back(line: Line) -> None:
    """Bring Telegram back after two minutes."""
    await line.clock.sleep(120)
    await line.world.telegram.comes_back()


async def test_texts_wait_for_a_telegram_that_is_away_in_order(line: Line) -> None:
    """Protects the order of a conversation during an outage."""
    anna = await line.meets("Anna")
    await line.world.telegram.goes_down()
    texts = [line.bot.send_message(anna.id, f"{n}") for n in range(5)]
    await line.finish(*texts, comes_back(line))
    assert [m.text for m in anna.messages if m.by_bot] == [f"{n}" for n in range(5)]


async def test_patience_has_an_end(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects a chat's queue: after many tries the caller gets the error."""
    monkeypatch.setattr(pacer, "MOST_TRIES", 4)
    anna = await line.meets("Anna")
    line.world.telegram.faults.add("sendMessage", faults.bad_gateway(), times=5)
    (first,) = await line.finish(line.bot.send_message(anna.id, "never"))
    (second,) = await line.finish(line.bot.send_message(anna.id, "next"))
    assert isinstance(first, ClientDecodeError)
    assert second.text == "next"
    times = line.times(anna.id)
    assert all(later > earlier for earlier, later in pairwise(times[:5]))


async def test_nothing_is_sent_while_others_may_have_our_work(line: Line) -> None:
    """Protects chats from two senders: without a lease a call waits, and once it is lost, fails."""
    anna, claims = await line.meets("Anna"), Lapsed()
    line.pacer._claims = claims
    held = asyncio.create_task(line.bot.send_message(anna.id, "held"))
    await line.finish(line.clock.sleep(600))
    assert not line.world.telegram.made("sendMessage")
    claims.alive = True
    await line.finish(held)
    claims.alive, claims.lost = False, True
    (last,) = await line.finish(line.bot.send_message(anna.id, "lost"))
    assert isinstance(last, LostLeaseError)
    assert len(line.world.telegram.made("sendMessage")) == 1


async def test_a_clear_no_is_passed_on_at_once(line: Line) -> None:
    """Protects the queue: a blocked bot or a malformed message holds up nothing behind it."""
    anna = await line.meets("Anna")
    wrong = line.bot.send_message(anna.id, "<b>not closed")
    right = line.bot.send_message(anna.id, "<b>closed</b>")
    stranger = line.bot.send_message(line.world.person("Stranger").id, "hello")
    first, second, third = await line.finish(wrong, right, stranger)
    assert isinstance(first, TelegramBadRequest)
    assert second.text == "closed"
    assert isinstance(third, TelegramForbiddenError)
    assert line.clock.now() == line.began


async def test_who_gives_up_waiting_leaves_the_queue_alone(line: Line) -> None:
    """Protects the others in a chat from a caller that is cancelled."""
    anna = await line.meets("Anna")
    line.world.telegram.faults.add("sendMessage", faults.Flood(30, held=True))
    first = asyncio.create_task(line.bot.send_message(anna.id, "one"))  # type: ignore[arg-type]
    await line.world.until(lambda: line.times(anna.id) or None, "the first was tried")
    first.cancel()
    await line.finish(line.bot.send_message(anna.id, "two"))
    assert [m.text for m in anna.messages if m.by_bot] == ["one", "two"]


async def test_quiet_chats_are_forgotten(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects memory when a million people wrote to the bot: only idle chats are evicted."""
    monkeypatch.setattr(pacer, "CHATS_REMEMBERED", 3)
    people = [await line.meets(f"P{n}") for n in range(8)]
    for each in people:
        await line.finish(line.bot.send_message(each.id, "x"))
        line.clock.jump(90)
    assert len(line.pacer._chats) <= 4
