"""aiogram's session as the bot uses it; its connections may lead through a proxy."""

import ssl

import aiohttp
from aiogram.client.telegram import TelegramAPIServer

from bot.telegram.file_session import FileSession
from bot.telegram.shapes import LenientSession
from runtime.clock import Clock
from runtime.proxies.address import ProxyAddress
from runtime.proxies.connector import ProxyConnector

CONNECTIONS = 100


class Session(FileSession, LenientSession):
    """Calls to the Bot API, whatever shape its answers have, and downloads of files.

    proxy: None: connect directly. aiogram has aiohttp-socks for that. Its errors are neither
        aiohttp's nor OSErrors, so nobody here would wait for a proxy that is down, and it knows
        neither https nor socks5h.
    """

    def __init__(
        self, clock: Clock, api: TelegramAPIServer, proxy: ProxyAddress | None = None
    ) -> None:
        super().__init__(clock, api=api, limit=CONNECTIONS)
        self._through = proxy

    async def create_session(self) -> aiohttp.ClientSession:
        """Return the session, a new one at first and after `close`."""
        if self._through is None:
            return await super().create_session()
        if self._session is None or self._session.closed:
            trusted: ssl.SSLContext = self._connector_init["ssl"]
            connector = ProxyConnector(self._through, trusted, limit=CONNECTIONS)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session
