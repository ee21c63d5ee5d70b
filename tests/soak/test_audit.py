"""The audit of the soak: what it must find, and what it must not take for a fault."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.http.clock import FastClock
from sandbox.services.tasks import Post
from sandbox.telegram.store.chats import Chat, Content, Message
from sandbox.world import World
from soak.audit import audit
from soak.diary import Budget, Consent, Diary, Order, current, day_of
from soak.log import Log, read
from soak.turns import Turns
from tests.support.stories.sheets_of import archive

TEN = 10.0  # seconds


class Scene:
    """A person in a group who handed in a list there, and what a bot did; no bot runs."""

    def __init__(self) -> None:
        self.clock = FastClock(0.0, 1)
        self.world = World(self.clock)
        anna = self.world.person("Anna")
        self.alone = anna.chat
        self.anna = anna.within(self.world.group("Team", anna))
        self.diary = Diary()

    async def hands_in(self, count: int = 3) -> Order:
        """Hand in a list, and agree to a POST of it."""
        numbers = self.diary.fresh(count)
        caption = f"/check@{self.world.bot_username}"
        sent = await self.anna.uploads("list 0.txt", b"+447400000000", caption)
        order = Order(self.anna, [sent], numbers, "list 0.txt", outcome="delivered")
        order.consents.append(Consent(self.clock.now()))
        self.diary.orders.append(order)
        return order

    def posts(self, order: Order, numbers: list[str] | None = None, check: str = "band") -> bytes:
        """Have the service take the list, or these numbers in its place; return its result."""
        post = Post(self.clock.now(), "/v1/tasks", check, numbers or order.numbers)
        self.world.ekyc.posts.append(post)
        task = self.world.ekyc.take(post, self.clock.now())
        task.downloads = 1
        return task.result_bytes

    def says(self, chat: Chat, text: str, file: bytes | None = None) -> Message:
        """Say something as the bot, perhaps with a file, in reply to nothing."""
        kept = None if file is None else self.world.state.files.keep("result.zip", file)
        content = Content(caption=text, file=kept) if kept else Content(text=text)
        return chat.add(self.world.state.me, content, self.clock.now())

    def finds(
        self, *, cut_off: tuple[tuple[float, float], ...] = (), log: Log | None = None
    ) -> str:
        """Return what the audit finds."""
        self.world.state.updates.clear()
        return "\n".join(audit(self.world, self.diary, log or Log([], {}), cut_off))


async def test_a_result_comes_once_and_where_it_may() -> None:
    """Protects people whose own message is gone, and private results, from a kind audit."""
    scene = Scene()
    order = await scene.hands_in()
    result = scene.posts(order)
    assert "wasn't made for it" in scene.finds()
    scene.anna.deletes(order.sent[0])
    scene.says(scene.anna.chat, "✅ list 0.txt · Band", result)
    assert scene.finds() == ""
    order.privately = True
    assert "brought to another chat" in scene.finds()
    scene.anna.chat.messages[-1].deleted = True
    scene.says(scene.alone, "✅ list 0.txt · Band", result)
    assert scene.finds() == ""
    scene.says(scene.alone, "✅ list 0.txt · Band", result)
    assert "2 files" in scene.finds()
    scene.anna.chat.messages[-1].deleted = scene.alone.messages[-1].deleted = True
    scene.says(scene.alone, "✅ list 0.txt · Band", result[:-1])
    assert "a file that no service made" in scene.finds()


async def test_what_is_known_is_not_posted() -> None:
    """Protects money from a bot that remembers answers, and pays for them again all the same."""
    scene = Scene()
    order = await scene.hands_in()
    order.known = 2
    scene.says(scene.anna.chat, "✅ list 0.txt · Band", scene.posts(order, order.numbers[2:]))
    assert scene.finds() == ""
    scene.posts(order)
    assert scene.finds() == "3 numbers were posted that nobody chose, 1 times"
    scene.world.ekyc.posts.clear()
    order.known = 3
    scene.anna.chat.messages[-1].deleted = True
    assert "a file that wasn't made for it" in scene.finds()
    for count, found in ((2, "a file that no service made"), (3, "")):
        rows = "\n".join(f"{number},yes" for number in order.numbers[:count])
        file = scene.says(
            scene.anna.chat, "✅", archive({"all.csv": f"Number,band\n{rows}".encode()})
        )
        assert found in scene.finds()
        assert found or scene.finds() == ""
        file.deleted = True


async def test_a_start_over_a_budget_is_found() -> None:
    """Protects the account from a bot that starts what its person's day doesn't hold."""
    scene = Scene()
    for count in (4, 6):
        order = await scene.hands_in(count)
        order.consents[0].seen = order.consents[0].began
        scene.says(scene.anna.chat, "✅", scene.posts(order, check="line"))
        scene.diary.budgets[:] = [Budget(scene.anna, 100, order.consents[0].began)]
        assert scene.finds() == ""
    scene.diary.budgets[0].cents = 99
    day = day_of(order.consents[0].began)
    assert scene.finds() == f"Anna: 100 cents on {day} of 99"
    scene.diary.budgets[0].ended = 0.0
    assert scene.finds() == ""


async def test_a_list_is_set_aside_for_deaths_only() -> None:
    """Protects from an error that sets lists aside for nothing, however many bots die elsewhere."""
    scene = Scene()
    order = await scene.hands_in()
    order.outcome = "over the quota"
    order.set_aside.append((100.0, 110.0))
    elsewhere = tuple((at, at) for at in (50.0, 99.0, 111.0, 120.0))
    assert "set aside too soon" in scene.finds(cut_off=((105.0, 105.0), *elsewhere))
    assert scene.finds(cut_off=((101.0, 101.0), (105.0, 120.0))) == ""


@pytest.mark.parametrize(("event", "deaths"), [("update", 3), ("picture", 2), ("result", 2)])
async def test_other_work_is_set_aside_for_deaths_only(
    tmp_path: Path, event: str, deaths: int
) -> None:
    """Protects from the same where only the log tells it."""
    scene = Scene()
    order = await scene.hands_in()
    scene.says(scene.anna.chat, "✅ list 0.txt · Band", scene.posts(order))
    began = scene.clock.now()
    update = max(scene.world.state.updates.since)
    scene.world.state.updates.since[update] = began
    at = datetime.fromtimestamp(began + TEN, UTC).isoformat().replace("+00:00", "Z")
    remote = scene.world.ekyc.tasks[0].task_id
    what = f"update={update}" if event == "update" else "task=abc"
    (tmp_path / "bot.log").write_text(
        f"{at} [info     ] list submitted  [submit] remote={remote} service=ekyc task=abc\n"
        f"{at} [error    ] {event} set aside  [x] {what}\n"
    )
    log = read(tmp_path / "bot.log", scene.clock)
    died = tuple((began + each, began + each) for each in range(1, deaths + 1))
    assert f"1 x in the log: {event} set aside" in scene.finds(cut_off=died[1:], log=log)
    assert scene.finds(cut_off=died, log=log) == ""


async def test_the_card_that_comes_instead_is_found() -> None:
    """Protects whoever deleted the card and their own message from waiting beside the new one."""
    scene = Scene()
    order = await scene.hands_in()
    first = scene.says(scene.anna.chat, "📄 list 0.txt · Band")
    scene.anna.deletes(order.sent[0])
    assert current(order, first) is first
    scene.anna.deletes(first)
    assert current(order, first) is first
    scene.says(scene.anna.chat, "📄 list 1.txt · Band")
    second = scene.says(scene.anna.chat, "📄 list 0.txt · Band")
    assert current(order, first) is second


def test_what_is_due_comes_first() -> None:
    """Protects short runs from having none of what they are to show."""
    turns = Turns(random.Random(1), ["a", "b", "a"])
    assert [turns.next({"b": 1}), turns.next({"b": 0, "a": 1}), turns.due({"b": 1})] == [
        "b",
        "a",
        None,
    ]
    turns.missed("b")
    assert [turns.next({"a": 1, "b": 1}), turns.next({"a": 1, "b": 1})] == ["b", "a"]
    assert {turns.next({"a": 0, "b": 1}) for _ in range(9)} == {"b"}
