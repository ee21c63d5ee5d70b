"""The command menus that Telegram's clients show beside the text field, each where it is of use."""

from collections.abc import Iterable, Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
)

from handlers.commands import ADMIN_MENU, GROUP_MENU, MENU, OWNER_MENU
from handlers.texts import FALLBACK, Texts

log = structlog.get_logger("menu")


async def set_menu(bot: Bot, texts: Texts, owners: Iterable[int] = ()) -> None:
    """Set the commands of each kind of chat, in every language. Raises aiogram's errors."""
    await _set(bot, texts, BotCommandScopeAllPrivateChats(), MENU)
    await _set(bot, texts, BotCommandScopeAllGroupChats(), GROUP_MENU)
    await _set(bot, texts, BotCommandScopeAllChatAdministrators(), ADMIN_MENU)
    for owner in owners:
        try:
            await _set(bot, texts, BotCommandScopeChat(chat_id=owner), OWNER_MENU)
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            # An owner who never wrote to the bot has no chat yet: the next start sets it.
            log.info("no menu for an owner", says=error.message)


async def _set(bot: Bot, texts: Texts, scope: BotCommandScopeUnion, names: Sequence[str]) -> None:
    for language in texts.languages:
        say = texts[language]
        commands = [
            BotCommand(command=name, description=say.plain(f"command-{name}")) for name in names
        ]
        code = None if language == FALLBACK else language
        await bot.set_my_commands(commands, scope=scope, language_code=code)
