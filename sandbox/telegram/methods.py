"""The methods of the Bot API, each with the function that carries it out."""

from collections.abc import Callable
from typing import Any

from sandbox.telegram import editing, profile, sending
from sandbox.telegram.requests import Uploads
from sandbox.telegram.store.state import State

Carry = Callable[[State, Any, Uploads], Any]

SAID: frozenset[str] = frozenset(
    {
        "sendMessage",
        "sendDocument",
        "sendPhoto",
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
    }
)
"""The methods that flood control counts: sends and edits."""

CARRIED: dict[str, Carry] = {
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "setMessageReaction": editing.set_reaction,
    "answerCallbackQuery": profile.answer_callback_query,
    "sendChatAction": profile.send_chat_action,
    "getMe": profile.get_me,
    "getFile": profile.get_file,
    "getForumTopicIconStickers": profile.get_icons,
    "getChat": profile.get_chat,
    "getChatMember": profile.get_chat_member,
    "getChatAdministrators": profile.get_chat_administrators,
    "getChatMemberCount": profile.get_chat_member_count,
    "leaveChat": profile.leave_chat,
    "setMyCommands": profile.keep("commands"),
    "getMyCommands": profile.kept_commands,
    "deleteMyCommands": profile.drop_commands,
    "setMyName": profile.keep("name"),
    "setMyDescription": profile.keep("description"),
    "setMyShortDescription": profile.keep("short description"),
    "setChatMenuButton": profile.keep("menu button"),
    "setMyDefaultAdministratorRights": profile.keep("administrator rights"),
}
