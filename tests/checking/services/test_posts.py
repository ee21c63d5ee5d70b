"""The one POST that costs money: every outcome, told apart by whether it was charged."""

import asyncio
import itertools
import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from checking.services import errors, http
from checking.services.bulk import Service, build_service
from checking.services.catalogue import Check, load
from checking.services.http import ServiceHttp, _retry_after
from sandbox.http import faults
from sandbox.http.server import Server, cut, gone
from sandbox.world import World
from tests.support.clocks import StoryClock
from tests.support.stories.lists import numbers

LIST = numbers(10)
BODY = "".join(f"{number}\n" for number in LIST).encode()
FLAVOURS = {"tasks_v1": "tg_active", "wa_detail": "wa_detail"}
WORDS = "only 10 compliant numbers remain"

UNCLEAR = {
    "reset before the body": faults.Dropped(),
    "reset after the body was taken": faults.ReplyLost(),
    "silence after the body": faults.Silence(),
    "500 page, though it was taken": faults.error_page(carried_out=True),
    "500 of a gateway": faults.Answer(500, '{"message": "Internal server error"}'),
    "502 page": faults.bad_gateway(),
    "502 page, though it was taken": faults.bad_gateway(carried_out=True),
    "no JSON": faults.not_json(),
    "no task id": faults.no_task_id(),
    "a number for an id": faults.Answer(200, '{"task_id": 17}', carried_out=True),
    "an empty id": faults.Answer(200, '{"task_id": ""}', carried_out=True),
    "an endless id": faults.Answer(200, '{"task_id": "%s"}' % ("x" * 129), carried_out=True),
    "a list for an answer": faults.Answer(200, '["task_id"]', carried_out=True),
    "an endless answer": faults.Answer(200, " " * 1_100_000, carried_out=True),
    "a bomb of brackets": faults.Answer(200, "[" * 200_000, carried_out=True),
    "408": faults.Answer(408),
    "302": faults.Redirect(status=302),
}
REFUSED = {
    "401": (faults.refused(401, "unauthorized"), errors.KeyRefusedError),
    "403": (faults.refused(403, "forbidden"), errors.KeyRefusedError),
    "402": (faults.refused(402, "insufficient_balance"), errors.BalanceTooLowError),
    "413": (faults.refused(413, "too large"), errors.TooLargeError),
    "413 page": (faults.Answer(413, "<html>nginx</html>", "text/html"), errors.TooLargeError),
    "too few": (faults.refused(400, "invalid_batch_size", WORDS), errors.TooFewError),
    "400": (faults.refused(400, "invalid_file", "line 3"), errors.RefusedError),
    "404": (faults.refused(404, "not_found"), errors.UnknownTaskError),
    "422": (faults.Answer(422), errors.RefusedError),
    "500 of its own": (faults.server_error(), errors.BrokenError),
}


def check_of(flavour: str) -> Check:
    """Return a check of this flavour."""
    found = load(frozenset()).get(FLAVOURS[flavour])
    assert found is not None
    return found


@pytest.fixture(params=FLAVOURS)
def check(request: pytest.FixtureRequest) -> Check:
    """A check of each flavour."""
    return check_of(request.param)


def by_turns(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return each value with one of the flavours, which share the code under test."""
    return list(zip(names, itertools.cycle(FLAVOURS), strict=False))


@pytest.fixture
def band() -> Check:
    """Any check."""
    found = load(frozenset()).get("band")
    assert found is not None
    return found


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait 0.2 s instead of minutes for an answer; the connect timeout stays.

    A busy machine may take long to connect, and that would be another error.
    """
    for name in ("PAID_SECONDS", "ASK_SECONDS"):
        monkeypatch.setattr(http, name, 0.2)


@pytest.fixture
def hasty(impatient: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # it comes first
    """Wait only 0.2 s to connect, too."""
    monkeypatch.setattr(http, "CONNECT_SECONDS", 0.2)


def posted_once(world: World) -> bool:
    """Return whether the service got one create request, and no other host got any."""
    return len(world.ekyc.posts) == 1 and world.ekyc.strays == []


@pytest.mark.parametrize("status", [200, 202])
async def test_a_list_is_submitted(
    world: World, service: Service, check: Check, status: int
) -> None:
    """Protects the main job: every number arrives once, with the right task type of the check."""
    world.ekyc.created_status = status
    created = await service.flavours[check.flavour].create(check, BODY)
    (post,) = world.ekyc.posts
    assert (post.task_id, post.numbers) == (created.remote_id, LIST)
    assert post.task_type == (check.task_type or "wa_detail")
    assert posted_once(world)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("fault", "flavour"), by_turns(UNCLEAR))
async def test_what_is_unclear_is_said_to_be(
    world: World, service: Service, fault: str, flavour: str
) -> None:
    """Protects money: an outcome that may be charged is neither repeated nor called free."""
    check = check_of(flavour)
    world.ekyc.faults.add("create", UNCLEAR[fault])
    with pytest.raises(errors.UnclearError) as caught:
        await service.flavours[check.flavour].create(check, BODY)
    assert posted_once(world)
    assert world.ekyc.api_key not in repr(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(("answer", "flavour"), by_turns(REFUSED))
async def test_a_clear_no_is_told_apart(
    world: World, service: Service, answer: str, flavour: str
) -> None:
    """Protects the person's message: each refusal is free and has its own meaning."""
    check = check_of(flavour)
    fault, kind = REFUSED[answer]
    world.ekyc.faults.add("create", fault)
    with pytest.raises(errors.ServiceError) as caught:
        await service.flavours[check.flavour].create(check, BODY)
    assert type(caught.value) is kind
    assert posted_once(world)
    assert not world.ekyc.posts[0].charged


async def test_the_services_own_refusals(world: World, service: Service, check: Check) -> None:
    """Protects against staged answers that no service gives: these come from its own rules."""
    create = service.flavours[check.flavour].create
    world.ekyc.minimums = dict.fromkeys(world.ekyc.minimums, 500)
    with pytest.raises(errors.TooFewError, match="less than the minimum 500"):
        await create(check, BODY)
    world.ekyc.minimums = dict.fromkeys(world.ekyc.minimums, 1)
    world.ekyc.balance = 0
    with pytest.raises(errors.BalanceTooLowError):
        await create(check, BODY)
    world.ekyc.max_bytes = 10
    with pytest.raises(errors.TooLargeError):
        await create(check, BODY)
    world.ekyc.api_key = "another"
    with pytest.raises(errors.KeyRefusedError):
        await create(check, BODY)
    assert (len(world.ekyc.posts), world.ekyc.tasks) == (4, [])


async def test_busy_says_for_how_long(
    world: World, service: Service, check: Check, clock: StoryClock
) -> None:
    """Protects the service's Retry-After: seconds and dates are read, no default is invented."""
    plans = (
        (faults.too_many(30), 30.0),
        (faults.too_many(at=clock.now() + 60), 60.0),
        (faults.too_many(at=clock.now() - 60), 0.0),
        (faults.too_many(), None),
        (faults.Answer(429, headers={"Retry-After": "soon"}), None),
    )
    for fault, seconds in plans:
        world.ekyc.faults.add("create", fault)
        with pytest.raises(errors.BusyError) as caught:
            await service.flavours[check.flavour].create(check, BODY)
        assert caught.value.seconds == seconds
    assert len(world.ekyc.posts) == len(plans)


async def test_a_refused_connection_is_free(world: World, service: Service, check: Check) -> None:
    """Protects a list at a service that is down: nothing was sent, so a retry is safe."""
    await world.ekyc.goes_down()
    with pytest.raises(errors.NotSentError):
        await service.flavours[check.flavour].create(check, BODY)
    assert world.ekyc.posts == []
    await world.ekyc.comes_back()
    await service.flavours[check.flavour].create(check, BODY)
    assert posted_once(world)


@pytest.fixture
def deaf() -> Iterator[str]:
    """The address of a server that accepts no connection, because its backlog is full."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.usefixtures("hasty")
async def test_no_connection_in_time_is_free(deaf: str, clock: StoryClock, band: Check) -> None:
    """Protects a list at a machine that drops packets: nothing was sent."""
    client = ServiceHttp(deaf, "key", clock)
    with pytest.raises(errors.NotSentError):
        await build_service("ekyc", client).flavours["tasks_v1"].create(band, BODY)
    await client.close()


async def test_no_such_host_is_free(
    monkeypatch: pytest.MonkeyPatch, clock: StoryClock, band: Check
) -> None:
    """Protects a list while DNS is down."""

    async def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown, raising=False)
    client = ServiceHttp("https://api.test", "key", clock)
    with pytest.raises(errors.NotSentError):
        await build_service("ekyc", client).flavours["tasks_v1"].create(band, BODY)
    await client.close()


async def test_the_environment_sends_nothing_elsewhere(
    monkeypatch: pytest.MonkeyPatch, world: World, service: Service, check: Check
) -> None:
    """Protects numbers and keys from a proxy named in an environment variable."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    await service.flavours[check.flavour].create(check, BODY)
    assert posted_once(world)


@given(header=st.one_of(st.text(max_size=40), st.integers(-(10**9), 10**9).map(str)))
def test_any_retry_after_is_read_or_left(header: str) -> None:
    """Protects the task from any Retry-After header: never negative, never a crash."""
    seconds = _retry_after(header, 1_795_348_800.0)
    assert seconds is None or seconds >= 0


async def test_an_absurd_retry_after_is_survived(
    world: World, service: Service, band: Check
) -> None:
    """Protects the task: our own error after the POST would leave it in `submitting`."""
    fault = faults.Answer(429, headers={"Retry-After": "9" * 400})
    world.ekyc.faults.add("create", fault)
    with pytest.raises(errors.BusyError):
        await service.flavours["tasks_v1"].create(band, BODY)


async def test_an_id_that_cannot_be_stored_is_unclear(
    world: World, service: Service, band: Check
) -> None:
    """Protects the task: a lone surrogate in the id would break the commit after the POST."""
    fault = faults.Answer(200, '{"task_id": "d4\\ud83d"}', carried_out=True)
    world.ekyc.faults.add("create", fault)
    with pytest.raises(errors.UnclearError):
        await service.flavours["tasks_v1"].create(band, BODY)


@pytest.mark.usefixtures("hasty")
async def test_an_answer_that_drips_has_an_end(clock: StoryClock) -> None:
    """Protects the poller: a response of a byte now and then must not hold it for hours."""

    async def drip(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while not gone(request) and not server.closing.is_set():
            await answer.write(b" ")
            await server.pause(0.05)
        return cut(request)

    app = web.Application()
    app.router.add_get("/v1/balance", drip)
    server = Server(app, uncounted=lambda _: True)
    await server.start()
    client = ServiceHttp(server.url, "key", clock)
    try:
        async with asyncio.timeout(20):
            with pytest.raises(errors.UnclearError):
                await client.ask("GET", "/v1/balance")
    finally:
        await client.close()
        await server.stop()
