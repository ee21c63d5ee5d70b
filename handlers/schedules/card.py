"""The cards of schedules: the questions before one is made, and what it says from then on."""

from decimal import Decimal

from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.prices.price import Price
from checking.schedules.schedules import Cap, Planned, cap_of
from checking.services.catalogue import Check
from handlers.schedules.callbacks import AgreedButton, RepeatButton, ScheduleAct, ScheduleButton
from handlers.shared.card import Card, check_name, keyboard_of, short_title
from handlers.shared.formats import about, date_text, money
from handlers.shared.texts import Html, Phrases
from storage.records.schedules import Every, Says, Schedule, ScheduleState
from storage.tasks.tasks import Task


def how_often_card(say: Phrases, task: Task, check: Check | None) -> Card:
    """The question how often a finished check shall begin anew."""
    buttons = InlineKeyboardBuilder()
    for every in Every:
        often = RepeatButton(id=task.id, every=every)
        buttons.button(text=say.plain(f"button-every-{every}"), callback_data=often)
    buttons.adjust(1)
    lines = [_head(say, task, check), say.html("schedule-how-often")]
    return Card("\n".join(lines), keyboard_of(buttons))


def how_card(
    say: Phrases,
    task: Task,
    check: Check | None,
    *,
    every: Every,
    due_at: float,
    cap: Cap | None,
    has_texts: bool,
) -> Card:
    """The question whether it may start by itself; `cap` is what is offered, None for nothing."""
    lines = [_head(say, task, check), _dates(say, every, due_at), say.html("schedule-how")]
    if has_texts:
        lines.append(say.html("schedule-texts"))
    buttons = InlineKeyboardBuilder()
    waits = AgreedButton(id=task.id, every=every, numbers=0, millionths=0, currency="")
    buttons.button(text=say.plain("button-waits"), callback_data=waits)
    if cap is None:
        lines.append(say.html("schedule-no-price"))
    else:
        agreed = AgreedButton(
            id=task.id,
            every=every,
            numbers=cap.numbers,
            millionths=cap.millionths,
            currency=cap.currency,
        )
        cost = money(say, cap.cost, cap.currency)
        text = say.plain("button-by-itself", numbers=cap.numbers, cost=cost)
        buttons.button(text=text, callback_data=agreed)
    back = RepeatButton(id=task.id)
    buttons.button(text=say.plain("button-back"), callback_data=back)
    buttons.adjust(1)
    return Card("\n".join(lines), keyboard_of(buttons))


def schedule_card(say: Phrases, planned: Planned, check: Check | None) -> Card:
    """What a schedule says, with *Stop* as long as it runs."""
    schedule, task = planned.schedule, planned.task
    head = _head(say, task, check)
    if schedule.state is not ScheduleState.ON:
        return Card("\n".join([head, say.html("schedule-stopped")]))
    lines, buttons = [head], InlineKeyboardBuilder()
    due = int(schedule.due_at)
    if schedule.says is Says.TOMORROW:
        values: dict[str, int | str] = {
            "date": date_text(say, planned.begins_at),
            "numbers": task.all_numbers,
        }
        lines.append(say.html("schedule-says-tomorrow", **values))
        if planned.price is not None:
            lines.append(say.html("schedule-cost", cost=_cost(say, planned.price, task)))
        skip = ScheduleButton(act=ScheduleAct.SKIP, id=schedule.id, due=due)
        buttons.button(text=say.plain("button-skip"), callback_data=skip)
    else:
        lines.append(say.html(f"schedule-says-{schedule.says}", **_agreed(say, schedule)))
        lines.append(_dates(say, schedule.every, schedule.due_at))
    lines.append(_mode(say, schedule))
    if planned.has_texts and schedule.says in {Says.PLANNED, Says.TOMORROW}:
        lines.append(say.html("schedule-texts"))
    stop = ScheduleButton(act=ScheduleAct.STOP, id=schedule.id, due=due)
    buttons.button(text=say.plain("button-stop"), callback_data=stop)
    return Card("\n".join(lines), keyboard_of(buttons))


def _head(say: Phrases, task: Task, check: Check | None) -> Html:
    name = check_name(say, check, task.check_key)
    return say.html("schedule-head", title=short_title(task.title), check=name)


def _dates(say: Phrases, every: Every, due_at: float) -> Html:
    return say.html(f"schedule-every-{every}", date=date_text(say, due_at))


def _cost(say: Phrases, price: Price, task: Task) -> str:
    cost = money(say, price.cost(task.all_numbers), price.currency)
    return about(say, cost, is_about=price.is_about)


def _agreed(say: Phrases, schedule: Schedule) -> dict[str, int | str]:
    """What was agreed to, as values of a text."""
    cap = cap_of(schedule) or Cap(0, 0, "")
    amount = cap.cost if cap.currency else Decimal()
    return {"numbers": cap.numbers, "cost": money(say, amount, cap.currency)}


def _mode(say: Phrases, schedule: Schedule) -> Html:
    if cap_of(schedule) is None:
        return say.html("schedule-waits")
    return say.html("schedule-by-itself", **_agreed(say, schedule))
