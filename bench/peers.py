"""The peers of our bot: bare echo bots, written as in the guide of each library.

Both confirm updates before they handle them, and store nothing. Each function imports its library
itself, so that a process loads only that one.
"""

import asyncio
from contextlib import AbstractContextManager
from multiprocessing.process import BaseProcess
from typing import Any

from bench.processes import process


def aiogram_echo(token: str, url: str) -> AbstractContextManager[BaseProcess]:
    """Run an aiogram bot: its own polling and one handler; each update is a task."""
    return process(_aiogram, token, url)


def ptb_echo(token: str, url: str) -> AbstractContextManager[BaseProcess]:
    """Run a python-telegram-bot bot: one update after the other, its default.

    With concurrent updates it was slower: its connections cost more than waiting for answers.
    """
    return process(_ptb, token, url)


async def _aiogram(token: str, url: str) -> None:
    from aiogram import Bot, Dispatcher  # noqa: PLC0415 - see the module
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415 - see the module
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415 - see the module

    session = AiohttpSession(api=TelegramAPIServer.from_base(url), limit=100)
    bot, dispatcher = Bot(token, session=session), Dispatcher()

    async def answer(message: Any) -> None:
        await message.answer(f"You said: {message.text}")

    dispatcher.message.register(answer)
    await dispatcher.start_polling(bot, handle_signals=False)


async def _ptb(token: str, url: str) -> None:
    from telegram.ext import ApplicationBuilder, MessageHandler, filters  # noqa: PLC0415 - the same

    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot")
    # By default it gives up after a few seconds in its own connection pool; here it may wait.
    for patience in (builder.connect_timeout, builder.read_timeout, builder.pool_timeout):
        patience(60.0)
    application = builder.build()

    async def answer(update: Any, _context: Any) -> None:
        await update.message.reply_text(f"You said: {update.message.text}")

    application.add_handler(MessageHandler(filters.TEXT, answer))
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling()
        await asyncio.Event().wait()
