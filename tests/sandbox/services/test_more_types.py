import io
import zipfile

import httpx
import pytest

from sandbox.services.results import MORE_TYPES
from sandbox.world import World
from tests.support.customers import Customer


@pytest.mark.parametrize("task_type", MORE_TYPES)
async def test_both_services_check_more_in_the_same_flow(
    world: World, client: httpx.AsyncClient, numbers: list[str], task_type: str
) -> None:
    """Each type is taken under its own word, and answers in the column of newer exports."""
    for service in (world.ekyc, world.checknumber):
        assert (await Customer(client, service).create(numbers, task_type)).status_code == 200
        (task,) = service.tasks
        assert task.task_type == task_type
        with zipfile.ZipFile(io.BytesIO(task.result_bytes)) as archive:
            assert archive.read("all.csv").startswith(b"Number,activated\r\n")


@pytest.mark.parametrize("task_type", ["tg_active", "band", *MORE_TYPES])
async def test_a_minimum_counts_what_the_service_keeps(
    world: World, ekyc: Customer, numbers: list[str], task_type: str
) -> None:
    """A list that is long enough for us may be too short after the service's own cleaning."""
    world.ekyc.minimums[task_type] = len(numbers)
    world.ekyc.unfit = set(numbers[:3])
    answer = await ekyc.create(numbers, task_type)
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "error": "invalid_batch_size",
            "message": f"only 7 compliant numbers remain for {task_type}, "
            "which is less than the minimum 10",
        },
    )
    assert (world.ekyc.tasks, world.ekyc.balance) == ([], 1000.0)
    world.ekyc.unfit.clear()
    assert (await ekyc.create(numbers, task_type)).status_code == 200
