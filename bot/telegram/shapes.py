"""Reads what Telegram sends in a shape that aiogram's models don't know.

A model refuses a whole message for one field that is new, or that another version of the server
leaves out. Here that field is dropped, or gets a value that says nothing, and the rest is read.
"""

import copy
import json
from typing import Any, TypeVar, get_args

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response
from aiogram.types import Message
from pydantic import BaseModel, ValidationError

MOST_ROUNDS = 20  # a dropped field may have been required by what holds it, and so on
NO_DATE = 1  # 0 is the date of messages that can't be read

Model = TypeVar("Model", bound=BaseModel)
Fault = tuple[tuple[int | str, ...], str]
"""An error of pydantic: where, and its type."""

_SAY_NOTHING: dict[str, Any] = {
    "date": NO_DATE,
    "until_date": NO_DATE,
    "first_name": "",
    "file_unique_id": "",
    "chat_instance": "",
    "width": 0,
    "height": 0,
    "duration": 0,
}
"""Values of required fields that the bot doesn't need."""

_MISSING: list[Fault] = [((), "missing")]

log = structlog.get_logger("telegram")


class _UnreadableError(Exception):
    """A value can't be read as what it should be, whatever is dropped of it."""


class LenientSession(AiohttpSession):
    """A session that reads answers of unknown shape: the call was made, so none is repeated."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str
    ) -> Response[Any]:
        """Parse an answer; aiogram calls this."""
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            if not isinstance(error.data, dict):
                raise  # a page of something in between
            answer = _answer_to(method, error.data)
            return super().check_response(bot, method, status_code, json.dumps(answer))


def read(model: type[Model], raw: dict[str, Any], bot: Bot) -> Model:
    """Read an object, without what the model doesn't know. Raises ValidationError."""
    try:
        return model.model_validate(raw, context={"bot": bot})
    except ValidationError:
        return model.model_validate(mended(model, raw), context={"bot": bot})


def mended(model: type[BaseModel], raw: dict[str, Any]) -> dict[str, Any]:
    """Return the object without what the model can't read; the whole of it where that fails."""
    found = copy.deepcopy(raw)
    for _ in range(MOST_ROUNDS):
        try:
            model.model_validate(found)
        except ValidationError as error:
            listed = error.errors(include_url=False, include_context=False, include_input=False)
            faults: list[Fault] = [(each["loc"], each["type"]) for each in listed]
            log.info("unknown shape", where=[".".join(map(str, loc)) for loc, _ in faults][:5])
            try:
                _mend(found, faults)
            except _UnreadableError:
                break
        else:
            return found
    return raw


def _mend(value: Any, faults: list[Fault]) -> None:
    """Drop or fill what is wrong within a value. Raises _UnreadableError if that is all of it."""
    if not isinstance(value, dict | list) or any(not loc for loc, _ in faults):
        raise _UnreadableError
    within: dict[Any, list[Fault]] = {}
    for loc, kind in faults:
        within.setdefault(loc[0], []).append((loc[1:], kind))
    places = value.keys() if isinstance(value, dict) else range(len(value))
    if not any(place in places or own == _MISSING for place, own in within.items()):
        _mend(value, _of_the_model_that_is_meant(within))
        return
    for place in reversed(within):  # later elements of a list first
        if within[place] == _MISSING:
            value[place] = _says_nothing(place, value)
        elif place in places:
            try:
                _mend(value[place], within[place])
            except _UnreadableError:
                del value[place]  # if it is required, the next round says so


def _of_the_model_that_is_meant(models: dict[Any, list[Fault]]) -> list[Fault]:
    """Of several models that a value may have, return the faults of one whose constants fit."""
    for faults in models.values():
        if all(loc and (len(loc) > 1 or kind != "literal_error") for loc, kind in faults):
            return faults
    raise _UnreadableError


def _says_nothing(name: str, holder: Any) -> Any:
    if name == "type" and isinstance(holder.get("id"), int):  # of a chat
        return "private" if holder["id"] > 0 else "supergroup"
    if name.startswith(("is_", "can_")):
        return False
    if name not in _SAY_NOTHING:
        raise _UnreadableError
    return _SAY_NOTHING[name]


def _answer_to(method: TelegramMethod[Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer that can be read; of a sent message at least its id.

    Without an id it is 0, as of a message that was deleted.
    """
    wanted = method.__returning__
    if answer.get("ok") is not True:
        return mended(Response[wanted], answer)  # type: ignore[valid-type] # known at run time
    choices = {wanted, *get_args(wanted)}
    result = answer.get("result")
    if Message in choices and (isinstance(result, dict) or bool not in choices):
        sent = result if isinstance(result, dict) else {}
        chat_id = getattr(method, "chat_id", 0)
        least = {
            "message_id": sent.get("message_id") if _is_id(sent.get("message_id")) else 0,
            "chat": {"id": chat_id if _is_id(chat_id) else 0, "type": ""},
            "date": NO_DATE,
        }
        found = mended(Message, least | sent | {"message_id": least["message_id"]})
        try:
            Message.model_validate(found)
        except ValidationError:
            found = least
        return answer | {"result": found}
    if bool in choices:
        return answer | {"result": True}
    found = mended(Response[wanted], answer)  # type: ignore[valid-type] # known at run time
    return found if "result" in found else answer


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
