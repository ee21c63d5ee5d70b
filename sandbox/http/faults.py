"""What can go wrong on request.

    Fault
    ├── of any server      Answer, Dropped, ReplyLost, Silence, Redirect, Slow
    ├── of Telegram        Flood, Refuse
    └── of a service
        ├── create         SameTaskId
        ├── status         Stuck, Backwards, Word, Failed, ResultAt
        └── result         Expired, Truncated, Endless, Drip, TooLarge, Content

A server that refuses connections is not a fault of one request: `await service.goes_down()`.
"""

import json
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus

BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Fault:
    """One way of going wrong."""


@dataclass(frozen=True, slots=True)
class Answer(Fault):
    """Answers with this status and body; `carried_out` first does what was asked, and charges."""

    status: int
    body: str = ""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    carried_out: bool = False


@dataclass(frozen=True, slots=True)
class Dropped(Fault):
    """Resets the connection before the body is read; nothing is carried out."""


@dataclass(frozen=True, slots=True)
class ReplyLost(Fault):
    """Carries out (and charges) what was asked, then resets the connection."""


@dataclass(frozen=True, slots=True)
class Silence(Fault):
    """Carries out (and charges) what was asked, then says nothing until the client gives up."""


@dataclass(frozen=True, slots=True)
class Redirect(Fault):
    """Sends the client elsewhere; `to` is a path of the same server or a whole address."""

    to: str = "/elsewhere"
    status: int = HTTPStatus.TEMPORARY_REDIRECT


@dataclass(frozen=True, slots=True)
class Slow(Fault):
    """Waits `seconds` before carrying out: of the world's clock, or `real` ones."""

    seconds: float
    real: bool = False


@dataclass(frozen=True, slots=True)
class Flood(Fault):
    """Answers 429 with this `retry_after` in seconds, and holds the chat to it if `held`."""

    retry_after: int
    held: bool = False


@dataclass(frozen=True, slots=True)
class Refuse(Fault):
    """Refuses as Telegram does, with this description and code."""

    description: str
    code: int = HTTPStatus.BAD_REQUEST


@dataclass(frozen=True, slots=True)
class SameTaskId(Fault):
    """Takes (and charges) the list, and answers with an id that it gave before."""


@dataclass(frozen=True, slots=True)
class Stuck(Fault):
    """Tells again what it told last."""


@dataclass(frozen=True, slots=True)
class Backwards(Fault):
    """Tells half of the numbers that are done."""


@dataclass(frozen=True, slots=True)
class Word(Fault):
    """Tells the status by another word."""

    status: str


@dataclass(frozen=True, slots=True)
class Failed(Fault):
    """Tells that the task failed, and why."""

    message: str = "internal error, the task was stopped"


@dataclass(frozen=True, slots=True)
class ResultAt(Fault):
    """Tells `exported`, with the result at an address of the test's choosing."""

    url: str


@dataclass(frozen=True, slots=True)
class Expired(Fault):
    """Object storage says that the address has expired (403)."""


@dataclass(frozen=True, slots=True)
class Truncated(Fault):
    """Announces the whole length, sends this part of the body and cuts the connection."""

    part: float = 0.5


@dataclass(frozen=True, slots=True)
class Endless(Fault):
    """Sends zeros, without a length, until the client gives up."""


@dataclass(frozen=True, slots=True)
class Drip(Fault):
    """Sends `size` bytes every `seconds` (real ones)."""

    size: int = 1
    seconds: float = 0.05


@dataclass(frozen=True, slots=True)
class TooLarge(Fault):
    """Announces and sends so many bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class Content(Fault):
    """Sends these bytes in place of the result."""

    data: bytes
    content_type: str = "application/octet-stream"
    headers: dict[str, str] = field(default_factory=dict)


def bad_gateway(*, carried_out: bool = False) -> Answer:
    """Answer 502 with a web server's HTML page."""
    return Answer(HTTPStatus.BAD_GATEWAY, BAD_GATEWAY, "text/html", carried_out=carried_out)


def server_error(*, carried_out: bool = False) -> Answer:
    """Answer 500 in JSON."""
    body = '{"ok":false,"error_code":500,"description":"Internal Server Error","error":"internal"}'
    return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, body, carried_out=carried_out)


def refused(status: int, error: str, message: str = "") -> Answer:
    """Answer as a service refuses: a status, and its word and sentence in JSON."""
    return Answer(status, json.dumps({"error": error, "message": message}))


def not_json() -> Answer:
    """Take what was asked, and answer 200 with a page that is no JSON."""
    return Answer(HTTPStatus.OK, "<html>welcome</html>", "text/html", carried_out=True)


def no_task_id() -> Answer:
    """Take the list, and answer 200 in JSON without a task id."""
    return Answer(HTTPStatus.OK, '{"status":"pending","message":"ok"}', carried_out=True)


def too_many(retry_after: int | None = None, *, at: float | None = None) -> Answer:
    """Answer 429 with Retry-After: in seconds, or `at` this moment as an HTTP date, or without."""
    headers = {}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    if at is not None:
        headers["Retry-After"] = formatdate(at, usegmt=True)
    body = '{"error":"too_many_requests","message":"slow down"}'
    return Answer(HTTPStatus.TOO_MANY_REQUESTS, body, headers=headers)
