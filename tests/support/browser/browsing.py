"""A client of the chat page's server that acts like the page's scripts."""

import asyncio
import struct
import zlib
from collections.abc import Callable
from typing import Any

import aiohttp

from sandbox.chat_page.scene import Scene
from sandbox.chat_page.server import Pages

Json = dict[str, Any]


class Life:
    """A fake of the bot's process that records calls."""

    def __init__(self) -> None:
        self.state, self.told = "up", list[str]()

    async def restart(self) -> None:
        """Record the call."""
        self.told.append("restart")

    async def kill(self) -> None:
        """Record the call."""
        self.told.append("kill")

    def clock_moved(self) -> None:
        """Record the call."""
        self.told.append("clock")


class Browser:
    """The page's scripts: requests with the cookie, and the live events of one person."""

    def __init__(self, pages: Pages, scene: Scene, life: Life) -> None:
        self.pages, self.scene, self.life = pages, scene, life
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.headers = {"Origin": pages.server.url}
        self.known: dict[str, Json] = {}
        self.parts: Json = {}
        self.actions: list[Json] = []
        self._socket: aiohttp.ClientWebSocketResponse | None = None

    async def opens(self, who: str) -> None:
        """Open the page with its key, and listen."""
        async with self.http.get(self.pages.address) as page:
            assert page.status == 200
        url = f"{self.pages.server.url}/live?who={who}"
        self._socket = await self.http.ws_connect(url, headers=self.headers)
        await self.hears(lambda: self.parts.get("chats"))

    async def hears(self, look: Callable[[], object]) -> Any:
        """Receive events until `look` finds something."""
        async with asyncio.timeout(5):
            while not (found := look()):
                assert self._socket is not None
                for piece in await self._socket.receive_json():
                    if piece["type"] == "message":
                        self.known[piece["message"]["id"]] = piece["message"]
                    elif piece["type"] == "action":
                        self.actions.append(piece)
                    else:
                        self.parts[piece["type"]] = piece[piece["type"]]
            return found

    async def message(self, text: str) -> Json:
        """Wait for the newest message with this text."""
        found: Json = await self.hears(
            lambda: next(
                (m for m in reversed(self.known.values()) if text in m.get("text", "")), None
            )
        )
        return found

    async def asks(self, act: str, **values: Any) -> tuple[int, Json]:
        """Call an action; return the status and the answer."""
        url = f"{self.pages.server.url}/api/{act}"
        async with self.http.post(url, json=values, headers=self.headers) as answer:
            return answer.status, await answer.json()

    async def does(self, act: str, **values: Any) -> Json:
        """Call an action that must succeed; return the answer."""
        status, body = await self.asks(act, **values)
        assert status == 200, body
        return body

    def chat(self, key: str) -> Json:
        """Return the current state of a chat."""
        found: Json = next(chat for chat in self.parts["chats"] if chat["key"] == key)
        return found


def picture(width: int, height: int) -> bytes:
    """Return a grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
