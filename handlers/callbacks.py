"""What buttons carry: a short word and an opaque id, never a number or a name."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class ListAct(StrEnum):
    """What can be done with a list."""

    SHOW = "s"
    LEFT_OUT = "o"
    DISCARD = "d"
    LOOK_UP = "u"


class TaskAct(StrEnum):
    """What can be done with a task."""

    SHOW = "v"
    START = "s"
    CANCEL = "c"
    SEND_AGAIN = "a"
    LOOK_AGAIN = "l"
    FILE = "f"


class InquiryAct(StrEnum):
    """What can be done with the card of a lookup."""

    CANCEL = "c"
    AGAIN = "a"


class InstanceAct(StrEnum):
    """What owners can do with an instance of the lookup service."""

    SHOW = "s"
    PAUSE = "p"
    RESUME = "r"


class ListButton(CallbackData, prefix="l"):
    """A button about a list."""

    act: ListAct
    id: str


class CheckButton(CallbackData, prefix="c"):
    """A button that chooses a check for a list."""

    id: str
    check: str


class TaskButton(CallbackData, prefix="t"):
    """A button about a task."""

    act: TaskAct
    id: str


class InquiryButton(CallbackData, prefix="q"):
    """A button of a lookup's card."""

    act: InquiryAct
    id: str


class InstanceButton(CallbackData, prefix="i"):
    """A button of the owners' page about instances; the id is the service's own, or empty."""

    act: InstanceAct
    id: str
