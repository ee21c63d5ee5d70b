"""Delivery of updates to the bot: long polling or a webhook."""

import asyncio
import contextlib
import re

from aiogram.methods import GetUpdates, SetWebhook
from aiohttp import web

from sandbox.http.fault_plans import Faults
from sandbox.http.server import gone
from sandbox.telegram.store.chats import Json
from sandbox.telegram.store.refusals import RefusedError
from sandbox.telegram.store.state import State
from sandbox.telegram.webhook import Pushing

_LOOK_AGAIN = 0.1
_TAKEN = "terminated by other getUpdates request; make sure that only one bot instance is running"
_ENDED = "terminated by setWebhook request"
_HOOKED = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_CONFLICT = 409
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_MOST_CONNECTIONS = 100


class Polling:
    """The getUpdates and webhook methods of one bot."""

    def __init__(self, state: State, planned: Faults, closing: asyncio.Event) -> None:
        self.conflicts = 0
        """Number of polls that another poll ended."""
        self.pushing = Pushing(state, planned)
        self._state = state
        self._closing = closing
        self._poll: object = None
        self._push: asyncio.Task[None] | None = None

    @property
    def listening(self) -> bool:
        """True while the bot polls for updates."""
        return self._poll is not None

    async def get_updates(self, request: web.Request, call: GetUpdates) -> list[Json]:
        """Wait for updates, up to the timeout of the call (real seconds).

        Raises:
            RefusedError: Another poll came (409), or a webhook is set, now or meanwhile.
        """
        if self._state.webhook:
            raise RefusedError(_HOOKED, _CONFLICT)
        this = self._poll = object()
        self._state.pulse.beat()
        updates, loop = self._state.updates, asyncio.get_running_loop()
        updates.allow(call.allowed_updates)
        if call.offset:
            updates.confirm(call.offset)
        until = loop.time() + (call.timeout or 0)
        try:
            while not self._closing.is_set() and not gone(request):
                if self._poll is not this:
                    self.conflicts += 1
                    raise RefusedError(_TAKEN, _CONFLICT)
                if self._state.webhook:
                    raise RefusedError(_ENDED, _CONFLICT)
                batch = updates.give(call.limit)
                left = until - loop.time()
                if batch or left <= 0:
                    return batch
                await self._state.pulse.next(min(left, _LOOK_AGAIN))
            return []
        finally:
            if self._poll is this:
                self._poll = None

    def set_webhook(self, call: SetWebhook) -> bool:
        """Push updates to a URL from now on; plain HTTP works on this machine only."""
        if not call.url:
            return self.delete_webhook(drop_pending=call.drop_pending_updates is True)
        local = call.url.startswith(("http://127.0.0.1:", "http://localhost:"))
        if not local and not call.url.startswith("https://"):
            raise RefusedError("bad webhook: An HTTPS URL must be provided for webhook")
        if call.secret_token is not None and not _SECRET.fullmatch(call.secret_token):
            raise RefusedError("secret token contains unallowed characters")
        if not 1 <= (call.max_connections or 1) <= _MOST_CONNECTIONS:
            raise RefusedError("bad webhook: max_connections must be between 1 and 100")
        self._state.updates.allow(call.allowed_updates)
        if call.drop_pending_updates:
            self._state.updates.clear()
        self._state.webhook = {
            "url": call.url,
            "secret": call.secret_token,
            "max_connections": call.max_connections,
        }
        self.pushing.error = {}
        self._state.pulse.beat()
        if local and self._push is None:
            self._push = asyncio.get_running_loop().create_task(self.pushing.run())
        return True

    def delete_webhook(self, *, drop_pending: bool) -> bool:
        """Remove the webhook, so that getUpdates works again."""
        self._state.webhook = {}
        if drop_pending:
            self._state.updates.clear()
        return True

    def webhook_info(self) -> Json:
        """Describe the webhook."""
        info: Json = {
            "url": self._state.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._state.updates),
        }
        if self._state.webhook:
            info |= {**self.pushing.error, "allowed_updates": self._state.updates.wanted}
        return info

    async def stop(self) -> None:
        """Stop pushing."""
        if self._push is not None:
            self._push.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._push
