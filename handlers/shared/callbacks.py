"""Callback data of buttons: a short code and an opaque id, never a phone number or a name."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from sheets.glass.shapes import Wish
from sheets.phones.lines import Kept
from storage.people.budgets import Period

PersonId = Annotated[int, Field(ge=-(1 << 52), le=1 << 52)]
"""Telegram's ids have at most 52 bits. Source: https://core.telegram.org/bots/api#user"""


class ListAct(StrEnum):
    """Actions on a list."""

    SHOW = "s"
    LEFT_OUT = "o"
    DISCARD = "d"
    LOOK_UP = "u"
    COUNTRY = "c"
    ALWAYS = "a"
    CLEAN = "e"
    MORE = "m"  # checks than the card has room for
    ADD_NO_MORE = "n"  # to a basket
    TAKE_OUT = "t"  # of its basket


class TaskAct(StrEnum):
    """Actions on a task that agree to nothing."""

    SHOW = "v"
    FILE = "f"
    SHEET = "j"
    RAW = "r"
    MORE = "m"  # buttons than a result has room for
    ANOTHER = "x"
    PRIVATELY = "p"
    HERE = "h"
    KNOWN = "k"
    AGAIN = "g"
    CHANGED = "w"
    COMPARE = "o"
    REPEAT = "e"  # every week, month or quarter


class DecisionAct(StrEnum):
    """Decisions about a task, each possible in one state: the act tells what its card showed."""

    START = "s"  # draft
    AGREE = "y"  # draft: to the terms, and start
    WHOLE = "w"  # draft: quote all of the list instead, what is remembered too
    DONT_SEND = "n"  # confirmed
    SEND_AGAIN = "a"  # unconfirmed
    DROP = "d"  # unconfirmed
    FOUND = "f"  # unconfirmed: ask for its id at the service
    LEAVE = "e"  # unconfirmed: ask no more
    LOOK_AGAIN = "l"  # expired


class InquiryAct(StrEnum):
    """Actions on the card of a lookup."""

    CANCEL = "c"
    AGAIN = "a"


class InstanceAct(StrEnum):
    """Actions of owners on an instance of the lookup service."""

    SHOW = "s"
    PAUSE = "p"
    RESUME = "r"


class AskAct(StrEnum):
    """Request access, or decide about a request."""

    ASK = "a"
    LET_IN = "y"
    REFUSE = "n"


class PeopleAct(StrEnum):
    """Actions of owners on the pages about people."""

    PAGE = "p"
    SHOW = "s"
    LET_IN = "i"
    REMOVE = "r"
    QUOTA = "q"


class GroupsAct(StrEnum):
    """Actions of owners on the pages about groups."""

    PAGE = "p"
    SHOW = "s"
    ASK = "a"  # whether to leave
    LEAVE = "l"


class ConsentAct(StrEnum):
    """Actions that go on after consent: a lookup, the lookups of a short list."""

    LOOK_UP = "l"
    SHORT_LIST = "m"


class SettingAct(StrEnum):
    """Pages and choices in the settings of a group."""

    PAGE = "p"
    HAND_IN = "h"
    OFFER = "o"
    LEAVE_OUT = "x"
    LANGUAGE = "l"
    COUNTRY = "c"
    RESULTS = "r"
    FIRST_FILE = "f"


class ListButton(CallbackData, prefix="l"):
    """A button about a list."""

    act: ListAct
    id: str


class CheckButton(CallbackData, prefix="c"):
    """A button that chooses a check for a list."""

    id: str
    check: str


class KeepButton(CallbackData, prefix="j"):
    """A button that keeps a list, to which more is added, for a check."""

    id: str
    check: str


class TaskButton(CallbackData, prefix="t"):
    """A button about a task."""

    act: TaskAct
    id: str


class DecisionButton(CallbackData, prefix="d"):
    """A button that decides about a task as its card showed it: in the act's state, after `posts`.

    These are compared when the decision is stored: a late tap must not answer a later question.

    said: What the card said that sending it again costs, in millionths; 0: nothing.
    """

    act: DecisionAct
    id: str
    posts: Annotated[int, Field(ge=0, le=1_000_000)]
    said: Annotated[int, Field(ge=0)] = 0


class ColumnButton(CallbackData, prefix="k"):
    """A button that chooses the column of a list that holds the numbers; -1 for all that fit."""

    id: str
    column: int


class TableButton(CallbackData, prefix="b"):
    """A button that asks for another column of a table of a list; tables are counted from 0."""

    id: str
    table: int


class WishButton(CallbackData, prefix="v"):
    """A button that has a list read again with a wish, or without it."""

    id: str
    wish: Wish
    on: bool


class CountryButton(CallbackData, prefix="g"):
    """A button that chooses the region of national numbers, for a list or (no id) for the chat."""

    id: str
    region: str


class GroupButton(CallbackData, prefix="r"):
    """A button about a group of numbers in a result: yes, no, unknown, or all.

    `act` is "f" for their file, "c" for another check of them.
    """

    act: str
    id: str
    group: str


class LinesButton(CallbackData, prefix="e"):
    """A button that makes a list of another's numbers of some lines; `kept`: a key of `KEPT`."""

    id: str
    kept: Kept


class InquiryButton(CallbackData, prefix="q"):
    """A button of a lookup's card."""

    act: InquiryAct
    id: str


class InstanceButton(CallbackData, prefix="i"):
    """A button of the owners' page about instances; `id` is the service's own, or empty."""

    act: InstanceAct
    id: str


class AskButton(CallbackData, prefix="a"):
    """A button about access; `person` is 0 in a request for oneself."""

    act: AskAct
    person: PersonId


class PeopleButton(CallbackData, prefix="p"):
    """A button of the owners' pages about people; `quota` in numbers a day, -1 for the default."""

    act: PeopleAct
    person: PersonId
    page: Annotated[int, Field(ge=0, le=1_000_000)]
    quota: int


class GroupsButton(CallbackData, prefix="h"):
    """A button of the owners' pages about groups; `group` is 0 on a page of all."""

    act: GroupsAct
    group: PersonId
    page: Annotated[int, Field(ge=0, le=1_000_000)]


class BudgetButton(CallbackData, prefix="m"):
    """A button of the owners' pages about a budget; `page` of people or groups leads back.

    amount: Whole units of the currency; 0: no limit, -1: the setting's, -2: only show the page.
    """

    holder: PersonId
    is_group: bool
    page: Annotated[int, Field(ge=0, le=1_000_000)]
    period: Period
    amount: int


class ConsentButton(CallbackData, prefix="y"):
    """A button that agrees to the terms and goes on with a list or (no id) a message."""

    act: ConsentAct
    id: str


class StatsButton(CallbackData, prefix="s"):
    """A button of the owners' statistics: over how many days."""

    days: int


class CostsButton(CallbackData, prefix="f"):
    """A button that sends owners the costs of so many days as a table."""

    days: int


class SettingButton(CallbackData, prefix="w"):
    """A button of a group's settings: a page to show, or a value to set."""

    act: SettingAct
    value: str


class SwitchButton(CallbackData, prefix="o"):
    """A button of the owners' page of checks: turn `check` on or off, or (empty) show a page."""

    check: str
    on: bool
    page: Annotated[int, Field(ge=0, le=1_000_000)]
