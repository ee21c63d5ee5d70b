"""The methods that change a message: edits, deleteMessage, setMessageReaction."""

from dataclasses import replace

from aiogram.client.default import Default
from aiogram.methods import (
    DeleteMessage,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    SetMessageReaction,
)
from aiogram.types import InputMediaDocument, InputMediaPhoto

from sandbox.telegram.keyboards import checked_keyboard
from sandbox.telegram.requests import Uploads
from sandbox.telegram.sending import read_caption, read_file, read_text
from sandbox.telegram.store.chats import Content, Json, Message
from sandbox.telegram.store.refusals import RefusedError
from sandbox.telegram.store.state import State

DELETE_SECONDS = 48 * 3600
"""Age up to which a message can be deleted (Bot API, deleteMessage)."""
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)

Edit = EditMessageText | EditMessageCaption | EditMessageMedia | EditMessageReplyMarkup


def edit_text(state: State, call: EditMessageText, uploads: Uploads) -> Json:
    """Edit the text of a message; without a keyboard in the call, the keyboard is removed."""
    del uploads
    if call.text is None:
        raise RefusedError("message text is empty")
    text = read_text(call.text, call.parse_mode, call.entities)
    message = _own_message(state, call)
    if message.text is None:
        raise RefusedError("there is no text in the message to edit")
    content = Content(
        text=text.text, entities=text.entities, keyboard=checked_keyboard(call.reply_markup)
    )
    return _edited(state, message, content)


def edit_caption(state: State, call: EditMessageCaption, uploads: Uploads) -> Json:
    """Edit the caption of a file."""
    del uploads
    caption = read_caption(call.caption, call.parse_mode, call.caption_entities)
    message = _own_message(state, call)
    if message.content.file is None:
        raise RefusedError("there is no caption in the message to edit")
    content = Content(
        caption=caption.text,
        entities=caption.entities,
        file=message.content.file,
        keyboard=checked_keyboard(call.reply_markup),
    )
    return _edited(state, message, content)


def edit_media(state: State, call: EditMessageMedia, uploads: Uploads) -> Json:
    """Turn a message, text or file, into a document or picture."""
    media = call.media
    if not isinstance(media, InputMediaDocument | InputMediaPhoto):
        raise RefusedError(f"the sandbox knows documents and photos, not {media.type}")
    message = _own_message(state, call)
    if not message.chat.takes_our_files:
        raise RefusedError("CHAT_SEND_MEDIA_FORBIDDEN")
    mode = None if isinstance(media.parse_mode, Default) else media.parse_mode
    caption = read_caption(media.caption, mode, media.caption_entities)
    kind = "document" if isinstance(media, InputMediaDocument) else "photo"
    content = Content(
        caption=caption.text,
        entities=caption.entities,
        file=read_file(state, media.media, uploads, kind),
        keyboard=checked_keyboard(call.reply_markup),
    )
    return _edited(state, message, content)


def edit_markup(state: State, call: EditMessageReplyMarkup, uploads: Uploads) -> Json:
    """Edit the keyboard of a message."""
    del uploads
    message = _own_message(state, call)
    content = replace(message.content, keyboard=checked_keyboard(call.reply_markup))
    return _edited(state, message, content)


def delete_message(state: State, call: DeleteMessage, uploads: Uploads) -> bool:
    """Delete a message: the bot's own, or any in a private chat or as an administrator."""
    del uploads
    chat = state.chat(call.chat_id)
    message = chat.find(call.message_id)
    if message is None:
        raise RefusedError("message to delete not found")
    allowed = message.by_bot or chat.private or chat.bot_status == "administrator"
    if not allowed or state.clock.now() - message.date > DELETE_SECONDS:
        raise RefusedError("message can't be deleted for everyone")
    message.deleted = True
    state.announce("deleted", message)
    return True


def set_reaction(state: State, call: SetMessageReaction, uploads: Uploads) -> bool:
    """Set the reactions of a message."""
    del uploads
    message = state.chat(call.chat_id).find(call.message_id)
    if message is None:
        raise RefusedError("message to react not found")
    message.reactions = [reaction.model_dump() for reaction in call.reaction or []]
    state.announce("edited", message)
    return True


def _own_message(state: State, call: Edit) -> Message:
    chat = state.chat(call.chat_id)
    message = state.bot_message(chat, call.message_id, to="edit")
    if message.thread_id in chat.closed_topics and chat.bot_status != "administrator":
        raise RefusedError("TOPIC_CLOSED")
    return message


def _edited(state: State, message: Message, content: Content) -> Json:
    if content == message.content:
        raise RefusedError(_SAME)
    arrived = content.file is not None and content.file != message.content.file
    message.edit(content, state.clock.now())
    state.announce("edited", message)
    if arrived and message.document is not None:
        state.announce("file", message)
    return message.to_json()
