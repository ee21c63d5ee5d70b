"""People, chats and messages as JSON for the page."""

from sandbox.chat_page.scene import ADMINS, ROLES, Scene, commands, name_of
from sandbox.people.person import Person
from sandbox.telegram.store.chats import Chat, Content, Document, Json, Message

PICTURES = {"image/png", "image/jpeg"}
"""Types that browsers show inline; all others are downloads."""


def people_json(scene: Scene) -> list[Json]:
    """Describe the people whom the user can play."""
    return [
        {
            "key": role.key,
            "id": scene.people[role.key].id,
            "name": role.name,
            "role": role.role,
            "about": role.about,
            "language": scene.people[role.key].user.language_code,
        }
        for role in ROLES
    ]


def chat_json(scene: Scene, person: Person, place: str) -> Json:
    """Describe one of a person's chats, without its messages."""
    chat, state = scene.goes(person, place).chat, scene.world.state
    status = chat.members.get(person.id, (person.user, "member"))[1]
    return {
        "key": place,
        "title": state.me.first_name if chat.private else chat.title,
        "kind": "forum" if chat.topics is not None else chat.type,
        "bot": {"id": state.me.id, "name": state.me.first_name, "username": state.me.username},
        "status": chat.bot_status,
        "admin": status in ADMINS,
        "members": [
            {"name": user.first_name, "admin": what in ADMINS}
            for user, what in chat.members.values()
        ],
        "topics": [{"id": topic, "name": name} for topic, name in (chat.topics or {}).items()],
        "commands": commands(state, chat, person.user),
    }


def stamp(message: Message) -> tuple[object, ...]:
    """Return a value that changes with each change of a message."""
    return message.deleted, len(message.edits), message.edited, str(message.reactions)


def message_json(place: str, message: Message) -> Json:
    """Describe a message; of a deleted one, only that it is deleted."""
    named: Json = {"id": name_of(message), "chat": place, "deleted": message.deleted}
    if message.deleted:
        return named
    sender, content, quoted = message.sender, message.content, message.reply_to
    return named | {
        "from": {"id": sender.id, "name": sender.first_name, "bot": message.by_bot},
        "date": message.date,
        "edited": message.edited,
        "topic": message.thread_id,
        "album": message.media_group_id,
        "text": message.shown,
        "entities": [dict(entity) for entity in content.entities],
        "file": None if content.file is None else file_json(content.file),
        "contact": content.extra.get("contact"),
        "note": _note(message.chat, content),
        "reply": None if quoted is None else _quoted(quoted),
        "reactions": [str(each.get("emoji", "")) for each in message.reactions],
        "keyboard": [[button_json(button) for button in row] for row in content.keyboard],
    }


def file_json(file: Document) -> Json:
    """Describe a file, with the URL of its bytes."""
    shown = file.kind == "photo" or file.mime in PICTURES
    return {
        "kind": "photo" if file.kind == "photo" else "document",
        "name": file.name,
        "size": file.size,
        "width": file.width,
        "height": file.height,
        "url": f"/file/{file.file_id}",
        "picture": shown,
    }


def button_json(button: Json) -> Json:
    """Describe the look and action of a button, without its callback data."""
    kind, value = "tap", ""
    if "disabled" in button:
        kind = "disabled"
    elif "copy_text" in button:
        kind, value = "copy", button["copy_text"]["text"]
    elif "url" in button:
        kind, value = "url", button["url"]
    return {"text": button["text"], "style": button.get("style"), "kind": kind, "value": value}


def _quoted(message: Message) -> Json:
    file = message.content.file
    text = message.shown or (file.name if file is not None else "")
    if not text and "contact" in message.content.extra:
        text = str(message.content.extra["contact"]["first_name"])
    name = message.sender.first_name
    return {"id": name_of(message), "name": name, "text": "" if message.deleted else text[:160]}


def _note(chat: Chat, content: Content) -> str | None:
    """Return the text of a service message."""
    extra = content.extra
    if "forum_topic_created" in extra:
        return f"Topic “{extra['forum_topic_created']['name']}” was opened"
    if "migrate_to_chat_id" in extra:
        return "The group became a supergroup"
    if "migrate_from_chat_id" in extra:
        return f"“{chat.title}” goes on here as a supergroup"
    return "Joined the group" if "new_chat_members" in extra else None
