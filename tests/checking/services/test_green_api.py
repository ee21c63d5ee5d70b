"""The lookup service over real HTTP: every possible answer, and what the client makes of it."""

import json
import traceback
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiohttp import web

from checking.services import errors, http
from checking.services.green_api import LONGEST_ACCOUNT, Account, GreenApi
from checking.services.http import ServiceHttp
from sandbox.http import faults
from sandbox.http.server import Server
from sandbox.services.lookups import Instance
from sandbox.world import World
from tests.support.clocks import StoryClock

NUMBER = "+79876543210"
OTHER = "+447400000007"
LIMIT = '{"status": false, "reason": "User get contact info limit reached"}'
STARTING = '{"status": false, "reason": "instance is starting or not authorized"}'
NOT_AUTHORIZED = '{"status": false, "message": "Instance is notAuthorized"}'
BAD_NUMBER = '{"statusCode": 400, "message": "Validation failed. Details: wrong format"}'


@pytest.fixture
async def api(world: World, clock: StoryClock) -> AsyncGenerator[GreenApi]:
    """Our client of the world's one instance."""
    client = ServiceHttp(world.green.url, None, clock)
    yield GreenApi(client, tokens(world))
    await client.close()


def tokens(world: World) -> dict[str, str]:
    """Return the tokens of the world's instances, by instance id."""
    return {str(instance.id): instance.token for instance in world.green.instances}


def only(world: World) -> Instance:
    """The world's one instance."""
    return world.green.instances[0]


async def ask(api: GreenApi, number: str = NUMBER, *, force: bool = False) -> Account:
    """Ask the first instance about a number."""
    return await api.ask(api.instances[0], number, force=force)


async def trouble(
    world: World, api: GreenApi, fault: faults.Fault | None = None
) -> errors.ServiceError:
    """Return the error that asking leads to, after checking that it doesn't hold the token."""
    if fault is not None:
        world.green.faults.add("check", fault)
    with pytest.raises(errors.ServiceError) as caught:
        await ask(api)
    error = caught.value
    said = [error.text, str(error), repr(error), *traceback.format_exception(error)]
    assert not [text for text in said if only(world).token in text]
    assert len(error.text) <= http.LONGEST_TEXT
    return error


async def test_a_number_has_an_account_or_none(world: World, api: GreenApi) -> None:
    """Protects the main answer, and the flag of a forced request."""
    world.green.known |= {NUMBER[1:]: "10000000", OTHER[1:]: ""}
    assert await ask(api) == Account(exists=True, chat_id="10000000")
    assert await ask(api, OTHER, force=True) == Account(exists=False, chat_id="")
    asked = [(each.number, each.force, each.instance) for each in world.green.asked]
    own = only(world).id
    assert asked == [(NUMBER[1:], False, own), (OTHER[1:], True, own)]


ANSWERS = {
    "yes": ('{"exist": true, "chatId": "10000000"}', "10000000"),
    "yes with an integer": ('{"exist": true, "chatId": 10000000}', "10000000"),
    "yes with spaces": ('{"exist": true, "chatId": " 10000000\\n"}', "10000000"),
    "yes with a novel": ('{"exist": true, "chatId": "%s"}' % ("1" * 999), "1" * LONGEST_ACCOUNT),
    "yes, and the owner hides": ('{"exist": true, "chatId": ""}', ""),
    "yes with null": ('{"exist": true, "chatId": null}', ""),
    "yes with a list": ('{"exist": true, "chatId": [1]}', ""),
    "yes and nothing else": ('{"exist": true}', ""),
    "yes and more than we know": ('{"exist": true, "chatId": "7", "name": {"a": 1}}', "7"),
}


@pytest.mark.parametrize("body", ANSWERS)
async def test_every_yes_is_understood(world: World, api: GreenApi, body: str) -> None:
    """Protects a yes from surplus and missing fields."""
    answer, chat_id = ANSWERS[body]
    world.green.faults.add("check", faults.Answer(200, answer))
    assert await ask(api) == Account(exists=True, chat_id=chat_id)


@pytest.mark.parametrize("chat_id", ['""', "null", '"10000000"', "10000000"])
async def test_a_no_has_no_account(world: World, api: GreenApi, chat_id: str) -> None:
    """Protects against an account id in a negative answer."""
    body = f'{{"exist": false, "chatId": {chat_id}}}'
    world.green.faults.add("check", faults.Answer(200, body))
    assert await ask(api) == Account(exists=False, chat_id="")


TROUBLES = {
    "limit": (faults.Answer(469, LIMIT), errors.LimitReachedError),
    "limit as a page": (faults.Answer(469, "<html>", "text/html"), errors.LimitReachedError),
    "limit without words": (faults.Answer(469), errors.LimitReachedError),
    "limit in a 200": (faults.Answer(200, LIMIT), errors.LimitReachedError),
    "limit in a 400": (faults.Answer(400, LIMIT), errors.LimitReachedError),
    "limit, shouted": (
        faults.Answer(200, LIMIT.replace("limit", "LIMIT")),
        errors.LimitReachedError,
    ),
    "starting in a 200": (faults.Answer(200, STARTING), errors.NotReadyError),
    "starting in a 400": (faults.Answer(400, STARTING), errors.NotReadyError),
    "nobody is logged in": (faults.Answer(400, NOT_AUTHORIZED), errors.NotReadyError),
    "466": (
        faults.Answer(466, '{"message": "QUOTE_ALLOWED_EXCEEDED"}'),
        errors.QuotaUsedUpError,
    ),
    "466 page": (faults.Answer(466, "<html>", "text/html"), errors.QuotaUsedUpError),
    "401": (faults.Answer(401, '{"message": "Unauthorized"}'), errors.KeyRefusedError),
    "403": (faults.Answer(403), errors.KeyRefusedError),
    "429": (faults.too_many(), errors.BusyError),
    "not a number": (faults.Answer(400, BAD_NUMBER), errors.NotANumberError),
    "another 400": (faults.refused(400, "bad", "force is odd"), errors.UnclearError),
    "400 without words": (faults.Answer(400), errors.UnclearError),
    "404": (faults.Answer(404, '{"message": "no such method"}'), errors.KeyRefusedError),
    "499": (faults.Answer(499), errors.UnclearError),
    "500": (faults.server_error(), errors.UnclearError),
    "500 with a yes in it": (faults.Answer(500, '{"exist": true}'), errors.UnclearError),
    "201 with a yes in it": (faults.Answer(201, '{"exist": true}'), errors.UnclearError),
    "502 page": (faults.bad_gateway(), errors.UnclearError),
    "no JSON": (faults.not_json(), errors.UnclearError),
    "nothing": (faults.Answer(200), errors.UnclearError),
    "a list": (faults.Answer(200, '[{"exist": true}]'), errors.UnclearError),
    "no exist": (faults.Answer(200, '{"chatId": "10000000"}'), errors.UnclearError),
    "exist in words": (faults.Answer(200, '{"exist": "true"}'), errors.UnclearError),
    "exist as 1": (faults.Answer(200, '{"exist": 1}'), errors.UnclearError),
    "exist is null": (faults.Answer(200, '{"exist": null}'), errors.UnclearError),
    "status true and no more": (faults.Answer(200, '{"status": true}'), errors.UnclearError),
    "an endless answer": (
        faults.Answer(200, '{"exist": true' + " " * 1_100_000 + "}"),
        errors.UnclearError,
    ),
    "a bomb of brackets": (faults.Answer(200, "[" * 200_000), errors.UnclearError),
    "a reset connection": (faults.Dropped(), errors.UnclearError),
}


@pytest.mark.parametrize("name", TROUBLES)
async def test_each_trouble_has_its_meaning(world: World, api: GreenApi, name: str) -> None:
    """Protects the instance from the wrong pause; the next answer is read as usual."""
    fault, kind = TROUBLES[name]
    assert type(await trouble(world, api, fault)) is kind
    world.green.known[NUMBER[1:]] = "10000000"
    assert await ask(api) == Account(exists=True, chat_id="10000000")


async def test_the_services_own_books(world: World, api: GreenApi) -> None:
    """Protects against staged answers that no service gives: these come from its own state."""
    instance = only(world)
    for status in (469, 200, 400):
        instance.limit, instance.limit_status, instance.paused_until = 0, status, 0.0
        assert type(await trouble(world, api)) is errors.LimitReachedError
    instance.limit, instance.paused_until = 50, 0.0
    states = {
        "notAuthorized": errors.NotReadyError,
        "starting": errors.NotReadyError,
        "pendingPassword": errors.NotReadyError,
        "expired": errors.ExpiredError,
        "deleted": errors.ExpiredError,
        "blocked": errors.SuspendedError,
        "suspended": errors.SuspendedError,
    }
    for instance.state, kind in states.items():
        assert type(await trouble(world, api)) is kind
    instance.authorized, instance.quota = True, 0
    assert type(await trouble(world, api)) is errors.QuotaUsedUpError
    instance.quota = None
    with pytest.raises(errors.NotANumberError):
        await ask(api, "+12")
    token, instance.token = instance.token, "changed"
    with pytest.raises(errors.KeyRefusedError):
        await ask(api)
    instance.token, own = token, instance.id
    instance.id = own + 1  # unknown there: a page that repeats the whole path
    assert type(await trouble(world, api)) is errors.KeyRefusedError
    instance.id = own
    assert not (await ask(api)).from_cache
    assert (await ask(api)).from_cache
    assert not (await ask(api, force=True)).from_cache


async def test_a_state_is_told_in_the_services_word(world: World, api: GreenApi) -> None:
    """Protects the doctor: each state comes through, and an error has its meaning there, too."""
    instance, own = only(world), api.instances[0]
    for instance.state in ("authorized", "yellowCard", "notAuthorized", "suspended"):
        assert await api.state(own) == instance.state
    instance.state = "expired"
    with pytest.raises(errors.ExpiredError):
        await api.state(own)
    world.green.faults.add("state", faults.Answer(200, '{"stateInstance": 7}'))
    with pytest.raises(errors.UnclearError):
        await api.state(own)
    assert world.green.asked == []


async def test_busy_says_for_how_long(world: World, api: GreenApi, clock: StoryClock) -> None:
    """Protects the service's Retry-After: seconds and dates are read, no default is invented."""
    plans = (
        (faults.too_many(30), 30.0),
        (faults.too_many(at=clock.now() + 60), 60.0),
        (faults.too_many(), None),
    )
    for fault, seconds in plans:
        error = await trouble(world, api, fault)
        assert isinstance(error, errors.BusyError)
        assert error.seconds == seconds


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(world: World, api: GreenApi, status: int) -> None:
    """Protects the token, which a redirect would carry to another host."""
    place = f"{world.green.url}/waInstance{only(world).id}/checkAccount/{only(world).token}"
    fault = faults.Answer(status, headers={"Location": place})
    assert type(await trouble(world, api, fault)) is errors.UnclearError
    assert len(world.green.asked) == 1


async def test_a_service_that_is_down_is_unclear(world: World, api: GreenApi) -> None:
    """Protects the line: the number is looked up again when the service is back."""
    await world.green.goes_down()
    assert type(await trouble(world, api)) is errors.UnclearError
    await world.green.comes_back()
    assert isinstance(await ask(api), Account)


async def test_silence_has_an_end(
    monkeypatch: pytest.MonkeyPatch, world: World, clock: StoryClock
) -> None:
    """Protects the line from an instance that never answers."""
    for name in ("CONNECT_SECONDS", "ASK_SECONDS"):
        monkeypatch.setattr(http, name, 0.1)
    client = ServiceHttp(world.green.url, None, clock)
    assert type(await trouble(world, GreenApi(client, tokens(world)), faults.Silence())) is (
        errors.UnclearError
    )
    await client.close()


async def test_the_request_is_what_the_service_documents(clock: StoryClock) -> None:
    """Protects the request: the number is an integer, and no key of another service is sent."""
    requests: list[tuple[str, str, Any, dict[str, str]]] = []

    async def take(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        requests.append((request.method, request.path_qs, await request.json(), headers))
        return web.json_response({"exist": False, "chatId": ""})

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", take)
    server = Server(app, uncounted=lambda _: False)
    await server.start()
    client = ServiceHttp(server.url, None, clock)
    api = GreenApi(client, {"7103000001": "f00d", "7103000002": "beef"})
    try:
        assert api.instances == ["7103000001", "7103000002"]
        for force in (True, False):
            await api.ask("7103000002", NUMBER, force=force)
    finally:
        await client.close()
        await server.stop()
    for (method, path, body, headers), force in zip(requests, (True, False), strict=True):
        assert (method, path) == ("POST", "/waInstance7103000002/checkAccount/beef")
        assert json.dumps(body) == json.dumps({"phoneNumber": int(NUMBER[1:]), "force": force})
        assert headers["content-type"] == "application/json"
        assert {"x-api-key", "authorization", "cookie", "referer"}.isdisjoint(headers)
