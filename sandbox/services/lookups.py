"""The pretend lookup service: GREEN-API's CheckAccount (has a number a Telegram account?).

Most of its errors are bare text with HTTP 400; the same words may come as a JSON string, or in an
object (`Instance.form`).
"""

import hashlib
import random
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal

from aiohttp import web

from sandbox.http import fault_plans, faults
from sandbox.http.clock import Clock, Pulse
from sandbox.http.faulty_replies import dawdle, plain
from sandbox.http.server import Endpoint, Server, cut

LIMIT_REACHED = "User get contact info limit reached"
REASONS = {
    "notAuthorized": "instance account not authorized",
    "pendingPassword": "instance account not authorized",
    "starting": "instance in starting process try later",
    "expired": "instance is expired",
    "deleted": "instance is deleted",
    "blocked": "blocked",
    "suspended": "suspended",
}
"""Why an instance in this state looks nothing up; `yellowCard` only restricts sending."""
_FORBIDDEN = ("blocked", "suspended")  # 403; the other reasons come with 400
_STATELESS = ("expired", "deleted")  # of these the service doesn't tell a state, either
_NO_SUCH_PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n'
    "</head>\n<body>\n<pre>Cannot {method} {path}</pre>\n</body>\n</html>\n"
)
_LIMIT_STATUS = 469
_QUOTA_STATUS = 466
_DIGITS = range(7, 16)
_FOUND = range(3)  # three numbers in five have an account


@dataclass(slots=True)
class Instance:
    """One instance of the customer. Tests may change its attributes at any time."""

    id: int
    token: str
    state: str = "authorized"
    """What getStateInstance tells, or `expired` or `deleted`."""
    form: Literal["text", "string", "object"] = "text"
    """How it words its errors: as bare text, as a JSON string, or in a JSON object."""
    quota: int | None = None
    """Requests left in this month's plan; None is unlimited."""
    limit: int = 50
    """Different numbers within `window` seconds before the service answers 469."""
    window: float = 600.0
    pause: float = 7200.0
    """Seconds for which it goes on answering 469."""
    limit_status: int = _LIMIT_STATUS
    """The HTTP status of that answer: 469, or 200 or 400, which only the words tell apart."""
    paused_until: float = 0.0
    told: bool = False
    """True if the bot got an answer about the pause."""
    seen: dict[str, float] = field(default_factory=dict)

    @property
    def authorized(self) -> bool:
        """True while an account is logged in there."""
        return self.state == "authorized"

    @authorized.setter
    def authorized(self, value: bool) -> None:
        self.state = "authorized" if value else "notAuthorized"


@dataclass(frozen=True, slots=True)
class Lookup:
    """One lookup request."""

    time: float
    instance: int
    number: str
    force: bool
    status: int
    in_pause: bool
    """True if it came in a pause that the bot had been told of."""


class Lookups(Endpoint):
    """The lookup service with its instances."""

    def __init__(self, clock: Clock, pulse: Pulse, seed: int, instances: int) -> None:
        chance = random.Random(f"lookups {seed}")
        self.instances = [
            Instance(7103000001 + index, f"{chance.getrandbits(192):048x}")
            for index in range(instances)
        ]
        self.known: dict[str, str] = {}
        """Fixed chat ids by number (digits only); empty: no account."""
        self.cached: set[str] = set()
        """Numbers whose answer the service has; unless forced they cost nothing of a limit."""
        self.states: list[int] = []
        """The instances whose state was asked for, in order."""
        self.asked: list[Lookup] = []
        """Every request with a valid token, in order."""
        self.faults = fault_plans.Faults(fault_plans.LOOKUPS)
        """Places: "check", "state", or the id of an instance as text, for its checks."""
        self._clock, self._pulse, self._seed = clock, pulse, seed
        app = web.Application()
        app.router.add_post(r"/waInstance{id:\d+}/checkAccount/{token}", self._check)
        app.router.add_get(r"/waInstance{id:\d+}/getStateInstance/{token}", self._state)

        async def stray(request: web.Request) -> web.Response:
            return _no_such_page(request)

        app.router.add_route("*", "/{path:.*}", stray)
        self.server = Server(app, uncounted=lambda _: False)

    @property
    def credentials(self) -> str:
        """The instances in the format of the bot's settings: `id:token,id:token`."""
        return ",".join(f"{instance.id}:{instance.token}" for instance in self.instances)

    def _of(self, request: web.Request) -> Instance | web.Response:
        """Return the instance that a request names, or the answer if there is none."""
        for each in self.instances:
            if str(each.id) == request.match_info["id"]:
                if each.token == request.match_info["token"]:
                    return each
                return web.json_response({"message": "Unauthorized"}, status=401)
        return _no_such_page(request)

    async def _state(self, request: web.Request) -> web.StreamResponse:
        instance = self._of(request)
        if isinstance(instance, web.Response):
            return instance
        self.states.append(instance.id)
        match self.faults.take("state"):
            case faults.Answer() as answer:
                return plain(answer)
            case faults.Fault():
                return cut(request)
        if instance.state in _STATELESS:
            return _words(instance, HTTPStatus.BAD_REQUEST, REASONS[instance.state])
        return web.json_response({"stateInstance": instance.state})

    async def _check(self, request: web.Request) -> web.StreamResponse:
        instance = self._of(request)
        if isinstance(instance, web.Response):
            return instance
        try:
            body = await request.json()
        except ValueError:
            body = None
        number, wrong = _number(body)
        in_pause = instance.told and self._clock.now() < instance.paused_until
        fault = self.faults.take(str(instance.id)) or self.faults.take("check")
        match fault:
            case faults.Slow() as slow:
                await dawdle(request, slow, self._clock, self.server)
                if slow.then is not None:
                    self._record(instance, number, body, slow.then.status, in_pause=in_pause)
                    return plain(slow.then)
            case faults.Silence():
                return await self.server.hang(request)
            case faults.Answer() as answer:
                self._record(instance, number, body, answer.status, in_pause=in_pause)
                return plain(answer)
            case faults.Fault():
                return cut(request)
        if wrong:
            reply = _words(instance, HTTPStatus.BAD_REQUEST, wrong)
        else:
            reply = self._answer(instance, number, force=_is_forced(body))
        self._record(instance, number, body, reply.status, in_pause=in_pause)
        return reply

    def _record(
        self, instance: Instance, number: str, body: Any, status: int, *, in_pause: bool
    ) -> None:
        now = self._clock.now()
        force = _is_forced(body)
        self.asked.append(Lookup(now, instance.id, number, force, int(status), in_pause))
        limited = instance.told or status == instance.limit_status
        instance.told = limited and now < instance.paused_until
        self._pulse.beat()

    def _answer(self, instance: Instance, number: str, *, force: bool) -> web.Response:
        now = self._clock.now()
        if reason := REASONS.get(instance.state):
            is_forbidden = instance.state in _FORBIDDEN
            status = HTTPStatus.FORBIDDEN if is_forbidden else HTTPStatus.BAD_REQUEST
            return _words(instance, status, reason)
        if instance.quota == 0:
            return web.json_response({"message": "QUOTE_ALLOWED_EXCEEDED"}, status=_QUOTA_STATUS)
        instance.seen = {
            known: time for known, time in instance.seen.items() if time > now - instance.window
        }
        is_cached = number in self.cached and not force
        is_over = not is_cached and len({*instance.seen, number}) > instance.limit
        if now >= instance.paused_until and is_over:
            instance.paused_until, instance.seen = now + instance.pause, {}
        if now < instance.paused_until:
            return _words(instance, instance.limit_status, LIMIT_REACHED)
        if not is_cached:
            instance.seen[number] = now
            instance.quota = None if instance.quota is None else instance.quota - 1
        self.cached.add(number)
        digest = hashlib.blake2b(f"{number} {self._seed}".encode(), digest_size=4).digest()
        drawn = int.from_bytes(digest, "big")
        chat_id = self.known.get(number, str(10_000_000 + drawn) if drawn % 5 in _FOUND else "")
        reply = {"exist": bool(chat_id), "chatId": chat_id}
        return web.json_response({**reply, "fromCache": True} if is_cached else reply)


def _is_forced(body: Any) -> bool:
    return isinstance(body, dict) and body.get("force") is True


def _words(instance: Instance, status: int, words: str) -> web.Response:
    """Build an error in the instance's form; only an object has `status: false`, too."""
    if instance.form == "text":
        return web.Response(text=words, status=status)
    said = words if instance.form == "string" else {"status": False, "reason": words}
    return web.json_response(said, status=status)


def _no_such_page(request: web.Request) -> web.Response:
    """Build the page of an unknown instance or method, which repeats the path, token and all."""
    page = _NO_SUCH_PAGE.format(method=request.method, path=request.path)
    return web.Response(text=page, status=HTTPStatus.NOT_FOUND, content_type="text/html")


def _number(body: Any) -> tuple[str, str]:
    """Return the digits of the number, and what is wrong with the request, if anything is."""
    number = body.get("phoneNumber") if isinstance(body, dict) else None
    if not isinstance(body, dict) or set(body) - {"phoneNumber", "force"} or number is None:
        return "", "Validation failed"
    digits = str(number)
    if not isinstance(number, int) or not digits.isdecimal() or len(digits) not in _DIGITS:
        details = "Wrong format. 'phoneNumber' must contain only digits"
        return digits, f"Validation failed. Details: {details}"
    if not isinstance(body.get("force", False), bool):
        return digits, "Validation failed"
    return digits, ""
