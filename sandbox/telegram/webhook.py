"""Updates pushed to a webhook: in order within a chat, chats in parallel, with retries."""

import asyncio
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.http import faults
from sandbox.http.fault_plans import Faults
from sandbox.telegram.store.chats import Json
from sandbox.telegram.store.state import State
from sandbox.telegram.store.update_queue import Waiting

POST_SECONDS = 60.0
"""Real seconds until a post times out."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Backoff between two tries, in seconds of the world's clock."""
_LOOK_AGAIN = 0.05
_DEFAULT_CONNECTIONS = 40


class Pushing:
    """Posts pending updates to the webhook, as long as there is one."""

    def __init__(self, state: State, planned: Faults) -> None:
        self.busy = 0
        """Posts in progress."""
        self.error: Json = {}
        """The last failure, as getWebhookInfo reports it."""
        self._state = state
        self._faults = planned
        self._failures: dict[int, int] = {}
        self._deliveries: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Push until cancelled."""
        try:
            async with ClientSession(timeout=ClientTimeout(total=POST_SECONDS)) as session:
                while True:
                    self._deliver_due(session, self._state.webhook)
                    await self._state.pulse.next(_LOOK_AGAIN)
        finally:
            for task in self._deliveries.values():
                task.cancel()
            await asyncio.gather(*self._deliveries.values(), return_exceptions=True)

    def _deliver_due(self, session: ClientSession, hook: Json) -> None:
        """Start the first update of each chat that has no delivery, while connections are free."""
        if not hook:
            return
        free = int(hook["max_connections"] or _DEFAULT_CONNECTIONS) - self.busy
        for waiting in self._state.updates.waiting():
            chat = _chat_of(waiting.update)
            if chat not in self._deliveries and free > 0:
                job = self._deliver(session, hook, chat, waiting)
                self._deliveries[chat] = asyncio.create_task(job)
                free -= 1

    async def _deliver(
        self, session: ClientSession, hook: Json, chat: int, waiting: Waiting
    ) -> None:
        """Try once, and back off after a failure; other chats don't wait for that."""
        self.busy += 1
        try:
            error = await self._post(session, hook, waiting.update, chat)
        finally:
            self.busy -= 1
        if error is None:
            self._failures.pop(chat, None)
            self._state.updates.taken(waiting)
        else:
            failures = self._failures.get(chat, 0)
            self._failures[chat] = failures + 1
            now = self._state.clock.now()
            self.error = {"last_error_date": int(now), "last_error_message": error}
            await self._state.clock.sleep(min(FIRST_PAUSE * 2.0**failures, LONGEST_PAUSE))
        del self._deliveries[chat]
        self._state.pulse.beat()

    async def _post(
        self, session: ClientSession, hook: Json, update: Json, chat: int
    ) -> str | None:
        """Post an update; return Telegram's message for a failure."""
        fault = self._faults.take("webhook", chat)
        if isinstance(fault, faults.Dropped):
            return "Connection reset by peer"
        headers: dict[str, Any] = {}
        if hook["secret"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook["secret"]
        try:
            async with session.post(hook["url"], json=update, headers=headers) as answer:
                if isinstance(fault, faults.ReplyLost):
                    return "Read timeout expired"
                if answer.ok:
                    return None
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"


def _chat_of(update: Json) -> int:
    """Return the chat of an update; Telegram keeps the order within a chat."""
    for part in update.values():
        if isinstance(part, dict):
            chat = part.get("chat") or (part.get("message") or {}).get("chat") or part.get("from")
            if chat is not None:
                return int(chat["id"])
    return 0
