"""The checks that come turned off, against the pretend service: as it takes and answers them."""

import json
from dataclasses import asdict

import pytest

from checking.services import errors
from checking.services.bulk import build_service
from checking.services.catalogue import Check, load
from checking.services.http import ServiceHttp
from sandbox.world import World
from sheets.work.results import inspect
from tests.support.clocks import StoryClock
from tests.support.stories.lists import numbers

MORE = [check for check in load(frozenset()).all() if check.off]


@pytest.mark.parametrize("check", MORE, ids=lambda check: check.key)
async def test_each_is_handed_in_and_its_answers_are_read(
    world: World, clock: StoryClock, check: Check
) -> None:
    """Protects a check that is turned on: its list is taken, and no answer is lost or guessed."""
    pretend = world.checknumber
    http = ServiceHttp(pretend.url, pretend.api_key, clock)
    service = build_service(check.service, http)
    upload = "".join(f"{number}\n" for number in numbers(40)).encode()
    pretend.minimums[check.task_type] = 41
    with pytest.raises(errors.TooFewError) as refused:
        await service.flavours[check.flavour].create(check, upload)
    assert refused.value.minimum == 41
    pretend.minimums[check.task_type] = 40
    await service.flavours[check.flavour].create(check, upload)
    await http.close()
    (task,) = pretend.tasks
    assert task.task_type == check.task_type
    values, _ = inspect(task.result_bytes, upload, b"", b"", meaning=asdict(check.meaning))
    found = json.loads(values["summary"])
    kinds = {key for key, _, _ in found["buckets"]}
    assert found["total"] == 40
    assert kinds == ({"word", "unknown"} if check.key == "usaCarrier" else {"yes", "no"})


@pytest.mark.parametrize(
    ("said", "minimum"),
    [
        ("only 7 compliant numbers remain for ws, which is less than the minimum 500", 500),
        ("the minimum is 1,000 numbers", 1_000),
        ("Minimum batch size: 2000", 2_000),
        ("less than the minimum 10000000", 10_000_000),
        ("less than the minimum 10000001", None),
        ("less than the minimum 0", None),
        ("less than the minimum -5", 5),
        ("only 7 compliant numbers remain", None),
        ("", None),
    ],
)
def test_a_minimum_is_read_from_the_services_words(said: str, minimum: int | None) -> None:
    """Protects quotes from a number that is none: it must be one that a list may have."""
    assert errors.TooFewError(said).minimum == minimum
