import io
import re
import zipfile

import httpx
import polars as pl
import pytest

from sandbox.world import World
from tests.support.customers import Customer, ManualClock

NANOSECONDS = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z"


async def test_a_list_is_taken_worked_off_and_exported(
    world: World, ekyc: Customer, clock: ManualClock, numbers: list[str]
) -> None:
    """The whole flow of tasks v1 equals the documentation of the service, word for word."""
    world.ekyc.pace.per_second = 1
    created = await ekyc.create(numbers)
    body = created.json()
    assert created.status_code == 200
    fields = {"task_id", "status", "total", "message", "created_at", "estimated_amount"}
    assert set(body) == fields
    assert body["estimated_amount"] == {"amount": "0.010", "currency": "USD"}
    assert (body["status"], body["total"]) == ("pending", 10)
    assert re.fullmatch(NANOSECONDS, body["created_at"])
    told = []
    for _ in range(4):
        answer = (await ekyc.status(body["task_id"])).json()
        told.append((answer["status"], answer["total"], answer["success"], answer["failure"]))
        clock.advance(5)
    assert told == [
        ("pending", 10, 0, 0),
        ("processing", 10, 4, 0),
        ("processing", 10, 9, 0),
        ("exported", 10, 10, 0),
    ]
    assert answer["user_id"] == world.ekyc.user_id
    assert answer["actual_amount"] == body["estimated_amount"]
    assert re.fullmatch(NANOSECONDS, answer["updated_at"])
    assert answer["result_url"].startswith(f"{world.storage_url}/externalcheck/{body['task_id']}/")


async def test_the_result_answers_each_number_and_never_changes(
    world: World, ekyc: Customer, client: httpx.AsyncClient, numbers: list[str]
) -> None:
    """Tests compare what a person got with what the service sent."""
    world.ekyc.known[numbers[0]] = "N/A"
    told = await ekyc.finished(numbers)
    got = (await client.get(told["result_url"])).content
    assert got == world.ekyc.tasks[0].result_bytes
    with zipfile.ZipFile(io.BytesIO(got)) as archive:
        table = pl.read_csv(archive.read("all.csv"), infer_schema=False)
        sheet = pl.read_excel(archive.read("result.xlsx"))
    assert table.columns == ["Number", "telegram_days"]
    assert table["Number"].to_list() == numbers
    assert table["telegram_days"][0] == "N/A"
    assert set(table["telegram_days"]) <= {"1", "7", "30", "N/A"}
    assert sheet.equals(table)


async def test_each_check_has_its_own_columns(
    world: World, client: httpx.AsyncClient, ekyc: Customer, numbers: list[str]
) -> None:
    """Band and Active number share the flow, and differ in task type, host and key."""
    active = Customer(client, world.checknumber)
    await active.create(numbers, "active_check")
    await ekyc.create(numbers, "band")
    for service, header in ((world.checknumber, "ActiveStatus"), (world.ekyc, "band")):
        with zipfile.ZipFile(io.BytesIO(service.tasks[0].result_bytes)) as archive:
            assert archive.read("all.csv").startswith(f"Number,{header}\r\n".encode())
    answer = await active.create(numbers, "tg_active")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_task_type")
    assert (await active.create_details(numbers)).status_code == 404


async def test_whatsapp_details_tells_no_total_at_first_and_completes_before_it_exports(
    ekyc: Customer, client: httpx.AsyncClient, clock: ManualClock, numbers: list[str]
) -> None:
    """This flavour has two traps: total 0, and `completed` without a file."""
    created = (await ekyc.create_details(numbers)).json()
    assert (created["status"], created["total"]) == ("pending", 0)
    assert re.fullmatch(NANOSECONDS, created["updated_at"])
    told = []
    for seconds in (0.5, 0.505, 0.5, 1):
        clock.advance(seconds)
        answer = (await ekyc.details(created["task_id"])).json()
        told.append((answer["status"], answer["total"], "result_url" in answer))
    assert told == [
        ("pending", 0, False),
        ("processing", 10, False),
        ("completed", 10, False),
        ("exported", 10, True),
    ]
    got = (await client.get(answer["result_url"])).content
    table = pl.read_excel(got)
    assert table.columns == ["Number", "whatsapp", "signature", "status_update"]
    assert set(table["whatsapp"]) <= {"yes", "no"}
    assert (await ekyc.status(created["task_id"])).status_code == 404


async def test_taking_a_list_costs_and_refusing_is_free(
    world: World, ekyc: Customer, numbers: list[str]
) -> None:
    """Tests ask first what was charged."""
    world.ekyc.price, world.ekyc.balance = 0.5, 6.0
    assert (await ekyc.balance()).json() == {"balance": 6.0}
    await ekyc.create(numbers)
    assert world.ekyc.balance == 1.0
    answer = await ekyc.create(numbers)
    assert (answer.status_code, world.ekyc.balance) == (402, 1.0)
    assert [(post.outcome, post.charged) for post in world.ekyc.posts] == [
        ("200", True),
        ("402", False),
    ]
    assert world.ekyc.posts[0].task_id == world.ekyc.tasks[0].task_id
    world.ekyc.balance_status = 405
    assert (await ekyc.balance()).status_code == 405
    world.ekyc.created_status = 202
    world.ekyc.price = 0
    assert (await ekyc.create(numbers)).status_code == 202


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"12025551234\n",
        b"+1 202 555 1234\n",
        b"+12025551234\r\n",
        b"+12025551234\n\n+12025551235\n",
        b"\xef\xbb\xbf+12025551234\n",
        b"Number\n+12025551234\n",
        b"+02025551234\n",
        b"+1202555123456789\n",
    ],
)
async def test_only_clean_lists_are_taken(world: World, ekyc: Customer, data: bytes) -> None:
    """One E.164 number a line and nothing else: the bot cleans lists, the service doesn't."""
    assert (await ekyc.create(data)).status_code == 400
    assert world.ekyc.tasks == []


async def test_requests_out_of_shape_are_refused(
    world: World, ekyc: Customer, client: httpx.AsyncClient, numbers: list[str]
) -> None:
    """Wrong key, missing or surplus fields, too short, too large, unknown."""
    world.ekyc.minimums["tg_active"] = 500
    answer = await ekyc.create(numbers)
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "error": "invalid_batch_size",
            "message": "only 10 compliant numbers remain for tg_active, "
            "which is less than the minimum 500",
        },
    )
    assert (await ekyc.create(numbers, "band", extra="x")).status_code == 400
    assert (await ekyc.create(numbers, "wa_detail")).status_code == 400
    plain = await client.post(
        f"{world.ekyc.url}/v1/tasks", headers=ekyc.headers, data={"task_type": "band"}
    )
    assert plain.status_code == 400
    world.ekyc.max_bytes = 20
    assert (await ekyc.create(numbers, "band")).status_code == 413
    assert (await ekyc.status("d4" + "0" * 18)).status_code == 404
    answer = await ekyc.status("d4nothing")
    assert (answer.status_code, answer.json()["message"]) == (400, "Invalid task ID")
    ekyc.headers = {"X-API-Key": "wrong"}
    answer = await ekyc.status("d4nothing")
    assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized")
    assert world.ekyc.tasks == []


async def test_addresses_of_results_expire_and_are_made_anew(
    world: World,
    ekyc: Customer,
    client: httpx.AsyncClient,
    clock: ManualClock,
    numbers: list[str],
) -> None:
    """A result may be fetched late: then a new status call must renew its URL."""
    told = await ekyc.finished(numbers)
    assert (await client.get(told["result_url"])).status_code == 200
    clock.advance(901)
    late = await client.get(told["result_url"])
    assert late.status_code == 403
    assert "<Code>AccessDenied</Code>" in late.text
    again = (await ekyc.status(told["task_id"])).json()["result_url"]
    assert again != told["result_url"]
    assert (await client.get(again, headers=ekyc.headers)).status_code == 200
    assert [fetch.leaked for fetch in world.storage.fetches] == [False, False, True]
    assert (await client.get(again.replace("Signature=", "Signature=0"))).status_code == 403
