"""The HTTP side of pretend Telegram: tokens, faults, flood control, and the answer's envelope."""

from http import HTTPStatus
from typing import Any

from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo, SetWebhook
from aiohttp import web

from sandbox.http import fault_plans, faults
from sandbox.http.faulty_replies import dawdle, plain
from sandbox.http.server import Server, cut
from sandbox.telegram.methods import CARRIED, SAID
from sandbox.telegram.polling import Polling
from sandbox.telegram.requests import Call, Method, checked, read_call
from sandbox.telegram.store.limits import FloodControl, Violation
from sandbox.telegram.store.refusals import RefusedError, flooded
from sandbox.telegram.store.state import State


class Telegram:
    """The Bot API of one bot, served over HTTP."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.calls: list[Call] = []
        """All calls the bot made, in order."""
        self.faults = fault_plans.Faults(fault_plans.TELEGRAM)
        """By method name, "download" for files, "webhook" for posts to it, "*" for everything."""
        app = web.Application(client_max_size=0)
        app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._answer)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)
        self.server = Server(app, uncounted=_is_poll)
        self.polling = Polling(state, self.faults, self.server.closing)

    @property
    def flood(self) -> FloodControl:
        """The flood control, to loosen or switch off."""
        return self.state.flood

    @property
    def floods(self) -> list[Violation]:
        """Every call that came too soon."""
        return self.state.flood.violations

    async def goes_down(self) -> None:
        """Refuse connections from now on, and drop those that are open."""
        await self.server.goes_down()

    async def comes_back(self) -> None:
        """Accept connections again, at the same address."""
        await self.server.comes_back()

    def made(self, method: str) -> list[Call]:
        """Give the calls of one method."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def redeliver(self, update_id: int) -> None:
        """Give an update out once more."""
        self.state.updates.redeliver(update_id)

    def jump(self, update_id: int) -> None:
        """Let the next update have this id, lower ones too."""
        self.state.updates.jump(update_id)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        call: Call | None = None
        try:
            self._admit(request)
            call = await read_call(request, self.state.clock.now())
            self.calls.append(call)
            response = await self._respond(request, call)
        except RefusedError as refusal:
            if call is not None:
                call.code, call.description = refusal.code, refusal.description
            return web.json_response(refusal.to_json(), status=refusal.code)
        except ConnectionError:
            return cut(request)
        if request.transport is not None and not request.transport.is_closing():
            call.code = response.status
        return response

    def _admit(self, request: web.Request) -> None:
        if request.match_info["token"] != self.state.token:
            raise RefusedError("Unauthorized", HTTPStatus.UNAUTHORIZED)

    async def _respond(self, request: web.Request, call: Call) -> web.StreamResponse:
        method = checked(call)
        fault = self.faults.take(call.method, call.chat_id)
        if fault is not None:
            changed = await self._misbehave(request, call, method, fault)
            if changed is not None:
                return changed
        result = await self._carry_out(request, call, method)
        return web.json_response({"ok": True, "result": result})

    async def _misbehave(
        self, request: web.Request, call: Call, method: Method, fault: faults.Fault
    ) -> web.StreamResponse | None:
        match fault:
            case faults.Slow() as slow:
                await dawdle(request, slow, self.state.clock, self.server)
                return None
            case faults.Dropped():
                return cut(request)
            case faults.ReplyLost():
                await self._carry_out(request, call, method)
                return cut(request)
            case faults.Silence():
                await self._carry_out(request, call, method)
                return await self.server.hang(request)
            case faults.Flood(retry_after=seconds, held=held):
                if held and call.chat_id is not None:
                    self.flood.hold(call.chat_id, self.state.clock.now() + seconds)
                raise flooded(seconds)
            case faults.Refuse(description=description, code=code):
                raise RefusedError(description, code)
            case faults.Answer() as answer:
                if answer.carried_out:
                    await self._carry_out(request, call, method)
                return plain(answer)
            case _:
                raise TypeError(f"Telegram has no fault {fault}")

    def _pace(self, call: Call) -> None:
        chat = self.state.chats.get(call.chat_id or 0)
        if call.method not in SAID or chat is None:
            return
        now = self.state.clock.now()
        seconds = self.flood.check(chat.id, call.method, now, group=not chat.private)
        if seconds:
            raise flooded(seconds)

    async def _carry_out(self, request: web.Request, call: Call, method: Method) -> Any:
        match method:
            case GetUpdates():
                return await self.polling.get_updates(request, method)
            case SetWebhook():
                return self.polling.set_webhook(method)
            case DeleteWebhook():
                return self.polling.delete_webhook(drop_pending=method.drop_pending_updates is True)
            case GetWebhookInfo():
                return self.polling.webhook_info()
        self._pace(call)
        carry = CARRIED.get(call.method)
        if carry is None:
            raise RefusedError("method not found", HTTPStatus.NOT_FOUND)
        return carry(self.state, method, call.uploads)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._admit(request)
        except RefusedError as refusal:
            return web.json_response(refusal.to_json(), status=refusal.code)
        match self.faults.take("download"):
            case faults.Slow() as slow:
                await dawdle(request, slow, self.state.clock, self.server)
            case faults.Answer() as answer:
                return plain(answer)
            case faults.Silence():
                return await self.server.hang(request)
            case faults.Fault():
                return cut(request)
        file = self.state.files.open(request.match_info["path"], self.state.clock.now())
        if file is None:
            missing = RefusedError("Not Found", HTTPStatus.NOT_FOUND)
            return web.json_response(missing.to_json(), status=missing.code)
        return web.Response(body=file.data, content_type="application/octet-stream")


def _is_poll(request: web.Request) -> bool:
    return request.path.lower().endswith("/getupdates")
