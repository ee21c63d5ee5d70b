"""The faults that tests can stage.

    Fault
    ├── of any server      Answer, Dropped, ReplyLost, Silence, Redirect, Slow
    ├── of Telegram        Flood, Refuse, Reshaped
    └── of a service
        ├── create         SameTaskId, Reshaped
        ├── status         Reshaped, Stuck, Backwards, Word, Failed, ResultAt
        └── result         Expired, Truncated, Endless, Drip, TooLarge, Content

Telegram's file server has Truncated and Content, too, and Stalled and Paced.

A server that refuses connections is no fault of one request: `await service.goes_down()`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from typing import Any

SERVER_ERROR = "<html><head><title>500 Internal Server Error</title></head></html>"
BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Fault:
    """A fault of one request."""


@dataclass(frozen=True, slots=True)
class Answer(Fault):
    """Sends this status and body; `carried_out`: carries out (and charges) the request first."""

    status: int
    body: str = ""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    carried_out: bool = False

    @property
    def is_own_500(self) -> bool:
        """True for a 500 with a service's own JSON, which it documents as free."""
        own = self.content_type == "application/json"
        return own and self.status == HTTPStatus.INTERNAL_SERVER_ERROR


@dataclass(frozen=True, slots=True)
class Dropped(Fault):
    """Resets the connection before reading the body; carries out nothing."""


@dataclass(frozen=True, slots=True)
class ReplyLost(Fault):
    """Carries out (and charges) the request, then resets the connection."""


@dataclass(frozen=True, slots=True)
class Silence(Fault):
    """Carries out (and charges) the request, then sends nothing until the client gives up."""


@dataclass(frozen=True, slots=True)
class Redirect(Fault):
    """Redirects the client to `to`, a path of the same server or a URL."""

    to: str = "/elsewhere"
    status: int = HTTPStatus.TEMPORARY_REDIRECT


@dataclass(frozen=True, slots=True)
class Slow(Fault):
    """Waits `seconds` before it carries out the request: on the world's clock, or `real` ones.

    `then` is what a service answers after that instead.
    """

    seconds: float
    real: bool = False
    then: "Answer | None" = None


@dataclass(frozen=True, slots=True)
class Flood(Fault):
    """Answers 429 with `retry_after` seconds; `held`: also blocks the chat for that time."""

    retry_after: int
    held: bool = False


@dataclass(frozen=True, slots=True)
class Refuse(Fault):
    """Refuses the call as Telegram does, with this description and code."""

    description: str
    code: int = HTTPStatus.BAD_REQUEST


@dataclass(frozen=True, slots=True)
class Reshaped(Fault):
    """Carries out the call, and answers with a result of another shape, made by `change`."""

    change: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class SameTaskId(Fault):
    """Accepts (and charges) the list, and answers with the id of an earlier task."""


@dataclass(frozen=True, slots=True)
class OtherFields(Fault):
    """Answers as usual, without some fields and with others beside or instead of its own."""

    without: frozenset[str] = frozenset()
    more: dict[str, object] = field(default_factory=dict)

    def of(self, body: dict[str, object]) -> dict[str, object]:
        """Return an answer in this shape."""
        return {key: body[key] for key in body if key not in self.without} | self.more


@dataclass(frozen=True, slots=True)
class Stuck(Fault):
    """Repeats the last reported progress."""


@dataclass(frozen=True, slots=True)
class Backwards(Fault):
    """Reports half of the finished numbers."""


@dataclass(frozen=True, slots=True)
class Word(Fault):
    """Reports another status word."""

    status: str


@dataclass(frozen=True, slots=True)
class Failed(Fault):
    """Reports that the task failed, with a message."""

    message: str = "internal error, the task was stopped"


@dataclass(frozen=True, slots=True)
class ResultAt(Fault):
    """Reports `exported`, with this result URL."""

    url: str


@dataclass(frozen=True, slots=True)
class Expired(Fault):
    """Object storage answers that the URL has expired (403)."""


@dataclass(frozen=True, slots=True)
class Truncated(Fault):
    """Announces the full length, sends this share of the body and closes the connection."""

    part: float = 0.5


@dataclass(frozen=True, slots=True)
class Stalled(Fault):
    """Announces the full length, sends this share of the body, and then nothing more."""

    part: float = 0.5


@dataclass(frozen=True, slots=True)
class Paced(Fault):
    """Sends the body at a pace in bytes a second, on the world's clock."""

    per_second: int = 80_000


@dataclass(frozen=True, slots=True)
class Endless(Fault):
    """Sends zeros without a content length until the client gives up."""


@dataclass(frozen=True, slots=True)
class Drip(Fault):
    """Sends `size` bytes every `seconds` (real time)."""

    size: int = 1
    seconds: float = 0.05


@dataclass(frozen=True, slots=True)
class TooLarge(Fault):
    """Announces and sends `size` bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class Content(Fault):
    """Sends these bytes instead of the result."""

    data: bytes
    content_type: str = "application/octet-stream"
    headers: dict[str, str] = field(default_factory=dict)


def bad_gateway(*, carried_out: bool = False) -> Answer:
    """Return a 502 with the HTML page of a web server."""
    return Answer(HTTPStatus.BAD_GATEWAY, BAD_GATEWAY, "text/html", carried_out=carried_out)


def error_page(*, carried_out: bool = False) -> Answer:
    """Return a 500 with the HTML page of a web server."""
    return Answer(500, SERVER_ERROR, "text/html", carried_out=carried_out)


def server_error(*, carried_out: bool = False) -> Answer:
    """Return a 500 in JSON; a service carries out nothing then."""
    body = '{"ok":false,"error_code":500,"description":"Internal Server Error","error":"internal"}'
    return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, body, carried_out=carried_out)


def refused(status: int, error: str, message: str = "") -> Answer:
    """Return a service's refusal: a status, with error code and message in JSON."""
    return Answer(status, json.dumps({"error": error, "message": message}))


def not_json() -> Answer:
    """Return a 200 with an HTML page instead of JSON; the request is carried out."""
    return Answer(HTTPStatus.OK, "<html>welcome</html>", "text/html", carried_out=True)


def no_task_id() -> Answer:
    """Return a 200 in JSON without a task id; the list is accepted."""
    return Answer(HTTPStatus.OK, '{"status":"pending","message":"ok"}', carried_out=True)


def too_many(retry_after: int | None = None, *, at: float | None = None) -> Answer:
    """Return a 429, with Retry-After in seconds, as the HTTP date `at`, or without it."""
    headers = {}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    if at is not None:
        headers["Retry-After"] = formatdate(at, usegmt=True)
    body = '{"error":"too_many_requests","message":"slow down"}'
    return Answer(HTTPStatus.TOO_MANY_REQUESTS, body, headers=headers)
