"""Pretend object storage: result files behind presigned URLs that expire."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus

from aiohttp import web

from sandbox.http import fault_plans, faults
from sandbox.http.clock import Clock
from sandbox.http.faulty_replies import dawdle, plain
from sandbox.http.server import Server, cut, gone
from sandbox.services.tasks import Task

_DENIED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    "<Error><Code>AccessDenied</Code><Message>{message}</Message></Error>"
)
_CHUNK = 64 * 1024
_KINDS = {
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request, with its headers (names in lower case)."""

    path: str
    headers: dict[str, str] = field(repr=False)

    @property
    def leaked(self) -> bool:
        """True if it carried an API key, which the storage must not see."""
        return bool(self.headers.keys() & {"x-api-key", "authorization"})


@dataclass(slots=True)
class _Signed:
    task: Task
    faults: fault_plans.Faults
    until: float


class Storage:
    """Serves the results of all services in a world."""

    def __init__(self, clock: Clock) -> None:
        self.fetches: list[Fetch] = []
        """Every request, in order."""
        self._clock = clock
        self._signed: dict[str, _Signed] = {}
        app = web.Application()
        app.router.add_get("/externalcheck/{task}/{name}", self._fetch)
        app.router.add_get("/{path:.*}", self._fetch)
        self.server = Server(app, uncounted=lambda _: False)

    def presign(self, task: Task, planned: fault_plans.Faults, seconds: float) -> str:
        """Create a new URL for a task's result, valid for `seconds`."""
        now = self._clock.now()
        day = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%SZ")
        count = len(self._signed)
        signature = hashlib.sha256(f"{task.task_id} {now} {count}".encode()).hexdigest()
        self._signed[signature] = _Signed(task, planned, now + seconds)
        return (
            f"{self.server.url}/externalcheck/{task.task_id}/{task.result_name}"
            f"?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={day}&X-Amz-Expires={int(seconds)}"
            f"&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
        )

    async def _fetch(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.fetches.append(Fetch(request.path, headers))
        if "task" not in request.match_info:
            return web.Response(
                status=HTTPStatus.NOT_FOUND, text="<Error/>", content_type="text/xml"
            )
        signed = self._signed.get(request.query.get("X-Amz-Signature", ""))
        if signed is None or signed.task.task_id != request.match_info["task"]:
            return _denied("Access Denied")
        fault = signed.faults.take("result")
        if isinstance(fault, faults.Slow):
            await dawdle(request, fault, self._clock, self.server)
            fault = None
        if signed.until <= self._clock.now() or isinstance(fault, faults.Expired):
            return _denied("Request has expired")
        data = await asyncio.to_thread(lambda: signed.task.result_bytes)
        if fault is not None:
            return await self._misbehave(request, fault, data)
        signed.task.downloads += 1
        kind = _KINDS[signed.task.result_name.rpartition(".")[2]]
        return web.Response(body=data, content_type=kind, headers={"ETag": '"sandbox"'})

    async def _misbehave(
        self, request: web.Request, fault: faults.Fault, data: bytes
    ) -> web.StreamResponse:
        match fault:
            case faults.Answer() as answer:
                return plain(answer)
            case faults.Redirect(to=to, status=status):
                return web.Response(status=status, headers={"Location": to})
            case faults.Content(data=content, content_type=kind, headers=headers):
                return web.Response(body=content, headers={"Content-Type": kind, **headers})
            case faults.Silence():
                return await self.server.hang(request)
            case faults.Truncated(part=part):
                response = web.StreamResponse(headers={"Content-Length": str(len(data))})
                await response.prepare(request)
                await response.write(data[: int(len(data) * part)])
                if request.transport is not None:
                    request.transport.close()
                return response
            case faults.Endless() | faults.Drip() | faults.TooLarge():
                return await self._streamed(request, fault, data)
            case _:
                return cut(request)

    async def _streamed(
        self,
        request: web.Request,
        fault: faults.Endless | faults.Drip | faults.TooLarge,
        data: bytes,
    ) -> web.StreamResponse:
        response = web.StreamResponse()
        size, seconds = _CHUNK, 0.0
        left: int | None = None
        if isinstance(fault, faults.TooLarge):
            response.content_length = left = fault.size
        elif isinstance(fault, faults.Drip):
            size, seconds = fault.size, fault.seconds
            response.content_length = left = len(data)
        try:
            await response.prepare(request)
            with self.server.at_rest(request):
                while left != 0 and not gone(request) and not self.server.closing.is_set():
                    piece = data[:size] if isinstance(fault, faults.Drip) else bytes(size)
                    piece = piece if left is None else piece[:left]
                    await response.write(piece)
                    data, left = data[size:], None if left is None else left - len(piece)
                    await self.server.pause(seconds)
        except ConnectionError:
            return cut(request)
        if left:
            return cut(request)
        return response


def _denied(message: str) -> web.Response:
    return web.Response(
        status=HTTPStatus.FORBIDDEN,
        text=_DENIED.format(message=message),
        content_type="application/xml",
    )
