"""A conversation written down, for failing tests and for the demo."""

from collections.abc import Iterable
from typing import Any

from sandbox.telegram.store.chats import Message


def transcript(messages: Iterable[Message]) -> str:
    """Write messages down as they stand now, one after the other."""
    return "\n".join(line(message) for message in messages) or "(nothing was said)"


def line(message: Message) -> str:
    """Write one message down, with its buttons; (disabled ones) in round brackets."""
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
    said = f"{message.sender.first_name} ({', '.join(marks)}): {attached}{extra}{message.shown}"
    return "\n".join([said.rstrip(), *(_row(row) for row in message.content.keyboard)])


def _row(row: Iterable[dict[str, Any]]) -> str:
    return "    " + " ".join(
        f"({button['text']})" if "disabled" in button else f"[{button['text']}]" for button in row
    )
