"""The command menus beside the text field of Telegram's clients, one for each kind of chat."""

from collections.abc import Mapping

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

from handlers.shared.commands import ADMIN_MENU, CHECK, GROUP_MENU, MENU, OWNER_MENU
from handlers.shared.texts import FALLBACK, Texts

log = structlog.get_logger("menu")


async def set_menu(bot: Bot, texts: Texts, owners: Mapping[int, str | None]) -> set[int]:
    """Set the commands of each kind of chat, in every language. Raises aiogram's errors.

    `owners` maps each owner to the language they chose, None for that of their Telegram.
    Returns the owners who have no chat with the bot yet: theirs can't be set.
    """
    missing = set()
    await _set(bot, texts, BotCommandScopeAllPrivateChats(), MENU)
    await _set(bot, texts, BotCommandScopeAllGroupChats(), GROUP_MENU)
    await _set(bot, texts, BotCommandScopeAllChatAdministrators(), ADMIN_MENU)
    for owner, chosen in owners.items():
        try:
            await set_own_menu(bot, texts, owner, chosen, is_owner=True)
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            # An owner who never wrote to the bot has no chat yet: their first /start sets it.
            log.info("owner menu not set", says=error.message)
            missing.add(owner)
    return missing


async def set_own_menu(
    bot: Bot, texts: Texts, chat_id: int, chosen: str | None, *, is_owner: bool
) -> None:
    """Set the commands of one private chat: for owners, or in the language chosen there."""
    scope = BotCommandScopeChat(chat_id=chat_id)
    if is_owner or chosen is not None:
        await _set(bot, texts, scope, OWNER_MENU if is_owner else MENU, chosen)
        return
    for language in texts.languages:  # the menu of all private chats applies again
        await bot.delete_my_commands(scope=scope, language_code=_code(language))


async def _set(
    bot: Bot,
    texts: Texts,
    scope: BotCommandScopeUnion,
    names: tuple[str, ...],
    chosen: str | None = None,
) -> None:
    keys = {name: f"command-{name}" for name in names}
    if names in {GROUP_MENU, ADMIN_MENU}:  # there it takes files, too
        keys[CHECK] = "command-check-here"
    username = (await bot.me()).username or ""
    for language in texts.languages:
        say = texts[chosen or language].for_group(username)
        commands = [
            BotCommand(command=name, description=say.plain(key)) for name, key in keys.items()
        ]
        await bot.set_my_commands(commands, scope=scope, language_code=_code(language))


def _code(language: str) -> str | None:
    """Return Telegram's language code; None is the fallback for all other languages."""
    return None if language == FALLBACK else language
