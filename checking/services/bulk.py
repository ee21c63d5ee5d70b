"""The services' two protocols (flavours) for lists, behind one interface."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import quote

from checking.services import errors
from checking.services.catalogue import Check
from checking.services.http import HttpAnswer, LastLook, ServiceHttp, always, raise_for_refusal
from storage.schema.price_tables import MILLION

_IDENTIFIER = re.compile(r"[!-~]{1,128}")
_CURRENCY = re.compile(r"[A-Z]{3}")
MOST_MONEY = Decimal(10**12)
LONGEST_AMOUNT = 40  # characters


@dataclass(frozen=True, slots=True)
class Amount:
    """What a list costs in the service's words, which may be absurd; no currency: not told."""

    amount: Decimal
    currency: str

    @property
    def millionths(self) -> int:
        """The amount as it is stored."""
        return round(self.amount * MILLION)


@dataclass(frozen=True, slots=True)
class Created:
    """A list that the service took: its id there, and what it will cost, if that is told."""

    remote_id: str
    estimated: Amount | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A task's status at its service: the service's word for the state, and counts of numbers."""

    state: str  # pending, processing, completed, exported, failed, or a new one
    total: int
    success: int
    failure: int
    result_url: str | None
    text: str
    actual: Amount | None = None


class Bulk(Protocol):
    """A service that accepts lists and makes result files."""

    async def create(self, check: Check, numbers: bytes, last_look: LastLook = always) -> Created:
        """Submit E.164 numbers, one per line, for money. Raises ServiceError.

        last_look: see `http`; nothing is sent if it says False.
        """

    async def status(self, remote_id: str) -> Status:
        """Return a task's status. Raises ServiceError."""


class TasksV1:
    """`POST /v1/tasks` and `POST /v1/gettasks`: Telegram activity, Band, Active number."""

    def __init__(self, http: ServiceHttp) -> None:
        self._http = http

    async def create(self, check: Check, numbers: bytes, last_look: LastLook = always) -> Created:
        """See Bulk."""
        fields = {"task_type": check.task_type}
        return _created(await self._http.post_paid("/v1/tasks", fields, numbers, last_look))

    async def status(self, remote_id: str) -> Status:
        """See Bulk."""
        return _status(await self._http.ask("POST", "/v1/gettasks", fields={"task_id": remote_id}))


class WaDetail:
    """`/wa/api/detail/tasks`: WhatsApp details; every call names the user."""

    def __init__(self, http: ServiceHttp, user_id: str) -> None:
        self._http = http
        self._user_id = user_id

    async def create(self, check: Check, numbers: bytes, last_look: LastLook = always) -> Created:
        """See Bulk."""
        del check  # this flavour has a single one
        fields, path = {"user_id": self._user_id}, "/wa/api/detail/tasks"
        return _created(await self._http.post_paid(path, fields, numbers, last_look))

    async def status(self, remote_id: str) -> Status:
        """See Bulk."""
        path = f"/wa/api/detail/tasks/{quote(remote_id, safe='')}"
        return _status(await self._http.ask("GET", path, query={"user_id": self._user_id}))


async def balance(http: ServiceHttp) -> Decimal | None:
    """Return the account's balance, or None if it is unknown. Raises KeyRefusedError."""
    try:
        answer = await http.ask("GET", "/v1/balance")
        raise_for_refusal(answer)
    except errors.KeyRefusedError:
        raise
    except errors.ServiceError:
        return None
    return _decimal((answer.json or {}).get("balance"))


def is_identifier(text: str) -> bool:
    """Tell whether this may be a task's id: printable ASCII without spaces, not too long."""
    return _IDENTIFIER.fullmatch(text) is not None


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None  # some amounts are text, and some are numbers
    try:
        amount = Decimal(str(value)[:LONGEST_AMOUNT])
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < MOST_MONEY else None


def _amount(value: Any) -> Amount | None:
    """Read `{"amount": "0.35", "currency": "USD"}`; None where it says nothing that can be kept."""
    found = value if isinstance(value, dict) else {"amount": value}
    amount, currency = _decimal(found.get("amount")), found.get("currency") or ""
    if amount is None or not isinstance(currency, str):
        return None
    currency = currency.strip().upper()
    return None if currency and not _CURRENCY.fullmatch(currency) else Amount(amount, currency)


def _created(answer: HttpAnswer) -> Created:
    raise_for_refusal(answer)
    values = answer.json or {}
    value = values.get("task_id")
    # It goes into URLs, the database and the log: only printable ASCII is accepted.
    if not isinstance(value, str) or not is_identifier(value):
        raise errors.UnclearError("the answer names no task")
    return Created(value, _amount(values.get("estimated_amount")))


def _status(answer: HttpAnswer) -> Status:
    if answer.status == HTTPStatus.BAD_REQUEST and "invalid task id" in answer.text.lower():
        raise errors.UnknownTaskError(answer.text)
    raise_for_refusal(answer)
    values = answer.json or {}
    state = values.get("status")
    if not isinstance(state, str):
        raise errors.UnclearError("the answer names no state")
    url = values.get("result_url")
    return Status(
        state=state.strip().lower()[:40],
        total=_count(values.get("total")),
        success=_count(values.get("success")),
        failure=_count(values.get("failure")),
        result_url=url if isinstance(url, str) and url else None,
        text=answer.text,
        actual=_amount(values.get("actual_amount")),
    )


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 2**31 else 0


@dataclass(frozen=True, slots=True)
class Service:
    """A service whose key is set: its account, and its flavours by name."""

    name: str
    http: ServiceHttp
    flavours: dict[str, Bulk]


def build_service(name: str, http: ServiceHttp, user_id: str = "") -> Service:
    """Build a service with all its flavours; WhatsApp details needs a user id."""
    flavours: dict[str, Bulk] = {"tasks_v1": TasksV1(http)}
    if user_id:
        flavours["wa_detail"] = WaDetail(http, user_id)
    return Service(name=name, http=http, flavours=flavours)


def spoken(services: dict[str, Service]) -> frozenset[tuple[str, str]]:
    """Return the available pairs of service and flavour."""
    return frozenset(
        (service.name, flavour) for service in services.values() for flavour in service.flavours
    )
