"""The cards of checks that were started: a text and buttons for each state."""

from aiogram.types import InlineKeyboardButton

from checking.desk import Offer
from checking.services.catalogue import Check
from handlers.shared.callbacks import AgainButton, ListAct, ListButton, TaskAct, TaskButton
from handlers.shared.cards import (
    Card,
    Rows,
    button_of,
    check_name,
    check_rows,
    duration,
    keyboard_of,
    short_title,
)
from handlers.shared.texts import Html, Phrases
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

BAR_CELLS = 10

S = TaskState


def task_card(
    say: Phrases, task: Task, check: Check | None, offers: list[Offer], now: float
) -> Card:
    """The card of a check that was started."""
    name = check_name(say, check, task.check_key)
    head = say.html("task-head", title=short_title(task.title), check=name)
    lines = [head, *_state_lines(say, task, now)]
    return Card("\n".join(lines), keyboard_of(_task_rows(say, task, offers)))


def _state_lines(say: Phrases, task: Task, now: float) -> list[Html]:
    match task.state:
        case S.CONFIRMED:
            waiting = f"task-waiting-{task.reason}"
            lines = [say.html("task-confirmed", numbers=task.numbers)]
            return [*lines, say.html(waiting)] if say.has(waiting) else lines
        case S.SUBMITTING | S.SUBMITTED:
            return [say.html(f"task-{task.state}", numbers=task.numbers)]
        case S.PROCESSING:
            return _progress_lines(say, task, now)
        case S.EXPORTED | S.FETCHED:
            key = "task-exported-trouble" if task.reason else "task-exported"
            return [say.html(key, numbers=task.numbers)]
        case S.REJECTED:
            lines = [say.html(f"rejected-{task.reason}"), *_service_says(say, task)]
            return [*lines, Html(""), say.html("rejected-do")]
        case S.FAILED:
            do = say.html("task-failed-do", ref=task.remote_id or task.id)
            return [say.html("task-failed"), *_service_says(say, task), do]
        case S.EXPIRED:
            key = f"task-expired-{task.reason}"
            why = say.html(key if say.has(key) else "task-expired-result")
            return [
                why,
                *_service_says(say, task),
                say.html("task-expired-do", ref=task.remote_id or task.id),
            ]
        case S.DELIVERED if task.is_private:
            return [say.html("task-delivered-privately", numbers=task.numbers)]
        case _:
            return [say.html(f"task-{task.state}", numbers=task.numbers)]


def _service_says(say: Phrases, task: Task) -> list[Html]:
    return [say.html("task-service-says", text=task.reason_text)] if task.reason_text else []


def _progress_lines(say: Phrases, task: Task, now: float) -> list[Html]:
    # The service says `total: 0` at first, so our own count is what the bar is made of.
    share = min(task.done / task.numbers, 1.0)
    full = int(share * BAR_CELLS)
    bar = Html("▓" * full + "░" * (BAR_CELLS - full))
    lines = [say.html("task-processing", bar=bar, done=task.done, numbers=task.numbers)]
    left = seconds_left(task, now)
    if left is not None:
        lines.append(say.html("task-time-left", time=Html(duration(say, left))))
    return lines


def seconds_left(task: Task, now: float) -> float | None:
    """How long the rest takes at the pace so far; None while there is no pace to go by.

    The first fiftieth tells more of how long the service took to begin.
    """
    if task.submitted_at is None or not 1 / 50 <= task.done / task.numbers < 1:
        return None
    age = max(now - task.submitted_at, 0.0)
    return age * (task.numbers - task.done) / task.done


def _task_rows(say: Phrases, task: Task, offers: list[Offer]) -> Rows:
    def button(key: str, act: TaskAct, style: str | None = None) -> list[InlineKeyboardButton]:
        return [button_of(say.plain(key), TaskButton(act=act, id=task.id), style)]

    match task.state:
        case S.CONFIRMED:
            return [button("button-cancel", TaskAct.CANCEL)]
        case S.UNCONFIRMED:
            again = AgainButton(id=task.id, posts=task.posts)
            return [
                [button_of(say.plain("button-send-again"), again, "danger")],
                button("button-drop", TaskAct.CANCEL),
            ]
        case S.EXPIRED:
            return [button("button-look-again", TaskAct.LOOK_AGAIN)]
        case S.DELIVERED:
            return [button("button-file-again", TaskAct.FILE)]
        case S.REJECTED | S.CANCELLED:
            discard = ListButton(act=ListAct.DISCARD, id=task.list_id)
            rows = check_rows(say, task.list_id, offers)
            return [*rows, [button_of(say.plain("button-discard"), discard)]]
        case _:
            return []
