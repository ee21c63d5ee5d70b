"""Access to the page's server: for a browser on this machine that has the key.

Another web page in the same browser can send requests to this server, too: to its address, or to
a host name of its own that resolves to this machine. So the key isn't enough: Host must be the
printed address, and Origin, if there is one, must be this server's own.
"""

import hmac
import secrets
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

_SAFE = {"GET", "HEAD"}
_OWN = {"same-origin", "none"}
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Gate:
    """Admits requests with the key: first in the URL, from then on in a cookie."""

    def __init__(self) -> None:
        self.key = secrets.token_urlsafe(24)
        self.origin = ""
        """The server's origin; set when it listens."""

    @property
    def cookie(self) -> str:
        """The name of the cookie. It has the port, because cookies are shared by all ports."""
        return f"numberdesk-{self.origin.rpartition(':')[2]}"

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse requests that don't come from the page itself."""
        objection = self._objection(request)
        if objection:
            return web.Response(status=403, text=f"{objection}\n", headers=dict(HEADERS))
        try:
            response = await handler(request)
        except web.HTTPException as refusal:
            refusal.headers.update(HEADERS)
            raise
        if not response.prepared:
            response.headers.update(HEADERS)
            if "key" in request.query:
                response.set_cookie(
                    self.cookie, self.key, httponly=True, samesite="Strict", path="/"
                )
        return response

    def _objection(self, request: web.Request) -> str:
        if request.headers.get("Host") != self.origin.removeprefix("http://"):
            return "This page answers to the address that was printed, and to no other."
        origin = request.headers.get("Origin")
        acts = request.method not in _SAFE or "Upgrade" in request.headers
        if origin != self.origin and (origin is not None or acts):
            return "Another page may not speak to this one."
        if acts and request.headers.get("Sec-Fetch-Site", "none") not in _OWN:
            return "Another page may not speak to this one."
        given = request.query.get("key") if request.path == "/" else None
        given = given or request.cookies.get(self.cookie, "")
        if not hmac.compare_digest(given.encode(), self.key.encode()):
            return "Open the whole address that was printed, with its key."
        return ""
