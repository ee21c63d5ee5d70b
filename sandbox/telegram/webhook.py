"""Updates pushed to a webhook: in order for a chat, chats side by side, again until taken."""

import asyncio
from collections.abc import Iterator
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.http import faults
from sandbox.http.fault_plans import Faults
from sandbox.telegram.store.chats import Json
from sandbox.telegram.store.state import State
from sandbox.telegram.store.update_queue import Waiting

POST_SECONDS = 60.0
"""Real seconds that a webhook has for its answer."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds of the world's clock between two tries."""
_LOOK_AGAIN = 0.05
_DEFAULT_CONNECTIONS = 40


class Pushing:
    """Posts what waits to the webhook, as long as there is one."""

    def __init__(self, state: State, planned: Faults) -> None:
        self.busy = 0
        """Posts under way."""
        self.error: Json = {}
        """What getWebhookInfo tells of the last failure."""
        self._state = state
        self._faults = planned
        self._failures: dict[int, int] = {}
        self._lanes: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Push until cancelled."""
        try:
            async with ClientSession(timeout=ClientTimeout(total=POST_SECONDS)) as session:
                while True:
                    hook = self._state.webhook
                    for lane, waiting in list(self._due(hook)):
                        job = self._deliver(session, hook, lane, waiting)
                        self._lanes[lane] = asyncio.create_task(job)
                    await self._state.pulse.next(_LOOK_AGAIN)
        finally:
            for task in self._lanes.values():
                task.cancel()
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    def _due(self, hook: Json) -> Iterator[tuple[int, Waiting]]:
        """The first of each chat for which nothing is under way, while connections are free."""
        if not hook:
            return
        free = int(hook["max_connections"] or _DEFAULT_CONNECTIONS) - self.busy
        taken = set(self._lanes)
        for waiting in self._state.updates.waiting():
            lane = _chat_of(waiting.update)
            if lane not in taken and free > 0:
                taken.add(lane)
                free -= 1
                yield lane, waiting

    async def _deliver(
        self, session: ClientSession, hook: Json, lane: int, waiting: Waiting
    ) -> None:
        """One try, and the pause after it if it failed; other chats don't wait for that."""
        self.busy += 1
        try:
            error = await self._posted(session, hook, waiting.update, lane)
        finally:
            self.busy -= 1
        if error is None:
            self._failures.pop(lane, None)
            self._state.updates.taken(waiting)
        else:
            failures = self._failures.get(lane, 0)
            self._failures[lane] = failures + 1
            now = self._state.clock.now()
            self.error = {"last_error_date": int(now), "last_error_message": error}
            await self._state.clock.sleep(min(FIRST_PAUSE * 2.0**failures, LONGEST_PAUSE))
        del self._lanes[lane]
        self._state.pulse.beat()

    async def _posted(
        self, session: ClientSession, hook: Json, update: Json, chat: int
    ) -> str | None:
        """Post it once; give what Telegram would say of a failure."""
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
    """The chat an update belongs to; Telegram keeps the order of each."""
    for part in update.values():
        if isinstance(part, dict):
            chat = part.get("chat") or (part.get("message") or {}).get("chat") or part.get("from")
            if chat is not None:
                return int(chat["id"])
    return 0
