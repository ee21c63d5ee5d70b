from typing import Any

import httpx
import pytest

from sandbox.http import faults
from sandbox.world import World
from tests.support.customers import ManualClock


async def ask(
    world: World, client: httpx.AsyncClient, number: Any, index: int = 0, **more: Any
) -> httpx.Response:
    """Look a number up by one of the instances."""
    instance = world.green.instances[index]
    url = f"{world.green.url}/waInstance{instance.id}/checkAccount/{instance.token}"
    return await client.post(url, json={"phoneNumber": number, **more})


async def test_numbers_have_an_account_or_none(world: World, client: httpx.AsyncClient) -> None:
    """The service has both answers, chosen by the test."""
    world.green.known |= {"79876543210": "10000000", "79876543211": ""}
    answer = await ask(world, client, 79876543210)
    assert answer.json() == {"exist": True, "chatId": "10000000"}
    answer = await ask(world, client, 79876543211, force=True)
    assert answer.json() == {"exist": False, "chatId": ""}
    assert [lookup.force for lookup in world.green.asked] == [False, True]
    assert world.green.credentials.startswith(f"{world.green.instances[0].id}:")


@pytest.mark.parametrize("number", ["79876543210", 12, -79876543210, None, 1.5, True])
async def test_what_is_no_number_is_refused(
    world: World, client: httpx.AsyncClient, number: Any
) -> None:
    """`phoneNumber` is an integer of digits only."""
    answer = await ask(world, client, number)
    assert answer.status_code == 400
    assert answer.text.startswith("Validation failed")


@pytest.mark.parametrize("status", [469, 200, 400])
async def test_too_many_numbers_pause_the_instance_for_two_hours(
    world: World, client: httpx.AsyncClient, clock: ManualClock, status: int
) -> None:
    """The limit exists in every form, and a request during the pause is recorded."""
    instance = world.green.instances[0]
    instance.limit, instance.limit_status = 2, status
    for number in (79876543210, 79876543211, 79876543210):
        assert "exist" in (await ask(world, client, number)).json()
    answer = await ask(world, client, 79876543212)
    assert answer.status_code == status
    assert answer.text == "User get contact info limit reached"
    assert not any(lookup.in_pause for lookup in world.green.asked)
    clock.advance(7199)
    await ask(world, client, 79876543212)
    assert world.green.asked[-1].in_pause
    clock.advance(1)
    assert "exist" in (await ask(world, client, 79876543212)).json()
    assert not world.green.asked[-1].in_pause


async def test_what_the_service_has_costs_nothing(world: World, client: httpx.AsyncClient) -> None:
    """Answers from its cache are marked, and count for no limit unless they are forced."""
    instance = world.green.instances[0]
    instance.quota, instance.limit = 3, 2
    first = await ask(world, client, 79876543210)
    again = await ask(world, client, 79876543210)
    assert again.json() == {**first.json(), "fromCache": True}
    world.green.cached |= {"79876543211", "79876543212", "79876543213"}
    for number in range(79876543211, 79876543214):
        assert (await ask(world, client, number)).json()["fromCache"]
    forced = await ask(world, client, 79876543211, force=True)
    assert "fromCache" not in forced.json()
    assert instance.quota == 1
    assert (await ask(world, client, 79876543212, force=True)).status_code == 469


async def test_each_instance_tells_its_state(world: World, client: httpx.AsyncClient) -> None:
    """`getStateInstance` tells a word, or why there is none; it looks up nothing."""
    instance = world.green.instances[0]
    url = f"{world.green.url}/waInstance{instance.id}/getStateInstance/{instance.token}"
    for instance.state in ("authorized", "yellowCard", "pendingPassword"):
        assert (await client.get(url)).json() == {"stateInstance": instance.state}
    instance.state = "deleted"
    answer = await client.get(url)
    assert (answer.status_code, answer.text) == (400, "instance is deleted")
    assert world.green.states == [instance.id] * 4
    assert world.green.asked == []


async def test_instances_fail_each_in_its_way(world: World, client: httpx.AsyncClient) -> None:
    """Not authorized, quota exceeded, wrong token, unknown instance, and staged faults."""
    instance = world.green.instances[0]
    instance.authorized = False
    answer = await ask(world, client, 79876543210)
    assert (answer.status_code, answer.text) == (400, "instance account not authorized")
    instance.form = "string"
    assert (await ask(world, client, 79876543210)).json() == "instance account not authorized"
    instance.form, instance.state = "object", "suspended"
    answer = await ask(world, client, 79876543210)
    assert answer.status_code == 403
    assert answer.json() == {"status": False, "reason": "suspended"}
    instance.authorized, instance.quota = True, 1
    assert (await ask(world, client, 79876543210)).status_code == 200
    assert (await ask(world, client, 79876543210)).status_code == 466
    instance.quota = None
    world.green.faults.add(str(instance.id), faults.too_many(5))
    assert (await ask(world, client, 79876543210)).status_code == 429
    world.green.faults.add("check", faults.Dropped())
    with pytest.raises(httpx.TransportError):
        await ask(world, client, 79876543210)
    instance.token = "changed"
    wrong = f"{world.green.url}/waInstance{instance.id}/checkAccount/wrong"
    assert (await client.post(wrong, json={})).status_code == 401
    instance.id += 1
    page = await client.post(wrong, json={})
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "/checkAccount/wrong" in page.text, "the page repeats the path"
