"""aiogram's models, built when they are first used.

aiogram defines its 450 models as deferred (pydantic's `defer_build`) and builds them all when it
is imported, each with a copy of most of the others: 100 MB, and most of the time of a start. Here
that building is put off. pydantic then builds each model at its first use, in aiogram's names.
docs/decisions/0022 has the numbers.
"""

import sys
from typing import Any

from pydantic import BaseModel

_build = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined] # a class method has one
_names: dict[str, Any] = {}


def put_off() -> None:
    """Import aiogram without building its models; does nothing where it was imported before."""
    if "aiogram" in sys.modules:
        return
    BaseModel.model_rebuild = classmethod(_later)  # type: ignore[assignment] # while we import
    try:
        from aiogram.methods.base import Response, TelegramMethod  # noqa: PLC0415
        from aiogram.types.base import TelegramObject  # noqa: PLC0415
    finally:
        BaseModel.model_rebuild = classmethod(_build)  # type: ignore[assignment] # as it was
    for base in (TelegramObject, TelegramMethod, Response):
        base.model_rebuild = classmethod(_now)  # type: ignore[assignment] # of all its children


def _later(model: type[BaseModel], /, **options: Any) -> bool | None:
    if not model.__module__.startswith("aiogram."):
        return bool(_build(model, **options))
    _names.update(options.get("_types_namespace") or {})
    return None


def _now(
    model: type[BaseModel],
    /,
    *,
    force: bool = False,
    raise_errors: bool = True,
    _parent_namespace_depth: int = 2,
    _types_namespace: dict[str, Any] | None = None,
) -> bool | None:
    """Build a model; called by pydantic when one is used that isn't built."""
    names = {**_names, **(_types_namespace or {})}
    built: bool | None = _build(
        model, force=force, raise_errors=raise_errors, _types_namespace=names
    )
    return built


def build_what_every_chat_uses() -> None:
    """Build the models of the first minute at the start, when no chat waits for them."""
    from aiogram import methods, types  # noqa: PLC0415
    from aiogram.methods.base import Response  # noqa: PLC0415

    called = (
        *(methods.SendMessage, methods.SendDocument, methods.SendPhoto, methods.SendChatAction),
        *(methods.EditMessageText, methods.EditMessageMedia, methods.EditMessageReplyMarkup),
        *(methods.AnswerCallbackQuery, methods.GetFile, methods.GetMe),
    )
    answers = (
        *(Response[types.Message], Response[types.File], Response[types.User], Response[bool]),
    )
    models: tuple[type[BaseModel], ...] = (types.Update, *called, *answers)
    for model in models:
        model.model_rebuild()
