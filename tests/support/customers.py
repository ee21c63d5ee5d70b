"""A clock that tests move, and a client that calls a checker service as the bot does."""

import asyncio
from typing import Any

import httpx

from sandbox.services.bulk import Service

NOON = 1_763_712_000.0


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self._now = NOON
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> float:
        """Return the time in Unix seconds."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock was moved far enough."""
        waiter = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + seconds, waiter))
        await waiter

    def advance(self, seconds: float) -> None:
        """Move the clock."""
        self._now += seconds
        for due, waiter in self._sleepers:
            if due <= self._now and not waiter.done():
                waiter.set_result(None)


class Customer:
    """Calls a checker service as the bot does."""

    def __init__(self, client: httpx.AsyncClient, service: Service) -> None:
        self.client = client
        self.service = service
        self.headers = {"X-API-Key": service.api_key}

    async def create(
        self, numbers: list[str] | bytes, task_type: str = "tg_active", **fields: str
    ) -> httpx.Response:
        """Submit a list, by tasks v1."""
        data = (
            numbers if isinstance(numbers, bytes) else "".join(f"{n}\n" for n in numbers).encode()
        )
        return await self.client.post(
            f"{self.service.url}/v1/tasks",
            headers=self.headers,
            files={"file": ("numbers.txt", data)},
            data={"task_type": task_type, **fields},
        )

    async def create_details(self, numbers: list[str]) -> httpx.Response:
        """Submit a list for WhatsApp details."""
        return await self.client.post(
            f"{self.service.url}/wa/api/detail/tasks",
            headers=self.headers,
            files={"file": ("numbers.txt", "\n".join(numbers).encode())},
            data={"user_id": self.service.user_id},
        )

    async def status(self, task_id: str) -> httpx.Response:
        """Ask for the status of a task, by tasks v1."""
        return await self.client.post(
            f"{self.service.url}/v1/gettasks", headers=self.headers, data={"task_id": task_id}
        )

    async def details(self, task_id: str) -> httpx.Response:
        """Ask for the status of a WhatsApp details task."""
        return await self.client.get(
            f"{self.service.url}/wa/api/detail/tasks/{task_id}",
            headers=self.headers,
            params={"user_id": self.service.user_id},
        )

    async def balance(self) -> httpx.Response:
        """Ask for the balance."""
        return await self.client.get(f"{self.service.url}/v1/balance", headers=self.headers)

    async def finished(self, numbers: list[str]) -> dict[str, Any]:
        """Create a task, let it finish, and return its last status."""
        task_id = (await self.create(numbers)).json()["task_id"]
        self.service.tasks[-1].finished = True
        told: dict[str, Any] = (await self.status(task_id)).json()
        return told
