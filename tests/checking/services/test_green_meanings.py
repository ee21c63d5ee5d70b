"""What the errors of the lookup service mean, in all forms and words that were seen."""

import json
from collections.abc import AsyncGenerator

import pytest

from checking.services import errors
from checking.services.green_api import GreenApi
from checking.services.http import ServiceHttp
from sandbox.http import faults
from sandbox.world import World
from tests.support.clocks import StoryClock

NUMBER = "+79876543210"
SEEN: dict[str, type[errors.ServiceError]] = {
    "instance in starting process try later": errors.NotReadyError,
    "instance account not authorized": errors.NotReadyError,
    "instance is starting or not authorized": errors.NotReadyError,
    "instance is expired": errors.ExpiredError,
    "instance is deleted": errors.ExpiredError,
    "User get contact info limit reached": errors.LimitReachedError,
    "Validation failed. Details: 'phoneNumber' must contain only digits": errors.NotANumberError,
    "bad phone number 79876543210": errors.NotANumberError,
    "You have used up the chat limit on your tariff. Upgrade it": errors.QuotaUsedUpError,
    "check phone number timeout limit exceeded": errors.UnclearError,
    "something that nobody has seen yet": errors.UnclearError,
}
FORMS = {
    "bare text": lambda words: words,
    "a JSON string": json.dumps,
    "a reason": lambda words: json.dumps({"status": False, "reason": words}),
    "a message": lambda words: json.dumps({"statusCode": 400, "message": [words], "error": "Bad"}),
}
ANY_STATUS = {errors.NotReadyError, errors.ExpiredError, errors.LimitReachedError}


@pytest.fixture
async def api(world: World, clock: StoryClock) -> AsyncGenerator[GreenApi]:
    """Our client of the world's one instance."""
    client = ServiceHttp(world.green.url, None, clock)
    yield GreenApi(client, {str(each.id): each.token for each in world.green.instances})
    await client.close()


async def trouble(world: World, api: GreenApi, fault: faults.Fault) -> errors.ServiceError:
    """Return the error that this answer leads to."""
    world.green.faults.add("check", fault)
    with pytest.raises(errors.ServiceError) as caught:
        await api.ask(api.instances[0], NUMBER, force=False)
    return caught.value


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", SEEN)
async def test_words_mean_the_same_in_every_form(
    world: World, api: GreenApi, words: str, form: str
) -> None:
    """Protects the instance from the wrong pause: its errors come as text and as JSON."""
    kind, body = SEEN[words], FORMS[form](words)
    for status in (400, 200, 500) if kind in ANY_STATUS else (400,):
        found = await trouble(world, api, faults.Answer(status, body, "text/html"))
        assert (type(found), status) == (kind, status)


async def test_a_status_decides_where_words_do_not(world: World, api: GreenApi) -> None:
    """Protects from the wrong advice to the owner: 403 has two meanings, and 404 is no riddle."""
    page = "<!DOCTYPE html><pre>Cannot POST /waInstance1/checkAccount/…</pre>"
    cases = [
        (403, "suspended", errors.SuspendedError),
        (403, '"Account is BLOCKED"', errors.SuspendedError),
        (403, "Forbidden", errors.KeyRefusedError),
        (401, "You are not authorized", errors.KeyRefusedError),
        (404, page, errors.KeyRefusedError),
        (466, "Monthly quota has been exceeded", errors.QuotaUsedUpError),
        (469, "slow down", errors.LimitReachedError),
        (429, "Rate limit reached", errors.BusyError),
        (400, '{"invokeStatus": {"status": "QUOTE_ALLOWED_EXCEEDED"}}', errors.QuotaUsedUpError),
        (499, "", errors.UnclearError),
        (500, "Validation failed", errors.UnclearError),
        (200, '{"exist": true, "status": false}', errors.UnclearError),
    ]
    for status, body, kind in cases:
        found = await trouble(world, api, faults.Answer(status, body, "text/html"))
        assert (type(found), status, body) == (kind, status, body)


async def test_what_an_answer_repeats_goes_no_further(world: World, api: GreenApi) -> None:
    """Protects token and number: an answer that repeats the request isn't quoted with them."""
    token = world.green.instances[0].token
    path = f"{'x' * 250} /waInstance1/checkAccount/{token} 79876543210 "
    bodies = [path, json.dumps(path), json.dumps({"message": [path]}), f"<pre>{path}</pre>"]
    for body in bodies:
        found = await trouble(world, api, faults.Answer(400, body))
        for secret in (token, token[:8], NUMBER[1:]):
            assert secret not in f"{found!r} {found.text}"
    assert found.text == "HTTP 400"


async def test_a_server_error_says_how_long_to_wait(world: World, api: GreenApi) -> None:
    """Protects a service in maintenance: a Retry-After counts with 503 as well."""
    found = await trouble(world, api, faults.Answer(503, headers={"Retry-After": "90"}))
    assert (type(found), found.seconds) == (errors.UnclearError, 90.0)
