"""The cards of a basket, and of a list whose numbers were added to one."""

from collections.abc import Sequence

from aiogram.utils.keyboard import InlineKeyboardBuilder

from checking.quotes import Offer
from checking.services.catalogue import Check
from handlers.cards.list import discard_button, left_out_button, ready_lines
from handlers.cards.reading import change_buttons
from handlers.shared import readings
from handlers.shared.callbacks import CheckButton, ListAct, ListButton
from handlers.shared.card import Card, check_name, keyboard_of, short_title
from handlers.shared.places import is_group
from handlers.shared.texts import Html, Phrases
from storage.lists.lists import ListState, NumberList


def kept_for(basket: NumberList, offers: Sequence[Offer]) -> Check | None:
    """The check that a basket is kept for; None while it isn't on offer."""
    checks = (offer.check for offer in offers if not offer.paused)
    return next((check for check in checks if check.key == basket.kept_for), None)


def basket_card(
    say: Phrases,
    found: NumberList,
    basket: NumberList | None,
    offers: Sequence[Offer],
    *,
    new: int | None = None,
    home: str | None = None,
) -> Card | None:
    """The card of a basket (it is `found` itself), or of a list that was added to it.

    None: it is shown as any other list is, as its basket is gone, or it isn't ready itself.

    new: How many of the basket's numbers would go to the service; None for all of them.
    """
    if found.state is not ListState.READY or basket is None:
        return None
    if basket.state is ListState.UNREADABLE:
        return None
    check, told = kept_for(basket, offers), readings.from_json(found.reading)
    new = basket.ready if new is None else new
    known: list[Html] = []
    if check is not None and new < basket.ready:
        known = [say.html("basket-known", known=basket.ready - new)]
    lines = [*ready_lines(say, found, told), Html("")]
    price, acts = InlineKeyboardBuilder(), InlineKeyboardBuilder()
    if check is not None and new >= check.minimum:
        label = say.plain("button-basket-full", check=check_name(say, check))
        see = CheckButton(id=basket.id, check=check.key)
        price.button(text=label, callback_data=see, style="success")
    if found.id != basket.id:
        lines += [_added(say, basket, check, new), *known]
        out = ListButton(act=ListAct.TAKE_OUT, id=found.id)
        acts.button(text=say.plain("button-take-out"), callback_data=out)
        changes = change_buttons(say, found, told, home)
        buttons = keyboard_of(price, acts, *changes, left_out_button(say, found))
        return Card("\n".join(lines), buttons)
    lines += [_stands(say, check, new), *known]
    if is_group(found.chat_id):
        lines.append(say.html("trouble-here"))
    for key, act in (("button-other-check", ListAct.MORE), ("button-no-more", ListAct.ADD_NO_MORE)):
        acts.button(text=say.plain(key), callback_data=ListButton(act=act, id=found.id))
    acts.adjust(1)
    return Card("\n".join(lines), keyboard_of(price, acts, discard_button(say, found.id)))


def _stands(say: Phrases, check: Check | None, new: int) -> Html:
    if check is None:
        return say.html("basket-off")
    name = check_name(say, check)
    if new >= check.minimum:
        return say.html("basket-full", minimum=check.minimum, check=name)
    return say.html("basket-count", ready=new, minimum=check.minimum, check=name)


def _added(say: Phrases, basket: NumberList, check: Check | None, new: int) -> Html:
    title = short_title(basket.title)
    if check is None:
        return say.html("basket-added", title=title)
    name = check_name(say, check)
    if new >= check.minimum:
        return say.html("basket-added-full", title=title, ready=new, check=name)
    counts = {"ready": new, "minimum": check.minimum}
    return say.html("basket-added-count", title=title, check=name, **counts)
