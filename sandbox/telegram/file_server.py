"""The file server of pretend Telegram, with ranges and its faults."""

from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from sandbox.http import faults
from sandbox.http.fault_plans import Faults
from sandbox.http.faulty_replies import dawdle, plain
from sandbox.http.server import Server, cut, gone
from sandbox.telegram.store.state import State


@dataclass(frozen=True, slots=True)
class Download:
    """One request for a file: from which byte on, and when."""

    start: int
    time: float


class FileServer:
    """Serves files by the paths that getFile returned."""

    def __init__(self, state: State, planned: Faults, server: Server) -> None:
        self.downloads: list[Download] = []
        """Every request for a file, in order."""
        self.takes_ranges = True
        """False: it sends whole files only, as some proxies do."""
        self._state = state
        self._faults = planned
        self._server = server

    async def answer(self, request: web.Request) -> web.StreamResponse | None:
        """Send a file, or misbehave; None if there is no such file."""
        clock = self._state.clock
        start = request.http_range.start or 0
        self.downloads.append(Download(start, clock.now()))
        fault = self._faults.take("download")
        match fault:
            case faults.Slow() as slow:
                await dawdle(request, slow, clock, self._server)
            case faults.Answer() as answer:
                return plain(answer)
            case faults.Content(data=content, content_type=kind, headers=headers):
                return web.Response(body=content, headers={"Content-Type": kind, **headers})
            case faults.Silence():
                return await self._server.hang(request)
            case faults.Dropped():
                return cut(request)
        file = self._state.files.open(request.match_info["path"], clock.now())
        if file is None:
            return None
        if start >= file.size or not self.takes_ranges:
            start = 0
        response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
        response.content_length = file.size - start
        if start:
            response.set_status(HTTPStatus.PARTIAL_CONTENT)
            response.headers["Content-Range"] = f"bytes {start}-{file.size - 1}/{file.size}"
        await response.prepare(request)
        return await self._send(request, response, fault, file.data[start:])

    async def _send(
        self,
        request: web.Request,
        response: web.StreamResponse,
        fault: faults.Fault | None,
        data: bytes,
    ) -> web.StreamResponse:
        match fault:
            case faults.Truncated(part=part):
                await response.write(data[: int(len(data) * part)])
                if request.transport is not None:
                    request.transport.close()
            case faults.Stalled(part=part):
                await response.write(data[: int(len(data) * part)])
                return await self._server.hang(request)
            case faults.Paced(per_second=size):
                while data and not gone(request) and not self._server.closing.is_set():
                    await response.write(data[:size])
                    data = data[size:]
                    with self._server.at_rest(request):
                        await self._state.clock.sleep(1.0)
            case _:
                await response.write(data)
        return response
