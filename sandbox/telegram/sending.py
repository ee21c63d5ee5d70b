"""The methods that send: sendMessage, sendDocument, sendPhoto."""

from aiogram.client.default import Default
from aiogram.methods import SendDocument, SendMessage, SendPhoto
from aiogram.types import (
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyParameters,
)

from sandbox.telegram.keyboards import checked_keyboard
from sandbox.telegram.requests import Uploads, attached
from sandbox.telegram.store.chats import Chat, Content, Document, Json, Message
from sandbox.telegram.store.files import picture_size
from sandbox.telegram.store.limits import CAPTION_MAX, PHOTO_MAX, TEXT_MAX, UPLOAD_MAX
from sandbox.telegram.store.refusals import RefusedError, flooded
from sandbox.telegram.store.state import State
from sandbox.telegram.store.texts import Formatted, UnreadableError, read_html, trimmed, units

Sending = SendMessage | SendDocument | SendPhoto
ParseMode = str | Default | None
Entities = list[MessageEntity] | None


def send_message(state: State, call: SendMessage, uploads: Uploads) -> Json:
    """Send a text."""
    del uploads
    chat = state.chat(call.chat_id)
    text = read_text(call.text, call.parse_mode, call.entities)
    keyboard, extra = _markup(call)
    content = Content(text=text.text, entities=text.entities, keyboard=keyboard, extra=extra)
    return _said(state, chat, content, call)


def send_document(state: State, call: SendDocument, uploads: Uploads) -> Json:
    """Send a file, uploaded or by file id."""
    chat = state.chat(call.chat_id)
    file = read_file(state, call.document, uploads, "document")
    return _sent_file(state, chat, call, file)


def send_photo(state: State, call: SendPhoto, uploads: Uploads) -> Json:
    """Send a picture, uploaded or by file id."""
    chat = state.chat(call.chat_id)
    file = read_file(state, call.photo, uploads, "photo")
    return _sent_file(state, chat, call, file)


def read_text(text: str, parse_mode: ParseMode, entities: Entities) -> Formatted:
    """Parse a text with its formatting.

    Raises:
        RefusedError: It is empty, longer than 4096 UTF-16 units, or its tags are wrong.
    """
    formatted = _formatted(text, parse_mode, entities)
    if not formatted.text:
        raise RefusedError("message text is empty")
    if units(formatted.text) > TEXT_MAX:
        raise RefusedError("message is too long")
    return formatted


def read_caption(caption: str | None, parse_mode: ParseMode, entities: Entities) -> Formatted:
    """Parse a caption with its formatting.

    Raises:
        RefusedError: It is longer than 1024 UTF-16 units, or its tags are wrong.
    """
    formatted = _formatted(caption or "", parse_mode, entities)
    if units(formatted.text) > CAPTION_MAX:
        raise RefusedError("MEDIA_CAPTION_TOO_LONG")
    return formatted


def read_file(state: State, reference: object, uploads: Uploads, kind: str) -> Document:
    """Return the file of a file id, or store the file that was uploaded with the call.

    Raises:
        RefusedError: The id is wrong, the file is empty or too large, or not a picture.
    """
    found = attached(reference, uploads)
    if isinstance(found, str):
        known = state.files.find(found)
        if known is None:
            raise RefusedError("wrong file identifier/HTTP URL specified")
        if known.kind != kind:
            raise RefusedError(f"can't use file of type {known.kind} as {kind}")
        return known
    if not found.data:
        raise RefusedError("file must be non-empty")
    if len(found.data) > UPLOAD_MAX:
        raise RefusedError("Request Entity Too Large", 413)
    if kind == "photo":
        if len(found.data) > PHOTO_MAX:
            raise RefusedError("file is too big")
        if picture_size(found.data) is None:
            raise RefusedError("IMAGE_PROCESS_FAILED")
    return state.files.keep(found.name, found.data, kind)


def _formatted(text: str, parse_mode: ParseMode, entities: Entities) -> Formatted:
    if isinstance(parse_mode, str) and parse_mode:
        if parse_mode.lower() != "html":
            raise RefusedError("can't parse entities: the sandbox reads HTML only")
        try:
            return read_html(text)
        except UnreadableError as error:
            raise RefusedError(f"can't parse entities: {error}") from error
    given = [entity.model_dump(exclude_none=True) for entity in entities or []]
    return trimmed(text, given)


def _markup(call: Sending) -> tuple[tuple[tuple[Json, ...], ...], Json]:
    """Return the inline keyboard, and any other kind of markup as an extra field."""
    markup = call.reply_markup
    if markup is None or isinstance(markup, InlineKeyboardMarkup):
        return checked_keyboard(markup), {}
    return (), {"reply_keyboard": markup.model_dump(exclude_none=True)}


def _sent_file(state: State, chat: Chat, call: SendDocument | SendPhoto, file: Document) -> Json:
    caption = read_caption(call.caption, call.parse_mode, call.caption_entities)
    keyboard, extra = _markup(call)
    content = Content(
        caption=caption.text, entities=caption.entities, file=file, keyboard=keyboard, extra=extra
    )
    return _said(state, chat, content, call)


def _said(state: State, chat: Chat, content: Content, call: Sending) -> Json:
    if chat.bot_status == "restricted":
        kind = "documents" if content.file is not None else "text messages"
        raise RefusedError(f"not enough rights to send {kind} to the chat")
    if content.file is not None and not chat.takes_our_files:
        raise RefusedError(f"not enough rights to send {content.file.kind}s to the chat")
    reply_to = _reply(chat, call.reply_parameters, call.reply_to_message_id)
    thread = call.message_thread_id
    if thread is None and reply_to is not None:
        thread = reply_to.thread_id
    if thread is not None and thread not in (chat.topics or {}):
        raise RefusedError("message thread not found")
    if thread in chat.closed_topics and chat.bot_status != "administrator":
        raise RefusedError("TOPIC_CLOSED")
    now = state.clock.now()
    slow = chat.slows_us(now)
    if slow:
        raise flooded(slow)
    message = chat.add(state.me, content, now)
    message.reply_to = reply_to
    message.thread_id = thread
    state.announce("new", message)
    if message.document is not None:
        state.announce("file", message)
    return message.to_json()


def _reply(
    chat: Chat, parameters: ReplyParameters | None, message_id: int | None
) -> Message | None:
    wanted = message_id if parameters is None else parameters.message_id
    if wanted is None:
        return None
    found = chat.find(wanted)
    lenient = parameters is not None and parameters.allow_sending_without_reply is True
    if found is None and not lenient:
        raise RefusedError("message to be replied not found")
    return found
