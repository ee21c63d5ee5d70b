"""The command menu that Telegram's clients show beside the text field."""

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from handlers.commands import MENU
from handlers.texts import FALLBACK, Phrases, Texts


async def set_menu(bot: Bot, texts: Texts) -> None:
    """Set the commands of private chats, in every language. Raises aiogram's errors."""
    scope = BotCommandScopeAllPrivateChats()
    for language in texts.languages:
        code = None if language == FALLBACK else language
        await bot.set_my_commands(_commands(texts[language]), scope=scope, language_code=code)


def _commands(say: Phrases) -> list[BotCommand]:
    return [BotCommand(command=name, description=say.plain(f"command-{name}")) for name in MENU]
