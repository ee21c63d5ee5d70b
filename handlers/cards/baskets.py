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


def basket_card(
    say: Phrases,
    found: NumberList,
    basket: NumberList | None,
    offers: Sequence[Offer],
    *,
    home: str | None = None,
) -> Card | None:
    """The card of a basket (it is `found` itself), or of a list that was added to it.

    None: it is shown as any other list is, as its basket is gone, or it isn't ready itself.
    """
    if found.state is not ListState.READY or basket is None:
        return None
    if basket.state is ListState.UNREADABLE:
        return None
    checks = (offer.check for offer in offers if not offer.paused)
    check = next((check for check in checks if check.key == basket.kept_for), None)
    told = readings.from_json(found.reading)
    lines = [*ready_lines(say, found, told), Html("")]
    price, acts = InlineKeyboardBuilder(), InlineKeyboardBuilder()
    if check is not None and basket.ready >= check.minimum:
        label = say.plain("button-basket-full", check=check_name(say, check))
        see = CheckButton(id=basket.id, check=check.key)
        price.button(text=label, callback_data=see, style="success")
    if found.id != basket.id:
        lines.append(_added(say, basket, check))
        out = ListButton(act=ListAct.TAKE_OUT, id=found.id)
        acts.button(text=say.plain("button-take-out"), callback_data=out)
        changes = change_buttons(say, found, told, home)
        buttons = keyboard_of(price, acts, *changes, left_out_button(say, found))
        return Card("\n".join(lines), buttons)
    lines.append(_stands(say, basket, check))
    if is_group(found.chat_id):
        lines.append(say.html("trouble-here"))
    for key, act in (("button-other-check", ListAct.MORE), ("button-no-more", ListAct.ADD_NO_MORE)):
        acts.button(text=say.plain(key), callback_data=ListButton(act=act, id=found.id))
    acts.adjust(1)
    return Card("\n".join(lines), keyboard_of(price, acts, discard_button(say, found.id)))


def _stands(say: Phrases, basket: NumberList, check: Check | None) -> Html:
    if check is None:
        return say.html("basket-off")
    name = check_name(say, check)
    if basket.ready >= check.minimum:
        return say.html("basket-full", minimum=check.minimum, check=name)
    return say.html("basket-count", ready=basket.ready, minimum=check.minimum, check=name)


def _added(say: Phrases, basket: NumberList, check: Check | None) -> Html:
    title = short_title(basket.title)
    if check is None:
        return say.html("basket-added", title=title)
    name = check_name(say, check)
    if basket.ready >= check.minimum:
        return say.html("basket-added-full", title=title, ready=basket.ready, check=name)
    counts = {"ready": basket.ready, "minimum": check.minimum}
    return say.html("basket-added-count", title=title, check=name, **counts)
