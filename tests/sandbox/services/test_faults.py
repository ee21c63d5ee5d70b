import asyncio
import time

import httpx
import pytest

from sandbox.http import faults
from sandbox.world import World
from tests.support.customers import Customer, ManualClock


async def test_refused_connections_take_nothing(
    world: World, ekyc: Customer, numbers: list[str]
) -> None:
    """Nothing was sent, so a retry is safe, at the same address, when it is back."""
    await ekyc.create(numbers)
    await world.ekyc.goes_down()
    with pytest.raises(httpx.ConnectError):
        async with httpx.AsyncClient(trust_env=False) as fresh:
            await fresh.get(world.ekyc.url)
    await world.ekyc.comes_back()
    await ekyc.create(numbers)
    assert len(world.ekyc.posts) == 2


@pytest.mark.parametrize(
    ("fault", "charged"),
    [(faults.Dropped(), False), (faults.ReplyLost(), True), (faults.Silence(), True)],
)
async def test_lost_connections_differ_in_what_was_paid(
    world: World, ekyc: Customer, numbers: list[str], fault: faults.Fault, *, charged: bool
) -> None:
    """The bot sees an error each time; only the service's records show which one was charged."""
    world.ekyc.faults.add("create", fault)
    ekyc.client.timeout = httpx.Timeout(0.2)
    with pytest.raises(httpx.TransportError):
        await ekyc.create(numbers)
    (post,) = world.ekyc.posts
    assert (post.charged, post.outcome) == (charged, type(fault).__name__)
    assert len(world.ekyc.tasks) == int(charged)
    assert world.busy == 0


@pytest.mark.parametrize(
    ("fault", "status", "charged"),
    [
        (faults.server_error(), 500, False),
        (faults.error_page(carried_out=True), 500, True),
        (faults.bad_gateway(carried_out=True), 502, True),
        (faults.refused(401, "unauthorized"), 401, False),
        (faults.not_json(), 200, True),
        (faults.no_task_id(), 200, True),
        (faults.too_many(30), 429, False),
    ],
)
async def test_any_answer_can_be_staged(
    world: World,
    ekyc: Customer,
    numbers: list[str],
    fault: faults.Fault,
    *,
    status: int,
    charged: bool,
) -> None:
    """Each of these leads to another state of a task, and some were charged."""
    world.ekyc.faults.add("create", fault, times=2)
    for _ in range(2):
        assert (await ekyc.create(numbers)).status_code == status
    assert (await ekyc.create(numbers)).status_code == 200
    assert [post.charged for post in world.ekyc.posts] == [charged, charged, True]


async def test_retry_after_comes_in_both_forms(
    world: World, ekyc: Customer, clock: ManualClock, numbers: list[str]
) -> None:
    """Seconds or an HTTP date."""
    world.ekyc.faults.add("create", faults.too_many(30))
    world.ekyc.faults.add("status", faults.too_many(at=clock.now() + 60))
    assert (await ekyc.create(numbers)).headers["Retry-After"] == "30"
    task_id = (await ekyc.create(numbers)).json()["task_id"]
    told = (await ekyc.status(task_id)).headers["Retry-After"]
    assert told == "Fri, 21 Nov 2025 08:01:00 GMT"


async def test_a_followed_redirect_is_seen(
    world: World, ekyc: Customer, numbers: list[str]
) -> None:
    """A paid request must never follow a redirect; one that does is visible."""
    world.ekyc.faults.add("create", faults.Redirect(), times=2)
    answer = await ekyc.create(numbers)
    assert (answer.status_code, answer.headers["Location"]) == (307, "/elsewhere")
    assert world.ekyc.strays == []
    ekyc.client.follow_redirects = True
    await ekyc.create(numbers)
    assert world.ekyc.strays == [("POST", "/elsewhere")]


async def test_an_id_given_twice(world: World, ekyc: Customer, numbers: list[str]) -> None:
    """Two lists under one id would mix two people's results."""
    first = (await ekyc.create(numbers)).json()
    world.ekyc.faults.add("create", faults.SameTaskId())
    second = (await ekyc.create(numbers[:3])).json()
    assert second["task_id"] == first["task_id"]
    assert len(world.ekyc.tasks) == 2


async def test_odd_statuses(
    world: World, ekyc: Customer, clock: ManualClock, numbers: list[str]
) -> None:
    """Stuck, backwards, an unknown word, failed, unknown, garbage."""
    world.ekyc.pace.per_second = 1
    task_id = (await ekyc.create(numbers)).json()["task_id"]
    clock.advance(9)
    stuck = world.ekyc.faults.add("status", faults.Stuck(), times=None)
    assert (await ekyc.status(task_id)).json()["status"] == "pending"
    stuck.off()
    assert (await ekyc.status(task_id)).json()["success"] == 8
    for fault in (
        faults.Backwards(),
        faults.Word("resting"),
        faults.Failed("no route"),
        faults.ResultAt("http://169.254.169.254/x.zip"),
        faults.Answer(404, '{"error":"task_not_found"}'),
        faults.Answer(200, "\x00garbage"),
    ):
        world.ekyc.faults.add("status", fault)
    back, word, failed, elsewhere = [(await ekyc.status(task_id)).json() for _ in range(4)]
    assert (back["status"], back["success"]) == ("processing", 4)
    assert word["status"] == "resting"
    assert (failed["status"], failed["message"]) == ("failed", "no route")
    assert elsewhere["result_url"] == "http://169.254.169.254/x.zip"
    assert (await ekyc.status(task_id)).status_code == 404
    assert (await ekyc.status(task_id)).content == b"\x00garbage"
    assert len(world.ekyc.polls) == 8
    shape = faults.OtherFields(frozenset({"total"}), {"queue": {"place": 7}})
    world.ekyc.faults.add("status", shape)
    body = (await ekyc.status(task_id)).json()
    assert "total" not in body
    assert (body["success"], body["queue"]) == (8, {"place": 7})
    world.ekyc.faults.add("create", shape)
    body = (await ekyc.create(numbers)).json()
    assert "total" not in body
    assert body["task_id"] == world.ekyc.tasks[-1].task_id


async def test_time_going_back_undoes_nothing(
    world: World, ekyc: Customer, clock: ManualClock, numbers: list[str]
) -> None:
    """The service's own clock doesn't follow the bot's."""
    task_id = (await ekyc.create(numbers)).json()["task_id"]
    clock.advance(60)
    assert (await ekyc.status(task_id)).json()["status"] == "exported"
    clock.advance(-3600)
    assert (await ekyc.status(task_id)).json()["status"] == "exported"
    assert world.ekyc.tasks[0].finished


async def test_hostile_downloads(
    world: World, ekyc: Customer, client: httpx.AsyncClient, numbers: list[str]
) -> None:
    """Anything that object storage may send instead of the result."""
    url = (await ekyc.finished(numbers))["result_url"]
    whole = world.ekyc.tasks[0].result_bytes
    plan = world.ekyc.faults.add
    plan("result", faults.Expired())
    assert (await client.get(url)).status_code == 403
    plan("result", faults.Truncated())
    with pytest.raises(httpx.RemoteProtocolError):
        await client.get(url)
    plan("result", faults.Redirect("http://10.0.0.1/x.zip", 302))
    assert (await client.get(url)).headers["Location"] == "http://10.0.0.1/x.zip"
    plan("result", faults.Content(b"<html>", "text/html"))
    assert (await client.get(url)).content == b"<html>"
    plan("result", faults.TooLarge(3_000_000))
    assert len((await client.get(url)).content) == 3_000_000
    plan("result", faults.Drip(len(whole) // 2, 0.01))
    assert (await client.get(url)).content == whole
    plan("result", faults.Dropped())
    with pytest.raises(httpx.TransportError):
        await client.get(url)
    plan("result", faults.server_error())
    assert (await client.get(url)).status_code == 500
    assert world.ekyc.tasks[0].downloads == 0
    assert (await client.get(url)).content == whole


async def test_an_endless_body_ends_with_its_client(
    world: World, ekyc: Customer, client: httpx.AsyncClient, numbers: list[str]
) -> None:
    """A cap on bytes must cut it; the server keeps serving others meanwhile."""
    url = (await ekyc.finished(numbers))["result_url"]
    world.ekyc.faults.add("result", faults.Endless())
    got = 0
    async with client.stream("GET", url) as answer:
        async for chunk in answer.aiter_raw():
            got += len(chunk)
            if got > 1_000_000:
                break
    assert (await client.get(url)).status_code == 200


async def test_faults_in_places_that_do_not_exist_are_refused(world: World) -> None:
    """A misspelt place would stage nothing, and its test would pass without a fault."""
    with pytest.raises(ValueError, match="no such place"):
        world.ekyc.faults.add("craete", faults.Silence())
    with pytest.raises(ValueError, match="no such place"):
        world.ekyc.faults.add("create", faults.Truncated())
    with pytest.raises(ValueError, match="no such place"):
        world.telegram.faults.add("sendMessage", faults.Stuck())


async def test_a_world_closes_at_once_whatever_hangs(clock: ManualClock) -> None:
    """Tests end quickly with polls, silences and slow responses still open."""
    async with World(clock) as world, httpx.AsyncClient(trust_env=False) as client:
        world.ekyc.faults.add("balance", faults.Silence())
        world.telegram.faults.add("getMe", faults.Slow(3600))
        api = f"{world.telegram_url}/bot{world.bot_token}"
        hanging = [
            asyncio.create_task(client.get(f"{world.ekyc.url}/v1/balance")),
            asyncio.create_task(client.get(f"{api}/getMe")),
            asyncio.create_task(client.get(f"{api}/getUpdates?timeout=50")),
        ]

        def all_are_connected() -> bool | None:
            runners = (world.ekyc.server._runner, world.telegram.server._runner)
            counts = [len(each.server.connections) for each in runners if each.server]
            return sum(counts) == len(hanging) or None

        await world.until(all_are_connected, "all are connected", within=30)
        await asyncio.sleep(0.1)
        began = time.monotonic()
        await world.__aexit__(None, None, None)
        assert time.monotonic() - began < 1
        await asyncio.gather(*hanging, return_exceptions=True)


async def test_a_500_of_the_services_own_takes_nothing(world: World) -> None:
    """Protects the tests' truth: the services document their own 500 as free."""
    with pytest.raises(ValueError, match="own 500"):
        world.ekyc.faults.add("create", faults.server_error(carried_out=True))
