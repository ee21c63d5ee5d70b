"""The card of a lookup: one number, or up to ten of them."""

from aiogram.types import CopyTextButton, InlineKeyboardButton

from checking.lookups.desk import Outlook
from handlers.shared.callbacks import InquiryAct, InquiryButton
from handlers.shared.cards import Card, Rows, button_of, clock_time, duration, keyboard_of
from handlers.shared.texts import Html, Phrases
from storage.lookups.inquiries import Inquiry
from storage.lookups.lookups import Lookup, LookupState

SOON = 20.0  # seconds; what comes so soon needs no clock time
LONGEST_COPIED = 256  # characters that a copy button takes (Bot API, CopyTextButton)


def inquiry_card(
    say: Phrases, inquiry: Inquiry, outlook: Outlook | None, now: float, *, may_ask_again: bool
) -> Card:
    """What is known so far, and what is still to come; `outlook` is None when nothing waits."""
    lines = [_line(say, inquiry.lookups[0], is_soon=_is_soon(outlook, now))]
    several = len(inquiry.lookups) > 1
    if several:
        done = sum(lookup.state is not LookupState.WAITING for lookup in inquiry.lookups)
        head = say.html("lookup-head", done=done, numbers=len(inquiry.lookups))
        lines = [head, *(_short_line(say, lookup) for lookup in inquiry.lookups)]
    if outlook is not None:
        lines += _waiting(say, outlook, now)
    remembered = [each for each in inquiry.lookups if _is_remembered(each)]
    if remembered:
        lines.append(_age(say, remembered, now, several=several))
    again = bool(remembered) and may_ask_again
    acts = _act_rows(say, inquiry, waits=outlook is not None, again=again)
    return Card("\n".join(lines), keyboard_of([*_copy_row(say, inquiry), *acts]))


def _line(say: Phrases, lookup: Lookup, *, is_soon: bool) -> Html:
    key = _key(lookup)
    if lookup.state is LookupState.WAITING and not is_soon:
        key = "queued"
    return say.html(f"lookup-{key}", number=lookup.number, account=_account(lookup))


def _short_line(say: Phrases, lookup: Lookup) -> Html:
    return say.html(f"lookup-line-{_key(lookup)}", number=lookup.number, account=_account(lookup))


def _key(lookup: Lookup) -> str:
    if lookup.state is LookupState.ANSWERED and lookup.answer is not None:
        if not lookup.answer.found:
            return "no"
        return "yes" if lookup.answer.account else "unnamed"
    if lookup.state is LookupState.WAITING and lookup.answer is not None:
        return "again"
    return str(lookup.state)


def _account(lookup: Lookup) -> str:
    return lookup.answer.account if lookup.answer else ""


def _waiting(say: Phrases, outlook: Outlook, now: float) -> list[Html]:
    if outlook.try_at is None:
        return [say.html("lookup-stuck"), say.html("lookup-by-itself")]
    if _is_soon(outlook, now):
        if outlook.place == 1:
            return []
        return [say.html("lookup-place-soon", place=outlook.place)]
    at = clock_time(outlook.try_at, now)
    return [say.html("lookup-place", place=outlook.place, at=at), say.html("lookup-by-itself")]


def _is_soon(outlook: Outlook | None, now: float) -> bool:
    return outlook is not None and outlook.try_at is not None and outlook.try_at <= now + SOON


def _is_remembered(lookup: Lookup) -> bool:
    return lookup.state is LookupState.ANSWERED and lookup.from_memory


def _age(say: Phrases, remembered: list[Lookup], now: float, *, several: bool) -> Html:
    oldest = min(each.answer.answered_at for each in remembered if each.answer is not None)
    age = Html(duration(say, max(now - oldest, 0.0)))
    return say.html("lookup-memory-several" if several else "lookup-memory", age=age)


def _copy_row(say: Phrases, inquiry: Inquiry) -> Rows:
    accounts = [
        each.answer.account for each in inquiry.lookups if each.answer and each.answer.account
    ]
    text = "\n".join(accounts)
    if not text or len(text) > LONGEST_COPIED:
        return []
    label = say.plain("button-copy", ids=len(accounts))
    return [[InlineKeyboardButton(text=label, copy_text=CopyTextButton(text=text))]]


def _act_rows(say: Phrases, inquiry: Inquiry, *, waits: bool, again: bool) -> Rows:
    if waits:
        cancel = InquiryButton(act=InquiryAct.CANCEL, id=inquiry.id)
        return [[button_of(say.plain("button-cancel-lookup"), cancel)]]
    if again:
        ask = InquiryButton(act=InquiryAct.AGAIN, id=inquiry.id)
        return [[button_of(say.plain("button-ask-again"), ask)]]
    return []
