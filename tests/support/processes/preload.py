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

import phonenumbers
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
):
    importlib.import_module(name)

from aiogram.client.session.aiohttp import AiohttpSession  # noqa: E402 # after the lines above
from aiogram.client.session.base import Response  # noqa: E402
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
from sheets.phones.numbering_plan import rules_of  # noqa: E402

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
for model in (Update, InputMediaDocument, *METHODS):
    model.model_rebuild(force=True)
ANSWERS = [Response[method.__returning__] for method in METHODS]  # type: ignore[name-defined]

for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
    for region in regions:
        rules_of(region, code)


async def _hello() -> None:
    """Play a first conversation, to build all that is built at first use: SQL, models, texts."""
    from tests.support.stories.story import Story  # noqa: PLC0415 # it changes how connections are closed

    with tempfile.TemporaryDirectory() as folder:
        async with Story(Path(folder)) as story:
            await story.says_hello()


close, warm_up = AiohttpSession.close, app.warm_up
app.warm_up = lambda: None  # it computes in a thread
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
asyncio.run(_hello())
structlog.reset_defaults()
AiohttpSession.close, app.warm_up = close, warm_up  # type: ignore[method-assign]

# These objects stay: a child's collector need not visit them, which would copy their pages.
gc.collect()
gc.freeze()
