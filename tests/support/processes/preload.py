"""Imports and caches that bots in child processes need: made once, in the fork server.

Imported only there. Nothing here may need a thread later, because none survives a fork.
(Polars starts its own when it first computes something, which only the lives do.)
"""

import asyncio
import gc
import importlib
import logging
import tempfile
from pathlib import Path
from typing import Any

import structlog

from tests.support.shared_setup import share_setup

share_setup()

for name in (
    "aiosqlite",
    "alembic.command",
    "anyio._backends._asyncio",
    "bot.cli",
    "bot.playground.child",
    "httpcore",
    "tests.support.processes.supervisor",
    "tests.support.processes.programs",
    "soak.life",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "sheets.work.warm",
):
    importlib.import_module(name)

from aiogram.client.session.aiohttp import AiohttpSession  # noqa: E402 # after the lines above
from aiogram.client.session.base import Response  # type: ignore[attr-defined] # noqa: E402
from aiogram.methods import (  # noqa: E402
    AnswerCallbackQuery,
    EditMessageMedia,
    EditMessageText,
    GetFile,
    SendChatAction,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import InputMediaDocument, Update  # noqa: E402

from bot import app  # noqa: E402
from bot.telegram.pacer import GetRawUpdates  # noqa: E402
from tests.support.confinement import forking_pool, shared_pool  # noqa: E402

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


# aiogram's models are built at their first use, which takes as long as half a scenario.
models: list[Any] = [Update, InputMediaDocument, *METHODS]
for model in models:
    model.model_rebuild(force=True)
ANSWERS = [Response[method.__returning__] for method in METHODS]  # type: ignore[name-defined]


async def _hello() -> None:
    """Play a first conversation, to build all that is built at first use: SQL, models, texts."""
    from tests.support.stories.story import Story  # noqa: PLC0415 # it changes how connections are closed

    with tempfile.TemporaryDirectory() as folder:
        async with Story(Path(folder)) as story:
            await story.says_hello()


close = AiohttpSession.close
app.build_pool = forking_pool
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
asyncio.run(_hello())
shared_pool().close()
shared_pool.cache_clear()
structlog.reset_defaults()
AiohttpSession.close = close  # type: ignore[method-assign]

# These objects stay: a child's collector need not visit them, which would copy their pages.
gc.collect()
gc.freeze()
