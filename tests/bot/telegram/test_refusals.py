"""What both sources of updates do when Telegram refuses them: 401, 404, 409, "Logged out"."""

from collections.abc import MutableMapping
from typing import Any

import httpx
import pytest
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.methods import SetWebhook
from aiogram.types import BufferedInputFile

from bot.telegram.source import ALLOWED, NotAuthorizedError
from bot.telegram.webhook import LOOK_SECONDS, SECRET_HEADER
from sandbox.http import faults
from storage.database import Database
from tests.support.clocks import StoryClock
from tests.support.telegram.fetching import Desk
from tests.support.telegram.hooking import SECRET, Hooked
from tests.support.telegram.line import Line, lined_up

Logs = list[MutableMapping[str, Any]]
pytestmark = pytest.mark.usefixtures("logs")


WRONG = {"123456789:" + "x" * 35: "Unauthorized", "123456789:" + "x" * 34: "Not Found"}


@pytest.mark.parametrize("token", WRONG)
async def test_a_wrong_token_ends_it(clock: StoryClock, database: Database, token: str) -> None:
    """Protects the operator: a wrong token ends the program, with Telegram's words."""
    async with lined_up(clock, token=token) as line:
        with pytest.raises(NotAuthorizedError, match=WRONG[token]):
            await Desk(line, database).intake.run()
        assert len(line.world.telegram.calls) == 0


@pytest.mark.parametrize(("code", "words"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_one_refusal_ends_nothing(
    line: Line, desk: Desk, logs: Logs, code: int, words: str
) -> None:
    """Protects people from a mistake of Telegram's: only if getMe is refused, too, it is none."""
    anna = line.world.person("Anna")
    line.world.telegram.faults.add("getUpdates", faults.Refuse(words, code))
    await anna.sends("hello")
    async with desk.open():
        await desk.handles("hello")
    (told,) = [each for each in logs if each["event"] == "token refused once"]
    assert told["why"] == words
    assert len(line.world.telegram.made("getMe")) == 1


async def test_a_refusal_is_believed_when_telegram_is_back(line: Line, desk: Desk) -> None:
    """Protects from an end without need: an outage in between proves nothing."""
    anna = line.world.person("Anna")
    line.world.telegram.faults.add("getUpdates", faults.Refuse("Unauthorized", 401))
    line.world.telegram.faults.add("getMe", faults.bad_gateway(), times=3)
    await anna.sends("hello")
    async with desk.open():
        await desk.handles("hello")


@pytest.mark.parametrize("moment", ["before", "between", "during"])
async def test_a_webhook_of_somebody_else_is_taken_off(
    line: Line, desk: Desk, logs: Logs, moment: str
) -> None:
    """Protects from silence: whenever somebody sets a webhook, it is removed, and this is told."""
    world = line.world
    anna, hook = world.person("Anna"), SetWebhook(url="https://other.example.org/hook")
    if moment == "before":
        world.telegram.polling.set_webhook(hook)
    async with desk.open():
        if moment == "during":
            await world.until(lambda: world.telegram.polling.listening or None, "it polls")
            world.telegram.polling.set_webhook(hook)
        if moment == "between":
            world.telegram.faults.add("getUpdates", faults.Slow(1.0))
            await anna.sends("one")
            await desk.handles("one")
            world.telegram.polling.set_webhook(hook)
        await anna.sends("hello")
        await desk.handles(*(["one"] if moment == "between" else []), "hello")
    (told,) = [each for each in logs if each["event"] == "webhook removed"]
    assert told["host"] == "other.example.org"
    assert "updates fetched elsewhere" not in {each["event"] for each in logs}
    assert line.clock.now() - line.began < 30


async def test_the_words_of_telegram_are_told(line: Line, desk: Desk, logs: Logs) -> None:
    """Protects the operator's time: the log says what Telegram says, also where a bot was moved."""
    anna = line.world.person("Anna")
    taken = faults.Refuse("terminated by other getUpdates request; make sure that", 409)
    line.world.telegram.faults.add("getUpdates", taken)
    line.world.telegram.faults.add("getUpdates", faults.Refuse("Logged out"), times=2)
    line.world.telegram.faults.add("getUpdates", faults.Refuse("some news", 418))
    await anna.sends("hello")
    async with desk.open():
        await desk.handles("hello")
    told = [(each["event"], each.get("why")) for each in logs]
    assert told[:4] == [
        ("updates fetched elsewhere", f"Conflict: {taken.description}"),
        ("bot logged out", "Logged out"),
        ("bot logged out", "Logged out"),
        ("update fetch failed", "some news"),
    ]


@pytest.mark.parametrize("lacks", ["secret", "kinds"])
async def test_a_webhook_set_by_hand_is_set_again(hooked: Hooked, logs: Logs, lacks: str) -> None:
    """Protects from silence when our address was set without our secret, or for too little."""
    async with hooked.open():
        world = hooked.line.world
        kinds = ALLOWED if lacks == "secret" else ["message"]
        secret = None if lacks == "secret" else SECRET
        by_hand = SetWebhook(url=hooked.url, secret_token=secret, allowed_updates=kinds)
        world.telegram.polling.set_webhook(by_hand)
        if lacks == "secret":
            await world.person("Anna").sends("hello")
            await hooked.desk.handles("hello")
        await world.until(lambda: len(world.telegram.made("setWebhook")) > 1 or None, "set again")
        assert world.state.webhook["secret"] == SECRET
        assert world.state.updates.allowed == frozenset(ALLOWED)
    # Twice, if it looks again before Telegram has delivered.
    told = {each["why"] for each in logs if each["event"] == "foreign webhook overwritten"}
    assert told == {{"secret": "another secret", "kinds": "too few kinds of updates"}[lacks]}


async def test_strangers_set_no_webhook(hooked: Hooked) -> None:
    """Protects Telegram from calls that a stranger could cause, also while nothing gets through."""
    async with hooked.open():
        hooked.line.world.telegram.faults.add("webhook", faults.Dropped(), times=None)
        await hooked.line.world.person("Anna").sends("hello")
        for _ in range(3):
            assert await hooked.posts({"update_id": 7}, **{SECRET_HEADER: "guessed"}) == 401
        until = hooked.line.clock.now() + 2 * LOOK_SECONDS
        await hooked.line.world.until(lambda: hooked.line.clock.now() > until or None, "two looks")
        assert len(hooked.line.world.telegram.made("setWebhook")) == 1


async def test_one_refusal_ends_no_webhook(hooked: Hooked) -> None:
    """Protects people from a mistake of Telegram's: only if getMe is refused, too, it is none."""
    for method in ("setWebhook", "getWebhookInfo"):
        hooked.line.world.telegram.faults.add(method, faults.Refuse("Unauthorized", 401))
    async with hooked.open():
        await hooked.line.world.person("Anna").sends("hello")
        await hooked.desk.handles("hello")
        until = hooked.line.clock.now() + 2 * LOOK_SECONDS
        await hooked.line.world.until(lambda: hooked.line.clock.now() > until or None, "two looks")
    assert len(hooked.line.world.telegram.made("getMe")) == 2


async def test_a_bot_that_was_moved_is_told_of(hooked: Hooked, logs: Logs) -> None:
    """Protects the operator from looking for a fault in WEBHOOK_URL where there is none."""
    hooked.line.world.telegram.faults.add("setWebhook", faults.Refuse("Logged out"))
    async with hooked.open():
        pass
    assert [(each["event"], each["why"]) for each in logs] == [("bot logged out", "Logged out")]


async def test_a_wrong_token_ends_a_webhook(clock: StoryClock, database: Database) -> None:
    """Protects the operator: a wrong token ends the program instead of being retried."""
    async with (
        lined_up(clock, token="123456789:" + "x" * 35) as line,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        with pytest.raises(NotAuthorizedError, match="Unauthorized"):
            await Hooked(line, database, client).webhook.run()


@pytest.mark.parametrize(("code", "words"), [(401, "Unauthorized"), (400, "Logged out")])
async def test_a_bot_that_is_refused_for_a_while_sends_it_afterwards(
    line: Line, code: int, words: str
) -> None:
    """Protects texts and files while a bot is moved: the bot is refused, and not what it sends."""
    anna = await line.meets("Anna")
    line.world.telegram.faults.add("*", faults.Refuse(words, code), times=4)
    done = await line.finish(
        line.bot.send_message(anna.id, "hello"),
        line.bot.send_document(anna.id, BufferedInputFile(b"+4915112345678", "list.csv")),
        line.bot.send_chat_action(anna.id, "typing"),
    )
    assert not [each for each in done if isinstance(each, BaseException)]
    said = [message for message in anna.messages if message.by_bot]
    assert [bool(message.document) for message in said] == [False, True]


async def test_whether_the_token_is_wrong_is_told_at_once(line: Line) -> None:
    """Protects the operator from waiting: getMe is what is asked when Telegram refuses the bot."""
    line.world.telegram.faults.add("getMe", faults.Refuse("Unauthorized", 401))
    (told,) = await line.finish(line.bot.get_me())
    assert isinstance(told, TelegramUnauthorizedError)
