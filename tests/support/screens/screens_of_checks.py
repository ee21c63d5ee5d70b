"""Cards about many checks: the owners' page, a list with all of them, and lists that are kept.

All else is as in `screens`.
"""

import dataclasses
from collections.abc import Iterator

from checking.quotes import Offer
from checking.services.offering import Listed
from handlers.cards.baskets import basket_card
from handlers.cards.list import more_card
from handlers.routers.owner.checks import checks_card
from handlers.shared.texts import Phrases
from storage.lists.lists import ListState
from storage.tasks.last_uses import LastUse
from tests.support.screens.money import DEAR
from tests.support.screens.screens import (
    CHECKS,
    ID,
    MILLION,
    NOW,
    Screen,
    Word,
    number_list,
    of_card,
    own_checks,
    readings_of,
)


def check_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield the owners' page of checks: none, and every one, each after every kind of last use."""
    checks = [*CHECKS, *own_checks(word)]
    prices = dict.fromkeys((check.key for check in checks), DEAR)
    uses = (None, *(LastUse(NOW, taken, word(300)) for taken in (True, None, False)))
    for use in (*uses, LastUse(NOW, is_taken=False, reason_text="")):
        listed = [Listed(check, use is None, use) for check in checks]
        for page in range(len(checks)):
            yield of_card(f"checks {page}", checks_card(say, listed, prices, page))
    yield of_card("no checks", checks_card(say, [], {}, 0))
    offers = [Offer(check, check.key == "band") for check in checks]
    found = number_list(word, state=ListState.READY)
    yield of_card("more checks", more_card(say, found, offers))


def basket_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield cards of a basket and of its members: too short, long enough, its check gone."""
    (own,) = own_checks(word, 1)
    for minimum, kept_for in ((1, own.key), (10 * MILLION, own.key), (1, ""), (1, "gone")):
        offers = [Offer(own.model_copy(update={"minimum": minimum}), paused=False)]
        for chat_id in (1, -1):
            values = {"state": ListState.READY, "chat_id": chat_id}
            basket = number_list(word, kept_for=kept_for, **values)
            for new in (None, 0, 1, basket.ready - 1):
                card = basket_card(say, basket, basket, offers, new=new)
                assert card is not None
                yield of_card(f"basket {kept_for}", card)
            for kind, stored, told in readings_of(word):
                values = {**values, "reading": stored, **told}
                member = dataclasses.replace(number_list(word, **values), id="m" * len(ID))
                card = basket_card(say, member, basket, offers, new=0, home="DE")
                assert card is not None
                yield of_card(f"in a basket {kind}", card)


MORE = (check_screens, basket_screens)
