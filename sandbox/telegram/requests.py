"""Parse a call of the Bot API from an HTTP request, and validate it with aiogram's models."""

import inspect
import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, get_args

from aiogram import methods
from aiogram.methods import TelegramMethod
from aiohttp import web
from pydantic import BaseModel, ValidationError

from sandbox.http.forms import Upload, form_of
from sandbox.telegram.store.chats import Json
from sandbox.telegram.store.refusals import RefusedError
from sandbox.telegram.store.update_queue import extras

Method = TelegramMethod[Any]

METHODS: dict[str, type[Method]] = {
    model.__api_method__.lower(): model
    for _, model in inspect.getmembers(methods, inspect.isclass)
    if issubclass(model, TelegramMethod) and isinstance(model.__api_method__, str)
}
_MISSING = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
}
_ATTACH = "attach://"


Uploads = dict[str, Upload]


@dataclass(slots=True)
class Call:
    """One call of the bot, with the HTTP status of the answer (0: connection reset)."""

    method: str
    params: Json
    time: float
    code: int = 0
    description: str = ""
    uploads: Uploads = field(default_factory=dict)

    @property
    def chat_id(self) -> int | None:
        """The id of the chat, if the call has one."""
        try:
            return int(self.params.get("chat_id", ""))
        except (TypeError, ValueError):
            return None


async def read_call(request: web.Request, now: float) -> Call:
    """Parse method, arguments and files from JSON, a form, multipart or the query.

    Raises:
        RefusedError: The method doesn't exist (404), or the body can't be parsed (400).
    """
    name = request.match_info["method"]
    model = METHODS.get(name.lower())
    if model is None:
        raise RefusedError("method not found", HTTPStatus.NOT_FOUND)
    call = Call(model.__api_method__, dict(request.query), now)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise RefusedError("can't parse request JSON object")
        call.params |= body
    elif request.can_read_body:
        for key, value in await form_of(request):
            if isinstance(value, Upload):
                call.uploads[key] = value
            else:
                call.params[key] = value
    return call


def checked(call: Call) -> Method:
    """Validate the arguments with aiogram's model of the method.

    Raises:
        RefusedError: An argument is missing, unknown or of the wrong type.
    """
    model = METHODS[call.method.lower()]
    unknown = [name for name in call.params if name not in model.model_fields]
    if unknown:
        raise RefusedError(f"unknown argument {unknown[0]}")
    arguments = {name: _decoded(model, name, value) for name, value in call.params.items()}
    for name in model.model_fields.keys() & call.uploads.keys():
        arguments[name] = _ATTACH + name
    try:
        checked_call = model.model_validate(_without_thumbnails(arguments))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        if first["type"] == "missing" and len(first["loc"]) == 1:
            raise RefusedError(_MISSING.get(name, f"{name} is not specified")) from error
        reason = f"can't parse {name.replace('_', ' ')}: {first['msg']}"
        raise RefusedError(reason) from error
    surplus = extras(checked_call)
    if surplus:
        raise RefusedError(f"unknown argument {surplus[0]}")
    return checked_call


def attached(reference: object, uploads: Uploads) -> Upload | str:
    """Return the upload that an `attach://` refers to, or the reference itself (a file id)."""
    text = str(reference)
    if not text.startswith(_ATTACH):
        return text
    upload = uploads.get(text.removeprefix(_ATTACH))
    if upload is None:
        raise RefusedError("wrong file identifier/HTTP URL specified")
    return upload


def _decoded(model: type[Method], name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name == "chat_id":
        return int(value) if value.removeprefix("-").isdecimal() else value
    if not _structured(model.model_fields[name].annotation):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise RefusedError(f"can't parse {name.replace('_', ' ')} JSON object") from error


def _structured(annotation: Any) -> bool:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel | list):
        return True
    return getattr(annotation, "__origin__", None) is list or any(
        _structured(inner) for inner in get_args(annotation)
    )


def _without_thumbnails(value: Any) -> Any:
    """Drop thumbnails: aiogram's models accept them as files only, not as references."""
    if isinstance(value, dict):
        return {key: _without_thumbnails(item) for key, item in value.items() if key != "thumbnail"}
    return [_without_thumbnails(item) for item in value] if isinstance(value, list) else value
