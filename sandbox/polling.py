"""How updates reach the bot: getUpdates, or a webhook."""

import asyncio
import contextlib
from typing import Any

from aiogram.methods import GetUpdates, SetWebhook
from aiohttp import ClientError, ClientSession, ClientTimeout, web

from sandbox.chats import Json
from sandbox.refusals import RefusedError
from sandbox.server import gone
from sandbox.state import State

_LOOK_AGAIN = 0.1
_POST_AGAIN = 0.05
_TAKEN = "terminated by other getUpdates request; make sure that only one bot instance is running"
_HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete it"
_CONFLICT = 409


class Polling:
    """One bot's getUpdates and webhook."""

    def __init__(self, state: State, closing: asyncio.Event) -> None:
        self.conflicts = 0
        """How many polls were ended by another one."""
        self._state = state
        self._closing = closing
        self._poll: object = None
        self._pushing: asyncio.Task[None] | None = None

    @property
    def listening(self) -> bool:
        """Whether the bot waits for updates at this moment."""
        return self._poll is not None

    async def get_updates(self, request: web.Request, call: GetUpdates) -> list[Json]:
        """Wait for updates as long as the call says (real seconds).

        Raises:
            RefusedError: another poll came (409), or a webhook is set.
        """
        if self._state.webhook:
            raise RefusedError(_HOOKED, _CONFLICT)
        mine = self._poll = object()
        self._state.pulse.beat()
        updates, loop = self._state.updates, asyncio.get_running_loop()
        updates.allow(call.allowed_updates)
        if call.offset:
            updates.confirm(call.offset)
        until = loop.time() + (call.timeout or 0)
        try:
            while not self._closing.is_set() and not gone(request):
                if self._poll is not mine:
                    self.conflicts += 1
                    raise RefusedError(_TAKEN, _CONFLICT)
                batch = updates.give(call.limit)
                left = until - loop.time()
                if batch or left <= 0:
                    return batch
                await self._state.pulse.next(min(left, _LOOK_AGAIN))
            return []
        finally:
            if self._poll is mine:
                self._poll = None

    def set_webhook(self, call: SetWebhook) -> bool:
        """Push updates to an address from now on; plain http is accepted on this machine only."""
        if not call.url:
            return self.delete_webhook(drop_pending=call.drop_pending_updates is True)
        local = call.url.startswith(("http://127.0.0.1:", "http://localhost:"))
        if not local and not call.url.startswith("https://"):
            raise RefusedError("bad webhook: An HTTPS URL must be provided for webhook")
        self._state.updates.allow(call.allowed_updates)
        if call.drop_pending_updates:
            self._state.updates.clear()
        self._state.webhook = {"url": call.url, "secret": call.secret_token}
        if local and self._pushing is None:
            self._pushing = asyncio.get_running_loop().create_task(self._push())
        return True

    def delete_webhook(self, *, drop_pending: bool) -> bool:
        """Go back to getUpdates."""
        self._state.webhook = {}
        if drop_pending:
            self._state.updates.clear()
        return True

    def webhook_info(self) -> Json:
        """Tell about the webhook."""
        return {
            "url": self._state.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._state.updates),
        }

    async def stop(self) -> None:
        """Stop pushing."""
        if self._pushing is not None:
            self._pushing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pushing

    async def _push(self) -> None:
        async with ClientSession(timeout=ClientTimeout(total=60)) as session:
            while True:
                batch = self._state.updates.give(1) if self._state.webhook else []
                if batch and await self._posted(session, batch[0]):
                    self._state.updates.confirm(batch[0]["update_id"] + 1)
                else:
                    await self._state.pulse.next(_POST_AGAIN)

    async def _posted(self, session: ClientSession, update: Json) -> bool:
        headers: dict[str, Any] = {}
        if self._state.webhook.get("secret"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._state.webhook["secret"]
        try:
            url = self._state.webhook["url"]
            async with session.post(url, json=update, headers=headers) as answer:
                return answer.ok
        except (ClientError, TimeoutError):
            return False
