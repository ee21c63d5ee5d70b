"""The methods about the bot itself, its chats, files and callback queries."""

from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    GetFile,
    GetForumTopicIconStickers,
    GetMe,
    LeaveChat,
    SendChatAction,
)

from sandbox.telegram.requests import Uploads
from sandbox.telegram.store.chats import Chat, Json, User
from sandbox.telegram.store.limits import ANSWER_MAX, DOWNLOAD_MAX
from sandbox.telegram.store.refusals import RefusedError
from sandbox.telegram.store.state import CallbackAnswer, State
from sandbox.telegram.store.texts import units

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_react_to_messages",
)
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_me(state: State, call: GetMe, uploads: Uploads) -> Json:
    """Return the bot's user."""
    del call, uploads
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return state.me.to_json() | abilities


def answer_callback_query(state: State, call: AnswerCallbackQuery, uploads: Uploads) -> bool:
    """Answer a callback query; the person sees the first answer."""
    del uploads
    if units(call.text or "") > ANSWER_MAX:
        raise RefusedError("MESSAGE_TOO_LONG")
    query = state.query(call.callback_query_id)
    if query.answer is None:
        query.answer = CallbackAnswer(call.text or "", call.show_alert is True, call.url)
        state.pulse.beat()
    return True


def send_chat_action(state: State, call: SendChatAction, uploads: Uploads) -> bool:
    """Show an action such as "typing" in a chat."""
    del uploads
    chat = state.chat(call.chat_id)
    if call.action not in _ACTIONS:
        raise RefusedError("wrong parameter action in request")
    state.actions.append((chat.id, call.action))
    return True


def get_file(state: State, call: GetFile, uploads: Uploads) -> Json:
    """Return the path of a file of at most 20 MB."""
    del uploads
    file = state.files.find(call.file_id)
    if file is None:
        raise RefusedError("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_MAX and state.files.home is None:
        raise RefusedError("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "file_size": file.size,
        "file_path": state.files.link(file, state.clock.now(), state.token),
    }


def get_icons(state: State, call: GetForumTopicIconStickers, uploads: Uploads) -> list[Json]:
    """Return the stickers that every bot may use as icons of topics; here there is one."""
    del call, uploads
    icon = state.files.icon
    return [
        {
            "file_id": icon.file_id,
            "file_unique_id": icon.file_unique_id,
            "file_size": icon.size,
            "type": "custom_emoji",
            "width": 512,
            "height": 512,
            "is_animated": True,
            "is_video": False,
            "custom_emoji_id": "5368324170671202286",
            "emoji": "📱",
        }
    ]


def get_chat(state: State, call: GetChat, uploads: Uploads) -> Json:
    """Describe a chat."""
    del uploads
    chat = state.chat(call.chat_id)
    return chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


def get_chat_member(state: State, call: GetChatMember, uploads: Uploads) -> Json:
    """Return the status of a user in a chat."""
    del uploads
    chat, user_id = state.chat(call.chat_id), call.user_id
    if user_id == state.me.id:
        return member_json(state.me, "member" if chat.private else chat.bot_status)
    if chat.user is not None and chat.user.id == user_id:
        return member_json(chat.user, "member")
    if user_id in chat.members:
        return member_json(*chat.members[user_id])
    if user_id in state.users:
        return member_json(state.users[user_id], "left")
    raise RefusedError("PARTICIPANT_ID_INVALID")


def get_chat_administrators(
    state: State, call: GetChatAdministrators, uploads: Uploads
) -> list[Json]:
    """List a group's administrators, without other bots."""
    del uploads
    chat = state.chat(call.chat_id)
    if chat.private:
        raise RefusedError("there are no administrators in the private chat")
    everyone = list(chat.members.values())
    if chat.bot_status == "administrator":
        everyone.append((state.me, "administrator"))
    return [
        member_json(user, status)
        for user, status in everyone
        if status in {"creator", "administrator"}
    ]


def get_chat_member_count(state: State, call: GetChatMemberCount, uploads: Uploads) -> int:
    """Count the members of a chat, including the bot."""
    del uploads
    chat = state.chat(call.chat_id)
    return 1 + sum(status != "left" for _, status in chat.members.values())


def leave_chat(state: State, call: LeaveChat, uploads: Uploads) -> bool:
    """Leave a group."""
    del uploads
    chat = state.chat(call.chat_id)
    if chat.private:
        raise RefusedError("chat member status can't be changed in private chats")
    change_bot_status(state, chat, "left", state.me)
    return True


def change_bot_status(state: State, chat: Chat, status: str, by: User) -> None:
    """Change the bot's status in a chat and send a my_chat_member update."""
    old, chat.bot_status = chat.bot_status, status
    state.pulse.beat()
    update = {
        "chat": chat.to_json(),
        "from": by.to_json(),
        "date": int(state.clock.now()),
        "old_chat_member": member_json(state.me, old),
        "new_chat_member": member_json(state.me, status),
    }
    state.updates.put("my_chat_member", update)


def member_json(user: User, status: str) -> Json:
    """Return the status of a user as Telegram's ChatMember."""
    member: Json = {"user": user.to_json(), "status": "left" if status == "unknown" else status}
    if status in {"kicked", "restricted"}:
        member["until_date"] = 0
    if status == "restricted":
        member |= {"is_member": True, **dict.fromkeys(_PERMISSIONS, False)}
    if status == "creator":
        member["is_anonymous"] = False
    if status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(_RIGHTS, True)}
    return member


def keep(name: str) -> Any:
    """Build the handler of a method that sets a part of the profile, per scope and language."""

    def keeping(state: State, call: Any, uploads: Uploads) -> bool:
        del uploads
        chat_id = getattr(getattr(call, "scope", None), "chat_id", None)
        known = state.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat_id is not None and (known is None or known.bot_status == "unknown"):
            raise RefusedError("chat not found")
        values = call.model_dump(exclude_none=True, exclude={"scope", "language_code"})
        state.profile[_key(name, call)] = values
        return True

    return keeping


def kept_commands(state: State, call: Any, uploads: Uploads) -> list[Json]:
    """Return the commands of a scope and language."""
    del uploads
    kept = state.profile.get(_key("commands", call))
    return list(kept["commands"]) if isinstance(kept, dict) else []


def drop_commands(state: State, call: Any, uploads: Uploads) -> bool:
    """Drop the commands of a scope and language."""
    del uploads
    state.profile.pop(_key("commands", call), None)
    return True


def _key(name: str, call: Any) -> tuple[str, str, str]:
    """Return the key of a part of the profile: its name, the call's scope and language."""
    values = call.model_dump(exclude_none=True)
    scope = values.get("scope", {"type": "default"})
    parts = [str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope]
    return name, ":".join(parts), values.get("language_code", "")
