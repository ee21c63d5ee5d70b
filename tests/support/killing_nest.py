"""What every life of a killed bot would import and build again: done once, in the fork server.

Imported there and nowhere else. Nothing here may need a thread later: none survives a fork.
(Polars starts its own when it first computes something, which only the lives do.)
"""

import gc
import importlib
import ssl
from functools import cache

import certifi
import phonenumbers
from aiogram.client.session.base import Response
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageMedia,
    EditMessageText,
    GetFile,
    SendChatAction,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import InputMediaDocument, Update
from painting import spare_painting

# Certificates are the same in each life, and take a good part of a start.
ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]

for name in ("aiosqlite", "alembic.command", "sqlalchemy.dialects.sqlite.aiosqlite", "keeping"):
    importlib.import_module(name)

from bot.telegram import GetRawUpdates  # noqa: E402 # after the line above
from handlers.texts import Texts  # noqa: E402
from sheets.plan import rules_of  # noqa: E402

spare_painting()

METHODS: tuple[type[TelegramMethod], ...] = (
    AnswerCallbackQuery,
    EditMessageMedia,
    EditMessageText,
    GetFile,
    GetRawUpdates,
    SendChatAction,
    SendMessage,
    SetMyCommands,
)

# aiogram's models are built when they are first used, which takes as long as half a tale.
for model in (Update, InputMediaDocument, *METHODS):
    model.model_rebuild(force=True)
for method in METHODS:
    Response[method.__returning__].model_rebuild(force=True)  # type: ignore[name-defined]

for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
    for region in regions:
        rules_of(region, code)

Texts()
ssl.create_default_context(cafile=certifi.where())

# What is here stays: a child's collector need not look at it, nor copy its pages by doing so.
gc.collect()
gc.freeze()
