"""The pretend lookup service: GREEN-API's CheckAccount (has a number a Telegram account?)."""

import hashlib
import random
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web

from sandbox.http import fault_plans, faults
from sandbox.http.clock import Clock, Pulse
from sandbox.http.faulty_replies import dawdle, plain
from sandbox.http.server import Endpoint, Server, cut

LIMIT_REACHED = "User get contact info limit reached"
NOT_AUTHORIZED = "instance is starting or not authorized"
_LIMIT_STATUS = 469
_QUOTA_STATUS = 466
_DIGITS = range(7, 16)
_FOUND = range(3)  # three numbers in five have an account


@dataclass(slots=True)
class Instance:
    """One instance of the customer. Tests may change its attributes at any time."""

    id: int
    token: str
    authorized: bool = True
    quota: int | None = None
    """Requests left in this month's plan; None is unlimited."""
    limit: int = 50
    """Different numbers within `window` seconds before the service answers 469."""
    window: float = 600.0
    pause: float = 7200.0
    """Seconds for which it goes on answering 469."""
    limit_status: int = _LIMIT_STATUS
    """The HTTP status of that answer: 469, or 200 or 400 with the reason in the body."""
    paused_until: float = 0.0
    told: bool = False
    """True if the bot got an answer about the pause."""
    seen: dict[str, float] = field(default_factory=dict)


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
        self.asked: list[Lookup] = []
        """Every request with a valid token, in order."""
        self.faults = fault_plans.Faults(fault_plans.LOOKUPS)
        """Places: "check", or the id of an instance as text."""
        self._clock, self._pulse, self._seed = clock, pulse, seed
        app = web.Application()
        app.router.add_post(r"/waInstance{id:\d+}/checkAccount/{token}", self._check)
        self.server = Server(app, uncounted=lambda _: False)

    @property
    def credentials(self) -> str:
        """The instances in the format of the bot's settings: `id:token,id:token`."""
        return ",".join(f"{instance.id}:{instance.token}" for instance in self.instances)

    async def _check(self, request: web.Request) -> web.StreamResponse:
        by_token = {(str(each.id), each.token): each for each in self.instances}
        instance = by_token.get((request.match_info["id"], request.match_info["token"]))
        if instance is None:
            return web.json_response({"message": "Unauthorized"}, status=401)
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
            case faults.Silence():
                return await self.server.hang(request)
            case faults.Answer() as answer:
                self._record(instance, number, body, answer.status, in_pause=in_pause)
                return plain(answer)
            case faults.Fault():
                return cut(request)
        status, reply = (HTTPStatus.BAD_REQUEST, wrong) if wrong else self._answer(instance, number)
        self._record(instance, number, body, status, in_pause=in_pause)
        return web.json_response(reply, status=status)

    def _record(
        self, instance: Instance, number: str, body: Any, status: int, *, in_pause: bool
    ) -> None:
        now = self._clock.now()
        force = isinstance(body, dict) and body.get("force") is True
        self.asked.append(Lookup(now, instance.id, number, force, int(status), in_pause))
        limited = instance.told or status == instance.limit_status
        instance.told = limited and now < instance.paused_until
        self._pulse.beat()

    def _answer(self, instance: Instance, number: str) -> tuple[int, dict[str, Any]]:
        now = self._clock.now()
        if not instance.authorized:
            return HTTPStatus.OK, {"status": False, "reason": NOT_AUTHORIZED}
        if instance.quota == 0:
            return _QUOTA_STATUS, {"message": "QUOTE_ALLOWED_EXCEEDED"}
        instance.seen = {
            known: time for known, time in instance.seen.items() if time > now - instance.window
        }
        if now >= instance.paused_until and len({*instance.seen, number}) > instance.limit:
            instance.paused_until, instance.seen = now + instance.pause, {}
        if now < instance.paused_until:
            return instance.limit_status, {"status": False, "reason": LIMIT_REACHED}
        instance.seen[number] = now
        instance.quota = None if instance.quota is None else instance.quota - 1
        digest = hashlib.blake2b(f"{number} {self._seed}".encode(), digest_size=4).digest()
        drawn = int.from_bytes(digest, "big")
        chat_id = self.known.get(number, str(10_000_000 + drawn) if drawn % 5 in _FOUND else "")
        return HTTPStatus.OK, {"exist": bool(chat_id), "chatId": chat_id}


def _number(body: Any) -> tuple[str, dict[str, Any] | None]:
    """Return the digits of the number, and the error body if the request is invalid."""
    number = body.get("phoneNumber") if isinstance(body, dict) else None
    if not isinstance(body, dict) or set(body) - {"phoneNumber", "force"} or number is None:
        return "", {"statusCode": 400, "message": "Validation failed"}
    digits = str(number)
    if not isinstance(number, int) or not digits.isdecimal() or len(digits) not in _DIGITS:
        details = "Wrong format. 'phoneNumber' must contain only digits"
        return digits, {"statusCode": 400, "message": f"Validation failed. Details: {details}"}
    if not isinstance(body.get("force", False), bool):
        return digits, {"statusCode": 400, "message": "Validation failed"}
    return digits, None
