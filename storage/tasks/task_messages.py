"""The messages of a task in its chat: the card and those of the result."""

from dataclasses import dataclass, fields
from typing import TypedDict


@dataclass(frozen=True, slots=True)
class TaskMessages:
    """Message ids, and what each message shows. Times are unix seconds.

    card_id: the card, which is the list's; cards_lost: how often it was deleted.
    shown, shown_count, shown_at: state and count on the card, and since when.
    notice_id: the message that announces the result and then becomes the file.
    sending_since: since when the file is being sent as a message of its own instead.
    document_id: file id of the service's file, once it is sent; own_id: of the person's own list
        with the answers, where that came first.
    picture: "due", "sent" or "none"; picture_notice_id announces it.
    told_at: when the group was told that the person must open a private chat first, or that it
        takes no files: then somebody has to tap, and later taps find it empty.
    """

    card_id: int | None
    cards_lost: int
    shown: str | None
    shown_count: int
    shown_at: float
    notice_id: int | None
    sending_since: float | None
    document_id: str | None
    own_id: str | None
    picture: str | None
    picture_notice_id: int | None
    told_at: float | None


NAMES = tuple(each.name for each in fields(TaskMessages))


class MessageChanges(TypedDict, total=False):
    """Columns of a task's messages that may change; `TaskMessages` explains them."""

    shown: str | None
    shown_count: int
    shown_at: float
    notice_id: int | None
    sending_since: float | None
    document_id: str | None
    own_id: str | None
    picture: str
    picture_notice_id: int | None
    told_at: float | None
