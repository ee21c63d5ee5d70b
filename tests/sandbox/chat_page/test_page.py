"""The chat page's server: who may use it, what it shows, and what it does."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import BotCommand, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.chat_page.controls import Controls
from sandbox.chat_page.scene import Scene
from sandbox.chat_page.server import Pages
from sandbox.http.clock import MovableClock
from sandbox.world import World
from tests.support.browser.browsing import Browser, Life, picture


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A world on a clock that the page moves."""
    async with World(MovableClock(), seed=1, deadline=3) as made:
        yield made


@pytest.fixture
async def page(world: World) -> AsyncIterator[Browser]:
    """The chat page, with a client connected."""
    scene, life = Scene(world), Life()
    assert isinstance(world.clock, MovableClock)
    async with Pages(scene, Controls(world, world.clock, life)) as pages:
        browser = Browser(pages, scene, life)
        try:
            yield browser
        finally:
            await browser.http.close()


@pytest.mark.parametrize("path", ["/", "/page/app.js", "/live?who=anna", "/file/x", "/?key=wrong"])
async def test_nothing_is_given_without_the_key(page: Browser, path: str) -> None:
    """Protects the page from other users of this machine."""
    async with page.http.get(page.pages.server.url + path) as answer:
        assert answer.status == 403
    async with page.http.post(f"{page.pages.server.url}/api/say", json={}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost:1"},
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
    ids=str,
)
async def test_other_pages_and_names_are_refused(page: Browser, headers: dict[str, str]) -> None:
    """Protects from other web pages, and from DNS rebinding."""
    await page.opens("anna")
    origin = page.pages.server.url
    for method, path in (("GET", "/"), ("GET", "/live?who=anna"), ("POST", "/api/say")):
        async with page.http.request(method, origin + path, headers=headers) as answer:
            assert answer.status == 403
    async with page.http.post(f"{origin}/api/say", json={"who": "anna"}) as answer:
        assert answer.status == 403, "a request that does something names its origin"
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await page.http.ws_connect(f"{origin}/live?who=anna", headers=headers)


async def test_the_page_is_whole_and_asks_nobody_else(page: Browser) -> None:
    """Protects privacy: all files come from here, and CSP forbids requests to other hosts."""
    origin = page.pages.server.url
    async with page.http.get(page.pages.address) as answer:
        text, cookie = await answer.text(), answer.headers["Set-Cookie"]
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
    assert "://" not in text
    for file in ("app.js", "base.css", "mark.svg"):
        async with page.http.get(f"{origin}/page/{file}") as answer:
            assert answer.status == 200
    for outside in ("/page/..%2Fpages.py", "/page/pages.py", "/page/"):
        async with page.http.get(origin + outside) as answer:
            assert answer.status == 404


async def test_each_kind_of_message(page: Browser, bot: Bot) -> None:
    """Protects what is shown: formatting, buttons, contacts, answers, edits and deletions."""
    await page.opens("anna")
    anna = page.scene.people["anna"].id
    await page.does("say", who="anna", chat="private", text="/start")
    start = await page.message("/start")
    assert (start["from"]["id"], start["from"]["bot"]) == (anna, False)
    assert start["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    rows = [
        [InlineKeyboardButton(text="Go", callback_data="go", style="success")],
        [
            InlineKeyboardButton(text="Id", copy_text=CopyTextButton(text="42")),
            InlineKeyboardButton(text="Site", url="https://example.org"),
        ],
    ]
    markup = InlineKeyboardMarkup(inline_keyboard=rows)
    html = "<b>Hi</b> <blockquote expandable>1\n2</blockquote> <script>"
    html = html.replace("<script>", "&lt;script&gt;")
    sent = await bot.send_message(
        anna, html, parse_mode="HTML", reply_markup=markup, reply_to_message_id=1
    )
    shown = await page.message("<script>")
    assert [each["type"] for each in shown["entities"]] == ["bold", "expandable_blockquote"]
    assert shown["reply"] == {"id": start["id"], "name": "Anna", "text": "/start"}
    keys = [key for row in shown["keyboard"] for key in row]
    assert [(key["kind"], key["value"]) for key in keys] == [
        ("tap", ""),
        ("copy", "42"),
        ("url", "https://example.org"),
    ]
    assert keys[0]["style"] == "success"
    await bot.edit_message_text("Other", chat_id=anna, message_id=sent.message_id)
    changed = await page.message("Other")
    assert changed["id"] == shown["id"]
    assert changed["edited"] is not None
    await bot.delete_message(anna, sent.message_id)
    await page.hears(lambda: page.known[shown["id"]]["deleted"])
    await page.does("contact", who="anna", chat="private", name="Ben", number="+447400000001")
    card = await page.hears(lambda: [m for m in page.known.values() if m.get("contact")])
    assert card[0]["contact"]["phone_number"] == "+447400000001"
    await bot.send_chat_action(anna, "upload_document")
    await page.hears(lambda: page.actions)
    assert page.actions[0] == {"type": "action", "chat": "private", "action": "upload_document"}


async def test_files_go_there_and_back(page: Browser) -> None:
    """Protects files: albums, pictures and captions arrive, and downloads are the same bytes."""
    await page.opens("anna")
    await page.does("say", who="anna", chat="private", text="/start")
    url, image = f"{page.pages.server.url}/api/files", picture(4, 3)
    form = aiohttp.FormData({"who": "anna", "chat": "private", "text": "both of them"})
    for name in ("один.csv", "b.txt"):
        form.add_field("document", name.encode(), filename=name)
    form.add_field("photo", image, filename="p.png", content_type="image/png")
    async with page.http.post(url, data=form, headers=page.headers) as answer:
        assert answer.status == 200, await answer.text()
    await page.hears(lambda: sum(bool(m.get("file")) for m in page.known.values()) == 3)
    photo, first, second = [m for m in page.known.values() if m.get("file")]
    assert photo["file"]["kind"] == "photo"
    assert (photo["file"]["width"], photo["text"]) == (4, "both of them")
    assert first["album"] == second["album"] is not None
    async with page.http.get(f"{page.pages.server.url}{first['file']['url']}?save") as answer:
        assert await answer.read() == "один.csv".encode()
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Type"] == "application/octet-stream"
    async with page.http.get(page.pages.server.url + photo["file"]["url"]) as answer:
        assert (answer.headers["Content-Type"], await answer.read()) == ("image/png", image)


async def test_taps_and_their_answers(page: Browser, bot: Bot) -> None:
    """Protects buttons: the bot's notice is shown, and a button that is gone does nothing."""
    await page.opens("anna")
    await page.does("say", who="anna", chat="private", text="/start")
    markup = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]]
    )
    await bot.send_message(page.scene.people["anna"].id, "Ready?", reply_markup=markup)
    message = await page.message("Ready?")
    tap = {"who": "anna", "chat": "private", "message": message["id"], "row": 0, "column": 0}
    pressing = asyncio.create_task(page.does("press", **tap, label="Go"))
    while not (query := _query(await bot.get_updates(timeout=2))):
        pass
    await bot.answer_callback_query(query, text="Gone ahead", show_alert=True)
    assert await pressing == {"text": "Gone ahead", "alert": True, "url": None}
    for wrong in ({**tap, "row": 5}, {**tap, "message": "1.99"}, {**tap, "column": -1}):
        assert (await page.asks("press", **wrong, label="Go"))[0] == 409
    assert (await page.asks("press", **tap, label="Stop"))[0] == 409


def _query(updates: Any) -> str | None:
    return next((each.callback_query.id for each in updates if each.callback_query), None)


async def test_long_texts_blocking_and_groups(page: Browser, bot: Bot) -> None:
    """Protects the rest of a client: cut texts, blocking, topics, migrating groups, menus."""
    world = page.scene.world
    await bot.set_my_commands([BotCommand(command="start", description="begin")])
    await bot.set_my_commands(
        [BotCommand(command="start", description="начать")], language_code="ru"
    )
    await page.opens("anna")
    long = "+447400000001\n" * 400
    await page.does("say", who="anna", chat="private", text=long)
    pieces = await page.hears(
        lambda: [m for m in page.known.values() if "+4474" in m.get("text", "")]
    )
    assert [len(piece["text"]) > 4000 for piece in pieces] == [True, False]
    await page.does("language", who="anna", language="ru")
    await page.hears(lambda: "начать" in str(page.parts["chats"]))
    await page.does("block", who="anna", chat="private")
    await page.hears(lambda: "kicked" in str(page.parts["chats"]))
    assert (await page.asks("say", who="anna", chat="private", text="hello"))[0] == 409
    await page.does("unblock", who="anna", chat="private")
    topic = page.chat("forum")["topics"][0]["id"]
    await page.does("say", who="anna", chat="forum", topic=topic, text="in a topic")
    assert (await page.message("in a topic"))["topic"] == topic
    await page.does("say", who="anna", chat="team", text="before")
    await page.does("upgrade", who="carol")
    await page.does("say", who="anna", chat="team", text="after")
    after, before = await page.message("after"), await page.message("before")
    assert before["id"].partition(".")[0] != after["id"].partition(".")[0]
    assert "supergroup" in str(page.parts["chats"])
    assert (await page.asks("say", who="olga", chat="team", text="hello"))[0] == 409
    for wrong in ({"who": "nobody"}, {"chat": "x"}, {"text": " "}, {"topic": 999, "chat": "forum"}):
        values = {"who": "anna", "chat": "private", "text": "x", **wrong}
        assert (await page.asks("say", **values))[0] == 409
    assert world.pending_updates


async def test_the_panel_moves_the_world(page: Browser, world: World) -> None:
    """Protects the controls: clock, speed, each fault on and off, and the bot's process."""
    await page.opens("olga")
    panel = page.parts["panel"]
    assert not any(panel["faults"].values())
    for fault in panel["faults"]:
        await page.does("fault", fault=fault, on=True)
        await page.hears(lambda name=fault: page.parts["panel"]["faults"][name])
        if fault == "limit":
            assert world.green.instances[0].paused_until > world.clock.now()
            await page.does("clock", seconds=7300)
            await page.hears(lambda: not page.parts["panel"]["faults"]["limit"])
            assert page.parts["panel"]["offset"] == pytest.approx(7300)
        await page.does("fault", fault=fault, on=False)
        await page.hears(lambda name=fault: not page.parts["panel"]["faults"][name])
    await page.does("speed", speed="slow")
    assert world.ekyc.pace.per_second == 40
    await page.does("fault", fault="lost", on=True)
    form = aiohttp.FormData({"task_type": "tg_active"})
    form.add_field("file", b"+447400000001\n", filename="n.txt")
    key = {"X-API-Key": world.ekyc.api_key}
    with contextlib.suppress(aiohttp.ClientError):
        await page.http.post(f"{world.ekyc.url}/v1/tasks", data=form, headers=key)
    await page.hears(lambda: page.parts["panel"]["posts"])
    assert not page.parts["panel"]["faults"]["lost"], "it happens once"
    post = page.parts["panel"]["posts"][0]
    assert (post["charged"], post["outcome"], post["numbers"]) == (True, "ReplyLost", 1)
    for do in ("restart", "kill"):
        await page.does("bot", do=do)
    assert page.life.told[-2:] == ["restart", "kill"]
    for act, wrong in (
        ("clock", {"seconds": -5}),
        ("speed", {"speed": 7}),
        ("fault", {"fault": 1}),
    ):
        assert (await page.asks(act, **wrong))[0] == 409
