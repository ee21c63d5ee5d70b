"""The pretend lookup service: has a number a Telegram account? (GREEN-API, CheckAccount)."""

import hashlib
import random
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web

from sandbox.http import fault_plans, faults
from sandbox.http.clock import Clock, Pulse
from sandbox.http.faulty_replies import dawdle, plain
from sandbox.http.server import Server, cut

LIMIT_REACHED = "User get contact info limit reached"
NOT_AUTHORIZED = "instance is starting or not authorized"
_LIMIT_STATUS = 469
_QUOTA_STATUS = 466
_DIGITS = range(7, 16)


@dataclass(slots=True)
class Instance:
    """One instance of the customer's; what stands here may be changed at any time."""

    id: int
    token: str
    authorized: bool = True
    quota: int | None = None
    """Requests left in this month's plan; None is no end."""
    limit: int = 50
    """Different numbers in ten minutes, after which the service says 469."""
    window: float = 600.0
    pause: float = 7200.0
    """Seconds for which it goes on saying 469."""
    limit_status: int = _LIMIT_STATUS
    """The HTTP status of that answer: 469, or 200 or 400 with the reason in the body."""
    paused_until: float = 0.0
    told: bool = False
    """Whether the bot was told of the pause."""
    seen: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lookup:
    """One request."""

    time: float
    instance: int
    number: str
    force: bool
    status: int
    in_pause: bool
    """Whether it came while the instance was paused: the bot should have known."""


class Lookups:
    """The lookup service with its instances."""

    def __init__(self, clock: Clock, pulse: Pulse, seed: int, instances: int) -> None:
        chance = random.Random(f"lookups {seed}")
        self.instances = [
            Instance(7103000001 + index, f"{chance.getrandbits(192):048x}")
            for index in range(instances)
        ]
        self.known: dict[str, str] = {}
        """Chat ids of numbers (digits only) that a test chooses; empty: no account."""
        self.asked: list[Lookup] = []
        """Every request with a right token, in order."""
        self.faults = fault_plans.Faults(fault_plans.LOOKUPS)
        """On "check", or on an instance's id as text."""
        self._clock, self._pulse, self._seed = clock, pulse, seed
        app = web.Application()
        app.router.add_post(r"/waInstance{id:\d+}/checkAccount/{token}", self._check)
        self.server = Server(app, uncounted=lambda _: False)

    @property
    def url(self) -> str:
        """The base address (apiUrl)."""
        return self.server.url

    @property
    def credentials(self) -> str:
        """The instances as the bot's settings want them: `id:token,id:token`."""
        return ",".join(f"{instance.id}:{instance.token}" for instance in self.instances)

    async def goes_down(self) -> None:
        """Refuse connections from now on."""
        await self.server.goes_down()

    async def comes_back(self) -> None:
        """Accept connections again, at the same address."""
        await self.server.comes_back()

    async def _check(self, request: web.Request) -> web.StreamResponse:
        instance = self._instance(request)
        if instance is None:
            return web.json_response({"message": "Unauthorized"}, status=401)
        body = await _json(request)
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
        status, said = (HTTPStatus.BAD_REQUEST, wrong) if wrong else self._answer(instance, number)
        self._record(instance, number, body, status, in_pause=in_pause)
        return web.json_response(said, status=status)

    def _instance(self, request: web.Request) -> Instance | None:
        for instance in self.instances:
            if str(instance.id) == request.match_info["id"]:
                return instance if instance.token == request.match_info["token"] else None
        return None

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
        chat_id = self.known.get(number, self._drawn(number))
        return HTTPStatus.OK, {"exist": bool(chat_id), "chatId": chat_id}

    def _drawn(self, number: str) -> str:
        digest = hashlib.blake2b(f"{number} {self._seed}".encode(), digest_size=4).digest()
        drawn = int.from_bytes(digest, "big")
        return str(10_000_000 + drawn) if drawn % 5 < 3 else ""  # noqa: PLR2004 - three in five


async def _json(request: web.Request) -> Any:
    try:
        return await request.json()
    except ValueError:
        return None


def _number(body: Any) -> tuple[str, dict[str, Any] | None]:
    """Tell the number, or what is wrong with it."""
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
