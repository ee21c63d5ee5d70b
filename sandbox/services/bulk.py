"""A pretend checker service over HTTP: the "tasks v1" API, and "WhatsApp details" beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import web

from sandbox.http import fault_plans, faults
from sandbox.http.clock import Clock, Pulse
from sandbox.http.faulty_replies import dawdle, plain
from sandbox.http.forms import form_of
from sandbox.http.server import Endpoint, Server, cut
from sandbox.services.account import Account, ServiceError
from sandbox.services.storage import Storage
from sandbox.services.tasks import (
    EXPORTED,
    PENDING,
    PROCESSING,
    Post,
    Progress,
    Task,
    rfc3339,
)


@dataclass(frozen=True, slots=True)
class Poll:
    """One status request."""

    time: float
    task_id: str


class Service(Account, Endpoint):
    """One service with one customer."""

    def __init__(
        self,
        clock: Clock,
        pulse: Pulse,
        storage: Storage,
        seed: int,
        *,
        types: Sequence[str],
        details: bool,
    ) -> None:
        super().__init__(seed, types, details=details)
        self.polls: list[Poll] = []
        """Every status request with a valid key, in order."""
        self.strays: list[tuple[str, str]] = []
        """Method and path of requests to unknown paths, such as a followed redirect."""
        self.faults = fault_plans.Faults(fault_plans.SERVICE)
        self._clock, self._pulse, self._storage = clock, pulse, storage
        self._reported: dict[str, Progress] = {}
        app = web.Application(client_max_size=0)
        app.router.add_post("/v1/tasks", self._create)
        app.router.add_post("/v1/gettasks", self._status)
        app.router.add_get("/v1/balance", self._balance)
        if details:
            app.router.add_post("/wa/api/detail/tasks", self._create)
            app.router.add_get("/wa/api/detail/tasks/{task_id}", self._status)
        app.router.add_route("*", "/{path:.*}", self._stray)
        self.server = Server(app, uncounted=lambda _: False)

    async def _create(self, request: web.Request) -> web.StreamResponse:
        post = Post(self._clock.now(), request.path)
        self.posts.append(post)
        fault = self.faults.take("create")
        if isinstance(fault, faults.Dropped):
            post.outcome = "Dropped"
            return cut(request)
        try:
            await self.read(request, post)
        except ServiceError as error:
            post.outcome = str(error.status)
            return _refused(error)
        finally:
            self._pulse.beat()
        fault = fault or self.faults.take("create", numbers=post.numbers)
        if isinstance(fault, faults.Slow):
            await dawdle(request, fault, self._clock, self.server)
            fault = fault.then
        shape = fault if isinstance(fault, faults.OtherFields) else None
        if fault is not None and shape is None:
            post.outcome = type(fault).__name__
            return await self._misbehave(request, fault, post)
        task = self.take(post, self._clock.now())
        post.outcome = str(self.created_status)
        self._pulse.beat()
        body = self._created(task) if shape is None else shape.of(self._created(task))
        return web.json_response(body, status=self.created_status)

    async def _misbehave(
        self, request: web.Request, fault: faults.Fault, post: Post | None = None
    ) -> web.StreamResponse:
        """Reply with a fault that any request can have; `post` is the list to accept before."""
        match fault:
            case faults.SameTaskId() if post is not None:
                assert self.tasks, "no id was given before"
                before = self.tasks[-1].task_id
                task = self.take(post, self._clock.now())
                task.task_id = post.task_id = before
                return web.json_response(self._created(task), status=self.created_status)
            case faults.ReplyLost():
                self._take_if(post)
                return cut(request)
            case faults.Silence():
                self._take_if(post)
                return await self.server.hang(request)
            case faults.Redirect(to=to, status=status):
                return web.Response(status=status, headers={"Location": to})
            case faults.Answer() as answer:
                if post is not None:
                    post.outcome = str(answer.status)
                self._take_if(post if answer.carried_out else None)
                return plain(answer)
            case faults.Dropped():
                return cut(request)
            case _:
                raise TypeError(f"no such fault here: {fault}")

    def _take_if(self, post: Post | None) -> None:
        if post is not None:
            self.take(post, self._clock.now())
            self._pulse.beat()

    def _created(self, task: Task) -> dict[str, Any]:
        if task.details:
            return self._status_json(task, Progress(PENDING, 0, 0))
        body: dict[str, Any] = {
            "task_id": task.task_id,
            "status": PENDING,
            "total": len(task.numbers),
            "message": "Task created successfully",
            "created_at": rfc3339(task.created),
        }
        amounts = self.amounts_of(task.task_type)
        if amounts.estimated:
            body["estimated_amount"] = amounts.told(self.cost_of(task))
        return body

    async def _status(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.take("status")
        details = "task_id" in request.match_info
        try:
            self.admit(request)
            if details:
                task_id = request.match_info["task_id"]
                self.check_user(request.query.get("user_id"))
            else:
                task_id = str(dict(await form_of(request)).get("task_id", ""))
            self.polls.append(Poll(self._clock.now(), task_id))
            task = self.find(task_id, details=details)
        except ServiceError as error:
            return _refused(error)
        if isinstance(fault, faults.Slow):
            await dawdle(request, fault, self._clock, self.server)
            fault = None
        body = self._report(task, fault)
        if body is None:
            assert fault is not None
            return await self._misbehave(request, fault)
        return web.json_response(body)

    def _report(self, task: Task, fault: faults.Fault | None) -> dict[str, Any] | None:
        """Return the status of a task; None if the fault is one of the connection."""
        progress = task.progress(self._clock.now())
        match fault:
            case None:
                self._reported[task.task_id] = progress
            case faults.Stuck():
                progress = self._reported.get(task.task_id, Progress(PENDING, progress.total, 0))
            case faults.Backwards():
                progress = Progress(PROCESSING, progress.total, progress.done // 2)
            case faults.Word(status=status):
                progress = Progress(status, progress.total, progress.done)
            case faults.OtherFields():
                return fault.of(self._status_json(task, progress))
            case faults.Failed(message=message):
                failed = Progress("failed", progress.total, progress.done)
                return {**self._status_json(task, failed), "message": message}
            case faults.ResultAt(url=url):
                done = Progress(EXPORTED, len(task.numbers), len(task.numbers))
                return {**self._status_json(task, done), "result_url": url}
            case _:
                return None
        return self._status_json(task, progress)

    def _status_json(self, task: Task, progress: Progress) -> dict[str, Any]:
        body = {
            "created_at": rfc3339(task.created),
            "updated_at": rfc3339(task.updated),
            "task_id": task.task_id,
            "user_id": task.user_id,
            "status": progress.status,
            "total": progress.total,
            "success": progress.done,
            "failure": 0,
        }
        amounts = self.amounts_of(task.task_type)
        if progress.status in amounts.told_in:
            body["actual_amount"] = amounts.told(self.cost_of(task))
        if progress.status == EXPORTED:
            body["result_url"] = self._storage.presign(task, self.faults, self.url_seconds)
        return body

    async def _balance(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.take("balance")
        if isinstance(fault, faults.Slow):
            await dawdle(request, fault, self._clock, self.server)
        elif fault is not None:
            return await self._misbehave(request, fault)
        try:
            self.admit(request)
        except ServiceError as error:
            return _refused(error)
        if self.balance_status != HTTPStatus.OK:
            return web.Response(status=self.balance_status, text="<html>nginx</html>")
        told = str(self.balance) if self.balance_in_words else self.balance
        return web.json_response({"balance": told})

    async def _stray(self, request: web.Request) -> web.StreamResponse:
        self.strays.append((request.method, request.path))
        return _refused(ServiceError(404, "not_found", "no such path"))


def _refused(error: ServiceError) -> web.Response:
    return web.json_response(error.body, status=error.status)
