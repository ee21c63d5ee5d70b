"""Cards about many checks: the owners' page, and a list with all of them.

All else is as in `screens`.
"""

from collections.abc import Iterator

from checking.desk import Offer
from checking.services.offering import Listed
from handlers.cards.list import more_card
from handlers.routers.owner.checks import checks_card
from handlers.shared.texts import Phrases
from storage.lists.lists import ListState
from storage.tasks.last_uses import LastUse
from tests.support.screens.screens import (
    CHECKS,
    NOW,
    Screen,
    Word,
    number_list,
    of_card,
    own_checks,
)


def check_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield the owners' page of checks: none, and every one, each after every kind of last use."""
    checks = [*CHECKS, *own_checks(word)]
    uses = (None, *(LastUse(NOW, taken, word(300)) for taken in (True, None, False)))
    for use in (*uses, LastUse(NOW, is_taken=False, reason_text="")):
        listed = [Listed(check, use is None, use) for check in checks]
        for page in range(len(checks)):
            yield of_card(f"checks {page}", checks_card(say, listed, page))
    yield of_card("no checks", checks_card(say, [], 0))
    offers = [Offer(check, check.key == "band") for check in checks]
    found = number_list(word, state=ListState.READY)
    yield of_card("more checks", more_card(say, found, offers))


MORE = (check_screens,)
