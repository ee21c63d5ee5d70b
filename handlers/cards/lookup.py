"""The card of an inquiry: the lookup of one number, or of up to ten."""

from aiogram.types import CopyTextButton
from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.lookups.outlook import Outlook
from handlers.shared.callbacks import InquiryAct, InquiryButton
from handlers.shared.card import Card, keyboard_of
from handlers.shared.formats import clock_time, duration
from handlers.shared.texts import Html, Phrases
from storage.lookups.inquiries import Inquiry
from storage.lookups.lookups import Lookup, LookupState

SOON = 20.0  # seconds; an answer expected within them needs no clock time
PASSING = {"failing", "slow", "busy", "quota", "limit"}
"""What is in the way and needs nobody's help; of other troubles the owners are told."""
LONGEST_COPIED = 256  # characters that a copy button takes (Bot API, CopyTextButton)


def inquiry_card(
    say: Phrases, inquiry: Inquiry, outlook: Outlook | None, now: float, *, may_ask_again: bool
) -> Card:
    """The answers so far, and the outlook for the rest; `outlook` is None if nothing waits."""
    lookups = inquiry.lookups
    lines = _answer_lines(say, lookups, is_soon=_is_soon(outlook, now))
    if outlook is not None:
        lines += _waiting(say, outlook, now)
    remembered = [
        each for each in lookups if each.state is LookupState.ANSWERED and each.from_memory
    ]
    if remembered:
        oldest = min(each.answer.answered_at for each in remembered if each.answer is not None)
        age = Html(duration(say, max(now - oldest, 0.0)))
        memory = "lookup-memory-several" if len(lookups) > 1 else "lookup-memory"
        lines.append(say.html(memory, age=age))
    accounts = list(filter(None, map(_account, lookups)))
    copied, buttons = "\n".join(accounts), InlineKeyboardBuilder()
    if 0 < len(copied) <= LONGEST_COPIED:
        label = say.plain("button-copy", ids=len(accounts))
        buttons.button(text=label, copy_text=CopyTextButton(text=copied))
    if outlook is not None:
        cancel = InquiryButton(act=InquiryAct.CANCEL, id=inquiry.id)
        buttons.button(text=say.plain("button-cancel-lookup"), callback_data=cancel)
    elif remembered and may_ask_again:
        again = InquiryButton(act=InquiryAct.AGAIN, id=inquiry.id)
        buttons.button(text=say.plain("button-ask-again"), callback_data=again)
    buttons.adjust(1)
    return Card("\n".join(lines), keyboard_of(buttons))


def _answer_lines(say: Phrases, lookups: list[Lookup], *, is_soon: bool) -> list[Html]:
    if len(lookups) == 1:
        (only,) = lookups
        is_late = only.state is LookupState.WAITING and not is_soon
        key = "queued" if is_late else _key(only)
        return [say.html(f"lookup-{key}", number=only.number, account=_account(only))]
    done = sum(each.state is not LookupState.WAITING for each in lookups)
    lines = [say.html("lookup-head", done=done, numbers=len(lookups))]
    for each in lookups:
        line = f"lookup-line-{_key(each)}"
        lines.append(say.html(line, number=each.number, account=_account(each)))
    return lines


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
        return [] if outlook.place == 1 else [say.html("lookup-place-soon", place=outlook.place)]
    what = outlook.why or "limit"
    why = say.html(f"lookup-why-{what if what in PASSING else 'other'}")
    at = clock_time(outlook.try_at, now)
    place = say.html("lookup-place", place=outlook.place, at=at)
    return [why, place, say.html("lookup-by-itself")]


def _is_soon(outlook: Outlook | None, now: float) -> bool:
    if outlook is None or outlook.try_at is None or outlook.why is not None:
        return False
    return outlook.try_at <= now + SOON
