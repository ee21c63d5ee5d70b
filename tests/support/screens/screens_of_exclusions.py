"""Cards about the never-check list, and about lists beside others; all else is as in `screens`."""

from collections.abc import Iterator

from checking.memory.exclusions import KEPT
from handlers.cards.exclusions.pages import (
    MOST_OTHERS,
    empty_card,
    never_card,
    others_card,
    standing_lines,
    ways_card,
)
from handlers.cards.list import list_card
from handlers.shared.texts import Phrases
from storage.lists.lists import ListState
from storage.memory.exclusions import Standing
from tests.support.screens.screens import MILLION, NOW, Screen, Word, number_list, of_card


def exclusion_screens(say: Phrases, word: Word) -> Iterator[Screen]:
    """Yield the pages behind a list's card, here and in a group, and those of emptying."""
    for count in (1, 21, 2 * MILLION):
        for chat_id in (1, -1):
            found = number_list(word, ready=count, chat_id=chat_id, created_at=NOW)
            yield of_card("ways", ways_card(say, found))
            yield of_card("never these?", never_card(say, found))
            for common in (True, False):
                others = [found] * MOST_OTHERS
                yield of_card("others", others_card(say, found, others, common=common))
            kept = {"trouble": KEPT, "trouble_detail": str(count), "state": ListState.DISCARDED}
            card = list_card(say, number_list(word, chat_id=chat_id, **kept), [])
            yield of_card("never these", card)
        yield of_card("empty?", empty_card(say, Standing(count, NOW)))
        yield Screen("standing", "\n".join(standing_lines(say, Standing(count, NOW))))
