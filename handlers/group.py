"""Chats that are not private, and chats that stop or begin to listen."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.filters import Command
from aiogram.types import ChatMemberUpdated, Message

from handlers.commands import HELP, START, TASKS
from handlers.filters import GROUP
from handlers.kit import Kit
from handlers.texts import Phrases

_GONE = (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)


def register(router: Router) -> None:
    """Says in groups where the work is done; notes who blocked the bot."""
    router.my_chat_member.register(on_my_chat_member)
    router.message.register(on_group_command, GROUP, Command(START, HELP, TASKS))
    router.message.register(ignore, GROUP)


async def on_my_chat_member(event: ChatMemberUpdated, kit: Kit) -> None:
    """Somebody blocked the bot, or let it back in: waiting results are brought then."""
    if event.new_chat_member.status in _GONE:
        await kit.blocked(event.chat.id)
    else:
        await kit.seen(event.chat.id, event.from_user.language_code, may_be_back=True)


async def on_group_command(message: Message, say: Phrases) -> None:
    """Lists are taken in private chats."""
    await message.answer(say.html("fallback-group"))


async def ignore(message: Message) -> None:
    """What people say to each other in a group is none of the bot's business."""
