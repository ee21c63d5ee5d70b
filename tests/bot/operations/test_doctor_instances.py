"""The doctor tells how each instance of the lookup service stands, and asks about no number."""

import pytest
from pydantic import SecretStr

from tests.support.practice import Practice

STATES = {
    "authorized": ("ok  ", "looks numbers up"),
    "yellowCard": ("note", "let it rest"),
    "starting": ("note", "wait a few minutes"),
    "notAuthorized": ("BAD ", "log in"),
    "pendingPassword": ("BAD ", "password of two-step verification"),
    "suspended": ("BAD ", "says for how long"),
    "blocked": ("BAD ", "log in with another one"),
    "dancing": ("note", "'dancing', a state that this version doesn't know"),
    "expired": ("BAD ", "pay for it"),
    "deleted": ("BAD ", "take it out of GREEN_API_INSTANCES"),
}


@pytest.mark.parametrize("state", STATES)
async def test_how_an_instance_stands(practice: Practice, state: str) -> None:
    """Protects single lookups: each state is told in words, with what to do; no number is asked."""
    (instance,) = practice.world.green.instances
    instance.state = state
    line = (await practice.finds())[f"instance …{str(instance.id)[-4:]}"]
    mark, says = STATES[state]
    assert line.startswith(mark)
    assert says in line
    assert practice.world.green.asked == []


async def test_an_instance_that_is_not_there(practice: Practice) -> None:
    """Protects the operator's time, and the token: unknown, refused and silent are told apart."""
    (instance,) = practice.world.green.instances
    token, name = instance.token, f"instance …{str(instance.id)[-4:]}"
    settings = SecretStr(practice.world.green.credentials)
    instance.id += 7_000
    found = [(await practice.finds(green_api_instances=settings))[name]]
    instance.id, instance.token = instance.id - 7_000, "changed"
    found.append((await practice.finds(green_api_instances=settings))[name])
    assert all("BAD " in each and "check its id and token" in each for each in found)
    instance.token = token
    await practice.world.green.goes_down()
    found.append((await practice.finds())[name])
    assert "BAD " in found[-1]
    assert "gives no sound answer (ConnectError)" in found[-1]
    assert not [each for each in found if token in each]
