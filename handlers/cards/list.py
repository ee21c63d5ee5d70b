"""The cards of a list before its check: its counts, and the quote of a check."""

from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.memory.exclusions import KEPT as EXCLUDED
from checking.quotes import Offer, Quote
from checking.services.errors import TooFewError
from handlers.cards import known
from handlers.cards.clean import clean_button
from handlers.cards.exclusions.buttons import ways_button
from handlers.cards.exclusions.pages import excluded_text
from handlers.cards.reading import change_buttons, read_as, reading_lines
from handlers.shared import readings
from handlers.shared.callbacks import (
    CheckButton,
    DecisionAct,
    DecisionButton,
    KeepButton,
    ListAct,
    ListButton,
)
from handlers.shared.card import Card, check_about, check_name, keyboard_of, short_title
from handlers.shared.formats import about, country_text, date_text, money, written
from handlers.shared.places import is_group
from handlers.shared.readings import ReadingTold
from handlers.shared.texts import Html, Phrases
from storage.lists.lists import ListState, NumberList

MOST_CHECKS = 6
"""Checks on a card; the others are behind *More checks*."""


def check_buttons(
    say: Phrases, list_id: str, offers: list[Offer], *, every: bool = False
) -> InlineKeyboardBuilder:
    """The checks to choose from, two in a row: the first ones, or `every` one and the way back."""
    buttons, shown = InlineKeyboardBuilder(), offers if every else offers[:MOST_CHECKS]
    for offer in shown:
        buttons.button(
            text=("⏸ " if offer.paused else "") + check_name(say, offer.check),
            callback_data=CheckButton(id=list_id, check=offer.check.key),
        )
    buttons.adjust(2)
    if every or len(shown) < len(offers):
        label = say.plain("button-back" if every else "button-more-checks")
        act = ListButton(act=ListAct.SHOW if every else ListAct.MORE, id=list_id)
        buttons.attach(InlineKeyboardBuilder().button(text=label, callback_data=act))
    return buttons


def more_card(say: Phrases, found: NumberList, offers: list[Offer]) -> Card:
    """The card of a list with every check on offer, and nothing else."""
    lines = [say.html("list-title", title=short_title(found.title)), "", say.html("list-choose")]
    return Card("\n".join(lines), keyboard_of(check_buttons(say, found.id, offers, every=True)))


def list_card(
    say: Phrases,
    found: NumberList,
    offers: list[Offer],
    *,
    looks_up: bool = False,
    home: str | None = None,
) -> Card:
    """The card of a list without a started check.

    `looks_up`: the list is short enough to look up its numbers one by one. `home`: the region of
    its chat.
    """
    title = short_title(found.title)
    if found.state is ListState.UNREADABLE:
        return _unreadable_card(say, found, home)
    if found.state is ListState.DISCARDED:
        if found.trouble == EXCLUDED:
            return Card(excluded_text(say, found))
        return Card(say.html("list-discarded", title=title))
    if found.state is not ListState.READY:
        return Card(say.html("list-reading", title=title))
    told = readings.from_json(found.reading)
    lines = ready_lines(say, found, told)
    look_up = InlineKeyboardBuilder()
    if looks_up:
        act = ListButton(act=ListAct.LOOK_UP, id=found.id)
        look_up.button(text=say.plain("button-look-up"), callback_data=act)
    lines += [Html(""), say.html("list-choose" if offers or looks_up else "list-no-checks")]
    checks, discard = check_buttons(say, found.id, offers), discard_button(say, found.id)
    ways, wishes = change_buttons(say, found, told, home)
    clean = clean_button(say, found.id)
    clean.attach(ways_button(say, found.id)).adjust(2)
    buttons = (checks, look_up, clean, ways, wishes, left_out_button(say, found), discard)
    return Card("\n".join(lines), keyboard_of(*buttons))


def ready_lines(say: Phrases, found: NumberList, told: ReadingTold) -> list[Html]:
    """What was read of a list: its counts, what was assumed, and what a country would add."""
    counts = [say.html("list-ready", title=short_title(found.title), ready=found.ready)]
    if found.duplicates:
        counts.append(say.html("list-duplicates", duplicates=found.duplicates))
    if found.rejected:
        counts.append(say.html("list-rejected", rejected=found.rejected))
    lines = [Html(" · ".join(counts)), *reading_lines(say, found, told)]
    if found.national:
        lines.append(say.html("list-national", national=found.national))
    return lines


def _unreadable_card(say: Phrases, found: NumberList, home: str | None) -> Card:
    """The card that says why a list can't be read, and offers what may help."""
    # `trouble_detail` is the one number that the text of a trouble may name.
    names = ("lines", "maximum", "count", "megabytes")
    detail = dict.fromkeys(names, int(found.trouble_detail or 0))
    head = say.html("trouble-card", title=short_title(found.title))
    lines = [head, say.html(f"trouble-{found.trouble}", **detail)]
    if is_group(found.chat_id):
        lines.append(say.html("trouble-here"))
    if not found.reading:
        return Card("\n".join(lines), keyboard_of(left_out_button(say, found)))
    told = readings.from_json(found.reading)
    lines += reading_lines(say, found, told)
    region = read_as(found, told)
    if told.is_bare and region:
        lines.append(say.html("trouble-country", country=country_text(say, region)))
    lines.append(say.html("trouble-nothing-spent"))
    changes = change_buttons(say, found, told, home)
    discard = discard_button(say, found.id)
    return Card("\n".join(lines), keyboard_of(*changes, left_out_button(say, found), discard))


def discard_button(say: Phrases, list_id: str) -> InlineKeyboardBuilder:
    """The button that discards a list."""
    discard = ListButton(act=ListAct.DISCARD, id=list_id)
    return InlineKeyboardBuilder().button(text=say.plain("button-discard"), callback_data=discard)


def keep_button(
    say: Phrases, list_id: str, check_key: str, reason: str | None
) -> InlineKeyboardBuilder:
    """The button that keeps a list for a check; empty unless the reason is that it has too few.

    That only its new numbers are too few is such a reason, too.
    """
    button = InlineKeyboardBuilder()
    if reason in {TooFewError.reason, "new_too_few"}:
        keep = KeepButton(id=list_id, check=check_key)
        button.button(text=say.plain("button-keep-list"), callback_data=keep)
    return button


def left_out_button(say: Phrases, found: NumberList) -> InlineKeyboardBuilder:
    """The button that shows what was left out of a list; empty if nothing was."""
    button = InlineKeyboardBuilder()
    if found.rejected or readings.from_json(found.reading).excluded:
        show = ListButton(act=ListAct.LEFT_OUT, id=found.id)
        button.button(text=say.plain("button-left-out"), callback_data=show)
    return button


def quote_card(say: Phrases, quote: Quote, *, shows_balance: bool = False) -> Card:
    """The quote of a check, with *Start* unless a limit is in the way.

    shows_balance: Its reader may know the account's balance.
    """
    task, check = quote.task, quote.check
    name = check_name(say, check)
    lines = [say.html("choose-head", title=short_title(task.title), check=name), Html("")]
    show = ListButton(act=ListAct.SHOW, id=task.list_id)
    back = InlineKeyboardBuilder().button(text=say.plain("button-back"), callback_data=show)
    if task.known:
        lines += known.quote_lines(say, quote)
    else:
        if told := check_about(say, check):
            lines.insert(1, say.html("choose-about", about=told))
        lines.append(say.html("choose-count", numbers=task.numbers))
        if not quote.is_compared:
            lines.append(say.html("choose-uncompared"))
        if quote.price is not None:
            cost = money(say, quote.price.cost(task.numbers), quote.price.currency)
            cost = about(say, cost, is_about=quote.price.is_about)
            lines.append(say.html("choose-cost", cost=cost))
    if not task.is_remembered:
        if quote.price is None:
            lines.append(say.html("choose-no-price"))
        lines += _limit_lines(say, quote, shows_balance=shows_balance)
    keep = keep_button(say, task.list_id, check.key, quote.problem)
    if task.known:
        ways = known.quote_buttons(say, quote)
        return Card("\n".join(lines), keyboard_of(ways, keep, back))
    if quote.is_startable:
        start = DecisionButton(act=DecisionAct.START, id=task.id, posts=task.posts)
        back.button(text=say.plain("button-start"), callback_data=start, style="success")
    return Card("\n".join(lines), keyboard_of(back, keep))


def _limit_lines(say: Phrases, quote: Quote, *, shows_balance: bool) -> list[Html]:
    """What the account, the service and the person's day allow, and what is in the way."""
    task, check, lines = quote.task, quote.check, []
    if quote.balance is not None and shows_balance:
        balance = money(say, quote.balance, check.list_currency)
        lines.append(say.html("choose-balance", balance=balance))
    if check.minimum > 1:
        lines.append(say.html("choose-minimum", minimum=check.minimum))
    lines += _left_lines(say, quote)
    if quote.checked_at is not None and not task.known:
        lines.append(say.html("choose-again", date=date_text(say, quote.checked_at)))
    refused = _why_not(say, quote)
    if refused is not None:
        lines.append(refused)
    elif quote.is_too_poor:
        lines.append(say.html("choose-too-poor"))
    return lines


def _left_lines(say: Phrases, quote: Quote) -> list[Html]:
    """What is left of the day and of budgets, where less than half would stay."""
    lines = []
    limit, left = quote.allowance.limit, quote.allowance.left
    if limit is not None and left is not None and left - quote.task.numbers < limit / 2:
        lines.append(say.html("quota-left", left=left, limit=limit))
    if (budget := quote.bounds.nearly) is not None:
        lines.append(say.html("budget-left", **written(say, budget.values)))
    return lines


def _why_not(say: Phrases, quote: Quote) -> Html | None:
    """Why the check can't be started; None if it can."""
    if quote.problem:
        task = quote.task
        limits = {
            "minimum": quote.check.minimum,
            "maximum": quote.check.maximum,
            "numbers": task.all_numbers if quote.problem == "too_few" else task.numbers,
            "left": quote.allowance.left or 0,
            "limit": quote.allowance.limit or 0,
        }
        return say.html(f"choose-{quote.problem}", **limits)
    refusal = quote.bounds.refusal
    return None if refusal is None else say.html(refusal.key, **written(say, refusal.values))
