"""Callback data of the buttons of schedules; see `handlers.shared.callbacks`."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from storage.records.schedules import Every


class ScheduleAct(StrEnum):
    """Actions on a schedule."""

    SKIP = "k"
    STOP = "x"


class RepeatButton(CallbackData, prefix="u"):
    """A button that asks how often a finished check shall begin anew, or (with that) how."""

    id: str
    every: Every | None = None


class AgreedButton(CallbackData, prefix="ua"):
    """A button that makes a schedule of a finished check, up to the cap that it names.

    numbers: That may start by themselves, for so many millionths; 0: each list waits for *Start*.
    """

    id: str
    every: Every
    numbers: Annotated[int, Field(ge=0, le=1_000_000_000)]
    millionths: Annotated[int, Field(ge=0, le=1 << 60)]
    currency: Annotated[str, Field(max_length=3)]


class ScheduleButton(CallbackData, prefix="us"):
    """A button of a schedule's card. `due` is the due date that it showed: others aren't meant."""

    act: ScheduleAct
    id: str
    due: Annotated[int, Field(ge=0, le=1 << 40)]


class SchedulesPageButton(CallbackData, prefix="up"):
    """A button of the owners' pages of all schedules, from 0."""

    page: Annotated[int, Field(ge=0, le=1_000_000)]
