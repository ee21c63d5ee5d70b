"""Words and buttons for lists of which some answers are remembered."""

from math import ceil
from typing import Literal

from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.memory.blocks import DAY_SECONDS
from checking.quotes import Quote
from handlers.shared.callbacks import DecisionAct, DecisionButton, TaskAct, TaskButton
from handlers.shared.formats import about, date_text, money
from handlers.shared.texts import Html, Phrases
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

S = TaskState
_OFFERED = (S.UNCONFIRMED, S.EXPIRED, S.FAILED, S.REJECTED)
_AT_THE_SERVICE = (S.CONFIRMED, S.SUBMITTING, S.SUBMITTED, S.PROCESSING)


def quote_lines(say: Phrases, quote: Quote) -> list[Html]:
    """The lines of a quote in place of the count and the price."""
    task, check = quote.task, quote.check
    counts = {"all": task.all_numbers, "known": task.known, "numbers": task.numbers}
    key = "choose-known-all" if task.is_remembered else "choose-known"
    # What an earlier check left may be older than the days of now.
    age = ceil((task.created_at - (task.known_since or task.created_at)) / DAY_SECONDS)
    line = say.html(key, **counts, days=max(check.remember_days, age))
    if quote.price is not None and not task.is_remembered:
        cost = money(say, quote.price.cost(task.numbers), quote.price.currency)
        cost = about(say, cost, is_about=quote.price.is_about)
        full = money(say, quote.price.cost(task.all_numbers), "")
        line = Html(f"{line} · {say.html('choose-known-cost', cost=cost, full=full)}")
    details = [say.html("choose-known-details")] if check.detail_in else []
    return [line, *details]


def quote_buttons(say: Phrases, quote: Quote) -> InlineKeyboardBuilder:
    """The ways on: what is new, all again, or only what is remembered."""
    task, buttons = quote.task, InlineKeyboardBuilder()
    start = DecisionButton(act=DecisionAct.START, id=task.id, posts=task.posts)
    whole = DecisionButton(act=DecisionAct.WHOLE, id=task.id, posts=task.posts)
    if task.is_remembered:
        label = say.plain("button-from-memory")
        buttons.button(text=label, callback_data=start, style="success")
    elif quote.is_startable:
        label = say.plain("button-start-new", numbers=task.numbers)
        buttons.button(text=label, callback_data=start, style="success")
    else:
        buttons.attach(known_button(say, task))
    may_send = quote.closed is None and quote.problem in {None, "new_too_few"}
    if may_send and task.all_numbers >= quote.check.minimum:
        buttons.button(text=say.plain("button-whole"), callback_data=whole)
    buttons.adjust(1)
    return buttons


def known_button(say: Phrases, task: Task) -> InlineKeyboardBuilder:
    """The button for what is remembered of a list alone; empty if nothing is."""
    buttons = InlineKeyboardBuilder()
    if task.known and not task.is_remembered:
        known = TaskButton(act=TaskAct.KNOWN, id=task.id)
        buttons.button(text=say.plain("button-known", known=task.known), callback_data=known)
    return buttons


def offered(say: Phrases, task: Task) -> InlineKeyboardBuilder:
    """The same button, on the card of a check that the service gave no answers for."""
    is_there = task.state in _OFFERED and task.reason != "numbers_gone"
    return known_button(say, task) if is_there else InlineKeyboardBuilder()


def state_lines(say: Phrases, task: Task) -> list[Html]:
    """What the card of a check says of remembered answers, below the lines about its state.

    If all answers are remembered, these are all lines.
    """
    if task.is_remembered:
        key = "task-remembered-privately" if task.is_private else "task-remembered"
        if task.state is not S.DELIVERED:
            is_gone = task.state is S.EXPIRED
            key = "task-expired-known_gone" if is_gone else "task-recalling"
        return [say.html(key, numbers=task.known)]
    counts = {"all": task.all_numbers, "known": task.known, "numbers": task.numbers}
    if task.known and task.state in _AT_THE_SERVICE:
        return [say.html("task-known", **counts)]
    is_done = task.known and task.state is S.DELIVERED
    return [say.html("task-known-done", **counts)] if is_done else []


def result_counts(
    say: Phrases, task: Task, sent_as: Literal["own", "whole", "parts"] = "whole"
) -> Html:
    """The line of a caption that counts what the files hold, and what came from memory.

    sent_as: The person's own list, which holds both, or the service's file, whole or in parts.
    """
    if not task.known:
        return say.html("result-counts", numbers=task.numbers)
    since = date_text(say, task.known_since or task.created_at)
    counts = {"all": task.all_numbers, "known": task.known, "numbers": task.numbers}
    if task.is_remembered:
        return say.html("result-counts-remembered", **counts, date=since)
    if sent_as == "own":
        return say.html("result-counts-own", **counts, date=since)
    return say.html("result-counts-known", **counts, date=since, sent_as=sent_as)


def chart_footer(say: Phrases, task: Task) -> str:
    """The line below the bars of a picture; empty for the usual one."""
    if not task.known:
        return ""
    since = date_text(say, task.known_since or task.created_at)
    return say.plain("chart-footer-known", known=task.known, date=since)


def gone_text(say: Phrases, task: Task) -> Html:
    """What is said of a file that is gone, and made or fetched once more."""
    return say.html("result-gone-known" if task.is_remembered else "result-gone")
