"""Transcripts of conversations, for failing tests and for the demo."""

from collections.abc import Iterable

from sandbox.telegram.store.chats import Message


def transcript(messages: Iterable[Message]) -> str:
    """Format messages in their current state, one after the other."""
    return "\n".join(line(message) for message in messages) or "(nothing was said)"


def line(message: Message) -> str:
    """Format one message with its buttons: [enabled] or (disabled)."""
    marks = [f"#{message.message_id}"]
    if message.reply_to is not None:
        marks.append(f"to #{message.reply_to.message_id}")
    if message.edits:
        marks.append(f"edited {len(message.edits)}x")
    if message.deleted:
        marks.append("deleted")
    file = message.content.file
    attached = f"<{file.name}, {file.size:,} bytes> " if file is not None else ""
    extra = f"<{', '.join(message.content.extra)}> " if message.content.extra else ""
    head = f"{message.sender.first_name} ({', '.join(marks)}): {attached}{extra}{message.shown}"
    lines = [head.rstrip()]
    for row in message.content.keyboard:
        buttons = (
            f"({button['text']})" if "disabled" in button else f"[{button['text']}]"
            for button in row
        )
        lines.append(f"    {' '.join(buttons)}")
    return "\n".join(lines)
