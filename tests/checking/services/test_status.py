"""The status of a task at a service: any response is turned into sane values."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking.services import errors
from checking.services.bulk import Amount, Service, _status, balance
from checking.services.catalogue import load
from checking.services.http import LONGEST_TEXT, HttpAnswer, ServiceHttp
from sandbox.http import faults
from sandbox.world import World
from tests.support.clocks import StoryClock
from tests.support.stories.lists import numbers

BODY = "".join(f"{number}\n" for number in numbers(10)).encode()
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["pending", "processing", "exported", "failed"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
FIELDS = ("status", "total", "success", "failure", "result_url", "message", "error")
FIELDS += ("actual_amount",)


async def submitted(service: Service, key: str = "band") -> str:
    """The id of a task at the service."""
    check = load(frozenset()).get(key)
    assert check is not None
    return (await service.flavours[check.flavour].create(check, BODY)).remote_id


async def test_a_task_is_followed_to_its_file(
    world: World, service: Service, clock: StoryClock
) -> None:
    """Protects the main job in both flavours: states, counts and the link."""
    for key, flavour in (("band", "tasks_v1"), ("wa_detail", "wa_detail")):
        task_id = await submitted(service, key)
        ask = service.flavours[flavour].status
        assert (await ask(task_id)).state == "pending"
        clock.jump(60)
        last = await ask(task_id)
        assert (last.state, last.total, last.success, last.failure) == ("exported", 10, 10, 0)
        assert last.result_url is not None
        assert last.result_url.startswith(world.storage_url)


@given(body=st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)))
def test_any_object_is_understood_or_unclear(body: dict[str, Any]) -> None:
    """Protects progress and counts from garbage: never negative, never huge, never a crash."""
    try:
        status = _status(HttpAnswer(200, body, None))
    except errors.UnclearError:
        assert not isinstance(body.get("status"), str)
        return
    for count in (status.total, status.success, status.failure):
        assert 0 <= count < 2**31
    assert status.result_url is None or status.result_url
    assert len(status.text) <= LONGEST_TEXT
    assert len(status.state) <= 40


ODD = {
    "negative": ({"success": -5}, 0),
    "huge": ({"success": 10**30}, 0),
    "a word": ({"success": "many"}, 0),
    "null": ({"success": None}, 0),
    "a fraction": ({"success": 3.5}, 0),
    "missing": ({}, 0),
    "plain": ({"success": 7}, 7),
}


AMOUNTS: dict[str, tuple[object, Amount | None]] = {
    "as documented": ({"amount": "0.35", "currency": "USD"}, Amount(Decimal("0.35"), "USD")),
    "a number": ({"amount": 0.35, "currency": " usd"}, Amount(Decimal("0.35"), "USD")),
    "without a currency": ({"amount": "1"}, Amount(Decimal(1), "")),
    "bare": ("0.350", Amount(Decimal("0.35"), "")),
    "negative": ({"amount": "-2", "currency": "EUR"}, Amount(Decimal(-2), "EUR")),
    "null": (None, None),
    "a word": ({"amount": "free", "currency": "USD"}, None),
    "a truth": ({"amount": True, "currency": "USD"}, None),
    "no number": ({"amount": "nan", "currency": "USD"}, None),
    "huge": ({"amount": "1e12", "currency": "USD"}, None),
    "points": ({"amount": "35", "currency": "points"}, None),
    "a list": (["0.35"], None),
}


@pytest.mark.parametrize("case", AMOUNTS)
async def test_amounts_over_the_wire(world: World, service: Service, case: str) -> None:
    """Protects figures and quotes from what is no amount of money."""
    told, amount = AMOUNTS[case]
    task_id = await submitted(service)
    body = {"status": "processing", "total": 10, "actual_amount": told}
    world.ekyc.faults.add("status", faults.Answer(200, json.dumps(body)))
    assert (await service.flavours["tasks_v1"].status(task_id)).actual == amount


async def test_odd_counts_over_the_wire(world: World, service: Service) -> None:
    """Protects the progress bar that a person sees."""
    task_id = await submitted(service)
    for odd, (values, success) in ODD.items():
        body = {"status": " Processing ", "total": 10, **values}
        world.ekyc.faults.add("status", faults.Answer(200, json.dumps(body)))
        status = await service.flavours["tasks_v1"].status(task_id)
        assert (status.state, status.total, status.success) == ("processing", 10, success), odd


GARBAGE = ["", "null", "[]", '"pending"', "{}", '{"status": 3}', "\x00", "{" * 99_999, "NaN"]


async def test_garbage_is_unclear(world: World, service: Service) -> None:
    """Protects a running task: an empty or unreadable answer does not end it."""
    task_id = await submitted(service)
    for body in GARBAGE:
        world.ekyc.faults.add("status", faults.Answer(200, body))
        with pytest.raises(errors.UnclearError):
            await service.flavours["tasks_v1"].status(task_id)
    assert (await service.flavours["tasks_v1"].status(task_id)).state == "pending"


async def test_trouble_while_asking(world: World, service: Service) -> None:
    """Protects a running task: each error has its own meaning, and the next poll works."""
    task_id = await submitted(service)
    plans = {
        faults.Dropped(): errors.UnclearError,
        faults.ReplyLost(): errors.UnclearError,
        faults.Redirect(): errors.UnclearError,
    }
    answers = [
        (faults.bad_gateway(), errors.UnclearError),
        (faults.refused(401, "unauthorized"), errors.KeyRefusedError),
        (faults.refused(404, "task_not_found"), errors.UnknownTaskError),
        (faults.too_many(7), errors.BusyError),
    ]
    for fault, kind in [*plans.items(), *answers]:
        world.ekyc.faults.add("status", fault)
        with pytest.raises(kind):
            await service.flavours["tasks_v1"].status(task_id)
    with pytest.raises(errors.UnknownTaskError):
        await service.flavours["tasks_v1"].status("../../v1/balance?x=")
    with pytest.raises(errors.UnknownTaskError):
        await service.flavours["wa_detail"].status("../../v1/balance?x=")
    await world.ekyc.goes_down()
    with pytest.raises(errors.ServiceError):
        await service.flavours["tasks_v1"].status(task_id)
    await world.ekyc.comes_back()
    assert (await service.flavours["tasks_v1"].status(task_id)).state == "pending"
    assert world.ekyc.strays == []


async def test_a_failed_task_tells_why_in_few_words(world: World, service: Service) -> None:
    """Protects the card: a service's own message is shown, but cut when it is long."""
    task_id = await submitted(service)
    world.ekyc.faults.add("status", faults.Failed("  no route <b>here</b> " + "x" * 999))
    status = await service.flavours["tasks_v1"].status(task_id)
    assert status.state == "failed"
    assert status.text.startswith("no route <b>here</b> x")
    assert len(status.text) == LONGEST_TEXT


async def test_a_balance_that_is_not_told_is_unknown(world: World, service: Service) -> None:
    """Protects Start: a service without a balance endpoint is no error."""
    assert await balance(service.http) == 1000.0
    for status in (404, 405, 502):
        world.ekyc.balance_status = status
        assert await balance(service.http) is None


async def test_an_odd_balance_is_unknown(world: World, service: Service) -> None:
    """Protects Start from a word in place of a number."""
    odd = ('"a lot"', '"NaN"', '"-Infinity"', '"1e99"', "1e99", "true", '{"amount": "1"}', "null")
    for body in (*(f'{{"balance": {each}}}' for each in odd), "{}", "[]", "12.5"):
        world.ekyc.faults.add("balance", faults.Answer(200, body))
        assert await balance(service.http) is None


@pytest.mark.parametrize("number", ["1" * 400, "Infinity", "NaN", "true"])
async def test_an_absurd_balance_is_unknown(world: World, service: Service, number: str) -> None:
    """Protects Start from a balance that is not a finite number."""
    world.ekyc.faults.add("balance", faults.Answer(200, f'{{"balance": {number}}}'))
    assert await balance(service.http) is None


async def test_a_refused_key_is_told_at_the_balance(world: World, clock: StoryClock) -> None:
    """Protects people from a Start that is bound to fail."""
    client = ServiceHttp(world.ekyc.url, "wrong", clock)
    with pytest.raises(errors.KeyRefusedError):
        await balance(client)
    await client.close()
