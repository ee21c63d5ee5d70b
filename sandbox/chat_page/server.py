"""The chat page's server: static files, the API, and a WebSocket with news."""

import asyncio
import contextlib
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from aiohttp import web

from sandbox.chat_page.acting import ACTS, Acting, Picked
from sandbox.chat_page.controls import Controls
from sandbox.chat_page.gate import Gate
from sandbox.chat_page.live import Viewer
from sandbox.chat_page.scene import Scene, UnfitError
from sandbox.chat_page.showing import PICTURES
from sandbox.http.server import Server
from sandbox.telegram.store.chats import Json
from sandbox.telegram.store.limits import MB

FILES = Path(__file__).parent / "page"
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
LARGEST = 64 * MB
"""Most bytes of one request."""
LOOK_AGAIN = 0.25
"""Real seconds between two checks without a change."""
TOGETHER = 0.03
"""Real seconds in which changes are collected, so that a burst is one message."""


class Pages:
    """Serves the page at `address` inside the block."""

    def __init__(self, scene: Scene, controls: Controls, port: int = 0) -> None:
        self._scene, self._controls = scene, controls
        self._acting = Acting(scene, controls)
        self._gate = Gate()
        app = web.Application(client_max_size=LARGEST, middlewares=[self._gate.guard])
        app.router.add_get("/", self._asset)
        app.router.add_get("/page/{name}", self._asset)
        app.router.add_get("/file/{id}", self._file)
        app.router.add_get("/live", self._live)
        app.router.add_post("/api/files", self._files)
        app.router.add_post("/api/{act}", self._act)
        self.server = Server(app, uncounted=lambda _: True, port=port)

    @property
    def address(self) -> str:
        """The URL with the key, for the user who started it."""
        return f"{self.server.url}/?key={self._gate.key}"

    async def __aenter__(self) -> Self:
        await self.server.start()
        self._gate.origin = self.server.url
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.closing.set()
        self._scene.world.pulse.beat()
        await self.server.stop()

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        path = FILES / request.match_info.get("name", "index.html")
        if path.parent != FILES or path.suffix not in KINDS or not path.is_file():
            raise web.HTTPNotFound
        kind = KINDS[path.suffix]
        return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """Send the bytes of a file: a picture inline, anything else as a download."""
        file = self._scene.world.state.files.find(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        if file.mime in PICTURES and "save" not in request.query:
            return web.Response(body=file.data, content_type=file.mime)
        response = web.Response(body=file.data, content_type="application/octet-stream")
        name = quote(file.name, safe="")  # RFC 6266: file names in any alphabet
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response

    async def _act(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["act"]
        if name not in ACTS:
            raise web.HTTPNotFound
        try:
            asked = await request.json()
        except ValueError:
            asked = None
        if not isinstance(asked, dict):
            return _refused(UnfitError("A JSON object was expected."))
        try:
            return web.json_response(await self._acting.act(name, asked))
        except (UnfitError, AssertionError) as error:
            return _refused(error)

    async def _files(self, request: web.Request) -> web.StreamResponse:
        asked: Json = {}
        picked = []
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                data = await asyncio.to_thread(value.file.read)
                picked.append(Picked(value.filename, data, photo=name == "photo"))
            elif isinstance(value, str):
                asked[name] = int(value) if name == "topic" and value.isdecimal() else value
        try:
            return web.json_response(await self._acting.upload(asked, picked))
        except (UnfitError, AssertionError) as error:
            return _refused(error)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        try:
            person = self._scene.who(request.query.get("who"))
        except UnfitError as error:
            return _refused(error)
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        viewer, pulse = Viewer(self._scene, self._controls, person), self._scene.world.pulse

        async def send_news() -> None:
            with contextlib.suppress(ConnectionError):
                while not self.server.closing.is_set():
                    news = viewer.news()
                    if news:
                        await socket.send_json(news)
                    await pulse.next(LOOK_AGAIN)
                    await asyncio.sleep(TOGETHER)
            await socket.close()

        sending = asyncio.create_task(send_news())
        try:
            async for _ in socket:  # the page sends nothing; this ends when the socket is closed
                pass
        finally:
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sending
        return socket


def _refused(error: Exception) -> web.Response:
    reason = str(error).splitlines()[0]
    return web.json_response({"error": reason}, status=HTTPStatus.CONFLICT)
