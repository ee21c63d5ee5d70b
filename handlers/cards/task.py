"""The cards of started checks: a text and buttons for each state."""

from collections.abc import Sequence
from decimal import Decimal

from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.prices.guess import Guess
from checking.quotes import Offer
from checking.services.catalogue import Check
from handlers.cards import known
from handlers.cards.list import check_buttons, discard_button, keep_button
from handlers.shared.callbacks import DecisionAct, DecisionButton, TaskAct, TaskButton
from handlers.shared.card import Card, check_name, keyboard_of, short_title
from handlers.shared.formats import cost_of, duration, money
from handlers.shared.texts import Html, Phrases
from storage.people.costs import PostCost
from storage.people.usage import UsageState
from storage.tasks.task_states import TaskState
from storage.tasks.tasks import Task

BAR_CELLS = 10
GONE = "numbers_gone"

S = TaskState
_DECISIONS = {
    S.CONFIRMED: [("button-cancel", DecisionAct.DONT_SEND)],
    S.UNCONFIRMED: [
        ("button-send-again", DecisionAct.SEND_AGAIN),
        ("button-drop", DecisionAct.DROP),
    ],
    S.EXPIRED: [("button-look-again", DecisionAct.LOOK_AGAIN)],
}

_COSTS = (S.CONFIRMED, S.SUBMITTING, S.SUBMITTED, S.PROCESSING, S.EXPORTED, S.FETCHED, S.DELIVERED)
_OF_THE_LAST_POST = (*_COSTS, S.REJECTED, S.FAILED, S.EXPIRED)
"""Where what the card says of money is about the last POST alone."""


def task_card(
    say: Phrases,
    task: Task,
    check: Check | None,
    offers: list[Offer],
    now: float,
    *,
    may_claim: bool = False,
    posts: Sequence[PostCost] = (),
    guess: Guess | None = None,
    shows_balance: bool = False,
) -> Card:
    """The card of a started check; a task that ended without a result offers other checks.

    may_claim: Its person may say which task at the service it is.
    posts: What each POST of it costs.
    guess: What the balance says of it; shows_balance: its reader may know how much that is.
    """
    name = check_name(say, check, task.check_key)
    head = say.html("task-head", title=short_title(task.title), check=name)
    lines = [head]
    if not task.is_remembered:
        lines += [*_state_lines(say, task, now, posts), *_cost_lines(say, task, posts)]
    lines += known.state_lines(say, task)
    lines += _advice_lines(say, task, check, guess, shows_balance=shows_balance)
    text = "\n".join(lines)
    if task.state is S.REJECTED or (task.state is S.CANCELLED and not task.reason):
        # Without its numbers nothing can be made of the list.
        checks = check_buttons(say, task.list_id, [] if task.reason == GONE else offers)
        checks.attach(known.offered(say, task))
        keep = keep_button(say, task.list_id, task.check_key, task.reason)
        return Card(text, keyboard_of(checks, keep, discard_button(say, task.list_id)))
    buttons = InlineKeyboardBuilder()
    for key, act in [] if task.is_remembered else _DECISIONS.get(task.state, []):
        is_again = act is DecisionAct.SEND_AGAIN
        said = (task.money.quoted_millionths or 0) if is_again else 0
        decision = DecisionButton(act=act, id=task.id, posts=task.posts, said=said)
        style = "danger" if is_again else None
        buttons.button(text=say.plain(key), callback_data=decision, style=style)
    if may_claim and task.state is S.UNCONFIRMED:
        buttons.attach(found_button(say, task.id, task.posts))
    buttons.attach(known.offered(say, task))
    if task.state is S.DELIVERED:
        file = TaskButton(act=TaskAct.FILE, id=task.id)
        buttons.button(text=say.plain("button-file-again"), callback_data=file)
    buttons.adjust(1)
    return Card(text, keyboard_of(buttons))


def spent(posts: Sequence[PostCost]) -> list[PostCost]:
    """The POSTs that the service took."""
    return [post for post in posts if post.state is UsageState.SPENT]


def found_button(say: Phrases, task_id: str, posts: int) -> InlineKeyboardBuilder:
    """The button that asks for the id of an unclear task at its service."""
    found = DecisionButton(act=DecisionAct.FOUND, id=task_id, posts=posts)
    return InlineKeyboardBuilder().button(text=say.plain("button-found"), callback_data=found)


def found_question(say: Phrases, task: Task) -> Card:
    """The question for that id: it is answered by a reply, or left by its button."""
    leave = DecisionButton(act=DecisionAct.LEAVE, id=task.id, posts=task.posts)
    buttons = InlineKeyboardBuilder().button(text=say.plain("button-not-now"), callback_data=leave)
    title = short_title(task.title)
    text = say.html("found-ask", title=title, numbers=task.numbers, service=task.service)
    return Card(text, keyboard_of(buttons))


def _state_lines(say: Phrases, task: Task, now: float, posts: Sequence[PostCost]) -> list[Html]:
    match task.state:
        case S.CONFIRMED:
            waiting = f"task-waiting-{task.reason}"
            lines = [say.html("task-confirmed", numbers=task.numbers)]
            return [*lines, say.html(waiting)] if say.has(waiting) else lines
        case S.PROCESSING:
            return _progress_lines(say, task, now)
        case S.EXPORTED | S.FETCHED:
            key = "task-exported-trouble" if task.reason else "task-exported"
            return [say.html(key, numbers=task.numbers)]
        case S.REJECTED:
            return [say.html(f"rejected-{task.reason}"), *_service_says(say, task)]
        case S.FAILED | S.EXPIRED:
            return _ended_lines(say, task, posts)
        case S.CANCELLED if task.reason:
            return [say.html(f"task-cancelled-{task.reason}"), _money_line(say, posts)]
        case S.CANCELLED if _may_be_charged(posts):
            return [say.html("task-cancelled-perhaps_charged")]
        case S.DELIVERED if task.is_private:
            return [say.html("task-delivered-privately", numbers=task.numbers)]
        case _:
            return [say.html(f"task-{task.state}", numbers=task.numbers)]


def _ended_lines(say: Phrases, task: Task, posts: Sequence[PostCost]) -> list[Html]:
    """What is said of a check that ended without a result: why, where its money is, what to do."""
    is_failed = task.state is S.FAILED
    key = "task-failed" if is_failed else f"task-expired-{task.reason}"
    why = say.html(key if say.has(key) else "task-expired-result")
    do = "task-failed-do" if is_failed else "task-expired-do"
    do = say.html(do, ref=task.remote_id or task.id)
    return [why, *_service_says(say, task), _money_line(say, posts), do]


def _money_line(say: Phrases, posts: Sequence[PostCost]) -> Html:
    """Whether the money of a check is gone that ended without a result."""
    if taken := spent(posts):
        cost = cost_of(say, taken)
        return say.html("money-gone", cost=cost) if cost else say.html("money-gone-unpriced")
    return say.html("money-unclear" if _may_be_charged(posts) else "money-not-gone")


def _may_be_charged(posts: Sequence[PostCost]) -> bool:
    return any(post.state is UsageState.UNCLEAR for post in posts)


def _cost_lines(say: Phrases, task: Task, posts: Sequence[PostCost]) -> list[Html]:
    """What the service has taken or will take next, and what it may have taken before."""
    lines = []
    if task.state is S.UNCONFIRMED and (again := _cost_again(say, task, posts)):
        lines.append(say.html("task-cost-again", cost=again))
    cost = cost_of(say, spent(posts) or posts[-1:])
    if cost and task.state in _COSTS:
        lines.append(say.html("task-cost", cost=cost))
    if _may_be_charged(posts[:-1]) and task.state in _OF_THE_LAST_POST:
        lines.append(say.html("task-earlier-unclear"))
    return lines


def _cost_again(say: Phrases, task: Task, posts: Sequence[PostCost]) -> str | None:
    """What it costs to send an unclear task again; None if that is unknown.

    The last POST says whether that is about; a price that rose since was learnt, or is our own.
    """
    last, said = posts[-1:], task.money.quoted
    if said is None or any((post.amount, post.currency) == said for post in last):
        return cost_of(say, last)
    return money(say, *said)


def _advice_lines(
    say: Phrases, task: Task, check: Check | None, guess: Guess | None, *, shows_balance: bool
) -> list[Html]:
    if task.state is S.REJECTED and task.reason != GONE:
        return [Html(""), say.html("rejected-do")]
    if check is None or guess is None or task.state is not S.UNCONFIRMED:
        return []
    key = f"task-guess-{guess.word}"
    if not (shows_balance and say.has(f"{key}-by")):
        return [Html(""), say.html(key)]
    fell = money(say, guess.fell, check.list_currency)
    cost = money(say, guess.cost or Decimal(), check.list_currency)
    return [Html(""), say.html(f"{key}-by", fell=fell, cost=cost)]


def _service_says(say: Phrases, task: Task) -> list[Html]:
    return [say.html("task-service-says", text=task.reason_text)] if task.reason_text else []


def _progress_lines(say: Phrases, task: Task, now: float) -> list[Html]:
    # The service reports `total: 0` at first, so the bar is measured against our own count.
    share = min(task.done / task.numbers, 1.0)
    full = int(share * BAR_CELLS)
    bar = Html("▓" * full + "░" * (BAR_CELLS - full))
    lines = [say.html("task-processing", bar=bar, done=task.done, numbers=task.numbers)]
    left = seconds_left(task, now)
    if left is not None:
        lines.append(say.html("task-time-left", time=Html(duration(say, left))))
    return lines


def seconds_left(task: Task, now: float) -> float | None:
    """Estimate the remaining time from the pace so far; None while there is no pace.

    The first fiftieth is ignored: it mostly measures how long the service took to begin.
    """
    if task.submitted_at is None or not 1 / 50 <= task.done / task.numbers < 1:
        return None
    age = max(now - task.submitted_at, 0.0)
    return age * (task.numbers - task.done) / task.done
