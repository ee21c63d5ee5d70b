"""The texts of Telegram's refusals, and what each means. No other module knows them.

The Bot API documents the codes and not the texts. These are the texts of the open server
(https://github.com/tdlib/telegram-bot-api) and of the Telegram API's own errors
(https://core.telegram.org/api/errors), which it passes on in capitals.
"""

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
)

from runtime.proxies.dial import proxy_fault

# Already done, or of no use any more.
_HARMLESS = ("message is not modified", "query is too old", "query ID is invalid")

_TOPIC_GONE = ("TOPIC_CLOSED", "TOPIC_DELETED")
_NO_SUCH_TOPIC = ("message thread not found", *_TOPIC_GONE)

_CARD_GONE = (
    "message to edit not found",
    "message can't be edited",
    "MESSAGE_ID_INVALID",
    *_TOPIC_GONE,
)

_FILE_TOO_BIG = ("too big",)

# A group that takes texts, and no files or no pictures. Error 400, or 403.
_FILES_REFUSED = (
    "not enough rights to send documents",
    "not enough rights to send photos",
    "CHAT_SEND_DOCS_FORBIDDEN",
    "CHAT_SEND_MEDIA_FORBIDDEN",
    "CHAT_SEND_PHOTOS_FORBIDDEN",
)

# Gone, or no right to write (any more). Most come as 403, some of them or all as 400, by server.
_CHAT_SILENT = (
    "chat not found",
    "chat was deactivated",
    "chat was deleted",
    "user is deactivated",
    "USER_DEACTIVATED",
    "USER_IS_BLOCKED",
    "USER_BANNED_IN_CHANNEL",
    "bot was blocked",
    "bot was kicked",
    "bot is not a member",
    "can't initiate conversation",
    "CHANNEL_PRIVATE",
    "CHANNEL_INVALID",
    "CHAT_ID_INVALID",
    "PEER_ID_INVALID",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights",
    "CHAT_ADMIN_REQUIRED",
    "CHAT_FORBIDDEN",
    "CHAT_GUEST_SEND_FORBIDDEN",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_SEND_",
    "CHAT_RESTRICTED",
    *_NO_SUCH_TOPIC,  # the general one, that is: others give way to it
)

# Of the two errors 409 of getUpdates the one that isn't about another process.
_WEBHOOK_SET = ("webhook is active", "terminated by setWebhook")

# A bot that was moved to a local Bot API server, at the server that it left.
_LOGGED_OUT = ("Logged out",)


def words_of(error: Exception) -> str:
    """Return Telegram's own words; of an error without an answer the proxy's fault, or its kind."""
    if isinstance(error, TelegramAPIError) and not isinstance(error, TelegramNetworkError):
        return error.message
    return proxy_fault(error) or type(error).__name__


def is_webhook_set(error: TelegramAPIError) -> bool:
    """Tell whether getUpdates is refused because a webhook is set."""
    return any(each in error.message for each in _WEBHOOK_SET)


def is_logged_out(error: Exception) -> bool:
    """Tell whether the bot was logged out from this server, to work at another one."""
    return isinstance(error, TelegramAPIError) and _says(error, _LOGGED_OUT)


def is_harmless(error: TelegramAPIError) -> bool:
    """Tell whether the refused call needs no retry and no notice."""
    return _says(error, _HARMLESS)


def is_topic_gone(error: TelegramAPIError) -> bool:
    """Tell whether the target topic is closed or deleted."""
    return _says(error, _NO_SUCH_TOPIC)


def is_card_gone(error: TelegramAPIError) -> bool:
    """Tell whether a message can't be edited any more, so that a new one is due."""
    return _says(error, _CARD_GONE)


def is_file_too_big(error: TelegramAPIError) -> bool:
    """Tell whether a file is too large for Telegram to give to bots."""
    return _says(error, _FILE_TOO_BIG)


def is_file_refused(error: TelegramAPIError) -> bool:
    """Tell whether the chat takes no files, or no pictures, from the bot; texts it may take."""
    refused = isinstance(error, TelegramBadRequest | TelegramForbiddenError)
    return refused and any(each in str(error.message) for each in _FILES_REFUSED)


def is_chat_silent(error: TelegramAPIError) -> bool:
    """Tell whether the chat takes no more messages: gone, blocked, or no right to write."""
    if is_file_refused(error):
        return False
    return isinstance(error, TelegramForbiddenError) or _says(error, _CHAT_SILENT)


def _says(error: TelegramAPIError, words: tuple[str, ...]) -> bool:
    # Of a refusal without words aiogram's message is None.
    said = str(error.message)
    return isinstance(error, TelegramBadRequest) and any(each in said for each in words)
