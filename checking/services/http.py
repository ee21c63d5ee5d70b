"""HTTP to the services, by httpx.

A paid POST is sent once, over a fresh connection, without redirects, and httpx's trace
extension tells whether a byte of it may have left: just before that it is asked once more whether
it may be sent. All other requests may be repeated.
"""

import asyncio
import email.utils
import functools
import json
import ssl
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from checking.services import errors
from checking.services.proxied import ProxyTransport
from runtime.clock import Clock
from runtime.proxies.address import ProxyAddress

CONNECT_SECONDS = 10.0
PAID_SECONDS = 120.0  # the services take a while to accept a large list
ASK_SECONDS = 20.0
LONGEST_ANSWER = 1_000_000  # bytes of JSON, more than any answer of these services
LONGEST_WAIT = 24 * 3600.0  # seconds; a longer Retry-After is absurd
DEEPEST = 4  # levels of JSON in which a service's words are looked for
LONGEST_TEXT = 300  # characters of a service's own words

_SENDING = ("http11.send_request_headers.started", "http2.send_request_headers.started")
_IDENTITY = {"Accept-Encoding": "identity"}

# What httpx raises instead of an answer; InvalidURL is no HTTPError. And our own timeout: httpx's
# count from byte to byte, so that a slow drip never ends.
_NoAnswer = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, TimeoutError)

LastLook = Callable[[], Awaitable[bool]]
"""Asked when the connection stands, just before the first byte: may this still be sent?"""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A complete HTTP answer.

    json: None unless the body is a JSON object.
    words: All that the body says: the texts of an object, a JSON string, or bare text; not a page.
    """

    status: int
    json: dict[str, Any] | None
    retry_after: float | None  # seconds
    words: str = ""

    @property
    def text(self) -> str:
        """The service's own words as plain text, at most LONGEST_TEXT characters."""
        if self.json is None:
            return self.words.strip()[:LONGEST_TEXT]
        for key in ("message", "error", "reason"):
            words = self.json.get(key)
            if isinstance(words, str) and words.strip():
                return words.strip()[:LONGEST_TEXT]
        return ""


async def always() -> bool:
    """Return True: the last look of a caller whom nobody can overtake."""
    return True


@functools.cache
def trusted() -> ssl.SSLContext:
    """Return the trusted certificates, loaded once: it takes tens of milliseconds."""
    return httpx.create_ssl_context(trust_env=False)


def _client(
    proxy: ProxyAddress | None, seconds: float, headers: dict[str, str]
) -> httpx.AsyncClient:
    """Return a client whose connections lead through the proxy, if there is one."""
    return httpx.AsyncClient(
        timeout=httpx.Timeout(seconds, connect=CONNECT_SECONDS),
        headers=headers,
        follow_redirects=False,
        trust_env=False,
        verify=trusted(),
        transport=ProxyTransport(proxy, trusted()) if proxy else None,
    )


class ServiceHttp:
    """HTTP client of one service. Its errors contain neither the key nor a path.

    api_key: Sent in a header; None: no such header.
    """

    def __init__(
        self, base_url: str, api_key: str | None, clock: Clock, proxy: ProxyAddress | None = None
    ) -> None:
        self._base = base_url.rstrip("/")
        self._headers = {**({"X-API-Key": api_key} if api_key else {}), **_IDENTITY}
        self._clock = clock
        self._proxy = proxy
        self._client = _client(proxy, ASK_SECONDS, self._headers)

    async def close(self) -> None:
        """Close the pooled connections."""
        await self._client.aclose()

    async def post_paid(
        self, path: str, fields: dict[str, str], file: bytes, last_look: LastLook
    ) -> HttpAnswer:
        """POST a list, once. Raises NotSentError or UnclearError if there is no answer.

        Raises HeldBackError, and sends nothing, if `last_look` says so.
        """
        began = False

        async def trace(event: str, _info: dict[str, Any]) -> None:
            nonlocal began
            if event in _SENDING:
                # To get here may have taken long: by now it may be another's, or dropped.
                if not await last_look():
                    raise errors.HeldBackError
                began = True

        try:
            async with _client(self._proxy, PAID_SECONDS, self._headers) as client:
                request = client.build_request(
                    "POST",
                    self._base + path,
                    data=fields,
                    files={"file": ("numbers.txt", file, "text/plain")},
                    extensions={"trace": trace},
                )
                async with asyncio.timeout(PAID_SECONDS + CONNECT_SECONDS):
                    return await self._answer(client, request)
        except _NoAnswer as error:
            kind = errors.UnclearError if began else errors.NotSentError
            raise kind(type(error).__name__) from None

    async def ask(
        self,
        method: str,
        path: str,
        *,
        fields: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
    ) -> HttpAnswer:
        """Send a request that is free and may be repeated. Raises UnclearError.

        `fields` are sent as multipart, `body` as JSON.
        """
        try:
            request = self._client.build_request(
                method,
                self._base + path,
                files={name: (None, value) for name, value in (fields or {}).items()},
                params=query,
                json=body,
            )
            async with asyncio.timeout(ASK_SECONDS + CONNECT_SECONDS):
                return await self._answer(self._client, request)
        except _NoAnswer as error:
            raise errors.UnclearError(type(error).__name__) from None

    async def _answer(self, client: httpx.AsyncClient, request: httpx.Request) -> HttpAnswer:
        response = await client.send(request, stream=True)
        try:
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LONGEST_ANSWER:
                    raise httpx.StreamError("the answer is too long")
        finally:
            await response.aclose()
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            value = None
        return HttpAnswer(
            status=response.status_code,
            json=value if isinstance(value, dict) else None,
            retry_after=_retry_after(response.headers.get("Retry-After"), self._clock.now()),
            words=_words(value, body),
        )


def _texts_in(value: Any, depth: int) -> Iterator[str]:
    """Yield the texts of a JSON value, those of values within it, too."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(each, depth - 1)


def _words(value: Any, body: bytes) -> str:
    """Return what a body says, given its JSON value; None: it is no JSON."""
    if isinstance(value, dict | list):
        return " ".join(_texts_in(value, DEEPEST))
    if isinstance(value, str):
        return value
    bare = body.decode("utf-8", "replace").strip() if value is None else ""
    return "" if bare.startswith("<") else bare


def _retry_after(header: str | None, now: float) -> float | None:
    """Return the seconds to wait, from either form of the header (RFC 9110, 10.2.3)."""
    if not header:
        return None
    try:
        return min(max(int(header), 0), LONGEST_WAIT)
    except ValueError:
        pass
    try:
        until = email.utils.parsedate_to_datetime(header).timestamp()
        return min(max(until - now, 0.0), LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError):
        return None


def raise_for_refusal(answer: HttpAnswer) -> None:
    """Raise the error for a status other than 2xx; see `errors`."""
    status, text = answer.status, answer.text
    if httpx.codes.is_success(status):
        return
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise errors.BusyError(text, answer.retry_after)
    if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        raise errors.KeyRefusedError(text)
    if status == httpx.codes.BAD_REQUEST and (answer.json or {}).get("error") == (
        "invalid_batch_size"
    ):
        raise errors.TooFewError(text)
    known = {
        httpx.codes.PAYMENT_REQUIRED: errors.BalanceTooLowError,
        httpx.codes.REQUEST_ENTITY_TOO_LARGE: errors.TooLargeError,
        httpx.codes.NOT_FOUND: errors.UnknownTaskError,
    }
    if status in known:
        raise known[httpx.codes(status)](text)
    # A gateway's 500, in HTML or other JSON, says nothing of what the service did.
    own = isinstance((answer.json or {}).get("error"), str)
    if status == httpx.codes.INTERNAL_SERVER_ERROR and own:
        raise errors.BrokenError(text)
    # 408 (the service didn't receive it all) doesn't guarantee that nothing was accepted.
    if httpx.codes.is_client_error(status) and status != httpx.codes.REQUEST_TIMEOUT:
        raise errors.RefusedError(text)
    raise errors.UnclearError(text or f"HTTP {status}")
