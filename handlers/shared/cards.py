"""Cards: what one message shows, made from what is stored and nothing else.

Here: what all cards share, and those of a list. `task_cards` has those of a started check.
"""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from babel.dates import format_date
from babel.numbers import format_decimal

from checking.desk import Offer, Quote
from checking.services.catalogue import Check
from handlers.shared.callbacks import CheckButton, ListAct, ListButton, TaskAct, TaskButton
from handlers.shared.texts import Html, Phrases
from storage.lists.lists import ListState, NumberList

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


def button_of(text: str, data: CallbackData, style: str | None = None) -> InlineKeyboardButton:
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


def list_card(
    say: Phrases, found: NumberList, offers: list[Offer], *, looks_up: bool = False
) -> Card:
    """The card of a list that has no task, or none any more.

    `looks_up`: it is so short that its numbers may also be looked up one by one.
    """
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
    lines += ["", say.html("list-choose" if offers or looks_up else "list-no-checks")]
    return Card("\n".join(lines), keyboard_of(_list_rows(say, found, offers, looks_up=looks_up)))


def _list_rows(say: Phrases, found: NumberList, offers: list[Offer], *, looks_up: bool) -> Rows:
    rows = check_rows(say, found.id, offers)
    if looks_up:
        look_up = ListButton(act=ListAct.LOOK_UP, id=found.id)
        rows.append([button_of(say.plain("button-look-up"), look_up)])
    if found.national:
        which = ListButton(act=ListAct.COUNTRY, id=found.id)
        rows.append([button_of(say.plain("button-country", national=found.national), which)])
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
        lines.insert(1, say.html("choose-about", about=about))
    if quote.cost is not None:
        lines.append(say.html("choose-cost", cost=money(say, quote.cost, check.currency)))
    if quote.balance is not None:
        lines.append(say.html("choose-balance", balance=money(say, quote.balance, check.currency)))
    if check.minimum > 1:
        lines.append(say.html("choose-minimum", minimum=check.minimum))
    lines += _allowance(say, quote)
    if quote.checked_at is not None:
        lines.append(say.html("choose-again", date=date_text(say, quote.checked_at)))
    if quote.problem:
        limits = {
            "minimum": check.minimum,
            "maximum": check.maximum,
            "numbers": task.numbers,
            "left": quote.allowance.left or 0,
            "limit": quote.allowance.limit or 0,
        }
        lines.append(say.html(f"choose-{quote.problem}", **limits))
    elif quote.cost is not None and quote.balance is not None and quote.cost > quote.balance:
        lines.append(say.html("choose-too-poor"))
    row = [button_of(say.plain("button-back"), ListButton(act=ListAct.SHOW, id=task.list_id))]
    if not quote.problem:
        start = TaskButton(act=TaskAct.START, id=task.id)
        row.append(button_of(say.plain("button-start"), start, style="success"))
    return Card("\n".join(lines), keyboard_of([row]))


def _allowance(say: Phrases, quote: Quote) -> list[Html]:
    """What is left of the person's day, where this check takes it below half of it."""
    limit, left = quote.allowance.limit, quote.allowance.left
    if limit is None or left is None or left - quote.task.numbers >= limit / 2:
        return []
    return [say.html("quota-left", left=left, limit=limit)]


def money(say: Phrases, amount: float, currency: str) -> str:
    """An amount as the language writes it: 1,234.50 USD, 1 234,50 USD."""
    written = format_decimal(amount, "#,##0.00", locale=say.language)
    return f"{written} {currency}".rstrip()


def clock_time(when: float, now: float) -> Html:
    """A moment to come, to the minute, in the reader's own time where the client can tell it.

    Clients that know the entity `date_time` show the person's time zone; the others show the
    text, which says UTC. Source: https://core.telegram.org/bots/api#date-time-entity-formatting
    """
    form = "t" if date_of(_minute(when)) == date_of(now) else "dt"
    text = clock_text(when, now)
    return Html(f'<tg-time unix="{_minute(when)}" format="{form}">{text}</tg-time>')


def clock_text(when: float, now: float) -> str:
    """The same for places without markup: 14:05 UTC, with the date on another day."""
    moment = datetime.fromtimestamp(_minute(when), UTC)
    is_today = date_of(_minute(when)) == date_of(now)
    return f"{moment:%H:%M} UTC" if is_today else f"{moment:%Y-%m-%d %H:%M} UTC"


def _minute(when: float) -> int:
    return math.ceil(when / 60) * 60  # up: what is said to come at a time has come by then


def date_of(when: float) -> date:
    """The day of a moment, in UTC."""
    return datetime.fromtimestamp(when, UTC).date()


def duration(say: Phrases, seconds: float) -> str:
    """A rough length of time in words."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return say.plain("moment")
    if minutes < 90:  # noqa: PLR2004 # up to here people count in minutes
        return say.plain("minutes", count=minutes)
    hours = round(minutes / 60)
    if hours < 36:  # noqa: PLR2004 # and up to here in hours
        return say.plain("hours", count=hours)
    return say.plain("days", count=round(hours / 24))


def date_text(say: Phrases, when: float) -> str:
    """A date (UTC) as the language writes it, for texts: Nov 22, 2026."""
    return str(format_date(date_of(when), "medium", locale=say.language))


def day(when: float) -> str:
    """A date as everybody reads it alike, for names of files: 2026-11-22 (UTC)."""
    return date_of(when).isoformat()
