"""Which messages of a group reach the bot.

With privacy mode on, Telegram's default, these are commands that name the bot, a bare command if
the bot was the last one to write in the group, replies to the bot's own messages, and service
messages. Mentions are not on that list. Source:
https://core.telegram.org/bots/features#privacy-mode
"""

from sandbox.telegram.store.chats import Message
from sandbox.telegram.store.state import State
from sandbox.telegram.store.texts import part


def reaches_bot(state: State, message: Message) -> bool:
    """Tell whether the bot gets an update about this message, and note that it has seen it."""
    message.seen_by_bot = message.chat.has_bot and (
        message.chat.private
        or message.chat.bot_status == "administrator"
        or not state.privacy_mode
        or _is_meant_for_bot(state, message)
    )
    return message.seen_by_bot


def _is_meant_for_bot(state: State, message: Message) -> bool:
    if message.reply_to is not None and message.reply_to.by_bot:
        return True
    for entity in message.content.entities:
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            _, at, addressee = part(message.shown, entity).lower().partition("@")
            name = str(state.me.username).lower()
            return addressee == name if at else message.chat.last_bot is state.me
    return False
