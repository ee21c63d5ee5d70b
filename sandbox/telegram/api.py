"""The HTTP side of the pretend Bot API: tokens, faults, flood control, response envelope."""

import re
from http import HTTPStatus
from typing import Any

from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo, SetWebhook
from aiohttp import web

from sandbox.http import fault_plans, faults
from sandbox.http.faulty_replies import dawdle, plain
from sandbox.http.server import Endpoint, Server, cut
from sandbox.telegram.file_server import FileServer
from sandbox.telegram.methods import CARRIED, SAID
from sandbox.telegram.polling import Polling
from sandbox.telegram.requests import Call, Method, checked, read_call
from sandbox.telegram.store.limits import FloodControl, Violation
from sandbox.telegram.store.refusals import RefusedError, flooded
from sandbox.telegram.store.state import State

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{35}")


class Telegram(Endpoint):
    """The Bot API of one bot, served over HTTP."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.calls: list[Call] = []
        """Every call of the bot, in order."""
        self.faults = fault_plans.Faults(fault_plans.TELEGRAM)
        """Places: a method, "download" for files, "webhook" for posts to it, "*" for everything."""
        app = web.Application(client_max_size=0)
        app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._answer)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)
        self.server = Server(
            app, uncounted=lambda request: request.path.lower().endswith("/getupdates")
        )
        self.file_server = FileServer(state, self.faults, self.server)
        self.polling = Polling(state, self.faults, self.server.closing)

    @property
    def flood(self) -> FloodControl:
        """The flood control; tests loosen it or switch it off."""
        return self.state.flood

    @property
    def floods(self) -> list[Violation]:
        """Every call that came too soon."""
        return self.state.flood.violations

    def made(self, method: str) -> list[Call]:
        """Return the calls of one method."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def redeliver(self, update_id: int) -> None:
        """Deliver an update once more."""
        self.state.updates.redeliver(update_id)

    def jump(self, update_id: int) -> None:
        """Set the id of the next update; it may be lower than the last."""
        self.state.updates.jump(update_id)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        call: Call | None = None
        try:
            self._admit(request)
            call = await read_call(request, self.state.clock.now())
            self.calls.append(call)
            method = checked(call)
            fault = self.faults.take(call.method, call.chat_id)
            response = None
            if fault is not None:
                response = await self._misbehave(request, call, method, fault)
            if response is None:
                result = await self._carry_out(request, call, method)
                response = web.json_response({"ok": True, "result": result})
        except RefusedError as refusal:
            if call is not None:
                call.code, call.description = refusal.code, refusal.description
            return _refused(refusal)
        except ConnectionError:
            return cut(request)
        if request.transport is not None and not request.transport.is_closing():
            call.code = response.status
        return response

    def _admit(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            raise RefusedError("Not Found", HTTPStatus.NOT_FOUND)
        if token != self.state.token:
            raise RefusedError("Unauthorized", HTTPStatus.UNAUTHORIZED)

    async def _misbehave(
        self, request: web.Request, call: Call, method: Method, fault: faults.Fault
    ) -> web.StreamResponse | None:
        """Reply with a fault; None if the call is carried out as usual after it."""
        match fault:
            case faults.Slow() as slow:
                await dawdle(request, slow, self.state.clock, self.server)
                return None
            case faults.Dropped():
                return cut(request)
            case faults.ReplyLost() | faults.Silence():
                await self._carry_out(request, call, method)
                lost = isinstance(fault, faults.ReplyLost)
                return cut(request) if lost else await self.server.hang(request)
            case faults.Flood(retry_after=seconds, held=held):
                if held and call.chat_id is not None:
                    self.flood.hold(call.chat_id, self.state.clock.now() + seconds)
                raise flooded(seconds)
            case faults.Refuse(description=description, code=code):
                raise RefusedError(description, code)
            case faults.Reshaped(change=change):
                result = await self._carry_out(request, call, method)
                return web.json_response({"ok": True, "result": change(result)})
            case faults.Answer() as answer:
                if answer.carried_out:
                    await self._carry_out(request, call, method)
                return plain(answer)
            case _:
                raise TypeError(f"Telegram has no fault {fault}")

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
        chat = self.state.chats.get(call.chat_id or 0)
        if call.method in SAID and chat is not None:
            now = self.state.clock.now()
            seconds = self.flood.check(chat.id, call.method, now, group=not chat.private)
            if seconds:
                raise flooded(seconds)
        carry = CARRIED.get(call.method)
        if carry is None:
            raise RefusedError("method not found", HTTPStatus.NOT_FOUND)
        return carry(self.state, method, call.uploads)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._admit(request)
        except RefusedError as refusal:
            return _refused(refusal)
        response = await self.file_server.answer(request)
        return response or _refused(RefusedError("Not Found", HTTPStatus.NOT_FOUND))


def _refused(refusal: RefusedError) -> web.Response:
    return web.json_response(refusal.to_json(), status=refusal.code)
