"""Cards: what one message shows, made from what is stored and nothing else.

Here: what all cards share, and those of a list. `task_cards` has those of a started check.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from checking.catalogue import Check
from checking.desk import Offer, Quote
from handlers.callbacks import CheckButton, ListAct, ListButton, TaskAct, TaskButton
from handlers.texts import Html, Phrases
from storage.lists import ListState, NumberList

LONGEST_TITLE = 48
BUTTONS_IN_ROW = 2

Rows = list[list[InlineKeyboardButton]]


@dataclass(frozen=True, slots=True)
class Card:
    """One message: Telegram HTML and buttons."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None


def check_name(say: Phrases, check: Check | None, key: str = "") -> str:
    """The name of a check in this language; the operator's own word if it has none."""
    if check is None:
        return key
    name = f"check-{check.key}"
    return say.plain(name) if say.has(name) else check.title


def check_about(say: Phrases, check: Check) -> str:
    """What a check tells."""
    name = f"check-{check.key}-about"
    return say.plain(name) if say.has(name) else check.about


def short_title(title: str) -> str:
    """A title that leaves room for the rest of the card."""
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def button_of(
    text: str, data: ListButton | CheckButton | TaskButton, style: str | None = None
) -> InlineKeyboardButton:
    """A button that carries `data`; `style` is success, danger or primary."""
    return InlineKeyboardButton(text=text, callback_data=data.pack(), style=style)


def keyboard_of(rows: Rows) -> InlineKeyboardMarkup | None:
    """The keyboard of these rows; None when there are none."""
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def check_rows(say: Phrases, list_id: str, offers: list[Offer]) -> Rows:
    """The checks to choose from, side by side."""
    buttons = [
        button_of(
            ("⏸ " if offer.paused else "") + check_name(say, offer.check),
            CheckButton(id=list_id, check=offer.check.key),
        )
        for offer in offers
    ]
    return [buttons[i : i + BUTTONS_IN_ROW] for i in range(0, len(buttons), BUTTONS_IN_ROW)]


def list_card(say: Phrases, found: NumberList, offers: list[Offer]) -> Card:
    """The card of a list that has no task, or none any more."""
    title = short_title(found.title)
    if found.state is ListState.UNREADABLE:
        text = f"{say.html('trouble-card', title=title)}\n{_trouble(say, found)}"
        return Card(text, keyboard_of(_left_out_row(say, found)))
    if found.state is ListState.DISCARDED:
        return Card(say.html("list-discarded", title=title))
    if found.state is not ListState.READY:
        return Card(say.html("list-reading", title=title))
    counts = [say.html("list-ready", title=title, ready=found.ready)]
    if found.duplicates:
        counts.append(say.html("list-duplicates", duplicates=found.duplicates))
    if found.rejected:
        counts.append(say.html("list-rejected", rejected=found.rejected))
    lines = [" · ".join(counts)]
    if found.national:
        lines.append(say.html("list-national", national=found.national))
    lines += ["", say.html("list-choose" if offers else "list-no-checks")]
    return Card("\n".join(lines), keyboard_of(_list_rows(say, found, offers)))


def _list_rows(say: Phrases, found: NumberList, offers: list[Offer]) -> Rows:
    rows = check_rows(say, found.id, offers)
    last = [button_of(say.plain("button-discard"), ListButton(act=ListAct.DISCARD, id=found.id))]
    return [*rows, *_left_out_row(say, found), last]


def _left_out_row(say: Phrases, found: NumberList) -> Rows:
    show = ListButton(act=ListAct.LEFT_OUT, id=found.id)
    return [[button_of(say.plain("button-left-out"), show)]] if found.rejected else []


def _trouble(say: Phrases, found: NumberList) -> Html:
    """`trouble_detail` is the one number that a trouble's text may name."""
    detail = int(found.trouble_detail or 0)
    names = ("lines", "maximum", "count", "megabytes")
    return say.html(f"trouble-{found.trouble}", **dict.fromkeys(names, detail))


def quote_card(say: Phrases, quote: Quote) -> Card:
    """What a check would tell and cost, with Start."""
    task, check = quote.task, quote.check
    name = check_name(say, check)
    lines = [
        say.html("choose-head", title=short_title(task.title), check=name),
        Html(""),
        say.html("choose-count", numbers=task.numbers),
    ]
    about = check_about(say, check)
    if about:
        lines.insert(1, Html(f"<i>{_escaped(about)}</i>"))
    if quote.cost is not None:
        lines.append(say.html("choose-cost", cost=_money(quote.cost, check.currency)))
    if quote.balance is not None:
        lines.append(say.html("choose-balance", balance=_money(quote.balance, check.currency)))
    if check.minimum > 1:
        lines.append(say.html("choose-minimum", minimum=check.minimum))
    if quote.checked_at is not None:
        lines.append(say.html("choose-again", date=day(quote.checked_at)))
    if quote.problem:
        limits = {"minimum": check.minimum, "maximum": check.maximum, "numbers": task.numbers}
        lines.append(say.html(f"choose-{quote.problem}", **limits))
    elif quote.cost is not None and quote.balance is not None and quote.cost > quote.balance:
        lines.append(say.html("choose-too-poor"))
    row = [button_of(say.plain("button-back"), ListButton(act=ListAct.SHOW, id=task.list_id))]
    if not quote.problem:
        start = TaskButton(act=TaskAct.START, id=task.id)
        row.append(button_of(say.plain("button-start"), start, style="success"))
    return Card("\n".join(lines), keyboard_of([row]))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _money(amount: float, currency: str) -> str:
    return f"{amount:,.2f} {currency}"


def day(when: float) -> str:
    """A date as everybody reads it alike: 2026-11-22 (UTC)."""
    return datetime.fromtimestamp(when, UTC).date().isoformat()
